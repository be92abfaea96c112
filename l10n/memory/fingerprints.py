"""Fingerprints: small images of texts, in which those of similar texts are similar.

A fingerprint is a row of 128 bits, one for each hash of two characters that stand together in the text.
The number of bits in which two of them differ ranks a whole memory by likeness in a millisecond; the best
few are then compared as texts. Pairs find more than triples do: an edit changes fewer of them, which
tells most in short texts and in scripts where a character is a word (docs/memory.md has the figures).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Words: TypeAlias = NDArray[np.uint64]

WORDS = 2
"""Of 64 bits each. With more of them the ranking of long texts is finer, and slower."""
_MULTIPLIERS = np.array((0x9E3779B1, 0x85EBCA77), np.uint32)
"""Odd numbers whose bits are spread evenly; any would do, but they are part of what is stored."""
_LONGEST = 0xFFFF
_EDGE = "\x00"
_NONE, _ONE = np.uint64(0), np.uint64(1)
_ROWS_AT_ONCE = 32_768
"""What fits into a processor's cache."""
_ONE_IN, _LEAST = 16, 40
"""Which share of the texts is looked at more closely, and how many times the number wanted at the least."""
_SAMPLE = 4096
"""Of so many texts it is told how near that share is."""


def fingerprints(texts: Sequence[str]) -> Words:
    """The fingerprints of texts, a row each."""
    if not texts:
        return np.zeros((0, WORDS), np.uint64)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate(([0], np.cumsum(lengths[:-1] + 1)))
    bits, words = _bits(_EDGE.join(texts))
    out = np.empty((len(texts), WORDS), np.uint64)
    for number in range(WORDS):
        out[:, number] = np.bitwise_or.reduceat(np.where(words == number, bits, _NONE), starts)
    return out


def _fingerprint(text: str) -> Words:
    """The fingerprint of one text, in less time."""
    bits = np.zeros(64 * WORDS, np.uint8)
    bits[_hashes(_points(text))] = 1
    return np.packbits(bits, bitorder="little").view("<u8")


def _bits(text: str) -> tuple[Words, NDArray[np.uint32]]:
    """For each two characters that stand together their bit, and the word in which it is set."""
    hashes = _hashes(_points(text))
    return _ONE << (hashes & np.uint32(63)).astype(np.uint64), hashes >> np.uint32(6)


def _points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(f"{_EDGE}{text}{_EDGE}".encode("utf-32-le", "surrogatepass"), np.uint32)


def _hashes(points: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """A number below 64 * WORDS for each two characters that stand together."""
    one, two = _MULTIPLIERS
    mixed: NDArray[np.uint32] = points[:-1] * one
    mixed ^= points[1:] * two
    mixed ^= mixed >> np.uint32(15)
    mixed *= one
    mixed >>= np.uint32(8)
    mixed %= np.uint32(64 * WORDS)
    return mixed


@dataclass(frozen=True)
class Index:
    """The fingerprints of many texts, to find those like a given one."""

    numbers: NDArray[np.uint32]
    """What the caller knows the texts by, in the order of their lengths."""
    lengths: NDArray[np.uint16]
    """In characters, ascending; the longest texts count as 65535."""
    prints: Words
    """A column for each text."""

    @classmethod
    def of(cls, batches: Iterable[Sequence[tuple[int, int, int, bytes]]]) -> Index:
        """An index of texts in any order, a few at a time: number, hash, length and fingerprint of each.

        Of equal texts, which have one hash, the first one counts.
        """
        parts = [
            (
                np.array([row[:3] for row in batch], np.int64),
                np.frombuffer(b"".join(row[3] for row in batch), np.uint64).reshape(-1, WORDS),
            )
            for batch in batches
        ]
        if not parts:
            return cls.load(b"", b"", b"")
        facts = np.concatenate([part for part, _ in parts])
        unique = np.unique(facts[:, 1], return_index=True)[1]
        lengths = np.minimum(facts[unique, 2], _LONGEST)
        order = unique[np.argsort(lengths, kind="stable")]
        prints = np.concatenate([part for _, part in parts])[order]
        return cls(
            facts[order, 0].astype(np.uint32),
            np.minimum(facts[order, 2], _LONGEST).astype(np.uint16),
            np.ascontiguousarray(prints.T),
        )

    @classmethod
    def load(cls, numbers: bytes, lengths: bytes, prints: bytes) -> Index:
        """The index that `dump` gave."""
        return cls(
            np.frombuffer(numbers, np.uint32),
            np.frombuffer(lengths, np.uint16),
            np.frombuffer(prints, np.uint64).reshape(WORDS, -1),
        )

    def dump(self) -> tuple[bytes, bytes, bytes]:
        """The index as bytes, for `load`."""
        return self.numbers.tobytes(), self.lengths.tobytes(), self.prints.tobytes()

    def near(self, text: str, share: float, count: int, margin: int) -> list[int]:
        """The numbers of at most about `count` texts whose fingerprints are nearest, in no order.

        Only texts are considered whose length allows a similarity of `share` (0 to 1), and of them those
        that differ in at most `margin` bits more than the nearest one.
        """
        length = min(len(text), _LONGEST)
        shortest, longest = math.ceil(length * share), min(int(length / share), _LONGEST)
        # A key of another type would have the whole array converted.
        first = int(np.searchsorted(self.lengths, np.uint16(shortest)))
        last = int(np.searchsorted(self.lengths, np.uint16(longest), "right"))
        if first >= last:
            return []
        wanted = _fingerprint(text)
        rows = self._promising(wanted, first, last, count)
        distances = np.zeros(len(rows), np.uint8)
        for column, word in zip(self.prints, wanted, strict=True):
            distances += np.bitwise_count(column.take(rows) ^ word)  # take: quicker than an index
        limit = _limit(distances, count, margin)
        found: list[int] = self.numbers[rows[distances <= limit]].tolist()
        return found

    def _promising(self, wanted: Words, first: int, last: int, count: int) -> NDArray[np.int64]:
        """The rows that are nearest by the first word alone: one in sixteen, and many more than `count`.

        A text that is among the nearest by all words is not far by one.
        """
        out = np.empty(last - first, np.uint8)
        for start in range(first, last, _ROWS_AT_ONCE):
            stop = min(start + _ROWS_AT_ONCE, last)
            np.bitwise_count(self.prints[0, start:stop] ^ wanted[0], out=out[start - first : stop - first])
        step = len(out) // _SAMPLE + 1
        limit = _limit(out[::step], max(len(out) // _ONE_IN, _LEAST * count) // step)
        return (out <= limit).nonzero()[0] + first


def _limit(distances: NDArray[np.uint8], count: int, margin: int = 255) -> int:
    """The greatest distance that at most `count` keep, or the least there is where more share it.

    It is at most `margin` more than the least.
    """
    within = np.bincount(distances).cumsum()
    least = int(within.searchsorted(1))
    greatest = int(within.searchsorted(count, "right")) - 1
    return min(max(greatest, least), least + margin)
