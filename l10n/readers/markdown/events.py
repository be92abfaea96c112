"""The Markdown parser: which extensions are on, and what it gives."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
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


def parse_events(body: str) -> Events:
    """The events of a text."""
    return cast(Events, events_with_range(body, options=OPTIONS))
