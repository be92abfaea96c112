"""What a browser says of its reader's languages: the Accept-Language header, and plain lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from l10n.prompts.tags import key_of

MOST = 20
"""Tags beyond this many are not read: nobody asks for so many languages."""
_ELEMENT = re.compile(
    r"[ \t]*(?P<range>\*|[a-z]{1,8}(?:[-_][a-z0-9]{1,8})*)"
    r"(?:[ \t]*;[ \t]*q=(?P<weight>0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?[ \t]*",
    re.IGNORECASE | re.ASCII,
)


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
    found = (_ELEMENT.fullmatch(part) for part in (header or "").split(","))
    weighted = [(match["range"], float(match["weight"] or 1)) for match in found if match]
    return _wishes(sorted(weighted, key=lambda each: -each[1]))


def parse_list(text: str) -> Wishes:
    """The wishes of a plain list with commas, "uk, en-GB": the order says what is liked best."""
    tags = [part.strip() for part in text.split(",")]
    return ordered(tag for tag in tags if _ELEMENT.fullmatch(tag))


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
