"""The words that decide about a stop, language by language: data in `data/<tag>.toml`.

This module and what it imports load in a few milliseconds, so that a program that cuts one paragraph starts
at once: hence no dataclass and no tuple of so many names, no `pathlib`, and none but the little of TOML that
these files are written in.
"""

from __future__ import annotations

import os
import re
from functools import cache, cached_property
from typing import Any

from l10n.laziness import expression
from l10n.locales import parents, script

_DATA = os.path.join(os.path.dirname(__file__), "data")
_ROW = expression(r'^([a-z]+) = (?:"{3}([^"\\]*)"{3}|"([^"\\]*)"|true)$', re.MULTILINE)
"""A row of a file: a name, and words or "true"."""
_LONGEST = 100
"""Code points of a tag that are looked at; BCP 47 (section 4.4.1) asks for 35."""
_DOTTED = "İ".lower()
NONE: frozenset[str] = frozenset()


class Tables:
    """What a language's file says: abbreviations in small letters without their last stop; a capital letter
    stands for itself only."""

    never: frozenset[str] = NONE
    """Never end a sentence: titles, ranks, kinds of streets."""
    number: frozenset[str] = NONE
    """Belong to a number that follows ("p. 5"), else end a sentence only before a starter."""
    words: frozenset[str] = NONE
    """Belong to a number that follows, else are ordinary words ("no", "art")."""
    names: frozenset[str] = NONE
    """End a sentence only before a starter: acronyms, offices."""
    companies: frozenset[str] = NONE
    """End a sentence before a starter, or a word after which a small letter follows: forms of companies,
    states, degrees ("Ford Motor Co. Shares rose")."""
    months: frozenset[str] = NONE
    """Belong to a number that follows; after a number they may end."""
    units: frozenset[str] = NONE
    """May end a sentence after a number, else are what another class says."""
    years: frozenset[str] = NONE
    """Words for year and century: may end a sentence after a number, once it has said something."""
    streets: frozenset[str] = NONE
    """Follow the name of a street, and may end a sentence after an address ("221B Baker St.")."""
    final: frozenset[str] = NONE
    """May end a sentence before any capital ("etc.")."""
    bound: frozenset[str] = NONE
    """Abbreviation and next word that belong together, joined by "+" ("дол+сша"); "0" is any ordinal."""
    endings: tuple[str, ...] = ()
    """Ends of words that are abbreviated alike ("Hauptstr."); they belong to a number that follows."""
    starters: frozenset[str] = NONE
    """Words that begin sentences and are not names."""
    say: frozenset[str] = NONE
    """Verbs of an attribution after a quotation."""
    that: frozenset[str] = NONE
    """Conjunctions that open what is said: a verb of saying before one begins a sentence ("कहा कि")."""
    proper: frozenset[str] = NONE
    """Abbreviations with a capital only; in small letters ordinary words ("Ill.", "ill")."""
    joining: frozenset[str] = NONE
    """Words that go on with a sentence after an abbreviation, in a script without capitals ("في", "में")."""
    countries: frozenset[str] = NONE
    """Acronyms of countries, which end a sentence before a name and an auxiliary or a verb of saying."""
    heads: frozenset[str] = NONE
    """What has the acronym of a country before it ("U.S. Senate")."""
    auxiliaries: frozenset[str] = NONE
    """Verbs that show that the word before them is a subject ("has", "will")."""
    linking: frozenset[str] = NONE
    """Small words within names ("Inc. Chairman of the Board")."""
    particles: frozenset[str] = NONE
    """Words that also begin surnames ("A. Di Battista", "A. De Croo")."""
    pieces: frozenset[str] = NONE
    """Units of what is counted, which the name of a model may follow ("3 од. БТР-82А")."""
    resuming: tuple[str, ...] = ()
    """What begins a sentence after an ellipsis, in a script without capitals and white space ("……后来")."""
    per: frozenset[str] = NONE
    """Words before a unit without a number ("20 kr per st.")."""
    numbered: frozenset[str] = NONE
    """Words that a Roman numeral follows ("War I")."""
    lettered: frozenset[str] = NONE
    """Words that a single letter follows, which is no initial then ("Group B")."""
    opening: frozenset[str] = NONE
    """Words that open an adverbial of time or measure ("At 10 a.m. Mayor Wu spoke")."""
    plain: frozenset[str] = NONE
    """Words of one letter that are not abbreviations ("я")."""
    ordinals: bool = False
    """Whether a short number with a stop is an ordinal."""
    dates: bool = False
    """Whether numbers with a stop follow one another in dates ("2024. 3. 5.")."""
    stops: str = ""
    """Marks that end a sentence in this language only: the Greek question mark."""

    def __init__(self, **given: Any) -> None:
        """What is not given is empty."""
        self.__dict__.update(given)

    @cached_property
    def marked(self) -> frozenset[str]:
        """Every abbreviation."""
        classes = (self.never, self.number, self.words, self.names, self.months, self.units, self.years)
        return self.final.union(self.companies, *classes)

    @cached_property
    def doubtful(self) -> frozenset[str]:
        """Every word whose stop needs a closer look, with the last parts of what is also written "т. зв."."""
        return self.marked | self._last_parts

    @cached_property
    def refused(self) -> frozenset[str]:
        """The words that never end a sentence, whatever stands before them."""
        others = self.words | self.months | self.units | self.years | self.streets | self.final | self.proper
        return self.never - others - self._last_parts

    @cached_property
    def binding(self) -> frozenset[str]:
        """The words that belong to a number that follows, whatever stands before them."""
        return (self.number | self.words) - self.units - self.years - self.proper - self._last_parts

    @property
    def _last_parts(self) -> frozenset[str]:
        return frozenset(word.rpartition(".")[2] for word in self.marked if "." in word)


@cache
def tables(locale: str) -> Tables:
    """The tables of a locale, by CLDR's chain of parents, then of its script, then those for all.

    Every text is a locale here, whatever its case and separators ("pt_BR", "UK", "en.UTF-8"); what is none
    has the tables for all.
    """
    tag = re.sub("[_.@]", "-", locale[:_LONGEST]).lower()
    own = next(filter(_names().__contains__, parents(tag)), None) or f"und-{script(tag)}"
    rows = _read(own) if own in _names() else {}
    return _tables(_read("und"), rows)


@cache
def _names() -> frozenset[str]:
    return frozenset(name.removesuffix(".toml") for name in os.listdir(_DATA))


def _read(name: str) -> dict[str, str]:
    """A language's file: what its rows hold, "true" being nothing but a space.

    Where it says `dotted`, words with i also as "İ" is in small letters: "i̇".
    """
    with open(os.path.join(_DATA, f"{name}.toml"), encoding="utf-8") as file:
        rows = {key: long or short or " " for key, long, short in _ROW.findall(file.read())}
    if not rows.pop("dotted", ""):
        return rows
    initial = re.compile(r"(?<![^\s.])i")
    return {key: f"{row} {initial.sub(_DOTTED, row)}" for key, row in rows.items()}


def _tables(common: dict[str, str], rows: dict[str, str]) -> Tables:
    """The tables of a language: what it does not class itself is as in all languages."""
    own = {word for words in rows.values() for word in words.split()}
    given: dict[str, Any] = {}
    for key in Tables.__annotations__:
        inherited = frozenset(common.get(key, "").split()) - own
        given[key] = frozenset(rows.get(key, "").split()) | inherited
    given["endings"], given["resuming"] = tuple(given["endings"]), tuple(given["resuming"])
    given["stops"] = "".join(given["stops"])
    given |= {key: key in rows for key in ("ordinals", "dates")}
    return Tables(**given)
