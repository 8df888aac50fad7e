"""The generator's pages besides its home."""
