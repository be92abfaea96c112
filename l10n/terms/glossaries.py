"""Terms, where they stand in texts, and whether a translation honours them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from l10n.errors import CatalogError
from l10n.inline import CODE
from l10n.model import Span

STATUSES = ("required", "preferred", "forbidden", "keep")
"""TBX's administrative statuses (ISO 30042) in plain words, and "keep" for what is not translated at all."""
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han: words of these stand together without anything between."""
_APOSTROPHES = "'’ʼ"


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a glossary."""

    source: str
    target: str = ""
    """Empty for a term that is kept as it is."""
    status: str = "preferred"
    """One of STATUSES; "forbidden" means that the target must not be used for the source."""
    part_of_speech: str = ""
    """ "noun", "verb", "adjective"…"""
    note: str = ""
    source_forms: tuple[str, ...] = ()
    """Other forms in which the source stands in texts: words, or patterns in which `*` is any ending."""
    target_forms: tuple[str, ...] = ()
    """The same for the target: "дамб*"."""

    @property
    def sources(self) -> tuple[str, ...]:
        """All forms of the source."""
        return (self.source, *self.source_forms)

    @property
    def targets(self) -> tuple[str, ...]:
        """All forms that may stand in a translation."""
        return self.sources if self.status == "keep" else (self.target, *self.target_forms)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a term stands in a text."""

    term: Term
    span: Span


@dataclass(frozen=True, slots=True)
class Breach:
    """A term of the source that a translation does not honour.

    It does not stand in the translation; or, when it is forbidden, it does.
    """

    term: Term
    span: Span | None = None
    """Where a forbidden one stands in the translation."""
    instead: tuple[Term, ...] = ()
    """The terms that may be used for the same source."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a pair of locales. Texts are given in the form of `inline`, or plain."""

    source_locale: str
    locale: str
    terms: tuple[Term, ...] = ()

    def occurrences(self, text: str) -> list[Occurrence]:
        """Where terms stand in a source text as whole words: of those that overlap, the longest ones.

        Case does not count, but for terms that are kept as they are and for those in capitals only.
        """
        plain = _without_codes(text)
        found = [Occurrence(term, span) for term in self.terms for span in _spans(term, term.sources, plain)]
        taken: dict[int, Span] = {}
        for each in sorted(found, key=lambda each: each.span.start - each.span.end):
            there = {taken.get(at) for at in range(each.span.start, each.span.end)} - {None, each.span}
            if not there:
                taken |= dict.fromkeys(range(each.span.start, each.span.end), each.span)
        kept = [each for each in found if taken.get(each.span.start) == each.span]
        return sorted(kept, key=lambda each: each.span.start)

    def found_in(self, text: str) -> list[Term]:
        """The terms that stand in a source text, in the order of the text."""
        return list(dict.fromkeys(each.term for each in self.occurrences(text)))

    def breaches(self, source: str, target: str) -> list[Breach]:
        """The terms of a source text that its translation does not honour.

        Of several required or preferred terms for the same source, one is enough.
        """
        plain = _without_codes(target)
        found = self.found_in(source)
        out: list[Breach] = []
        for name in dict.fromkeys(term.source for term in found):
            out += _breaches([term for term in found if term.source == name], plain)
        return out


def _breaches(terms: Sequence[Term], target: str) -> Iterator[Breach]:
    """What a translation does wrong with the terms of one source."""
    wanted = tuple(term for term in terms if term.status != "forbidden")
    for term in terms:
        if term.status == "forbidden":
            yield from (Breach(term, span, wanted) for span in _spans(term, term.targets, target))
    if wanted and not any(_spans(term, term.targets, target) for term in wanted):
        ranked = sorted(wanted, key=lambda term: STATUSES.index(term.status))
        yield Breach(ranked[0], None, tuple(ranked))


def term_of(row: Mapping[str, Any]) -> Term:
    """A term from the values of its fields. Raises CatalogError for what is missing or not known."""
    known = {field.name for field in fields(Term)}
    if unknown := sorted(set(row) - known):
        raise CatalogError(f"a term has no {unknown[0]!r}", hint=", ".join(sorted(known)))
    for name, value in row.items():
        if name.endswith("_forms"):
            if not isinstance(value, list | tuple) or not all(isinstance(form, str) for form in value):
                raise CatalogError(f"{name} is a list of texts")
        elif not isinstance(value, str):
            raise CatalogError("the fields of a term are texts")
    if not row.get("source", "").strip():
        raise CatalogError("a term needs a source")
    status = row.get("status", "preferred")
    if status not in STATUSES:
        raise CatalogError(f"no such status: {status!r}", hint=", ".join(STATUSES))
    values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in row.items()}
    return Term(**values)


def _without_codes(text: str) -> str:
    """The text with blanks for its codes, as long as before."""
    return CODE.sub(lambda match: " " * len(match[0]), text)


def _spans(term: Term, forms: Iterable[str], text: str) -> list[Span]:
    """Where any form of a term stands in a text without codes."""
    exact = term.status == "keep" or (len(term.source) > 1 and term.source.isupper())
    folded = text if exact else text.casefold()
    out = []
    for form in forms:
        stem = re.split(rf"[*\s{_APOSTROPHES}]", form, maxsplit=1)[0]
        if form and (stem if exact else stem.casefold()) in folded:
            out += [Span(*match.span()) for match in _pattern(form, exact).finditer(text)]
    return list(dict.fromkeys(out))


@cache
def _pattern(form: str, exact: bool) -> re.Pattern[str]:
    """What finds a form as a whole word, or as words with any white space between them."""
    parts = re.split(r"(\*|\s+|['’ʼ])", form)
    body = "".join(_piece(part) for part in parts)
    before = "" if re.match(rf"[{_UNSPACED}]|\W", form) else rf"(?<![^\W{_UNSPACED}])"
    after = "" if re.search(rf"(?:[{_UNSPACED}]|[^\w*])\Z", form) else rf"(?![^\W{_UNSPACED}])"
    return re.compile(before + body + after, 0 if exact else re.IGNORECASE)


def _piece(part: str) -> str:
    if part == "*":
        return r"[\w'’ʼ]*"
    if part.isspace():
        return r"\s+"
    return f"[{_APOSTROPHES}]" if part and part in _APOSTROPHES else re.escape(part)
