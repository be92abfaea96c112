"""Proposing terms: names and set phrases that recur in texts.

A phrase is a run of words that neither begins nor ends with a function word of its language; phrases are
ranked by C-value (Frantzi, Ananiadou, Mima 2000: "Automatic recognition of multi-word terms"), which
counts a phrase less where it only occurs within longer ones.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2

from l10n import inline
from l10n.laziness import expression
from l10n.locales import parents

_WORD = expression(r"[^\W\d_][\w'’ʼ-]*")
_LONGEST = 4
"""Words in a phrase."""
_BEGINS = expression(r"[\w,;:)»”]\s*\Z")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A likely term."""

    text: str
    count: int
    example: str
    """The first text in which it stands."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    name: bool
    """Whether it is written with a capital where no sentence begins."""
    stop: bool


def candidates(texts: Iterable[str], locale: str, least: int = 2) -> list[Candidate]:
    """Phrases that stand at least `least` times in texts of a locale, the likeliest terms first."""
    stops = _stopwords(locale)
    counts: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[str, str] = {}
    for text in dict.fromkeys(texts):
        plain = inline.plain(text)
        for run in _runs(plain, stops):
            for phrase in _phrases(run):
                counts[phrase.casefold()] += 1
                written[phrase.casefold()][phrase] += 1
                examples.setdefault(phrase.casefold(), plain)
    often = {phrase: count for phrase, count in counts.items() if count >= least}
    ranked = sorted(_values(often).items(), key=lambda item: (-item[1], item[0]))
    return [
        Candidate(written[phrase].most_common(1)[0][0], often[phrase], examples[phrase])
        for phrase, value in ranked
        if value > 0
    ]


def _runs(text: str, stops: frozenset[str]) -> Iterator[list[_Word]]:
    """The words of a text, cut where anything but one space stands between two of them."""
    run: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        if run and text[end : match.start()] != " ":
            yield run
            run = []
        capital = match[0][0].isupper()
        named = capital and (bool(run) or _BEGINS.search(text[: match.start()]) is not None)
        word = re.sub(r"['’]s\Z", "", match[0])
        run.append(_Word(word, named, word.casefold() in stops))
        end = match.end()
    if run:
        yield run


def _phrases(run: list[_Word]) -> Iterator[str]:
    """The phrases of a run: several words, or one that is a name."""
    for start in range(len(run)):
        for stop in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            part = run[start:stop]
            if _is_phrase(part):
                yield " ".join(word.text for word in part)


def _is_phrase(part: list[_Word]) -> bool:
    if part[0].stop or part[-1].stop:
        return False
    if len(part) == 1:
        return part[0].name
    inner = any(word.stop for word in part)
    return not inner or (part[0].name and part[-1].name)


def _values(counts: dict[str, int]) -> dict[str, float]:
    """The C-value of each phrase; 0 for one that stands in one longer phrase only."""
    around: dict[str, list[int]] = defaultdict(list)
    for phrase, count in counts.items():
        for inner in _within(phrase.split()):
            if inner in counts:
                around[inner].append(count)
    out = {}
    for phrase, count in counts.items():
        longer = around[phrase]
        own = count - sum(longer) / len(longer) if longer else count
        out[phrase] = log2(len(phrase.split()) + 1) * own if count > max(longer, default=0) else 0.0
    return out


def _within(words: list[str]) -> Iterator[str]:
    """The shorter phrases within a phrase, each once."""
    pairs = ((start, stop) for start in range(len(words)) for stop in range(start + 1, len(words) + 1))
    return iter({" ".join(words[start:stop]) for start, stop in pairs if stop - start < len(words)})


@cache
def _stopwords(locale: str) -> frozenset[str]:
    """The function words of a locale's language; none where there is no list of them."""
    folder = files("l10n.terms").joinpath("data", "stopwords")
    for tag in parents(locale):
        path = folder.joinpath(f"{tag}.txt")
        if path.is_file():
            lines = path.read_text(encoding="utf-8").splitlines()
            return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return frozenset()
