"""Prices as they are read, divided in time, and cut into windows."""
