"""Applying: Catalog, Drafts -> Catalog with the drafts in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from l10n.catalogs.localizing import is_draft
from l10n.model import Catalog, Draft, Entry, State


def apply(catalog: Catalog, drafts: Iterable[Draft]) -> Catalog:
    """The catalog with each draft in its entry, unreviewed and with its origin.

    What a human wrote is never touched: only empty entries and earlier drafts take one.
    """
    by_key = {draft.key: draft for draft in drafts}
    entries = tuple(_drafted(entry, by_key.get(entry.key)) for entry in catalog.entries)
    return replace(catalog, entries=entries)


def _drafted(entry: Entry, draft: Draft | None) -> Entry:
    if draft is None or not (entry.state is State.INITIAL or is_draft(entry)):
        return entry
    return replace(entry, target=draft.target, state=State.TRANSLATED, origin=draft.origin)
