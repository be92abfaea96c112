"""Pairing: which of an engine's language pairs serves a pair of locales, in one step or in two.

A region may be dropped (Spanish for es-MX), a script may not: zh is no help to zh-TW. The script of a
tag that names none is CLDR's likely one (UTS 35, "Likely Subtags").
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from l10n.engines.contracts import ANY, Hypothesis
from l10n.locales import PSEUDO, language, parents, script
from l10n.model import Span


def serving(pairs: Iterable[tuple[str, str]], source: str, target: str) -> tuple[str, str] | None:
    """The pair of `pairs` that comes nearest to the two locales, or None where none will do."""
    known = set(pairs)
    sources = [*_candidates(source), ANY]
    found = ((s, t) for t, s in product(_candidates(target), sources) if (s, t) in known)
    return next(found, None)


def route(
    pairs: Iterable[tuple[str, str]], source: str, target: str, through: Iterable[str]
) -> list[tuple[str, str]]:
    """The pairs that lead from one locale to another: one, or two with a language of `through` between.

    Empty where there is no way. The first language of `through` that will do is taken.
    """
    known = set(pairs)
    if direct := serving(known, source, target):
        return [direct]
    for pivot in through:
        first, second = serving(known, source, pivot), serving(known, pivot, target)
        if first and second:
            return [first, second]
    return []


def chains(pairs: Collection[tuple[str, str]], through: Collection[str]) -> set[tuple[str, str]]:
    """The pairs that two of `pairs` make together, with a language of `through` between."""
    return {
        (source, target)
        for (source, pivot), (other, target) in product(pairs, pairs)
        if pivot == other and pivot in through and language(source) != language(target)
    } - set(pairs)


def chained(first: Sequence[Hypothesis], second: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Translations, and the translations of those -> as if in one step, linked through the words between."""
    return [_joined(one, two) for one, two in zip(first, second, strict=True)]


def _joined(one: Hypothesis, two: Hypothesis) -> Hypothesis:
    sources: dict[Span, list[Span]] = {}
    for source, middle in one.links:
        sources.setdefault(middle, []).append(source)
    links = [
        (source, target)
        for middle, target in two.links
        for known, found in sources.items()
        if known.start < middle.end and middle.start < known.end
        for source in found
    ]
    others = tuple(_joined(one, other) for other in two.others)
    return Hypothesis(two.text, tuple(dict.fromkeys(links)), max(one.unknown, two.unknown), others)


def _candidates(tag: str) -> list[str]:
    """The tag, then wider ones in the same script."""
    if tag in PSEUDO:
        return [tag]
    wanted = script(tag)
    wider = [*parents(tag)[:-1], f"{language(tag)}-{wanted}", language(tag)]
    return [each for each in dict.fromkeys(wider) if script(each) == wanted]
