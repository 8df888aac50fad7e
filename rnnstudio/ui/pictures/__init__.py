"""Pictures for slides: of any view, as pixels or as drawings, and a cell step by step."""
