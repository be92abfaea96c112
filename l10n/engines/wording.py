"""Wording: the terms of a glossary that a draft must use, or leave as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from l10n.engines import mending
from l10n.engines.contracts import Hypothesis
from l10n.model import Span
from l10n.terms import Glossary, Term

_STEM = 0.7
"""The share of a word that stays the same when it is inflected."""
_SHORT = 4
"""Words up to so many letters are taken as they are."""


class Wording:
    """What a glossary demands of drafts; with None, nothing."""

    def __init__(self, glossary: Glossary | None = None) -> None:
        terms = glossary.terms if glossary else ()
        self._terms = {term.source.casefold(): term for term in terms if term.status in ("required", "keep")}

    @cached_property
    def kept(self) -> re.Pattern[str] | None:
        """What is not translated at all, so that an engine need not see it."""
        return _any_of(term.source for term in self._terms.values() if term.status == "keep")

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return _any_of(self._terms)

    def mended(self, source: str, hypothesis: Hypothesis) -> tuple[Hypothesis, list[str]]:
        """A translation of a plain text with the terms in it, and those that found no place."""
        missing = []
        for match in self._pattern.finditer(source) if self._pattern else ():
            term = self._terms[match[0].casefold()]
            wanted = _wanted(term, match[0])
            if _stands(wanted, hypothesis.text, exactly=term.status == "keep"):
                continue
            better = mending.term(Span(*match.span()), wanted, hypothesis)
            missing += [wanted] if better is None else []
            hypothesis = better or hypothesis
        return hypothesis, missing


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    ordered = sorted(words, key=len, reverse=True)
    body = "|".join(map(re.escape, ordered))
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)", re.IGNORECASE) if ordered else None


def _wanted(term: Term, found: str) -> str:
    """How a term is to stand in the target; with a capital where it has one in the source."""
    if term.status == "keep":
        return found
    capital = found[:1].isupper() and term.source[:1].islower()
    return term.target[:1].upper() + term.target[1:] if capital else term.target


def _stands(wanted: str, text: str, *, exactly: bool) -> bool:
    """Whether a term stands in a text, in whatever form of its words unless `exactly`."""
    if exactly:
        return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", text) is not None
    forms = r"\s+".join(map(_form, wanted.split()))
    return re.search(rf"(?<!\w){forms}(?!\w)", text, re.IGNORECASE) is not None


def _form(word: str) -> str:
    if len(word) <= _SHORT:
        return re.escape(word)
    return re.escape(word[: max(_SHORT, int(len(word) * _STEM))]) + r"\w*"
