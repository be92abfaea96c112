"""Reconciling: two catalogs that come from the same one -> a catalog with the work of both, unit by unit.

What a version control system does with lines, done with entries: an entry that one side changed is that
side's; where both changed the same translation in different ways, the better state wins, or ours among
equals, and the other text is kept in a comment. No translation of either side is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from l10n.catalogs.po import digest
from l10n.model import Catalog, Entry, Key, Origin, State

T = TypeVar("T")

_RANKS = (State.INITIAL, State.TRANSLATED, State.REVIEWED)
_DATES = ("POT-Creation-Date", "PO-Revision-Date")
_OTHER = "l10n-other: "
"""How the comment begins that keeps the text that did not win."""


@dataclass(frozen=True, slots=True)
class Reconciled:
    """A catalog with the work of both sides."""

    catalog: Catalog
    conflicts: tuple[Key, ...] = ()
    """Entries that both sides translated in different ways; both texts are in the catalog."""


def reconcile(base: Catalog, ours: Catalog, theirs: Catalog) -> Reconciled:
    """The work of two sides that began with `base`; its bytes are theirs wherever nothing of ours changed.

    An entry that one side dropped and the other left alone is dropped; one that the other side changed stays.
    """
    sides = [catalog.by_key() for catalog in (base, ours, theirs)]
    merged: dict[Key, Entry] = {}
    conflicts: list[Key] = []
    for key in _order(*(list(side) for side in sides)):
        entry, both = _entry(*(side.get(key) for side in sides))
        if entry:
            merged[key] = entry
        if both:
            conflicts.append(key)
    obsolete = _obsolete(base.obsolete, ours.obsolete, theirs.obsolete, merged)
    catalog = replace(
        theirs,
        locale=ours.locale or theirs.locale,
        entries=tuple(merged.values()),
        obsolete=tuple(obsolete),
        header=_header(base.header, ours.header, theirs.header),
        header_comments=_either(base.header_comments, ours.header_comments, theirs.header_comments),
    )
    return Reconciled(catalog, tuple(conflicts))


def _either(base: T, ours: T, theirs: T) -> T:
    """The side that changed; ours where both did."""
    return theirs if ours == base else ours


def _order(base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]) -> list[Key]:
    """The keys of both in our order, each that only they have after the one that it follows there.

    Where our order is that of the base, theirs counts.
    """
    if ours == base:
        ours, theirs = theirs, ours
    known, order = set(ours), list(ours)
    before: Key | None = None
    for key in theirs:
        if key not in known:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
        before = key
    return order


def _entry(base: Entry | None, ours: Entry | None, theirs: Entry | None) -> tuple[Entry | None, bool]:
    """The entry that both sides make, and whether they translated it in different ways."""
    if ours is None or theirs is None:
        left = ours or theirs
        return (None, False) if base is not None and _work(left) == _work(base) else (left, False)
    if ours == theirs or theirs == base:
        return ours, False
    if ours == base:
        return theirs, False
    if _work(ours) == _work(theirs) or _work(theirs) == _work(base):
        return _with_facts(ours, ours, theirs), False
    if _work(ours) == _work(base):
        return _with_facts(theirs, ours, theirs), False
    return _conflict(ours, theirs)


def _work(entry: Entry | None) -> tuple[object, ...]:
    """What people and engines did to an entry, apart from what its template says."""
    if entry is None:
        return ()
    return (entry.target, entry.plural_targets, entry.state, entry.origin)


def _with_facts(entry: Entry, ours: Entry, theirs: Entry) -> Entry:
    """An entry with the comments of both sides, and what our template says of it."""
    comments = tuple(dict.fromkeys((*ours.comments, *theirs.comments)))
    return replace(entry, comments=comments, places=ours.places, notes=ours.notes, flags=ours.flags)


def _conflict(ours: Entry, theirs: Entry) -> tuple[Entry, bool]:
    """Two translations of one text: the better state stands, the other text is kept in a comment."""
    best, other = sorted((ours, theirs), key=lambda entry: -_RANKS.index(entry.state))
    equal = best.state is other.state
    entry = _with_facts(best, ours, theirs)
    texts = [text for text in (other.plural_targets or (other.target,)) if text]
    if best.target == other.target or not texts or _is_draft(other):
        return entry, False
    kept = tuple(f"{_OTHER}{line}" for text in texts for line in text.split("\n"))
    state, origin = (State.TRANSLATED, Origin("merged")) if equal else (entry.state, entry.origin)
    return replace(entry, comments=(*entry.comments, *kept), state=state, origin=origin), True


def _is_draft(entry: Entry) -> bool:
    """Whether a target is as a machine wrote it, and can be made again."""
    origin = entry.origin
    return origin is not None and origin.reason == "draft" and origin.digest == digest(entry.target)


def _obsolete(
    base: Iterable[Entry], ours: Iterable[Entry], theirs: Iterable[Entry], used: Mapping[Key, Entry]
) -> list[Entry]:
    """The obsolete entries of both sides, less those that one of them dropped or that are in use again."""
    had, mine, other = ({_place(entry): entry for entry in side} for side in (base, ours, theirs))
    both = {**other, **mine}
    dropped = {place for place in had if place not in mine or place not in other}
    return [
        entry
        for place, entry in both.items()
        if place not in dropped and (entry.key not in used or used[entry.key].target != entry.target)
    ]


def _place(entry: Entry) -> tuple[Key, str]:
    return entry.key, entry.target


def _header(
    base: Sequence[tuple[str, str]], ours: Sequence[tuple[str, str]], theirs: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """The fields of both sides, each as the side that changed it has it; of dates the later one."""
    old, mine, other = dict(base), dict(ours), dict(theirs)
    names = dict.fromkeys([*(name for name, _ in theirs), *(name for name, _ in ours)])
    out: list[tuple[str, str]] = []
    for name in names:
        if name in _DATES and name in mine and name in other:
            out.append((name, max(mine[name], other[name])))
        elif (value := _either(old.get(name), mine.get(name), other.get(name))) is not None:
            out.append((name, value))
    return tuple(out)
