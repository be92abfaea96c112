"""Terms: what the glossary says of the words of a source holds for its target."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A required term that is missing, a forbidden one that is used, a kept one that was translated."""
    if setting.glossary is None or not setting.glossary.terms:
        return
    for breach in setting.glossary.breaches(entry.source, entry.target):
        if breach.term.status == "forbidden":
            yield Problem(f"{breach.term.target!r} must not be used for {breach.term.source!r}", breach.span)
        elif breach.term.status != "preferred":
            wanted = " or ".join(repr(term.target or term.source) for term in breach.instead)
            yield Problem(f"{breach.term.source!r} must be {wanted} here")


CHECK = Check("terms", Severity.WARNING, find)
