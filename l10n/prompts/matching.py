"""Which of some locales suits a reader best: CLDR's enhanced language matching.

Source: Unicode LDML part 1, "Language Matching", in the manner of ICU's LocaleMatcher.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from l10n.locales import modern
from l10n.prompts.tags import Subtags, subtags, table

THRESHOLD = 50
"""Locales at this distance or further do not match."""
DEMOTION = 5
"""How much less each further wish of a reader counts."""
_STEP = 8
"""Units to one of CLDR's distance; below that, what a tag names itself tells equals apart."""

Candidate = tuple[str, Subtags]


@dataclass(frozen=True, slots=True)
class Match:
    """The locale that suits best."""

    best: str
    """As `available` has it."""
    desired: str
    """The wish that it fulfils."""
    distance: int
    """How far they are apart, 0 to 49: language + script + region."""


def match(
    desired: Iterable[str],
    available: Sequence[str],
    *,
    threshold: int = THRESHOLD,
    favor_script: bool = False,
) -> Match | None:
    """The best of `available` for wishes in the order of preference, or None where none is near.

    Of equals, the one that comes first wins. Tags that cannot be read are passed over. `favor_script`
    lets a reader's script count for more than the language (ICU's FavorSubtag.SCRIPT).
    """
    candidates = _ordered(available)
    exact = {have: tag for tag, have in reversed(candidates)}
    best: Match | None = None
    limit = threshold * _STEP
    for tag, wish in known(desired):
        if wish in exact:
            return Match(exact[wish], tag, 0)
        found, limit = _closest(wish, candidates, limit, favor_script)
        best = Match(found[0], tag, sum(distances(wish, found[1]))) if found else best
        limit -= DEMOTION * _STEP
        if limit <= 0:
            break
    return best


def closest(locale: str, available: Iterable[str]) -> str | None:
    """The best of the locales whose words are words in this one, or None.

    That is nearer than an offer: the language must be the same, as "no" and "nb" are, and the script too.
    """
    locale = modern(locale)
    wish = subtags(locale)
    best = match([locale], [tag for tag, have in known(available) if wish and _same(wish, have)])
    return best.best if best else None


def _same(wish: Subtags, have: Subtags) -> bool:
    return language_distance(wish, have) <= 1 and wish.script == have.script


def known(tags: Iterable[str]) -> Iterator[Candidate]:
    """The tags that can be read, with their subtags."""
    for tag in tags:
        parts = subtags(tag)
        if parts:
            yield tag, parts


def _ordered(available: Sequence[str]) -> list[Candidate]:
    """The first locale, as it is the default; then those that stand for their region; then the rest."""
    candidates = list(known(available))
    if not candidates:
        return []
    default = _tag(candidates[0][1])
    return sorted(
        candidates, key=lambda each: 0 if _tag(each[1]) == default else 1 if is_paradigm(each[1]) else 2
    )


def is_paradigm(parts: Subtags) -> bool:
    """Whether a locale stands for its region, as British English does for that of the Commonwealth."""
    return _tag(parts) in _paradigms()


@cache
def _paradigms() -> frozenset[tuple[str, str, str]]:
    return frozenset(_tag(parts) for _, parts in known(table().paradigms))


def _tag(parts: Subtags) -> tuple[str, str, str]:
    return parts.language, parts.script, parts.region


def _closest(
    wish: Subtags, candidates: list[Candidate], limit: int, favor_script: bool
) -> tuple[Candidate | None, int]:
    """The candidate that is closest below `limit`, in steps, and how close; else None and `limit`."""
    best: Candidate | None = None
    for each in candidates:
        distance = _steps(wish, each[1], favor_script)
        closer = distance < limit
        as_close = distance == limit and best is not None and distance >= _STEP
        if closer or (as_close and best is not None and _likelier(each[1], best[1])):
            best, limit = each, distance
    return best, limit


def _steps(wish: Subtags, have: Subtags, favor_script: bool) -> int:
    language, script, region = distances(wish, have)
    distance = (language // 4 if favor_script else language) + script + region
    return distance * _STEP if distance else wish.explicit ^ have.explicit


def _likelier(one: Subtags, other: Subtags) -> bool:
    """Whether `one` is closer to what its language usually is, in script or else in region."""
    if one.language != other.language:
        return False
    if one.script != other.script:
        usual = subtags(one.language)
        return usual is not None and one.script == usual.script
    usual = subtags(f"{one.language}-{one.script}")
    return one.region != other.region and usual is not None and one.region == usual.region


def distances(wish: Subtags, have: Subtags) -> tuple[int, int, int]:
    """How far a locale is from a wish: in language, in script, in region."""
    return language_distance(wish, have), script_distance(wish, have), _region_distance(wish, have)


def language_distance(wish: Subtags, have: Subtags) -> int:
    """0 for the same language, 80 for strangers. Not the same in both directions."""
    if wish.language == have.language:
        return 0
    rules = table().languages
    return rules.get((wish.language, have.language), rules["*", "*"])


def script_distance(wish: Subtags, have: Subtags) -> int:
    """0 for the same script, 50 for scripts that have nothing in common."""
    if wish.script == have.script:
        return 0
    rules = table().scripts
    pair = (f"{wish.language}-{wish.script}", f"{have.language}-{have.script}")
    return rules.get(pair, rules["*-*", "*-*"])


def _region_distance(wish: Subtags, have: Subtags) -> int:
    if wish.region == have.region:
        return 0
    partitions = table().partitions
    key = wish.language if wish.language == have.language else ""
    partition = partitions.get(f"{key}-{wish.script}") or partitions.get(key) or partitions[""]
    groups = (partition.groups.get(wish.region, "0"), partition.groups.get(have.region, "0"))
    return max(int(partition.distances[int(one)][int(other)]) for one, other in product(*groups))
