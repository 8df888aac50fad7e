"""The commands without a window: the same core as the window."""
