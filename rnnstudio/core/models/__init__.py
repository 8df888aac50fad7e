"""Trained models from files that a stranger may have written, and models as scenes."""
