"""Runs that are kept: named, compared, deleted with undo, saved together."""
