"""Grid tables: cells between lines of `-`, `=` and `|` that meet in `+`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from l10n.tables.cells import Cell, Need, Row, cut, grown, padded, starts, unpadded

_STEPS = 10
"""How many steps a place of a table may take while its cells are looked for."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid table."""

    cells: tuple[Cell, ...]
    head: int
    """How many of its rows are its head."""
    widths: tuple[int, ...]
    heights: tuple[int, ...]

    def draw(self, contents: Sequence[Sequence[str]]) -> list[str]:
        """The table's lines, its cells holding these; columns and rows grow where they have to."""
        pairs = [(cell, list(map(padded, lines))) for cell, lines in zip(self.cells, contents, strict=True)]
        xs = _edges(self.widths, [(c.column, c.columns, _width(c, lines)) for c, lines in pairs])
        ys = _edges(self.heights, [(c.row, c.rows, len(lines)) for c, lines in pairs])
        canvas = [[" "] * (xs[-1] + 1) for _ in range(ys[-1] + 1)]
        for cell, lines in pairs:
            top, left = ys[cell.row], xs[cell.column]
            _frame(canvas, top, left, ys[cell.row + cell.rows], xs[cell.column + cell.columns])
            start = left + 1 + cell.indent
            for number, line in enumerate(lines, top + 1):
                canvas[number][start : start + len(line)] = line
        if self.head:
            canvas[ys[self.head]] = ["=" if sign == "-" else sign for sign in canvas[ys[self.head]]]
        return [unpadded("".join(row)) for row in canvas]


def _edges(sizes: Sequence[int], needs: Sequence[Need]) -> list[int]:
    """Where the lines between columns or rows of these sizes stand."""
    gaps = [1] * len(sizes)
    return starts(grown(sizes, gaps, needs), gaps)


def _width(cell: Cell, lines: Sequence[str]) -> int:
    """Columns that a cell takes: new lines have a space after them where there is one before them."""
    margin = min(cell.indent, 1) if lines != [padded(line.text) for line in cell.lines] else 0
    return cell.indent + max(map(len, lines), default=0) + margin


def _frame(canvas: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """Draw the lines around a cell."""
    for y in (top, bottom):
        for x in range(left + 1, right):
            canvas[y][x] = "-" if canvas[y][x] == " " else canvas[y][x]
    for x in (left, right):
        for y in range(top + 1, bottom):
            canvas[y][x] = "|" if canvas[y][x] == " " else canvas[y][x]
    for y, x in product((top, bottom), (left, right)):
        canvas[y][x] = "+"


def parse_grid(rows: Sequence[Row]) -> Grid | None:
    """A grid table by its lines; None where they are none."""
    signs = [row.columns for row in rows]
    if any(len(line) != len(signs[0]) or line[-1:] not in ("+", "|") for line in signs):
        return None
    rules = [y for y, line in enumerate(signs) if line[:2] == "+=" and not line.strip("+=")]
    if len(rules) > 1:
        return None
    boxes = _boxes([line.replace("=", "-") if y in rules else line for y, line in enumerate(signs)])
    ys = sorted({y for box in boxes for y in (box.top, box.bottom)})
    xs = sorted({x for box in boxes for x in (box.left, box.right)})
    rows_by, columns_by = ({at: number for number, at in enumerate(edges)} for edges in (ys, xs))
    cells = tuple(_cell(rows, box, rows_by, columns_by) for box in boxes)
    whole = ys[-1:] == [len(signs) - 1] and xs[-1:] == [len(signs[0]) - 1]
    if not whole or not _tiled(cells, len(ys) - 1, len(xs) - 1) or any(y not in ys[1:-1] for y in rules):
        return None
    widths, heights = (tuple(end - start - 1 for start, end in pairwise(edges)) for edges in (xs, ys))
    return Grid(cells, rows_by[rules[0]] if rules else 0, widths, heights)


@dataclass(frozen=True, slots=True, order=True)
class _Box:
    """The lines around a cell."""

    top: int
    left: int
    bottom: int
    right: int


def _boxes(signs: Sequence[str]) -> list[_Box]:
    """The cells, row by row; none where it takes too long to find them."""
    walls = ["".join(column) for column in zip(*signs, strict=True)]
    budget = iter(range(_STEPS * len(signs) * len(walls)))
    found: list[_Box] = []
    corners, seen = [(0, 0)], {(0, 0)}
    while corners:
        box = _box(signs, walls, *corners.pop(), budget)
        if box:
            found.append(box)
            new = {(box.top, box.right), (box.bottom, box.left)} - seen
            seen |= new
            corners += new
    return sorted(found) if next(budget, None) is not None else []


def _box(
    signs: Sequence[str], walls: Sequence[str], top: int, left: int, budget: Iterator[int]
) -> _Box | None:
    """The smallest cell whose first corner is here."""
    for right in _ends(signs[top], left, "-", budget):
        for bottom in _ends(walls[right], top, "|", budget):
            below, before = signs[bottom][left : right + 1], walls[left][top : bottom + 1]
            if below[0] == "+" and not below.strip("+-") and not before.strip("+|"):
                return _Box(top, left, bottom, right)
    return None


def _ends(line: str, start: int, sign: str, budget: Iterator[int]) -> Iterator[int]:
    """The corners that a line of signs leads to from one of them."""
    for at in range(start + 1, len(line)):
        if next(budget, None) is None:
            return
        if line[at] == "+":
            yield at
        elif line[at] != sign:
            return


def _cell(rows: Sequence[Row], box: _Box, ys: Mapping[int, int], xs: Mapping[int, int]) -> Cell:
    row, column = ys[box.top], xs[box.left]
    indent, lines = cut(rows[box.top + 1 : box.bottom], box.left + 1, box.right)
    return Cell(row, column, ys[box.bottom] - row, xs[box.right] - column, indent, lines)


def _tiled(cells: Sequence[Cell], rows: int, columns: int) -> bool:
    """Whether cells fill a table, and none stands in another."""
    places = [
        place
        for cell in cells
        for place in product(
            range(cell.row, cell.row + cell.rows), range(cell.column, cell.column + cell.columns)
        )
    ]
    return len(places) == len(set(places)) == rows * columns
