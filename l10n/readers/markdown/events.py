"""The Markdown parser: which extensions are on, and the way from its bytes back to characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Any, cast

from pyromark import Options, events_with_range

OPTIONS = reduce(
    or_,
    [
        Options.ENABLE_TABLES,
        Options.ENABLE_FOOTNOTES,
        Options.ENABLE_STRIKETHROUGH,
        Options.ENABLE_TASKLISTS,
        Options.ENABLE_HEADING_ATTRIBUTES,
        Options.ENABLE_MATH,
        Options.ENABLE_DEFINITION_LIST,
        Options.ENABLE_GFM,
    ],
)
Events = Iterator[tuple[Any, dict[str, int]]]
"""Events of the parser with their ranges in bytes."""
_CONTINUATION = bytes(range(0x80, 0xC0))
_STEP = 7


def parse_events(body: str) -> Events:
    """The events of a text."""
    return cast(Events, events_with_range(body, options=OPTIONS))


def locator(data: bytes, base: int) -> Callable[[int], int]:
    """A function from a position in UTF-8 to one in code points, in constant time."""
    if data.isascii():
        return base.__add__
    size = 1 << _STEP
    lengths = (len(data[i : i + size].translate(None, _CONTINUATION)) for i in range(0, len(data), size))
    counts = list(accumulate(lengths, initial=base))

    def at(position: int) -> int:
        chunk = position >> _STEP
        return counts[chunk] + len(data[chunk << _STEP : position].translate(None, _CONTINUATION))

    return at
