"""Untranslated: an entry that has no target yet."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import CatalogCheck, Problem, Setting
from l10n.model import Catalog, Key, Severity, State


def find(catalog: Catalog, setting: Setting) -> Iterator[tuple[Key, Problem]]:
    """Every entry without a target."""
    for entry in catalog.entries:
        if entry.state is State.INITIAL:
            yield entry.key, Problem("is not translated yet")


CHECK = CatalogCheck("untranslated", Severity.NOTE, find)
