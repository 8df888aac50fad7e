"""Rows that cannot stay, splits, gaps and contradictions."""
