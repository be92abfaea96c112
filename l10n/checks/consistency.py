"""Consistency: the same text in the same role, translated in two ways within a project."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity, State


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A reviewed target other than the usual one of its text."""
    usual = setting.usual.get(entry.key)
    if usual and entry.state is State.REVIEWED and entry.target != usual:
        yield Problem(f"the same text is translated as {usual[:80]!r} elsewhere")


CHECK = Check("consistency", Severity.NOTE, find, of_code=False)
