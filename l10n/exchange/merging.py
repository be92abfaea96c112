"""Merging: what came back from another tool, into the catalog that it left from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from l10n.model import Catalog, Entry, Key, State


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog with what came back, and what became of each returned entry."""

    catalog: Catalog
    taken: int
    same: int
    conflicts: tuple[Key, ...]
    """Entries that are reviewed here with another target: they are kept."""
    unknown: tuple[Key, ...]
    """Entries whose source is no longer in the catalog."""


def merge(catalog: Catalog, returned: Catalog) -> Merged:
    """Take over the returned targets, each by its (context, source).

    A reviewed target is never overwritten by another, nor by a lesser state; what is empty in the
    returned catalog changes nothing.
    """
    given = {entry.key: entry for entry in returned.entries if entry.target}
    here = catalog.by_key()
    changes = {key: entry for key, entry in given.items() if key in here and _newer(here[key], entry)}
    conflicts = tuple(key for key, entry in given.items() if key in here and _conflict(here[key], entry))
    unknown = tuple(key for key in given if key not in here)
    entries = tuple(_taken(entry, changes) for entry in catalog.entries)
    same = len(given) - len(changes) - len(conflicts) - len(unknown)
    return Merged(replace(catalog, entries=entries), len(changes), same, conflicts, unknown)


def _newer(here: Entry, given: Entry) -> bool:
    changed = (here.target, here.state) != (given.target, given.state)
    return changed and here.state is not State.REVIEWED


def _conflict(here: Entry, given: Entry) -> bool:
    return here.state is State.REVIEWED and here.target != given.target


def _taken(here: Entry, changes: Mapping[Key, Entry]) -> Entry:
    given = changes.get(here.key)
    if given is None:
        return here
    reviewed = given.state is State.REVIEWED
    origin = here.origin if reviewed or here.target == given.target else None
    previous = None if reviewed else here.previous_source
    return replace(here, target=given.target, state=given.state, origin=origin, previous_source=previous)
