"""The forecaster's pages besides its home: one file a page."""
