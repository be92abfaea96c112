"""The words that decide about a stop, language by language: data in `data/<language>.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from l10n.locales import language


@dataclass(frozen=True, slots=True)
class Tables:
    """Abbreviations in five classes, lower case and without their last stop, and what goes with them."""

    never: frozenset[str] = frozenset()
    """Never end a sentence: titles, streets, ranks."""
    number: frozenset[str] = frozenset()
    """Belong to a number that follows, and end a sentence only before a starter."""
    names: frozenset[str] = frozenset()
    """Acronyms, companies, months: end a sentence only before a starter."""
    final: frozenset[str] = frozenset()
    """Often end a sentence: years, units."""
    starters: frozenset[str] = frozenset()
    """Words that begin sentences and are not names."""
    say: frozenset[str] = frozenset()
    """Verbs of an attribution after a quotation."""
    ordinals: bool = False
    """Whether a number with a stop is an ordinal."""


@cache
def tables(locale: str) -> Tables:
    """The tables of a locale's language; empty ones for a language that has none."""
    path = files("l10n.segmenters") / "data" / f"{_name(locale)}.toml"
    if not path.is_file():
        return Tables()
    rows = tomllib.loads(path.read_text(encoding="utf-8"))
    ordinals = bool(rows.pop("ordinals", False))
    return Tables(**{name: frozenset(words.split()) for name, words in rows.items()}, ordinals=ordinals)


def _name(locale: str) -> str:
    """The language of a tag as a file name; what is no tag names no file."""
    name = language(locale)
    return name if name.isascii() and name.isalpha() else "und"
