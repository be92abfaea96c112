"""Segmenting: segmenters find sentences in plain text; `segment` makes the units of an article by them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from l10n.laziness import loading
from l10n.plugins import Registry

if TYPE_CHECKING:
    from l10n.segmenters.units import segment

__all__ = ["SEGMENTERS", "Segmenter", "find_segmenter", "segment", "whole"]


class Segmenter(Protocol):
    """A function from one paragraph and a BCP 47 tag to the [start, end) spans of its segments.

    The spans are in order and do not overlap, and between and around them is only white space.
    It has an answer for every text and every tag.
    """

    def __call__(self, text: str, locale: str) -> Sequence[tuple[int, int]]: ...


def whole(text: str, locale: str) -> list[tuple[int, int]]:
    """The paragraph as one segment."""
    body = text.strip()
    start = text.find(body)
    return [(start, start + len(body))] if body else []


SEGMENTERS: Registry[Segmenter] = Registry(
    "segmenters",
    {"paragraph": "l10n.segmenters:whole", "sentence": "l10n.segmenters.rules:spans"},
)


def find_segmenter(name: str) -> Segmenter:
    """The segmenter of a name: one in SEGMENTERS, or "srx:" and the path of a file of SRX rules.

    Raises ConfigError where there is none.
    """
    kind, _, path = name.partition(":")
    if kind == "srx" and path:
        from pathlib import Path

        from l10n.segmenters.srx import srx_segmenter

        return srx_segmenter(Path(path))
    return SEGMENTERS.get(name)


__getattr__ = loading(__name__, {"units": "segment"})
