"""From positions in bytes, which parsers give, to positions in text."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

_CONTINUATION = bytes(range(0x80, 0xC0))
_STEP = 7


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
