"""A place where a sentence may end, and looks to both sides of it.

All looks are bounded, so that the work grows with the text and not with its square.
"""

from __future__ import annotations

from typing import NamedTuple

from l10n.laziness import expression
from l10n.segmenters.tables import Tables

CLOSERS = "\"'”’»›)\\]}」』）】》〉＂"
FULL = "。！？｡．।॥։።፧။។"
"""Stops that need no white space after them."""
OPENERS = "\"'“”„«»‹‘’‚(\\[{¿¡「『（【《〈"
DASHES = "-—–―−"
BACK = 60
"""How far left of a stop the word before it may begin, in code points."""
_SKIPPED = expression(rf"[{DASHES}\s{OPENERS}»•·▪●◦‣*#>_~]*")
_TOKEN_OPENING = expression(
    r"(.*(?:[(\[{«“„‘—–\u2026]|(?<!\w)\"|[\u3001-\u9fff](?=[A-Za-z])"
    r"|\w{3}[»”\"]?[/／](?=(?:[^\W\d_a-zß-ÿα-ώа-џ]\.)*[^\W\d_a-zß-ÿα-ώа-џ]$)))(.*)$"
)
"""What a word begins after: an opening mark, a dash, an ideograph, a slash before an initial."""
_EDGE = "-'’•·*.…"
_WORD = expression(r"[^\W_]+(?:['’-][^\W_]+)*['’]?")


class Place(NamedTuple):
    """A candidate: the sentence so far, and what follows."""

    text: str
    start: int
    """Where the sentence began."""
    stop: str
    at: int
    """Where the stop stands."""
    close: str
    end: int
    """Where the sentence would end."""
    next: int
    """Where the next would begin."""
    opened: bool
    """Whether the sentence holds an opening bracket or quotation mark before the stop."""


class Follower(NamedTuple):
    """What follows a candidate."""

    at: int
    """Where it begins, after opening marks, dashes and bullets."""
    first: str
    text: str
    """The word or number that stands there; empty where there is none."""
    dashed: bool
    bracketed: bool
    """Whether an opening bracket stands before it."""
    starter: bool
    """Whether it is a word that begins sentences."""


def follower(place: Place, words: Tables) -> Follower | None:
    """What follows; None for marks up to the end of the text."""
    text, at = place.text, place.next
    between = ""
    if not text[at].isalnum():
        skipped = _SKIPPED.match(text, at)
        at = skipped.end() if skipped else at
        if at >= len(text):
            return None
        between = text[place.next : at]
    word = word_at(text, at)
    return Follower(
        at,
        text[at],
        word,
        between != "" and any(mark in DASHES for mark in between),
        "(" in between or "[" in between,
        starts(text, at, word, words),
    )


def word_at(text: str, at: int) -> str:
    """The word or number that stands there; empty where there is none."""
    match = _WORD.match(text, at)
    return match[0] if match else ""


def starts(text: str, at: int, word: str, words: Tables) -> bool:
    """Whether the word that stands there is one that begins sentences."""
    if len(word) == 1 and text.startswith(".", at + 1):
        return False
    low = word.lower()
    if low in words.starters:
        return True
    if low.isalnum():
        return False
    low = low.replace("’", "'")
    stem, apostrophe, _ = low.partition("'")
    clitic = apostrophe != "" and stem.isascii()
    return low in words.starters or (clitic and not words.starters.isdisjoint((stem, f"{stem}'")))


def lefts(place: Place) -> tuple[list[str], str]:
    """The words before the stop, as far as one looks: all but the last, and the last without its edges.

    The last is empty where white space stands before the stop.
    """
    left = place.text[max(place.start, place.at - BACK) : place.at]
    before = left.split()
    if not before or left[-1].isspace():
        return before, ""
    token = before.pop()
    if token.isalnum() and (token.isascii() or not token[-1].isascii()):
        return before, token
    opened = _TOKEN_OPENING.match(token)
    if opened:
        head, token = opened[1].rstrip(OPENERS + DASHES), opened[2]
        before += [head] if head else []
    return before, token.strip(_EDGE)
