"""The window: never arithmetic beyond formatting."""
