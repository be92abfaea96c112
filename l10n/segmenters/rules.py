"""The segmenter: where one sentence ends and the next begins, in a paragraph of plain text.

One compiled scan finds the candidates: a run of final punctuation with the closing marks, the footnote
marks and the white space after it. Most are settled by the words at their sides at once; for the others
the decisions of `deciding` follow. A sentence is what a full stop, a question or exclamation mark or an
ellipsis ends, with the quotation marks and brackets that close there; a quotation and the words that say
whose it is are one sentence, and so are a list marker and its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from l10n.laziness import expression
from l10n.segmenters.deciding import ends
from l10n.segmenters.places import BACK, CLOSERS, FULL, Place
from l10n.segmenters.tables import Tables, tables

STOPS = ".!?…‼⁇⁈⁉؟۔" + FULL
"""What may end a sentence in any language."""
_NOTES = (
    r"(?>(?:(?=\d)(?<=[^\W\d_A-Z]{4}\.)\d{1,2}(?=\s+[^\W\d_a-z])|[¹²³⁴-⁹]+|(?:\s?\[(?:\d{1,3}|…|\.{3})\])+"
    r"|[*†‡]{1,3}(?=\s))?)"
)
_NEVER_NEXT = ",;:.!?、，；：。！？"
"""Before these nothing ends, and no closing mark is among them."""
_DETACHED = expression(r"(?:[»”’)\]}]|''|\")+(?!\w)\s*")
_EMOJI = expression(
    "(?:[\u2800\u2600-\u2704\u2728\u2744\u2763\u2764\u2b50\u2b55\U0001f000-\U0001faff][\ufe0f\u200d\U0001f3fb-\U0001f3ff]*\\s*)+"
)
_SPOKEN = expression(r"[^\W_]")
"""A letter or a digit: what holds none is no sentence."""


class _Marks(NamedTuple):
    """Marks that are looked for in a text."""

    all: str
    ascii: str
    """Those that a text in ASCII can hold."""


def _marks(given: Iterable[str]) -> _Marks:
    marks = "".join(given)
    return _Marks(marks, "".join(filter(str.isascii, marks)))


_PAIRS = dict(zip('([“«„"»「『（【《〈', [*")]”»", "”“", *'"«」』）】》〉'], strict=True))
_OPENERS = _marks(_PAIRS)
_OPENING = {mark: rf"{mark}(?=\S)(?<![^\s(\[]{mark})" for mark in '"»'}
"""What opening marks look like that are also closing ones."""
_NEAR = 300
"""How far the other half of a pair of brackets or quotation marks may be."""
_PARTICLES = "をのがはに"
"""What may go on with a Japanese sentence after a name that ends in a stop."""
_LOOKS, _SPACING = 50, 100
"""Closer looks at a text: so many, and one more for so many code points. Prose takes one in 250 or more, even
chats; a text that has stops enough to need more must not cost more. There only plain stops end sentences."""
_CLOSED = ')]”»“"'
"""Marks after which a stop belongs to no abbreviation."""


def spans(text: str, locale: str) -> list[tuple[int, int]]:
    """The [start, end) spans of a paragraph's sentences, in code points.

    Only white space stands between and around them. Every text and every locale has an answer.
    """
    scans, words = _rules(locale)
    candidates = scans.all if _present(scans.others, text) else scans.full_stops
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    looks = _LOOKS + (end - start) // _SPACING
    spoken, opened, marks = -1, -1, ""
    out: list[tuple[int, int]] = []
    for match in candidates.finditer(text, start, end):
        at, following = match.span()
        if at < start:
            continue
        if opened < start:
            marks = _present(_OPENERS, text) if opened < 0 else marks
            opened = _first(_open(marks), text, start, end) if marks else end
        settled = _settled(text, start, at, following, words)
        if settled and at < opened:
            out.append((start, at + 1))
            start = following
        elif settled is not False and looks:
            looks -= 1
            if spoken < start:
                spoken = _first(_SPOKEN, text, start, end)
            place = _place(text, start, match, opened < at)
            if spoken < place.end and place.next < end and ends(place, words):
                out.append((start, place.end))
                start = place.next
    if start < end and out and not text[start].isalnum() and _first(_SPOKEN, text, start, end) == end:
        start = out.pop()[0]
    if start < end:
        out.append((start, end))
    return out


def _present(marks: _Marks, text: str) -> str:
    """Which of some marks stand in a text."""
    return "".join(filter(text.__contains__, marks.ascii if text.isascii() else marks.all))


def _first(wanted: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Where the first match begins; `end` where there is none."""
    match = wanted.search(text, start, end)
    return match.start() if match else end


def _settled(text: str, start: int, at: int, following: int, words: Tables) -> bool | None:
    """Whether a sentence ends at one stop between words; None where that needs a closer look.

    A full stop is settled by the word before it: one that never ends a sentence, or one that leaves no doubt
    where no small letter follows.
    """
    follows = text[following]
    if following == at + 1:
        wide = text[at] in FULL and follows.isalpha() and follows not in _PARTICLES
        return True if wide and at > start and text[at - 1].isalnum() else None
    if (following > at + 2 or text[at + 1] != " ") and not text[at + 1 : following].isspace():
        return None
    small = follows.islower()
    if text[at] != ".":
        return True if follows.isalpha() and not small and at > start and text[at - 1].isalnum() else None
    space = text.rfind(" ", start if start > at - BACK else at - BACK, at)
    if space < 0 or not follows.isalnum():
        return None
    token = text[space + 1 : at]
    low = token.lower()
    if low in words.doubtful:
        refused = low in words.refused or (low in words.binding and follows.isdigit())
        certain = refused and not token.isupper() and text.find(")", following, following + 3) < 0
        return False if certain else None
    if small or len(token) < 2 or text.startswith(".", following + 1):
        return None
    if _is_plain(token, low, words) or (follows.isupper() and text[at - 1] in _CLOSED):
        return True
    acronym = token.isupper() and token.isalpha() and text[start].isalnum() and not words.ordinals
    return True if acronym and text[following : following + 2].istitle() else None


def _is_plain(token: str, low: str, words: Tables) -> bool:
    """Whether a word that no table holds, or its last part after a hyphen, is long or without capitals."""
    if token != low and (len(token) < 4 or (words.ordinals and token.isupper())):
        return False
    if not token.isalpha():
        if token.isdigit():
            return len(token) > 3 and not (words.dates or words.ordinals)
        token = token.rpartition("-")[2]
        low = token.lower()
        if low in words.doubtful or not token.isalpha():
            return False
    if words.endings and low.endswith(words.endings):
        return False
    return len(token) > 3 or (len(token) > 1 and token == low)


class _Scans(NamedTuple):
    """How candidates are found in a text."""

    all: re.Pattern[str]
    full_stops: re.Pattern[str]
    """Twice as fast: for a text that has no other stops, as most paragraphs of prose."""
    others: _Marks


@cache
def _rules(locale: str) -> tuple[_Scans, Tables]:
    """What a locale needs: the scans for candidates, and the tables."""
    words = tables(locale)
    stops = STOPS + words.stops
    others = _marks(stops.replace(".", ""))
    return _Scans(_candidates(stops), _candidates("."), others), words


@cache
def _open(marks: str) -> re.Pattern[str]:
    """One of these brackets or quotation marks, where it does not close before the next stop."""
    closed = ((mark, f"[^{mark}{_PAIRS[mark]};{STOPS}]{{0,{_NEAR}}}[{_PAIRS[mark]}]") for mark in marks)
    return re.compile("|".join(rf"{_OPENING.get(mark, re.escape(mark))}(?!{rest})" for mark, rest in closed))


@cache
def _candidates(stops: str) -> re.Pattern[str]:
    """A run of stops with the closing marks after it, where white space, a wide stop or a letter follows.

    Letter and stop after letter and stop, or digit after digit, are none: "J. R.", "т. д.", "5. 6.".
    The first character is in a plain set, which lets the scan skip to it; the look-behind keeps the
    scan from trying a run again from its middle. Mostly white space follows at once, and neither closing
    marks nor notes need be looked for.
    """
    run = f"[{stops}]"
    closing = rf"(?>(?:[{CLOSERS}]|[“«](?=\s|$))*)"
    runs_on = r"(?<=\s[^\W\d_]\.\s)[^\W\d_]\.|(?<=\s\d\.\s)\d\."
    spaced = rf"\s++(?![{_NEVER_NEXT}]|{runs_on})"
    wide = rf"(?<=[{FULL}{CLOSERS}])(?=[^\s{_NEVER_NEXT}])"
    word = "|".join(
        rf"(?<={word}{stop})" for word in (r"[^\W\d_]{3}", r"[\u3040-\u9fff]") for stop in (run, run * 2)
    )
    glued = rf"(?=[^\W\d_])(?:(?=[^a-z])(?:{word}|(?<={run * 3}))|(?<=[a-z]{{3}}[!?])(?=[a-z]{{3,}}[\s,]))"
    tail = rf"(?>(?=\s[^\[])|(?P<close>{closing}){_NOTES})"
    return expression(rf"(?P<stop>{run}(?<!{run}{run}){run}*+){tail}(?P<gap>{spaced}|{wide}|{glued})")


def _place(text: str, start: int, match: re.Match[str], opened: bool) -> Place:
    """A candidate with what stands apart from it and yet belongs to it: `. »`, `! 😀`."""
    end, following = match.start("gap"), match.end()
    stop, close = match["stop"], match["close"] or ""
    if end < following and not text[following].isalnum():
        detached = _DETACHED.match(text, following)
        if detached and (detached[0][0] != '"' or text.count('"', max(start, end - _NEAR), end) % 2):
            close += detached[0].rstrip()
            end, following = following + len(detached[0].rstrip()), detached.end()
        emoji = _EMOJI.match(text, following)
        if emoji:
            end, following = following + len(emoji[0].rstrip()), emoji.end()
    return Place(text, start, stop, match.start(), close, end, following, opened)
