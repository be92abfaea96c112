"""Tables drawn with signs, as in reStructuredText: found in a text, and drawn anew around what changed.

Source: docutils' reStructuredText Markup Specification, grid tables and simple tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from l10n.laziness import expression
from l10n.model import Span
from l10n.tables.cells import Cell, Row, padded
from l10n.tables.grids import Grid, parse_grid
from l10n.tables.simples import Simple, parse_simple

__all__ = ["Cell", "Table", "find_tables", "parse_table", "redraw"]

Table = Grid | Simple
Edit = tuple[Span, str]
"""What stands in a text, and what is to stand there."""

_TOP = expression(r"^(?P<indent> *+)(?:(?P<grid>\+-[-+]+-\+)|=+(?: +=+)+) *\r?$", re.MULTILINE)
_GRID_LINES = expression(r"(?:\n *[+|][^\n]*)*")
_BORDER = expression(r"^ *=[= ]*\r?$", re.MULTILINE)
_FOREIGN = expression(r"[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]|\r(?!\n)")
"""What a table may not hold: docutils would take it for spaces or for the end of a line."""
_PLAIN = expression(r"[^\W\d_](?!\w*[.)]+$)")
"""A word that begins nothing at the start of a line."""


def find_tables(text: str) -> Iterator[tuple[Span, Table]]:
    """The tables of a text, from first sign to last, each after a line that is blank or less indented."""
    at = 0
    while top := _TOP.search(text, at):
        at = top.end()
        before = text[text.rfind("\n", 0, max(top.start() - 1, 0)) + 1 : top.start()].rstrip()
        if len(before) - len(before.lstrip()) >= len(top["indent"]) and before:
            continue
        end = _grid_end(text, at) if top["grid"] else _simple_end(text, at)
        span = Span(top.end("indent"), end)
        table = parse_table(span.of(text))
        if table:
            at = end
            yield span, table


def _grid_end(text: str, at: int) -> int:
    """The end of the lines that may belong to a grid table."""
    lines = _GRID_LINES.match(text, at)
    return at + len(lines[0].rstrip()) if lines else at


def _simple_end(text: str, at: int) -> int:
    """The end of a simple table: its second border below the top, or one before a blank line."""
    for number, border in enumerate(_BORDER.finditer(text, at)):
        following = text.find("\n", border.end() + 1)
        if number or not text[border.end() : following if following >= 0 else len(text)].strip():
            return border.start() + len(border[0].rstrip())
    return at


def parse_table(text: str) -> Table | None:
    """A table by its text, of which all lines but the first are indented; None where it is none."""
    lines = text.split("\n")
    prefix = lines[-1][: len(lines[-1]) - len(lines[-1].lstrip(" "))]
    if _FOREIGN.search(text) or any(not line.startswith(prefix) and line.strip() for line in lines[1:]):
        return None
    rows = [Row(0, padded(lines[0].rstrip()))]
    at = len(lines[0]) + 1
    for line in lines[1:]:
        rows.append(Row(at + len(prefix), padded(line.rstrip()[len(prefix) :])))
        at += len(line) + 1
    return parse_grid(rows) if text.startswith("+") else parse_simple(rows)


def redraw(text: str, edits: Iterable[Edit]) -> str:
    """A table's text with other text in its cells; columns grow with what they hold.

    Where a text took several lines, so does what stands in its place. Raises ValueError for what is no table.
    """
    table = parse_table(text)
    if not table:
        raise ValueError("no table")
    places = sorted((line.start, number) for number, cell in enumerate(table.cells) for line in cell.lines)
    within = defaultdict[int, list[Edit]](list)
    for span, new in edits:
        _, number = places[bisect_right(places, (span.start, len(table.cells))) - 1]
        within[number].append((span, new))
    contents = [
        _edited(cell, within[number]) if number in within else [line.text for line in cell.lines]
        for number, cell in enumerate(table.cells)
    ]
    between = ("\r\n" if "\r\n" in text else "\n") + " " * text.rpartition("\n")[2].find(text[0])
    first, *rest = table.draw(contents)
    return first + "".join(f"{between}{line}" if line else between.rstrip(" ") for line in rest)


def _edited(cell: Cell, edits: Sequence[Edit]) -> list[str]:
    """The lines of a cell in which other texts stand."""
    width = max(len(padded(line.text)) for line in cell.lines)
    out, at = "", 0
    for span, new in sorted(edits, key=lambda edit: edit[0].start):
        start, end = cell.inward(span.start), cell.inward(span.end - 1) + 1
        out += cell.text[at:start]
        used = len(padded(out.rpartition("\n")[2]))
        out += _wrapped(new, cell.text[start:end], width, used)
        at = end
    return (out + cell.text[at:]).split("\n")


def _wrapped(text: str, source: str, width: int, used: int) -> str:
    """A text in lines of a width, the later ones indented as in the source; in one, if that was in one."""
    _, several, later = source.partition("\n")
    if not several:
        return text
    indent = later[: len(later) - len(later.lstrip(" "))]
    lines: list[str] = [""]
    for word in text.split(" "):
        taken = len(padded(lines[-1])) + (used if len(lines) == 1 else 0)
        if lines[-1] and taken + len(padded(word)) >= width and _PLAIN.match(word):
            lines.append(indent + word)
        else:
            lines[-1] += f" {word}" if lines[-1] else word
    return "\n".join(lines)
