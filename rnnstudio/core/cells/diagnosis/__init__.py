"""Where somebody's numbers for a cell go wrong, and which known mistake explains them."""
