"""Help: what one is looking at, and everything else, offline."""
