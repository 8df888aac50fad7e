"""From text to lines: what stands between cells, and what is no row."""
