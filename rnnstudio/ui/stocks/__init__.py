"""The stock forecaster: a share from a CSV file, a network, and its evaluation."""
