"""Sheets to be worked through by hand, their key, and questions for Moodle."""
