"""Glossaries: the words that a translation must use, may use, must not use, or must leave alone.

A glossary is a TOML file that people read and edit; the statuses are TBX's administrative statuses
(ISO 30042) in plain words, and "keep" for what is not translated at all.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from l10n.errors import CatalogError

STATUSES = ("required", "preferred", "forbidden", "keep")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a glossary."""

    source: str
    target: str = ""
    """Empty for a term that is kept as it is."""
    status: str = "preferred"
    """One of STATUSES; "forbidden" means that the target must not be used for the source."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a pair of locales."""

    source_locale: str
    locale: str
    terms: tuple[Term, ...] = ()

    def found_in(self, text: str) -> list[Term]:
        """The terms that stand in a source text as whole words, whatever their case."""
        folded = text.casefold()
        return [term for term in self.terms if _stands(term.source.casefold(), folded)]


def parse_terms(text: str, source_locale: str, locale: str) -> Glossary:
    """A glossary from TOML: a table `[[term]]` for each, with the fields of `Term`.

    Raises CatalogError, `where` being the number of the term, for what is wrong.
    """
    try:
        rows = tomllib.loads(text).get("term", [])
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"not valid TOML: {error}") from error
    if not isinstance(rows, list):
        raise CatalogError("terms are written as [[term]], one after another")
    return Glossary(source_locale, locale, tuple(_term(row, n) for n, row in enumerate(rows, 1)))


def serialize_terms(glossary: Glossary) -> str:
    """The TOML of a glossary."""
    return "\n".join(_table(term) for term in glossary.terms)


def candidates(texts: Iterable[str], least: int = 2) -> list[tuple[str, int]]:
    """Names that stand at least `least` times in texts, with their counts: likely terms, most frequent first.

    A name is a run of words with capitals; one word alone does not count where a sentence begins.
    """
    counts = Counter(name for text in texts for name in _names(text))
    return sorted(((n, c) for n, c in counts.items() if c >= least), key=lambda item: (-item[1], item[0]))


_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _names(text: str) -> Iterator[str]:
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        capital = match[0][0].isupper()
        follows = bool(run) and text[run[-1].end() : match.start()] == " "
        if capital and (follows or not run):
            run.append(match)
            continue
        yield from _name(run, text)
        run = [match] if capital else []
    yield from _name(run, text)


def _name(run: list[re.Match[str]], text: str) -> Iterator[str]:
    """The names in a run of words with capitals; where a sentence begins, also without its first word."""
    begins = bool(run) and not re.search(r"[\w,;:)»”]\s*$", text[max(0, run[0].start() - 8) : run[0].start()])
    words = [match[0] for match in run]
    if len(words) > 1 or (words and not begins):
        yield " ".join(words)
    if len(words) > 1 and begins:
        yield " ".join(words[1:])


def _stands(term: str, text: str) -> bool:
    return bool(term) and re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None


def _term(row: Any, number: int) -> Term:
    where = f"term {number}"
    known = {field.name for field in fields(Term)}
    if not isinstance(row, dict) or not all(isinstance(value, str) for value in row.values()):
        raise CatalogError("the fields of a term are texts", where=where)
    if set(row) - known:
        raise CatalogError(
            f"a term has no {min(set(row) - known)!r}", where=where, hint=", ".join(sorted(known))
        )
    if not row.get("source", "").strip():
        raise CatalogError("a term needs a source", where=where)
    if row.get("status", "preferred") not in STATUSES:
        raise CatalogError(f"no such status: {row['status']!r}", where=where, hint=", ".join(STATUSES))
    return Term(**row)


def _table(term: Term) -> str:
    rows = [(field.name, getattr(term, field.name)) for field in fields(Term)]
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in rows if value]
    return "\n".join(["[[term]]", *lines, ""])
