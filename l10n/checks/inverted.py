"""Inverted marks: a Spanish question begins with ¿, an exclamation with ¡ (RAE, Ortografía 2010, 3.4.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import CLOSERS, without_addresses
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_PAIRS = {"?": "¿", "!": "¡"}
_CLOSING = expression(rf"(\w+)[{re.escape(CLOSERS)}]*([?!]+)(?=[{re.escape(CLOSERS)}]*(?:\s|[,.;:…]|$))")
_NAME = expression(r"[A-Z]\w+[?!](?= \w)")
"""A name with such a mark: Yahoo! Mail."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Spanish sentences that end with one of the marks and have the opening one nowhere."""
    if language(setting.locale) != "es" or not _CLOSING.search(entry.target):
        return
    text, names = without_addresses(entry.target), set(_NAME.findall(entry.source))
    for closing, opening in _PAIRS.items():
        ends = [match for match in _CLOSING.finditer(text) if closing in match[2] and match[0] not in names]
        if len(ends) > len(re.findall(rf"{opening}+", text)):
            yield Problem(f"{closing} without {opening} before it", Span(*ends[0].span(2)))


CHECK = Check("inverted", Severity.WARNING, find, of_code=False)
