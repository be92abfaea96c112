"""What the parser cannot follow, hidden from it: drawn tables, and what their cells hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from l10n.laziness import expression
from l10n.model import Attributes, Block, Code, Span
from l10n.tables import Cell, Table

_SEEN = expression(r"[^\r\n]")
_BULLET = expression(r"^([ \t]+)-(?=[ \t])", re.MULTILINE)
"""An indented dash, which the parser takes for what begins an attribution."""
_COLONS = expression(r"(?<=[^\W_])\r?\n(?=[ \t]*::[ \t]*\r?$)", re.MULTILINE)
"""The end of a text before colons that announce a listing; the parser takes them for a heading's line."""
_COLON = expression(r"(?<= ):(?= )")
"""What parts a term from its classifiers; the parser fails where it stands in a paragraph."""


def outline(text: str, spans: Iterable[Span] = ()) -> str:
    """The text such that the parser can follow it: a word on one line in place of each span."""
    out: list[str] = []
    at = 0
    for span in spans:
        first, end, rest = span.of(text).partition("\n")
        out += [text[at : span.start], "x" * len(first), end, _SEEN.sub(" ", rest)]
        at = span.end
    seen = _BULLET.sub(r"\1+", "".join([*out, text[at:]]))
    return _COLON.sub("x", _COLONS.sub(lambda match: " " * len(match[0]), seen))


def places(table: Table) -> Iterator[tuple[Cell, tuple[str, str, str], Attributes]]:
    """The cells with their place in elements of HTML, and how many rows and columns they take."""
    for row, cells in groupby(table.cells, key=lambda cell: cell.row):
        head = row < table.head
        steps = ("thead1", f"tr{row + 1}") if head else ("tbody1", f"tr{row + 1 - table.head}")
        for number, cell in enumerate(cells, 1):
            taken = (("rowspan", cell.rows), ("colspan", cell.columns))
            attributes = tuple((name, str(count)) for name, count in taken if count > 1)
            yield cell, (*steps, f"{'th' if head else 'td'}{number}"), attributes


def move(block: Block, cell: Cell, base: int) -> Block:
    """A block that was read in the text of a cell, as one of the article; the table begins at `base`.

    Where it takes several lines, what stands between them in the drawing lies in its span too.
    """

    def moved(span: Span) -> Span:
        start = base + cell.outward(span.start)
        return Span(start, base + cell.outward(span.end - 1) + 1 if span.end > span.start else start)

    content = tuple(
        replace(item, span=moved(item.span)) if isinstance(item, Code) else item for item in block.content
    )
    return replace(block, span=moved(block.span), content=content)
