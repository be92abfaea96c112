"""Doubled words: `the the`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import shown
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_POINTS = r"\u0300-\u036f\u0591-\u05c7\u0610-\u065f"
_MARK = _POINTS + r"\u0900-\u0963\u0966-\u0dff\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3"
"""Vowels and other marks on letters, which are part of a word too."""
_WORDS = expression(
    rf"(?<![\w{_MARK}'’.&-])((?:[^\W\d_]|[{_MARK}]){{2,}}) \1(?![\w{_MARK}'’\u200c-])", re.IGNORECASE
)


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A word twice in a row that is not so in the source, nor usual in the language."""
    usual, text = _usual(language(setting.locale)), shown(entry.target)
    if "*" in usual:  # the language makes words in this way
        return
    for match in _WORDS.finditer(text):
        if match[0].isupper() or len(set(match[1].lower())) == 1:
            continue  # a value, and a word for it, "--size=SIZE SIZE of a block"; a sigh
        if match[1].lower() in usual or _is_name_first(text, match) or _WORDS.search(shown(entry.source)):
            continue
        yield Problem(f"{match[1]!r} stands twice in a row", Span(*match.span()))


def _is_name_first(text: str, match: re.Match[str]) -> bool:
    """Whether the first word is written as a name is, within a sentence, and the second is not: "No no"."""
    first, second = match[1], match[0].rpartition(" ")[2]
    begins = not text[: match.start()].strip() or text[: match.start()].rstrip()[-1:] in ".!?:…"
    return first != second and (first.isupper() or not begins)


@cache
def _usual(name: str) -> frozenset[str]:
    """Words that may well follow themselves in a language."""
    text = (files("l10n.checks") / "data" / "doubled-words.tsv").read_text(encoding="utf-8")
    rows = dict(line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return frozenset(rows.get(name, "").split())


CHECK = Check("doubled", Severity.WARNING, find, of_forms=True, of_code=False)
