"""From lines to a table: where it stands, and its header."""
