"""Spaces: two in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.laziness import expression
from l10n.model import Entry, Severity, Span

_SPACES = expression(r"(?<=[^\s.?!:;。|=-]) {2,}(?=[^\s|=-])")
"""Beside rules, as "----", spaces fill a column."""
_AFTER_STOP = expression(r"(?<=[.?!。]) {2,}(?=\S)")
_LABEL = expression(r"^\S+:$", re.MULTILINE)
"""A single word before a value: "Usage:  program", in line with what stands below."""
_AFTER_PART = expression(r"(?<=[:;]) {2,}(?=\S)")
_ONE_AFTER = {_AFTER_STOP: expression(r"[.?!] \S"), _AFTER_PART: expression(r"[:;] \S")}
"""How the source has it after such a mark: where it has none there, two may be how the text is set."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Spaces that the source does not have; after a stop, where the source has one there."""
    if "  " not in entry.target or "  " in entry.source:
        return
    for pattern in (_SPACES, _AFTER_STOP, _AFTER_PART):
        one_after = _ONE_AFTER.get(pattern)
        if one_after and (setting.wide or not one_after.search(entry.source)):
            continue
        if match := pattern.search(entry.target):
            if pattern is _AFTER_PART and _LABEL.search(entry.target[: match.start()]):
                continue
            fixed = pattern.sub(" ", entry.target)
            minor = pattern is _AFTER_STOP  # as on typewriters: hardly anyone minds
            yield Problem("two spaces in a row", Span(*match.span()), fixed, minor=minor)
            return


CHECK = Check("spaces", Severity.WARNING, find, of_forms=True, of_code=False)
