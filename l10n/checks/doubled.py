"""Doubled words and spaces: `the the`, two spaces in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity, Span

_WORDS = re.compile(r"(?<![\w'’-])([^\W\d_]{2,}) \1(?![\w'’-])", re.IGNORECASE)
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Doublings that the source does not have; spaces have a safe fix."""
    if not _WORDS.search(entry.source):
        for match in _WORDS.finditer(entry.target):
            yield Problem(f"{match[1]!r} stands twice in a row", Span(*match.span()))
    if not _SPACES.search(entry.source):
        for match in _SPACES.finditer(entry.target):
            yield Problem("two spaces in a row", Span(*match.span()), _SPACES.sub(" ", entry.target))


CHECK = Check("doubled", Severity.WARNING, find)
