"""Edges: white space before or after a target that its source does not have."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.locales import language
from l10n.model import Entry, Severity

_NO_SPACES = {"ja", "km", "lo", "my", "th", "yue", "zh"}
"""Languages that set no spaces between words, nor between texts that a program joins."""
_MARKS = (",", ";", ".")
_COLUMN = "  "
"""So many spaces set off a column, or set in a line under another."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """White space at an edge of one text only; the fix is the source's."""
    source, target = entry.source, entry.target
    if not target.strip():
        return
    (before, after), (begun, ended) = _edges(source), _edges(target)
    if before == after == " " and not begun + ended:
        return  # what stood around a text in a template
    if source[:1] in _MARKS and begun == " ":
        before = begun  # what follows code in the same line needs no mark in every language
    if _is_of_markup(before) and begun[:1] == "\n":
        before = begun
    if _is_of_markup(after) and ended[-1:] != "\n":
        after = ended
    if _may_be(before, begun, setting) or _is_set_in(target, before, begun):
        before = begun
    if _may_be(after, ended, setting):
        after = ended
    if (before, after) != (begun, ended):
        where = "begins" if before != begun else "ends"
        fixed = f"{before}{target.strip()}{after}"
        yield Problem(f"{where} with other white space than the source", fix=fixed)


def _edges(text: str) -> tuple[str, str]:
    """The white space before and after a text."""
    inner = text.strip()
    return text[: text.index(inner)], text[text.index(inner) + len(inner) :]


def _is_of_markup(white: str) -> bool:
    """Whether white space is but the indentation of markup around a text."""
    return white[:1] == "\n" and white.endswith(_COLUMN)


def _may_be(wanted: str, given: str, setting: Setting) -> bool:
    """Whether white space suits where the source has other: in columns, or none where a language has none."""
    if wanted == " " and not given:
        return language(setting.locale) in _NO_SPACES
    if "\n" in wanted and "\n" in given and not (wanted + given).strip("\n"):
        return True  # how many lines are left blank is up to the layout
    return _COLUMN in wanted and not (wanted + given).strip(" ")


def _is_set_in(target: str, wanted: str, given: str) -> bool:
    """Whether the first line is set in as others are, so that their words stand below each other."""
    apart = abs(len(wanted) - len(given)) >= len(_COLUMN) and not (wanted + given).strip(" ")
    return apart and "\n " in target


CHECK = Check("edges", Severity.WARNING, find, of_forms=True)
