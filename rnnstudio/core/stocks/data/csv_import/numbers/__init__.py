"""Numbers in columns of text: which mark is the decimal one."""
