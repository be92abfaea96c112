"""Extracting: Units -> Catalog without a locale, the template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from l10n import inline
from l10n.model import Catalog, Entry, Key, Unit


def extract(units: Iterable[Unit], source_locale: str, place: str = "") -> Catalog:
    """The template of some units: an entry for each (context, source), in the order of the article.

    `place` is the reference that the entries get, a path. It has no line number: a line added to an
    article would otherwise touch every later entry of every catalog.
    """
    entries: dict[Key, Entry] = {}
    for unit in units:
        entry = _entry(unit, place)
        seen = entries.get(entry.key)
        entries[entry.key] = _merged(seen, entry) if seen else entry
    return Catalog(source_locale, None, tuple(entries.values()))


def union(templates: Iterable[Catalog], source_locale: str) -> Catalog:
    """One template of several: the words that belong to the whole site."""
    entries: dict[Key, Entry] = {}
    for template in templates:
        for entry in template.entries:
            seen = entries.get(entry.key)
            entries[entry.key] = _merged(seen, entry) if seen else entry
    return Catalog(source_locale, None, tuple(entries.values()))


def key(unit: Unit) -> Key:
    """What the unit's entry is known by."""
    return (unit.context, inline.encode(unit.source))


def _entry(unit: Unit, place: str) -> Entry:
    context, source = key(unit)
    notes = tuple(unit.note.split("\n")) if unit.note else ()
    return Entry(source=source, context=context, places=(place,) if place else (), notes=notes)


def _merged(seen: Entry, entry: Entry) -> Entry:
    """An entry that stands in several places: every place and note once."""
    return replace(
        seen,
        places=tuple(dict.fromkeys((*seen.places, *entry.places))),
        notes=tuple(dict.fromkeys((*seen.notes, *entry.notes))),
    )
