"""Locating: the file that a catalog was read from, and where its entries stand in it."""

from __future__ import annotations

from collections.abc import Mapping

from l10n.catalogs.po.grammar import HEAD
from l10n.catalogs.po.pieces import HEADER, slot
from l10n.model import Catalog, Key


def as_read(catalog: Catalog) -> str:
    """The text of the file that a catalog was read from; empty where it was not read from one."""
    return catalog.verbatim.text


def locate(catalog: Catalog) -> Mapping[Key, int]:
    """The line, from 1, of each entry in the file that was read; the header is (None, "")."""
    wanted = {slot(entry, False): entry.key for entry in catalog.entries} | {HEADER: (None, "")}
    lines: dict[Key, int] = {}
    line = 1
    for place in catalog.verbatim:
        text = catalog.verbatim.lines(place)
        if place in wanted:
            head = HEAD.match(text)
            lines[wanted[place]] = line + text.count("\n", 0, head.end() if head else 0)
        line += text.count("\n")
    return lines
