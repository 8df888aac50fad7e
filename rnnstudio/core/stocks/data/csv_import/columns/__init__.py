"""What each column is: dates, prices, volume, or the name of a share."""
