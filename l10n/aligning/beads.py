"""Beads: which stretches of two sequences correspond, by dynamic programming, and how sure that is.

Source: W. A. Gale and K. W. Church, "A Program for Aligning Sentences in Bilingual Corpora",
Computational Linguistics 19 (1993). The sums over all alignments, which tell how probable each bead
is, are those of the forward and backward passes of hidden Markov models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import exp, inf, log, log1p

Shape = tuple[int, int]
"""How many items of the source a bead holds, and how many of the target."""

SHAPES: Mapping[Shape, float] = {
    (1, 1): log(0.89),
    (1, 0): log(0.00495),
    (0, 1): log(0.00495),
    (2, 1): log(0.0445),
    (1, 2): log(0.0445),
    (2, 2): log(0.011),
}
"""How probable each shape is, as natural logarithm: table 5 of the paper."""

_BAND = 40
"""How far a bead may stand from the diagonal, in items; more for sequences of differing length."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Items of the source from `start[0]` on and of the target from `start[1]` on that correspond."""

    start: Shape
    shape: Shape
    probability: float
    """How much of the probability of all alignments is that of those with this bead."""


Likeness = Callable[[int, int, Shape], float]
"""(source start, target start, shape) -> how well they fit, as a logarithm; 0 where nothing is known."""


def align_beads(source: int, target: int, likeness: Likeness) -> list[Bead]:
    """The most probable way to cut two sequences of those lengths into beads, in order.

    Takes time in proportion to the longer one times the width of the band.
    """
    grid = _Grid(source, target, likeness)
    best = grid.best()
    forward, backward = grid.forward(), grid.backward()
    whole = forward[source, target]
    out = []
    for start, shape, weight in best:
        end = (start[0] + shape[0], start[1] + shape[1])
        share = forward[start] + weight + backward[end] - whole
        out.append(Bead(start, shape, min(1.0, exp(min(share, 0.0)))))
    return out


class _Grid:
    """All beads that the band allows, with their weights."""

    def __init__(self, source: int, target: int, likeness: Likeness) -> None:
        self.source, self.target = source, target
        width = _BAND + abs(source - target)
        slope = target / source if source else 1.0
        self.weights: dict[Shape, list[tuple[Shape, float]]] = {}
        for i in range(source + 1):
            low = max(0, int(i * slope) - width) if source else 0
            high = min(target, int(i * slope) + width) if source else target
            for j in range(low, high + 1):
                self.weights[i, j] = [
                    (shape, prior + likeness(i, j, shape))
                    for shape, prior in SHAPES.items()
                    if i + shape[0] <= source and j + shape[1] <= target
                ]

    def steps(self) -> Iterator[tuple[Shape, Shape, Shape, float]]:
        """(start, end, shape, weight) of every bead, in an order in which starts are done before ends."""
        for start, beads in self.weights.items():
            for shape, weight in beads:
                end = (start[0] + shape[0], start[1] + shape[1])
                if end in self.weights:
                    yield start, end, shape, weight

    def best(self) -> list[tuple[Shape, Shape, float]]:
        score = dict.fromkeys(self.weights, -inf)
        score[0, 0] = 0.0
        came: dict[Shape, tuple[Shape, Shape, float]] = {}
        for start, end, shape, weight in self.steps():
            if score[start] + weight > score[end]:
                score[end] = score[start] + weight
                came[end] = (start, shape, weight)
        out, at = [], (self.source, self.target)
        while at != (0, 0):
            out.append(came[at])
            at = came[at][0]
        return out[::-1]

    def forward(self) -> dict[Shape, float]:
        total = dict.fromkeys(self.weights, -inf)
        total[0, 0] = 0.0
        for start, end, _, weight in self.steps():
            total[end] = _plus(total[end], total[start] + weight)
        return total

    def backward(self) -> dict[Shape, float]:
        total = dict.fromkeys(self.weights, -inf)
        total[self.source, self.target] = 0.0
        for start, end, _, weight in reversed(list(self.steps())):
            total[start] = _plus(total[start], total[end] + weight)
        return total


def _plus(one: float, other: float) -> float:
    """The logarithm of the sum of what two logarithms stand for."""
    low, high = min(one, other), max(one, other)
    return high if low == -inf else high + log1p(exp(low - high))
