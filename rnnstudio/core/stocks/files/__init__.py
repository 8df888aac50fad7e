"""Forecasters and runs as files: saved, reopened, compared."""
