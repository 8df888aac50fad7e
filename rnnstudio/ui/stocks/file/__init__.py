"""What the file page is made of: the checklist, and the rows of the file beside what was read."""
