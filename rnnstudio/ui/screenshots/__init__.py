"""Named states of the real window, each with real data and real workers, and their pictures."""
