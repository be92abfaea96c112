"""Mending: numbers and terms of a translation put right, where it is plain what they should be.

It works on plain text, before codes are put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from l10n.engines.contracts import Hypothesis
from l10n.laziness import expression
from l10n.model import Span
from l10n.numerals import symbols

_NUMBER = expression(r"(?<!\d)\d{1,3}(?:[\u00a0\u202f ]\d{3}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,'’]\d+)*")
_NAME = expression(r"(?:[^\W\d_]|[§№#.] ?)$|(?<!^)(?<![.!?] )\b[A-ZА-ЯІЇЄҐ]\w*[ -]$")
"""What stands before a number that is part of a name, and stays as it is: "v1.2", "in Python 3.11"."""
Edit = tuple[Span, str]


def numbers(source: str, hypothesis: Hypothesis, source_locale: str, locale: str) -> Hypothesis:
    """A translation with the numbers of its source, as the locale writes them.

    A number that differs is replaced where it is the only one that does; else it stays, for the
    verifier to find.
    """
    wanted = [(match[0], written(source, match, source_locale, locale)) for match in _NUMBER.finditer(source)]
    given = list(_NUMBER.finditer(hypothesis.text))
    edits: list[Edit] = []
    for same in (_is_written, _has_its_digits):
        for match in list(given):
            pair = next((pair for pair in wanted if same(pair, match[0])), None)
            if pair:
                wanted.remove(pair)
                given.remove(match)
                edits.append((Span(*match.span()), pair[1]))
    for pair in list(wanted):
        numeral = _roman(pair[0])
        if numeral and (found := re.search(rf"\b{numeral}\b", hypothesis.text)):
            wanted.remove(pair)
            edits.append((Span(*found.span()), pair[1]))
    if len(wanted) == len(given) == 1:
        edits.append((Span(*given[0].span()), wanted[0][1]))
    return edited(hypothesis, [edit for edit in edits if edit[0].of(hypothesis.text) != edit[1]])


def _roman(number: str) -> str:
    """A numeral as some languages write that of a century; empty for one that is none. A draft has digits,
    so that what it keeps can be told without knowing the language."""
    value = int(number) if number.isdecimal() and len(number) < 3 else 0
    tens, ones = divmod(value, 10)
    return "X" * tens + _ONES[ones] if 1 < value < 40 else ""


_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def _is_written(pair: tuple[str, str], number: str) -> bool:
    return pair[1] == number


def _has_its_digits(pair: tuple[str, str], number: str) -> bool:
    return _digits(pair[0]) == _digits(number)


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def localized(text: str, source_locale: str, locale: str) -> str:
    """A text that holds no words, its numbers as the locale writes them."""
    return _NUMBER.sub(lambda match: written(text, match, source_locale, locale), text)


def written(source: str, match: re.Match[str], source_locale: str, locale: str) -> str:
    """A number of a source as the target locale writes it; one that is part of a name as it is."""
    (decimal, group), (new_decimal, new_group) = symbols(source_locale), symbols(locale)
    number = match[0]
    whole = rf"\d{{1,3}}(?:[{re.escape(_spaced(group))}]\d{{3}})+"
    found = re.fullmatch(rf"({whole}|\d+)(?:{re.escape(decimal)}(\d+))?", number)
    if not found or (decimal, group) == (new_decimal, new_group) or _NAME.search(source[: match.start()]):
        return number
    grouped = re.sub(r"\D", new_group, found[1])
    return grouped + (new_decimal + found[2] if found[2] else "")


def _spaced(group: str) -> str:
    """The signs that may stand for a grouping sign: one space is as good as another."""
    return " \u00a0\u202f" if group.isspace() else group


def term(source: Span, target: str, hypothesis: Hypothesis) -> Hypothesis | None:
    """A translation with the words that are linked to a range of the source replaced by a term.

    None where they do not stand together.
    """
    linked = {other for one, other in hypothesis.links if source.start <= one.start and one.end <= source.end}
    words = sorted(linked, key=lambda span: span.start)
    gaps = (hypothesis.text[one.end : other.start] for one, other in pairwise(words))
    if not words or any(not gap.isspace() for gap in gaps):
        return None
    return edited(hypothesis, [(Span(words[0].start, words[-1].end), target)])


def edited(hypothesis: Hypothesis, edits: Iterable[Edit]) -> Hypothesis:
    """A translation with stretches of it replaced, its links still at the right words."""
    ordered = sorted(edits, key=lambda edit: edit[0].start)
    if not ordered:
        return hypothesis
    out, at = [], 0
    for span, text in ordered:
        out += [hypothesis.text[at : span.start], text]
        at = span.end
    links = tuple(
        (one, Span(_moved(other.start, ordered), _moved(other.end, ordered, end=True)))
        for one, other in hypothesis.links
    )
    return replace(hypothesis, text="".join([*out, hypothesis.text[at:]]), links=links)


def _moved(place: int, edits: Sequence[Edit], *, end: bool = False) -> int:
    """Where a place of a text is after edits; one within an edit goes to its beginning, or its end."""
    shift = 0
    for span, text in edits:
        if span.end <= place:
            shift += len(text) - (span.end - span.start)
        elif span.start < place:
            return span.start + shift + (len(text) if end else 0)
    return place + shift
