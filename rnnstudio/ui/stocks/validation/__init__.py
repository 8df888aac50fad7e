"""The pages of walk-forward validation and search."""
