"""Counting: how much of an article is translated, in words of its source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from l10n import inline
from l10n.catalogs.extracting import key
from l10n.catalogs.localizing import is_draft
from l10n.laziness import expression
from l10n.model import Coverage, Entry, Key, State, Unit

_WORD = expression(r"[぀-ヿ㐀-鿿豈-﫿]|[^\W_](?:[\w'’.-]*[^\W_])?")
"""A Han or kana character counts as a word, as word processors count."""


def words(text: str) -> int:
    """The number of words of a text in the textual form of `inline`."""
    return sum(1 for _ in _WORD.finditer(inline.plain(text)))


def coverage(units: Iterable[Unit], entries: Mapping[Key, Entry]) -> Coverage:
    """The words of the units by the state of their entries."""
    total = {"reviewed": 0, "drafts": 0, "outdated": 0, "untranslated": 0}
    for unit in units:
        total[standing(entries.get(key(unit)))] += words(key(unit)[1])
    untranslated = total.pop("untranslated")
    return Coverage(words=untranslated + sum(total.values()), **total)


def standing(entry: Entry | None) -> str:
    """How far an entry has come, as the field of Coverage that counts it."""
    if entry is None or entry.state is State.INITIAL:
        return "untranslated"
    if entry.state is State.REVIEWED:
        return "reviewed"
    return "drafts" if is_draft(entry) else "outdated"
