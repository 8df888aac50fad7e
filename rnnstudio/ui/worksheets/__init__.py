"""Worksheets on paper: sheets for pupils, and a key."""
