"""Length: a target far shorter or longer than its source has likely lost or gained something."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.inline import plain
from l10n.locales import language
from l10n.model import Entry, Severity

_DENSE = {"zh", "ja", "ko", "yue"}
_DENSITY = 2.5
"""A character of these says about as much as so many of an alphabet (own reviewed catalogs: 2 to 3)."""
_SHORTEST, _LONGEST = 0.35, 2.3
_MORE = 20
"""So many characters more may be there, which count where a text is short."""
_SMALL = 25


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A ratio of lengths out of all measure, for texts that are long enough to have one."""
    source, target = plain(entry.source), plain(entry.target)
    if "|" in source and "|" not in target:
        source = source.rpartition("|")[2]  # what stands before it is a context: "menu|Open" (GLib, Q_)
    if len(source) < _SMALL or " " not in source:
        return
    weight = _weight(source, setting.source_locale)
    ratio = _weight(target, setting.locale) / weight
    if not _SHORTEST <= ratio <= _LONGEST + _MORE / weight:
        yield Problem(f"is {ratio:.1f} times as long as the source")


def _weight(text: str, locale: str) -> float:
    return len(text) * (_DENSITY if language(locale) in _DENSE else 1)


CHECK = Check("length", Severity.WARNING, find, hides=frozenset(("ending",)))
