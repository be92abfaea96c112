"""Catalogs: extracting templates, updating translations, applying drafts, localizing articles."""
