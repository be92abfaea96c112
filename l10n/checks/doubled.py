"""Doubled words: `the the`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_WORDS = re.compile(r"\b(?<!['’.&-])([^\W\d_]{2,}) \1(?![\w'’\u200c-])", re.IGNORECASE)


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A word twice in a row that is not so in the source, nor usual in the language."""
    usual = _usual(language(setting.locale))
    for match in _WORDS.finditer(shown(entry.target)):
        same_case = match[1].isupper() == match[0].rpartition(" ")[2].isupper()
        if same_case and match[1].lower() not in usual and not _WORDS.search(shown(entry.source)):
            yield Problem(f"{match[1]!r} stands twice in a row", Span(*match.span()))


@cache
def _usual(name: str) -> frozenset[str]:
    """Words that may well follow themselves in a language."""
    text = (files("l10n.checks") / "data" / "doubled-words.tsv").read_text(encoding="utf-8")
    rows = dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(rows.get(name, "").split())


CHECK = Check("doubled", Severity.WARNING, find, of_forms=True)
