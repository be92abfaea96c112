"""Tables as wide as the terminal; where it is too narrow for one, a few lines for each row."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence

from l10n.cli.output import say, visible

_LEAST = 12
"""So narrow a column of words may become, in characters; one of numbers is never broken."""
_GAP = 2
_NOTHING = ("", "-", "·")


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[str] = ()) -> None:
    """Show rows under the names of their columns.

    The columns named in `numbers` are aligned right; one without a name is a drawing in rich's markup.
    Where there is no room, drawings go, and columns that say nothing of any row. What is not shown on a
    terminal is as wide as it needs.
    """
    right, shown = set(numbers), [[visible(cell) for cell in row] for row in rows]
    names = list(columns)
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    if room is not None and _needed(names, shown, right) > room:
        said = [at for at, name in enumerate(names) if name and any(row[at] not in _NOTHING for row in shown)]
        names, shown = [names[at] for at in said], [[row[at] for at in said] for row in shown]
    if room is not None and _needed(names, shown, right) > room:
        _list(names, shown, right, room)
    else:
        _draw(names, shown, right, room)


def _needed(names: Sequence[str], rows: Sequence[Sequence[str]], right: set[str]) -> int:
    """The columns of the terminal that a table takes at the least."""
    from rich.cells import cell_len
    from rich.text import Text

    total = _GAP
    for at, name in enumerate(names):
        cells = [row[at] if name else Text.from_markup(row[at]).plain for row in rows]
        words = cells if name in right else [word for cell in cells for word in cell.split()]
        longest = max(map(cell_len, words), default=0)
        least = longest if name in right or not name else min(longest, _LEAST)
        total += max(least, *map(cell_len, name.split() or [""])) + _GAP
    return total - _GAP


def _draw(names: Sequence[str], rows: Sequence[Sequence[str]], right: set[str], room: int | None) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in names:
        number = name in right
        drawn.add_column(name, justify="right" if number else "left", overflow="fold", no_wrap=not name)
    for row in rows:
        cells = zip(names, row, strict=True)
        drawn.add_row(*(Text(cell) if name else Text.from_markup(cell) for name, cell in cells))
    console = Console(highlight=False)
    widest = console.measure(drawn, options=console.options.update(max_width=sys.maxsize)).maximum
    Console(highlight=False, width=room or widest).print(drawn)


def _list(names: Sequence[str], rows: Sequence[Sequence[str]], right: set[str], room: int) -> None:
    """Rows without columns: the first two cells, then "61 words, 59 empty, to publish: ready"."""
    for row in rows:
        say(", ".join(cell for cell in row[:2] if cell not in _NOTHING))
        rest = zip(names[2:], row[2:], strict=True)
        told = [(name, cell) for name, cell in rest if name and cell not in _NOTHING]
        line = ", ".join(f"{cell} {name}" if name in right else f"{name}: {cell}" for name, cell in told)
        for part in textwrap.wrap(line, max(room - _GAP, _LEAST)):
            say(f"  {part}")
