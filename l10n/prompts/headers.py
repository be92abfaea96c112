"""What a browser says of its reader's languages: the Accept-Language header, and plain lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from l10n.laziness import expression
from l10n.prompts.tags import LONGEST, key_of

MOST = 20
"""Tags beyond this many are not read: nobody asks for so many languages."""
_RANGE = expression(r"\*|[a-z]{1,8}(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_WEIGHT = expression(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Wishes:
    """The languages a reader asks for."""

    weighted: tuple[tuple[str, float], ...] = ()
    """Tags or "*", each once, and their weights (0 to 1), the highest first; 0 rules a language out."""

    @property
    def ranks(self) -> tuple[tuple[str, ...], ...]:
        """The tags in order of preference; those of equal weight stand together. "*" says nothing here."""
        wanted = [(tag, weight) for tag, weight in self.weighted if weight and tag != "*"]
        return tuple(tuple(tag for tag, _ in group) for _, group in groupby(wanted, key=lambda each: each[1]))

    @property
    def tags(self) -> tuple[str, ...]:
        """All of `ranks`, one after another."""
        return tuple(tag for rank in self.ranks for tag in rank)

    def allow(self, tag: str) -> bool:
        """Whether the header does not rule a locale out: the longest range that fits it decides.

        "*;q=0" rules out what is not named, as RFC 9110 has it.
        """
        key = key_of(tag)
        fitting = [
            (len(wish) if wish != "*" else 0, weight)
            for wish, weight in self.weighted
            if wish == "*" or f"{key}-".startswith(f"{key_of(wish)}-")
        ]
        return not fitting or max(fitting)[1] > 0


def parse_accept_language(header: str | None) -> Wishes:
    """The wishes of an Accept-Language header (RFC 9110, section 12.5.4). Never fails.

    What is malformed is dropped and the rest counts; of a tag named twice, the higher weight. At most
    `MOST` tags are kept.
    """
    found = (_weighted(part) for part in (header or "").split(","))
    return _wishes(sorted((each for each in found if each), key=lambda each: -each[1]))


def _weighted(part: str) -> tuple[str, float] | None:
    """One range of a header and its weight; parameters that are no weight say nothing."""
    tag, *parameters = (each.strip(" \t") for each in part.split(";"))
    weights = [value.strip(" \t") for name, _, value in map(_halves, parameters) if name == "q"]
    if not _is_range(tag) or len(weights) > 1 or not all(map(_WEIGHT.fullmatch, weights)):
        return None
    return tag, float(weights[0]) if weights else 1.0


def _halves(parameter: str) -> tuple[str, str, str]:
    name, sign, value = parameter.partition("=")
    return name.strip(" \t").lower(), sign, value


def _is_range(tag: str) -> bool:
    return len(tag) <= LONGEST and _RANGE.fullmatch(tag) is not None


def parse_list(text: str) -> Wishes:
    """The wishes of a plain list with commas, "uk, en-GB": the order says what is liked best."""
    return ordered(tag for tag in (part.strip() for part in text.split(",")) if _is_range(tag))


def ordered(tags: Iterable[str]) -> Wishes:
    """The wishes of a list such as `navigator.languages`, the best first."""
    kept = [tag for tag in tags if tag and tag != "*"]
    step = 1 / (len(kept) + 1)
    return _wishes([(tag, 1 - place * step) for place, tag in enumerate(kept)])


def _wishes(weighted: list[tuple[str, float]]) -> Wishes:
    once: dict[str, tuple[str, float]] = {}
    for tag, weight in weighted:
        once.setdefault(key_of(tag), (tag, weight))
    return Wishes(tuple(once.values())[:MOST])
