"""One split proves little: walk-forward, search, whole folders, by as many hands as there are."""
