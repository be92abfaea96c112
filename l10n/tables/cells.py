"""Cells of a drawn table: what they say, and where each of their lines stands in the drawing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from unicodedata import east_asian_width

PAD = "\0"
"""What follows a wide character in a row, so that each place of the row is a column."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a cell, less the space around it."""

    start: int
    """Where it stands in the text of the table."""
    at: int
    """Where it stands in the text of the cell."""
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its place by rows and columns from 0, how many of them it takes, and what it says."""

    row: int
    column: int
    rows: int
    columns: int
    indent: int
    """Columns between the border and the text."""
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its lines as a text of their own."""
        return "\n".join(line.text for line in self.lines)

    def outward(self, at: int) -> int:
        """Where a character of the cell's text stands in the table's."""
        line = self.lines[bisect_right(self.lines, at, key=lambda line: line.at) - 1]
        return line.start + at - line.at

    def inward(self, at: int) -> int:
        """The reverse."""
        line = self.lines[bisect_right(self.lines, at, key=lambda line: line.start) - 1]
        return line.at + at - line.start


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table, place by place."""

    start: int
    """Where it begins in the text of the table."""
    columns: str
    """A character, or PAD, for each column."""


def padded(text: str) -> str:
    """A text in which every place is a column: wide characters take two (UAX 11), as in docutils."""
    if text.isascii():
        return text
    return "".join(char + PAD if east_asian_width(char) in "WF" else char for char in text)


def unpadded(text: str) -> str:
    """The reverse of `padded`."""
    return text.replace(PAD, "")


def cut(rows: Sequence[Row], left: int, right: int | None) -> tuple[int, tuple[Line, ...]]:
    """What rows hold between two columns: how far all of it is indented, and its lines less that."""
    parts = [row.columns[left:right].rstrip(" ") for row in rows]
    indent = min((len(part) - len(part.lstrip(" ")) for part in parts if part), default=0)
    lines: list[Line] = []
    at = 0
    for row, part in zip(rows, parts, strict=True):
        start = row.start + len(unpadded(row.columns[: left + indent]))
        lines.append(Line(start, at, unpadded(part[indent:])))
        at += len(lines[-1].text) + 1
    return indent, tuple(lines)


Need = tuple[int, int, int]
"""A first column or row, how many there are from it on, and the size that they have to have together."""


def grown(sizes: Sequence[int], gaps: Sequence[int], needs: Sequence[Need]) -> list[int]:
    """Sizes, with gaps after each, of which the last one that a need concerns grows where it has to."""
    out = list(sizes)
    for first, count, size in sorted(needs, key=lambda need: need[1]):
        last = first + count - 1
        there = sum(out[first : last + 1]) + sum(gaps[first:last])
        out[last] += max(0, size - there)
    return out


def starts(sizes: Sequence[int], gaps: Sequence[int]) -> list[int]:
    """Where what has these sizes, with gaps after each, begins, and where another one would."""
    return list(accumulate(map(sum, zip(sizes, gaps, strict=True)), initial=0))
