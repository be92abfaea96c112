"""Simple tables: columns below runs of `=`, and a row for each line with text in the first of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from l10n.laziness import expression
from l10n.tables.cells import Cell, Row, cut, grown, padded, starts, unpadded

_RUN = expression(r"=+|-+")
_RULE = expression(r"=[= ]*|-[- ]*")

Columns = tuple[tuple[int, int], ...]
"""Where columns begin and end."""


@dataclass(frozen=True, slots=True)
class Simple:
    """A simple table."""

    cells: tuple[Cell, ...]
    head: int
    """How many of its rows are its head."""
    columns: Columns
    lines: tuple[int | str, ...]
    """From the top: the row that a line belongs to, or what stands there between rows."""
    bounded: bool
    """Whether the last column ends where its rule does; text may go beyond."""

    def draw(self, contents: Sequence[Sequence[str]]) -> list[str]:
        """The table's lines, its cells holding these; columns and rows grow where they have to."""
        pairs = [(cell, list(map(padded, lines))) for cell, lines in zip(self.cells, contents, strict=True)]
        gaps = [right[0] - left[1] for left, right in pairwise(self.columns)] + [0]
        needs = [
            (cell.column, cell.columns, cell.indent + max(map(len, lines), default=0))
            for cell, lines in pairs
            if self.bounded or cell.column + cell.columns < len(self.columns)
        ]
        widths = grown([end - start for start, end in self.columns], gaps, needs)
        lefts = starts(widths, gaps)
        columns = tuple((left, left + width) for left, width in zip(lefts, widths, strict=False))
        rows = {row: list(group) for row, group in groupby(pairs, key=lambda pair: pair[0].row)}
        drawn: list[str] = []
        for line, before in zip(self.lines, (None, *self.lines), strict=False):
            if isinstance(line, str):
                drawn.append(self._rule(line, columns))
            elif line != before:
                drawn += _row(rows[line], lefts)
        return drawn

    def _rule(self, line: str, columns: Columns) -> str:
        """A rule below other columns."""
        out = ""
        for run, (first, last) in zip(_RUN.findall(line), _spans(line, self.columns), strict=True):
            left, right = columns[first][0], columns[last][1]
            out = out.ljust(left) + run[0] * (right - left)
        return out


def _row(pairs: Sequence[tuple[Cell, list[str]]], lefts: Sequence[int]) -> Iterator[str]:
    """The lines of a row."""
    for number in range(max(len(lines) for _, lines in pairs)):
        out = ""
        for cell, lines in pairs:
            if number < len(lines) and lines[number]:
                out = out.ljust(lefts[cell.column] + cell.indent) + lines[number]
        yield unpadded(out)


@dataclass(slots=True)
class _Reading:
    """What has been read of a table."""

    columns: Columns
    lines: list[int | str]
    cells: list[Cell] = field(default_factory=list)
    opened: list[Row] = field(default_factory=list)
    """The lines of the row that goes on."""
    rows: int = 0
    broken: bool = False

    def end_row(self, spans: Sequence[tuple[int, int]]) -> None:
        """Cut the row that is open, if one is, where these columns from one to another are."""
        if not self.opened:
            return
        ends = [self.columns[last][1] for _, last in spans]
        gaps = list(zip(ends, [self.columns[first][0] for first, _ in spans[1:]], strict=False))
        self.broken |= any(row.columns[start:end].strip(" ") for row in self.opened for start, end in gaps)
        for (first, last), end in zip(spans, [*ends[:-1], None], strict=True):
            indent, lines = cut(self.opened, self.columns[first][0], end)
            self.cells.append(Cell(self.rows, first, 1, last - first + 1, indent, lines))
        self.lines += [self.rows] * len(self.opened)
        self.opened = []
        self.rows += 1


def parse_simple(rows: Sequence[Row]) -> Simple | None:
    """A simple table by its lines; None where they are none."""
    columns = tuple(run.span() for run in _RUN.finditer(rows[0].columns))
    every = [(number, number) for number in range(len(columns))]
    said = _Reading(columns, [rows[0].columns])
    heads: list[int] = []
    for row in rows[1:]:
        text = row.columns
        if _RULE.fullmatch(text):
            spans = _spans(text, columns)
            if not spans:
                return None
            said.end_row(spans)
            heads += [said.rows] if text[0] == "=" else []
            said.lines.append(text)
        elif text[: columns[0][1]].strip(" "):
            said.end_row(every)
            said.opened = [row]
        elif said.opened:
            said.opened.append(row)
        else:
            said.broken |= bool(text)
            said.lines.append(text)
    if said.broken or said.opened or not said.cells:
        return None
    bounded = all(len(row.columns) <= columns[-1][1] for row in rows)
    head = heads[0] if len(heads) > 1 else 0
    return Simple(tuple(said.cells), head, columns, tuple(said.lines), bounded)


def _spans(rule: str, columns: Columns) -> list[tuple[int, int]]:
    """The first and the last column of each run of a rule; none where it is not in line with the columns."""
    lefts = {left: number for number, (left, _) in enumerate(columns)}
    rights = {right: number for number, (_, right) in enumerate(columns)}
    runs = [run.span() for run in _RUN.finditer(rule)]
    if any(start not in lefts or end not in rights for start, end in runs):
        return []
    spans = [(lefts[start], rights[end]) for start, end in runs]
    whole = [0, *(last + 1 for _, last in spans)] == [*(first for first, _ in spans), len(columns)]
    return spans if whole else []
