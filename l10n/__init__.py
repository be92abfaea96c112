"""Articles in every language."""
