"""Glossaries: the words that a translation must use, may use, must not use, or must leave alone.

glossary.found_in(source)            the terms that occur in a source text
glossary.breaches(source, target)    those of them that a target does not honour
"""

from __future__ import annotations

from l10n.terms.glossaries import STATUSES, Breach, Glossary, Occurrence, Term, term_of
from l10n.terms.proposing import Candidate, candidates
from l10n.terms.tables import parse_terms, serialize_terms

__all__ = [
    "STATUSES",
    "Breach",
    "Candidate",
    "Glossary",
    "Occurrence",
    "Term",
    "candidates",
    "parse_terms",
    "serialize_terms",
    "term_of",
]
