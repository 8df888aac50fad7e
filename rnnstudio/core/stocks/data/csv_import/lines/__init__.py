"""From text to lines: what stands between cells, and what is not a row."""
