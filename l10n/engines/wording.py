"""Wording: the terms of a glossary that a draft must use, or leave as they are."""

from __future__ import annotations

from collections.abc import Sequence

from l10n.engines import mending
from l10n.engines.contracts import Hypothesis
from l10n.model import Span
from l10n.terms import Glossary, Occurrence

_DEMANDED = ("required", "keep")


class Wording:
    """What a glossary demands of drafts."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary

    def kept(self, text: str) -> list[Span]:
        """The parts of a plain text that are not translated at all, so that an engine need not see them."""
        found = self._occurrences(text)
        return list(dict.fromkeys(each.span for each in found if each.term.status == "keep"))

    def mended(self, source: str, hypothesis: Hypothesis) -> tuple[Hypothesis, list[str]]:
        """A translation of a plain text with the terms in it, and those that found no place."""
        missing = []
        for each in self._breached(source, hypothesis.text):
            wanted = _wanted(each, source)
            better = mending.term(each.span, wanted, hypothesis)
            missing += [wanted] if better is None else []
            hypothesis = better or hypothesis
        return hypothesis, missing

    def _breached(self, source: str, target: str) -> Sequence[Occurrence]:
        """Where terms stand in the source that must be in the target and are not."""
        if not self._glossary.terms:
            return ()
        breaches = self._glossary.breaches(source, target)
        terms = {each.term for each in breaches if each.term.status in _DEMANDED and each.span is None}
        return [each for each in self._occurrences(source) if each.term in terms] if terms else ()

    def _occurrences(self, text: str) -> list[Occurrence]:
        return self._glossary.occurrences(text) if self._glossary.terms else []


def _wanted(occurrence: Occurrence, source: str) -> str:
    """How a term is to stand in the target; with a capital where its place in the source gives it one."""
    term, found = occurrence.term, occurrence.span.of(source)
    if term.status == "keep":
        return found
    begins = found[:1].isupper() and not term.source[:1].isupper()
    return term.target[:1].upper() + term.target[1:] if begins else term.target
