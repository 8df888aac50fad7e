"""The stock forecaster: a share from a CSV file, a network, an honest chart."""
