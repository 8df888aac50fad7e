"""The only code that knows threads and child processes."""
