"""Faults made on purpose: what ``python -m benchmarks faults`` counts and the tests try too."""
