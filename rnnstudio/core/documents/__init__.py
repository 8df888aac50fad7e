"""Safe, whole files: what is saved is either there or not."""
