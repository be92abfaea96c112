"""The segmenter: where one sentence ends and the next begins, in a paragraph of plain text.

One compiled scan finds the candidates: a run of final punctuation with the closing marks, the footnote
marks and the white space after it. Most are settled by the words at their sides at once; for the others
the decisions of `deciding` follow. A sentence is what a full stop, a question or exclamation mark or an
ellipsis ends, with the quotation marks and brackets that close there; a quotation and the words that say
whose it is are one sentence, and so are a list marker and its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from l10n.segmenters.deciding import CLOSERS, FULL, Place, ends
from l10n.segmenters.tables import Tables, tables

STOPS = ".!?…‼⁇⁈⁉؟۔" + FULL
"""What may end a sentence in any language."""
_NOTES = r"(?:[¹²³⁴-⁹]+|(?:\s?\[(?:\d{1,3}|…|\.{3})\])+)?"
_DETACHED = re.compile(r"(?:[»”’)\]}]|''|\")+(?!\w)\s*")
_EMOJI = re.compile(
    "(?:[\u2600-\u2704\u2728\u2744\u2763\u2764\u2b50\u2b55\U0001f000-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*\\s*)+"
)
_SPOKEN = re.compile(r"[^\W_]")
"""A letter or a digit: what holds none is no sentence."""
_BACK = 60
"""How far left of a stop the word before it may begin, in code points."""
_NEAR = 300


def spans(text: str, locale: str) -> list[tuple[int, int]]:
    """The [start, end) spans of a paragraph's sentences, in code points.

    Only white space stands between and around them. Every text and every locale has an answer.
    """
    find, words, doubtful = _rules(locale)
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    paired = "(" in text or "“" in text or "«" in text or "„" in text
    out: list[tuple[int, int]] = []
    for match in find(text, start, end):
        at, following = match.span()
        if _obvious(text, start, at, following, doubtful) and not (paired and _opened(text, start, at)):
            out.append((start, at + 1))
            start = following
            continue
        if at >= start and following < end and not _runs_on(text, at, following):
            place = _place(text, start, match)
            if place.next < end and ends(place, words) and _SPOKEN.search(text, start, place.end):
                out.append((start, place.end))
                start = place.next
    if start < end and out and not _SPOKEN.search(text, start, end):
        start = out.pop()[0]
    return [*out, (start, end)] if start < end else out


def _obvious(text: str, start: int, at: int, following: int, doubtful: frozenset[str]) -> bool:
    """Whether one stop, white space and a capital follow a word that leaves no doubt.

    Such a word, or its last part after a hyphen, is long or in small letters, and in no table; before
    "!" and "?" any will do.
    """
    if not text[at + 1 : following].isspace() or not text[following : following + 1].isupper():
        return False
    if text[at] != ".":
        return text[at] in "!?"
    token = text[text.rfind(" ", max(start, at - _BACK), at) + 1 : at].rpartition("-")[2]
    return (len(token) > 3 or (len(token) > 1 and token.islower())) and (
        token.isalnum() and token.lower() not in doubtful
    )


def _runs_on(text: str, at: int, following: int) -> bool:
    """Whether letter and stop follow letter and stop, or digit follows digit: "J. R.", "т. д.", "5. 6."."""
    if text[following + 1 : following + 2] != "." or not text[at - 2 : at - 1].isspace():
        return False
    left, right = text[at - 1], text[following]
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())


def _opened(text: str, start: int, at: int) -> bool:
    """Whether a mark stands open before a stop that may then end nothing."""
    left = max(start, at - _NEAR)
    for opening, closing in _PAIRS:
        opened = text.rfind(opening, left, at)
        if opened >= 0 and all(text.find(mark, opened, at) < 0 for mark in closing):
            return True
    return False


_PAIRS = (("(", ")"), ("“", "”"), ("«", "»"), ("„", "”“"))


@cache
def _rules(locale: str) -> tuple[Callable[[str, int, int], Iterator[re.Match[str]]], Tables, frozenset[str]]:
    """What a locale needs: the scan for candidates, the tables, and the words that need a closer look."""
    words = tables(locale)
    return _candidates(words.stops).finditer, words, words.doubtful


@cache
def _candidates(stops: str) -> re.Pattern[str]:
    """A run of stops with the closing marks after it, where white space, a wide stop or a letter follows.

    The first character is in a plain set, which lets the scan skip to it; the look-behind keeps the
    scan from trying a run again from its middle.
    """
    run = f"[{STOPS}{stops}]"
    closing = rf"(?>(?:[{CLOSERS}]|[“«](?=\s|$))*)"
    gap = rf"(?:\s+|(?<=[{FULL}{CLOSERS}])(?=\S)|(?=[^\W\d_a-z]))"
    return re.compile(rf"(?P<stop>{run}(?<!{run}{run}){run}*+)(?P<close>{closing}){_NOTES}(?P<gap>{gap})")


def _place(text: str, start: int, match: re.Match[str]) -> Place:
    """A candidate with what stands apart from it and yet belongs to it: `. »`, `! 😀`."""
    end, following = match.start("gap"), match.end()
    close = match["close"]
    if end < following < len(text) and not text[following].isalnum():
        detached = _DETACHED.match(text, following)
        if detached and (detached[0][0] != '"' or text.count('"', max(start, end - _NEAR), end) % 2):
            close += detached[0].rstrip()
            end, following = following + len(detached[0].rstrip()), detached.end()
        emoji = _EMOJI.match(text, following)
        if emoji:
            end, following = following + len(emoji[0].rstrip()), emoji.end()
    return Place(text, start, match["stop"], match.start(), close, end, following)
