"""From the bytes of a stranger's file to its lines: encoding, markup, tables, letters."""
