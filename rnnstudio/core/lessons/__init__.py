"""Lessons as data: what is read, asked, and looked at, and whether a file of one is whole."""
