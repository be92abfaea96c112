"""Limits: titles and descriptions that are cut off where they are shown, because they are too long."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import role
from l10n.inline import plain
from l10n.model import Entry, Severity


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A text over the limit of its role, and over its source's length where that is over it too."""
    limit = setting.limits.get(role(entry), 0)
    length = len(plain(entry.target))
    if limit and length > max(limit, len(plain(entry.source))):
        yield Problem(f"has {length} characters; a {role(entry)} should have {limit} at most")


CHECK = Check("limits", Severity.WARNING, find)
