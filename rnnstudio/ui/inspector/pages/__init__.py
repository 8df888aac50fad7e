"""What else there is to see: each a page of its own."""
