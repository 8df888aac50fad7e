"""The forecaster's home page: a question, its answer, and what proves it."""
