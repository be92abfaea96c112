"""Formats of numbers: 12.5 is 12,5 in Ukrainian (CLDR)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity, Span
from l10n.numerals import NUMBER, numerals, symbols


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Decimals that stand in the target as in the source, though the two locales write them otherwise."""
    here, there = symbols(setting.source_locale)[0], symbols(setting.locale)[0]
    if here == there:
        return
    decimal = re.compile(rf"\d{{1,3}}{re.escape(here)}(?:\d{{1,2}}|\d{{4,}})")
    target = numerals(entry.target)
    for match in NUMBER.finditer(numerals(entry.source)):
        text = match[0]
        found = re.search(rf"(?<![\d.,:]){re.escape(text)}(?![.,:]?\d)", target)
        if found and decimal.fullmatch(text):
            right = text.replace(here, there)
            fix = entry.target[: found.start()] + right + entry.target[found.end() :]
            yield Problem(f"the number {text} should read {right}", Span(*found.span()), fix)


CHECK = Check("formats", Severity.WARNING, find)
