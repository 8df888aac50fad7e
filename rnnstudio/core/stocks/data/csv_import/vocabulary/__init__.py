"""What cells, headers and lines of price files can say: words by language, and patterns."""
