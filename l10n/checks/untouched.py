"""Untouched: the target is the source. Names, numbers and single words may well be the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.inline import plain
from l10n.locales import language
from l10n.model import Entry, Severity

_WORD = re.compile(r"[^\W\d_]{3,}")
_CODE = re.compile(r"(?<![\w:])[\w:]*+`+[^`]*`+|<[^<>]*>|&#?\w+;")
_TECHNICAL = re.compile(r"[/@_=\\<>{}$%#|]|--?\w|\w\.\w")
"""Addresses, options, names of files and variables."""
_PERSON = re.compile(r"[^<>\n]+<[^<>\s]*(?:@|_at\\?_)[^<>\s]*>")
"""A name with its e-mail address, as in lists of contributors."""
_FEWEST = 2
"""So many words without a capital make a text that is no mere name."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A target equal to its source, where the source has words to translate."""
    if entry.source != entry.target or language(setting.source_locale) == language(setting.locale):
        return
    if _PERSON.fullmatch(entry.source.strip()):
        return
    tokens = [token for token in _CODE.sub(" ", plain(entry.source)).split() if not _TECHNICAL.search(token)]
    words = [word for word in _WORD.findall(" ".join(tokens)) if word.islower()]
    if len(words) >= _FEWEST:
        yield Problem("the target is the same as the source")


CHECK = Check(
    "untouched",
    Severity.WARNING,
    find,
    hides=frozenset(("language", "formats", "terms", "inverted", "quotes", "spacing", "titles")),
)
