"""Names: read a list of them, train a network on it letter by letter, and let it make new ones."""
