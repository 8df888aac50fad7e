"""What changes the cell: the sections of the drawer."""
