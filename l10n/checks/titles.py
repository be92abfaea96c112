"""Title case: English headlines Capitalize Their Words; most languages do not."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import role, words
from l10n.locales import language
from l10n.model import Entry, Severity

_ROLES = {"title", "heading"}
_CAPITALIZING = {"en", "de", "lb"}
"""Headlines in English may; German and Luxembourgish nouns do everywhere."""
_FEWEST = 3


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A title all of whose longer words begin with a capital, as in its source."""
    if role(entry) not in _ROLES or language(setting.locale) in _CAPITALIZING:
        return
    names = set(words(entry.source))
    later = [word for word in words(entry.target)[1:] if len(word) > 3 and word not in names]
    if len(later) >= _FEWEST and all(word[0].isupper() and not word.isupper() for word in later):
        yield Problem("capitalizes its words as an English headline does")


CHECK = Check("titles", Severity.WARNING, find, of_code=False)
