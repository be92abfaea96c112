"""Edges: white space before or after a target that its source does not have."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """White space at an edge of one text only; the fix is the source's."""
    source, target = entry.source, entry.target
    if not target.strip():
        return
    before = source[: len(source) - len(source.lstrip())]
    after = source[len(source.rstrip()) :]
    fixed = f"{before}{target.strip()}{after}"
    if fixed != target:
        where = "begins" if not target.startswith(before + target.strip()[:1]) else "ends"
        yield Problem(f"{where} with other white space than the source", fix=fixed)


CHECK = Check("edges", Severity.WARNING, find, of_forms=True)
