"""A trained forecast as a Python script that stands alone."""
