"""From the bytes of an untrusted file to its lines: encoding, markup, tables, letters."""
