"""Inverted marks: a Spanish question begins with ¿, an exclamation with ¡ (RAE, Ortografía 2010, 3.4.9)."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import CLOSERS, shown
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_PAIRS = {"?": "¿", "!": "¡"}


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A Spanish sentence that ends with one of the marks and has the opening one nowhere."""
    if language(setting.locale) != "es":
        return
    text = shown(entry.target).rstrip(CLOSERS + " ")
    for closing, opening in _PAIRS.items():
        if len(text) > 1 and text.endswith(closing) and opening not in text:
            yield Problem(f"{closing} without {opening} before it", Span(len(text) - 1, len(text)))


CHECK = Check("inverted", Severity.WARNING, find)
