"""The pages of walk-forward and search."""
