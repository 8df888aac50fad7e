"""The whole studio as one value: saved, opened, undone, recovered and replayed."""
