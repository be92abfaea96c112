"""Invented numbers: one in the target that the source says neither in digits nor in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks import dates
from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.examples import has_made_up_phone, is_example
from l10n.checks.spelling import in_roman, says_numbers
from l10n.checks.texts import figures, shown
from l10n.laziness import expression
from l10n.model import Entry, Severity, Span
from l10n.numerals import ANY, NUMBER, bare, ungrouped, value, values_of

_IN_WORDS = {*range(13), 25, 50, 75, 100}
"""Numbers that may stand for a word: "both", "a dozen", "half", "all"."""
_IN_NAME = expression(r"[A-Za-z]$")
"""What makes digits part of a name: Terminus16."""
_BRACKET = expression(r"[(（\[]")
_OPEN, _CLOSED = expression(r"[(（\[][^()（）\[\]]*$"), expression(r"^[^()（）\[\]]*[)）\]]")
_SECTION = expression(r"\d{1,2}(?:\.\d{1,2})+")
"""The number of a section, each part of which may stand for a word: "Section One-Four"."""
_LONG = 10
"""Digits of a number that no word stands for."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Numbers that come from nowhere."""
    target = figures(entry.target)
    if not target or says_numbers(entry.source, setting.source_locale) or has_made_up_phone(entry.source):
        return
    source = ungrouped(figures(entry.source))
    given = {bare(match[0]) for match in ANY.finditer(source)}
    given |= {other for match in NUMBER.finditer(source) for other in dates.equals(source, match)}
    values = values_of(source, setting.source_locale)
    timed = dates.has_time(source)
    said: set[str] = set()
    for match in ANY.finditer(target):
        if match[0] in said:
            continue
        parts = dates.figures_of(match[0], setting.locale, timed) - {match[0]} or {match[0]}
        if all(_known(part, entry, setting, given, values) for part in parts):
            continue
        if not _is_added(match, entry, setting):
            said.add(match[0])
            yield Problem(f"the number {match[0].strip()} is not in the source", Span(*match.span()))


def _is_added(match: re.Match[str], entry: Entry, setting: Setting) -> bool:
    """Whether a translator added a number on purpose: in a name, an example, an explanation in brackets."""
    before, after = entry.target[: match.start()], entry.target[match.end() :]
    if _IN_NAME.search(before) or is_example(shown(entry.target), match.start(), setting.locale):
        return True
    explained = _OPEN.search(before) and _CLOSED.search(after)
    return bool(explained) and len(_BRACKET.findall(entry.target)) > len(_BRACKET.findall(entry.source))


def _known(text: str, entry: Entry, setting: Setting, given: set[str], values: set[float]) -> bool:
    """Whether a numeral of the target comes from the source."""
    digits = bare(ungrouped(text))
    number = int(digits) if len(digits) < _LONG else -1
    if number in _IN_WORDS or in_roman(number, entry.source) or any(digits in each for each in given):
        return True
    if _SECTION.fullmatch(text.strip(" .")) and all(int(n) in _IN_WORDS for n in re.findall(r"\d+", text)):
        return True
    meant = value(text, setting.locale)
    return meant is not None and any(round(meant * 10**n, 6) in values for n in (-6, -3, 0, 3, 6))


CHECK = Check("invented", Severity.WARNING, find, of_code=False, of_keys=False)
