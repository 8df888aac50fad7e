"""Measurements of speed, each beside the thing it is compared with; see docs/benchmarks.md."""
