"""Aligning: an article and its translation, made elsewhere -> which unit says the same as which.

First the blocks are aligned, by kind, length and what they share, then the sentences within.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from l10n.aligning.beads import Bead, align_beads
from l10n.aligning.likenesses import Likenesses, Sample, ratio_of, sample
from l10n.aligning.retagging import retag
from l10n.model import Article, Code, Content, Unit, joined, plain

__all__ = ["Aligned", "align"]

Units = Sequence[Unit]


@dataclass(frozen=True, slots=True)
class Aligned:
    """Units of the source and units of the translation that say the same; one of them may be none."""

    source: tuple[Unit, ...]
    target: tuple[Unit, ...]
    probability: float

    @property
    def text(self) -> Content:
        """The translation of the source's one unit, with the codes of that unit."""
        parts = [(unit.before if at else ()) + unit.source for at, unit in enumerate(self.target)]
        gaps = [unit.after for unit in self.target[:-1]]
        content = joined(part for pair in zip(parts, [*gaps, ()], strict=True) for part in pair)
        return retag(content, self.source[0].source)


def align(source: tuple[Article, Units], target: tuple[Article, Units]) -> list[Aligned]:
    """The units of an article and of its translation, aligned, in the order of the source."""
    one, other = _by_block(source[1]), _by_block(target[1])
    samples = [_blocks(source[0], one), _blocks(target[0], other)]
    ratio = ratio_of(*samples)
    out: list[Aligned] = []
    for bead in _beads(samples[0], samples[1], ratio):
        groups = [one[bead.start[0] :][: bead.shape[0]], other[bead.start[1] :][: bead.shape[1]]]
        units = [[unit for block in group for unit in block] for group in groups]
        out += _within(units[0], units[1], bead.probability, ratio)
    return out


def _within(source: Units, target: Units, probability: float, ratio: float) -> Iterator[Aligned]:
    """The units of blocks that say the same."""
    if not source or not target:
        yield Aligned(tuple(source), tuple(target), probability)
        return
    for bead in _beads([_sentence(unit) for unit in source], [_sentence(unit) for unit in target], ratio):
        (i, j), (m, n) = bead.start, bead.shape
        yield Aligned(tuple(source[i : i + m]), tuple(target[j : j + n]), probability * bead.probability)


def _beads(source: Sequence[Sample], target: Sequence[Sample], ratio: float) -> list[Bead]:
    return align_beads(len(source), len(target), Likenesses(source, target, ratio))


def _by_block(units: Units) -> list[list[Unit]]:
    out: dict[int, list[Unit]] = {}
    for unit in units:
        out.setdefault(unit.place.block, []).append(unit)
    return list(out.values())


def _blocks(article: Article, groups: Sequence[Sequence[Unit]]) -> list[Sample]:
    return [_block(article, group) for group in groups]


def _block(article: Article, units: Units) -> Sample:
    block = article.blocks[units[0].place.block]
    kind = " ".join(filter(None, (block.kind, block.role, str(block.level or ""))))
    return sample(plain(block.content), _addresses(block.content), kind)


def _sentence(unit: Unit) -> Sample:
    return sample(plain(unit.source), _addresses(unit.source))


def _addresses(content: Content) -> list[str]:
    codes = [item.attributes for item in content if isinstance(item, Code)]
    return [value for attributes in codes for name, value in attributes if name in ("href", "src")]
