"""Untouched: the target is the source. Names, numbers and single words may well be the same."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import MASK, is_program, little_words, prose
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity

_LETTERS = expression(r"[^\W\d_]+")
_WORD = expression(r"[^\W\d_]{3,}")
_TECHNICAL = expression(r"[/@_=\\<>{}$%#|\[\]]|--?\w|\w[.,]\w|(?<!\w)\.\w|[^\W\d]\d|\d[^\W\d]")
"""Addresses, options, names of files, programs and variables."""
_PERSON = expression(r"[^<>\n]+<[^<>\s]*(?:@|_at\\?_)[^<>\s]*>")
"""A name with its e-mail address, as in lists of contributors."""
_LICENCE = expression(
    r"General Public License|MERCHANTABILITY|(?:WITHOUT|WITHOUT ANY|NO) WARRANT|GNU GPL|All rights reserved"
)
"""Notices that hold in the words of the law they come from."""
_FEWEST, _MANY = 2, 3
"""So many words without a capital make a text that is no name, with a little word as "the" or without."""
_LONG = 4
"""No name or term has so many words."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A target equal to its source, where the source has words to translate."""
    if entry.source != entry.target or language(setting.source_locale) == language(setting.locale):
        return
    if _PERSON.fullmatch(entry.source.strip()) or _LICENCE.search(entry.source):
        return
    text = prose(entry.source)
    tokens = text.replace(MASK, " ").split()
    words = _WORD.findall(" ".join(token for token in tokens if not _TECHNICAL.search(token)))
    name = language(setting.source_locale)
    if _is_prose(words, text, name) and not is_program(text, name):
        yield Problem("the target is the same as the source")


def _is_prose(words: list[str], text: str, name: str) -> bool:
    """Whether words, those of a text that are no code, are more than a name or a term."""
    every, small = _LETTERS.findall(text.lower()), sum(map(str.islower, words))
    known = little_words(name)
    if not known or not known.isdisjoint(every) or len(every) >= _LONG:
        return small >= _FEWEST
    return small >= _MANY


CHECK = Check(
    "untouched",
    Severity.WARNING,
    find,
    hides=frozenset(("language", "length", "formats", "terms", "inverted", "quotes", "spacing", "titles")),
    of_code=False,
)
