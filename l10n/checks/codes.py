"""Inline codes: those of the source, each as often, and well nested."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.inline import problems
from l10n.laziness import expression
from l10n.model import Entry, Severity

_KEY_CAP = expression(r"<[A-Z][a-z]*\d+>")
"""What stands on a key; no reader makes such codes."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """What `inline` finds wrong; the first of it, as the rest mostly follows from that."""
    if problems(entry.source, entry.source) or _KEY_CAP.search(entry.target):
        return  # the texts only look as if they had codes: "<F5>"
    yield from map(Problem, problems(entry.source, entry.target)[:1])


CHECK = Check("codes", Severity.ERROR, find, hides=frozenset(("edges", "length", "brackets")))
