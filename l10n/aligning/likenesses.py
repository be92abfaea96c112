"""Likenesses: how well texts in two languages fit one another, by length, by what they share, and by kind.

Lengths are judged as by W. A. Gale and K. W. Church (1993); shared beginnings of words as by
M. Simard, G. F. Foster and P. Isabelle, "Using Cognates to Align Sentences in Bilingual Corpora" (1992).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import erfc, log, sqrt

from l10n.aligning.beads import Shape
from l10n.laziness import expression

_VARIANCE = 6.8
"""Of the target's length per character of the source (Gale and Church)."""
_NUMBER = expression(r"\d+(?:[.,’'\u00a0\u202f ]\d+)*")
_WORD = expression(r"[^\W\d_]{4,}")
_COGNATE = 4
"""So many equal letters at their beginning make words of two languages look related."""
_GAIN = {"number": 3.0, "address": 6.0, "word": 1.2}
"""How much more probable a shared anchor makes it that texts correspond, as natural logarithm."""
_LOSS = {"number": 1.5, "address": 2.0, "word": 0.0}
"""How much less probable an anchor of the source does that the target lacks."""
_KIND = 5.0
"""How much less probable differing kinds of block do."""

Anchor = tuple[str, str]
"""What sort of thing it is, and the thing: ("number", "1340")."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as it is compared."""

    length: int
    anchors: Counter[Anchor] = field(default_factory=Counter)
    kind: str = ""

    def __add__(self, other: Sample) -> Sample:
        kind = self.kind if self.kind == other.kind else f"{self.kind}+{other.kind}"
        return Sample(self.length + other.length, self.anchors + other.anchors, kind)


def sample(text: str, addresses: Sequence[str] = (), kind: str = "") -> Sample:
    """A text with the addresses of its links and pictures."""
    anchors: Counter[Anchor] = Counter(("number", _digits(m[0])) for m in _NUMBER.finditer(text))
    anchors.update(("address", address) for address in addresses)
    anchors.update(("word", _stem(m[0])) for m in _WORD.finditer(text))
    return Sample(len(text), anchors, kind)


def _digits(number: str) -> str:
    """A number's digits alone: "1,340", "1 340" and "١٬٣٤٠" are the same."""
    return "".join(str(unicodedata.digit(char)) for char in number if char.isdigit())


def _stem(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))[:_COGNATE]


class Likenesses:
    """How well stretches of two sequences of texts fit."""

    def __init__(self, source: Sequence[Sample], target: Sequence[Sample], ratio: float) -> None:
        """`ratio` is how many characters the target has for each of the source."""
        self._source, self._target, self._ratio = source, target, ratio

    def __call__(self, i: int, j: int, shape: Shape) -> float:
        """What `align_beads` asks."""
        if 0 in shape:
            return 0.0
        one, other = _joined(self._source, i, shape[0]), _joined(self._target, j, shape[1])
        return _by_length(one, other, self._ratio) + _by_anchors(one, other) - _by_kind(one, other)


def ratio_of(source: Sequence[Sample], target: Sequence[Sample]) -> float:
    """How many characters the target has for each of the source; 1 where one of them is empty."""
    lengths = sum(each.length for each in source), sum(each.length for each in target)
    return lengths[1] / lengths[0] if all(lengths) else 1.0


def _joined(samples: Sequence[Sample], start: int, count: int) -> Sample:
    return samples[start] if count == 1 else samples[start] + samples[start + 1]


def _by_length(one: Sample, other: Sample, ratio: float) -> float:
    return _length_score(one.length, other.length, round(ratio, 3))


@lru_cache(maxsize=100_000)
def _length_score(one: int, other: int, ratio: float) -> float:
    """How probable it is that lengths differ as much by chance, as natural logarithm."""
    mean = max((one + other / ratio) / 2, 1.0)
    delta = (other - one * ratio) / sqrt(mean * _VARIANCE * ratio * ratio)
    return log(max(erfc(abs(delta) / sqrt(2)), 1e-12))


def _by_anchors(one: Sample, other: Sample) -> float:
    total = 0.0
    for anchor, count in one.anchors.items():
        there = min(count, other.anchors[anchor])
        total += there * _GAIN[anchor[0]] - (count - there) * _LOSS[anchor[0]]
    return total


def _by_kind(one: Sample, other: Sample) -> float:
    return 0.0 if one.kind == other.kind else _KIND
