"""Whether a page offers its reader another language.

An offer is stricter than a match: CLDR's distances say what a reader may cope with, which is not what
they asked for. A reader of Ukrainian is never offered Russian.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from l10n.model import Prompt
from l10n.prompts.headers import Wishes, ordered, parse_accept_language, parse_list
from l10n.prompts.matching import Match, language_distance, match, script_distance
from l10n.prompts.tags import LANGUAGE, Subtags, subtags

NEAR_LANGUAGE = 1
"""Up to this distance, two languages are one to a reader: Norwegian and Bokmål."""
NEAR_SCRIPT = 5
"""Up to this distance, a reader of one script reads the other: both of Serbian."""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """What fits a reader, for a server or a human to look at."""

    desired: tuple[tuple[str, ...], ...]
    """What was understood of the wishes: ranks of equal preference, the best first."""
    match: str | None
    """Where a neutral address should lead: the best locale there is, by CLDR."""
    offer: str | None
    """What the page should offer."""
    reason: str
    """Why, as a sentence."""


def negotiate(desired: str | Sequence[str], available: Sequence[str], page: str | None = None) -> Negotiation:
    """The locale that suits best, and what a page in the locale `page` should offer.

    `desired` is an Accept-Language header, a plain list with commas (without any ";q=", the order is the
    preference) or a sequence of tags. Nothing that a browser sends makes it fail.
    """
    wishes = _read(desired)
    best = match(wishes.tags, [tag for tag in available if wishes.allow(tag)])
    offer, reason = decide(wishes, page, available) if page else (None, _neutral(best))
    return Negotiation(wishes.ranks, best.best if best else None, offer, reason)


def _read(desired: str | Sequence[str]) -> Wishes:
    if isinstance(desired, str):
        return parse_accept_language(desired) if ";" in desired else parse_list(desired)
    return ordered(desired)


def _neutral(best: Match | None) -> str:
    if best is None:
        return "none of the locales is near what the reader asks for"
    return f"{best.best} fulfils the wish for {best.desired} at distance {best.distance}"


def suggest(
    wishes: Wishes | Sequence[str],
    page: str,
    available: Iterable[str],
    *,
    chosen: str = "",
    accepted: Collection[str] = (),
    editions: Collection[str] = (),
) -> Prompt | None:
    """The offer that a page in the locale `page` makes, or None.

    `available` are the locales that may be offered: complete and up to date. `chosen` is the locale that
    the reader chose before, `accepted` the locales of pages on which they declined an offer. `editions`
    are languages whose regional editions or scripts may be offered to readers of another one.
    """
    if page in accepted or page == chosen:
        return None
    read = wishes if isinstance(wishes, Wishes) else ordered(wishes)
    offer, reason = decide(read, page, available, chosen, editions)
    return Prompt(page, offer, reason) if offer else None


def decide(
    wishes: Wishes, page: str, available: Iterable[str], chosen: str = "", editions: Collection[str] = ()
) -> tuple[str | None, str]:
    """What to offer, or None, and why: the decision that the browser makes too.

    The first wish that the page or another version is near to decides, whatever the distance of the rest.
    """
    others = [tag for tag in available if tag != page and wishes.allow(tag)]
    ranks = [[tag for tag in rank if _names_language(tag)] for rank in wishes.ranks]
    for rank in [[chosen]] * (chosen in others) + ranks:
        for tag in rank:
            if is_near(tag, page) and not _edition(tag, page, others, editions):
                return None, f"the page is in a language that the reader asks for: {tag}"
        offers = [offer for tag in rank if (offer := closest(tag, others))]
        if offers:
            offer = min(offers, key=lambda each: each.distance)
            return offer.best, f"the reader asks for {offer.desired} before anything near {page}"
    return None, "nothing that the reader asks for is available"


def _names_language(tag: str) -> bool:
    """Whether a tag asks for a language: "und-TW" does not, nor does what cannot be read."""
    parts = subtags(tag)
    return bool(parts and parts.explicit & LANGUAGE and parts.language != "und")


def is_near(desired: str, available: str) -> bool:
    """Whether a reader who asks for one locale may be offered the other."""
    wish, have = subtags(desired), subtags(available)
    return wish is not None and have is not None and _near(wish, have)


def _near(wish: Subtags, have: Subtags) -> bool:
    return near_languages(wish.language, have.language) and script_distance(wish, have) <= NEAR_SCRIPT


def near_languages(wish: str, have: str) -> bool:
    """Whether a reader of one language may be offered the other, where the script is theirs."""
    distance = language_distance(Subtags(wish), Subtags(have))
    return distance <= NEAR_LANGUAGE or have in allowed().get(wish, ())


@cache
def allowed() -> dict[str, list[str]]:
    """Languages that may be offered to readers of another one, though CLDR holds them farther apart."""
    text = (files("l10n.prompts") / "data" / "offers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def closest(tag: str, others: Sequence[str]) -> Match | None:
    """The one of the locales that a reader may be offered, that is closest to what the tag asks for."""
    return match([tag], [other for other in others if is_near(tag, other)])


def _edition(tag: str, page: str, others: Sequence[str], editions: Collection[str]) -> bool:
    """Whether the site offers editions of this language, and another one than the page is closer."""
    if page.split("-")[0] not in editions:
        return False
    best = match([tag], [page, *(other for other in others if is_near(tag, other))])
    return best is not None and best.best != page
