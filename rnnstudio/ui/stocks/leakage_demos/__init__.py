"""The page that shows what leakage does to a chart."""
