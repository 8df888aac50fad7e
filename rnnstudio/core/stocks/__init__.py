"""Share prices: reading, splitting, forecasting, and an honest comparison."""
