"""Whether a sentence ends at a candidate: from what follows the stop to the word before it."""

from __future__ import annotations

import re
from functools import lru_cache

from l10n.laziness import expression
from l10n.segmenters.abbreviations import VOWELS, ends_after_word
from l10n.segmenters.places import (
    BACK,
    DASHES,
    FULL,
    OPENERS,
    Follower,
    Place,
    follower,
    lefts,
    starts,
    word_at,
)
from l10n.segmenters.quotations import (
    abbreviated,
    annotated,
    attributed,
    bracketed,
    embedded,
    ends_wide,
    opened_inside,
)
from l10n.segmenters.tables import Tables

_LETTER_MARKER = expression(r"(?:[^\W\d_]|\d{1,2})\)\s")
_MARKS = expression(r"(?![(\[])[^\w\s]{0,8}[.!?…][^\w\s]{0,8}(?!\S)")
"""A piece that is marks only and has a stop of its own: "``."."""
_CAMEL = expression(r"[a-z]{1,2}[A-Z][A-Za-z]+")
_DUTCH = expression("['’‘][a-z] [A-Z]")
"""How a Dutch sentence begins with a clipped word: "'s Avonds"."""
_LOWER_WORD = expression(rf"[^\W\d_'’-]*[{VOWELS}][^\W\d_'’-]*", re.IGNORECASE)
_WHOLE, _WHOLE_ENGLISH = (
    expression(rf"[{VOWELS}йь]$|[^\W\d_]{{{long - 1}}}[a-zß-ɏ]$|[^\W\d_]{{3}}[аеиоуыіїяюєё][хмвтлш]$")
    for long in (7, 5)
)
"""What abbreviations rarely are: words that end in a vowel or an inflection, long words in Latin letters, of
which English abbreviates fewer."""
_SOURCE = expression(r"\([^().!?]{1,40}(?:\.[^().!?]{1,40}){0,2}\)[.,;]")
"""Who is quoted, in brackets before the stop of the sentence: `(L. Kos).`"""
_LETTER = expression(r"[^\W\d_]")
_LONE_I = expression(r"(?:^|\s)i(?:'m|'ve|'ll|'d|m|ve)?\s")


def ends(place: Place, words: Tables) -> bool:
    """Whether a sentence ends at a candidate."""
    text, at = place.text, place.next
    if text[at] in ",;:.!?)]}»、，；：。！？）」』】" and not _opens(text, at):
        return False
    if place.stop[0] in FULL or place.stop[-1] in FULL:
        return ends_wide(place) and not _is_said(place, words)
    if at == place.end:
        return _ends_glued(place, words)
    right = follower(place, words)
    if right is None:
        return True
    if right.first in ",;:/" or bracketed(place, "([", ")]"):
        return False
    if right.dashed and _is_dateline(place):
        return False
    if not text[at].isalnum() and _MARKS.match(text, at):
        return False
    if text.find(")", right.at + 1, right.at + 3) > 0 and _LETTER_MARKER.match(text, right.at):
        return _ends_before_marker(place, right, words)
    if right.first.islower() and not _CAMEL.match(text, right.at) and not _DUTCH.match(text, at):
        return _ends_before_lower(place, right, words)
    return _ends_spaced(place, right, words)


def _ends_before_marker(place: Place, right: Follower, words: Tables) -> bool:
    """Whether a sentence ends before "b)" or "(2)": not after an abbreviation, or initials before an age."""
    token = lefts(place)[1].lower()
    initials = right.bracketed and place.stop == "." and (len(token) == 1 or "." in token)
    return not initials and token not in words.binding and token not in words.refused


def _is_dateline(place: Place) -> bool:
    """Whether the stop stands in the dateline before a report's dash: "KYIV, May 5. — Troops"."""
    return (
        place.stop == "."
        and not place.close
        and place.at - place.start < BACK
        and word_at(place.text, place.start)[:3].isupper()
        and len(word_at(place.text, place.start)) > 2
    )


def _is_said(place: Place, words: Tables) -> bool:
    """Whether a verb of saying follows a quotation that ends with a danda or the like, and white space."""
    if not place.close or place.next == place.end:
        return False
    right = follower(place, words)
    return right is not None and attributed(place, right, words)


def _opens(text: str, at: int) -> bool:
    """Whether a mark opens a quotation in the German manner: "»Nein.«"."""
    return text[at] == "»" and text[at + 1 : at + 2].isalnum()


def _ends_glued(place: Place, words: Tables) -> bool:
    """Whether a sentence ends where the white space was forgotten: "the end.The next", or is not used."""
    text, right = place.text, place.text[place.next]
    if _ideographic(text[place.at - 1 : place.at]) and _ideographic(right):
        if place.stop[0] == "…" and place.close:
            return ends_wide(place)
        resumed = place.stop[0] == "…" and text.startswith(words.resuming, place.next)
        return resumed or place.stop[0] in "!?" or (place.stop == "." and not place.close)
    if place.close or not text[place.at - 3 : place.at].isalpha():
        return False
    if right.islower():
        return place.stop[0] in "!?"
    token = lefts(place)[1]
    if token.lower() in words.units | words.final:
        following = follower(place, words)
        return following is not None and ends_after_word(place, following, words)
    if len(place.stop) > 2 and place.stop[0] == ".":
        return right.isupper() and token[1:].islower()
    known = not right.isascii() or starts(text, place.next, word_at(text, place.next), words)
    return right.isupper() and token[1:].islower() and token.lower() not in words.marked and known


def _ideographic(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff"


def _ends_before_lower(place: Place, right: Follower, words: Tables) -> bool:
    """Whether a sentence ends before a small letter: where nothing speaks for an abbreviation, a quotation
    or a name with a mark ("Yahoo!"); in text without capitals, sooner."""
    if right.dashed or place.close or right.at > place.next:
        return False
    before, token = lefts(place)
    if place.stop[0] in "!?" and len(place.stop) < 4:
        if _informal(place, words):
            return True
        spoken = place.text[place.start] in DASHES + OPENERS or right.text in words.say
        return not spoken and len(before) > 1 and token.isalpha() and token.islower()
    whole = _WHOLE_ENGLISH if _is_english(words) else _WHOLE
    return (
        place.stop == "."
        and _is_word(before, token, words)
        and (
            ((token.islower() or len(token) > 6) and whole.search(token) is not None)
            or _informal(place, words)
        )
    )


def _informal(place: Place, words: Tables) -> bool:
    """Whether the sentence so far, or the text, begins with a small letter."""
    first = _LETTER.search(place.text, place.start, place.start + 20)
    return (first is not None and first[0].islower()) or _without_capitals(
        place.text, english=_is_english(words)
    )


def _is_english(words: Tables) -> bool:
    return "it's" in words.starters


@lru_cache(maxsize=1)
def _without_capitals(text: str, *, english: bool) -> bool:
    """Whether a text begins with a small letter, or writes "i". Asked at every stop of a text."""
    first = _LETTER.search(text, 0, 40)
    return (first is not None and first[0].islower()) or (english and _LONE_I.search(text[:2000]) is not None)


def _is_word(before: list[str], token: str, words: Tables) -> bool:
    """Whether what stands before the stop is a whole word."""
    if before and before[-1].endswith(".") and len(before[-1]) <= 3:
        return False
    if len(token) < 2 or not _LOWER_WORD.fullmatch(token):
        return False
    return token.lower() not in words.marked and token.lower() not in words.streets


def _ends_spaced(place: Place, right: Follower, words: Tables) -> bool:
    """Whether a sentence ends before a capital, a number, or a letter of a script without capitals."""
    quoted = place.close != "" and any(mark in "\"'”’»›“" for mark in place.close)
    if quoted and (right.dashed or attributed(place, right, words) or _SOURCE.match(place.text, place.next)):
        return False
    if quoted and right.bracketed and place.opened and annotated(place, right):
        return False
    if quoted and place.stop == "." and not right.starter and abbreviated(place):
        return False
    if embedded(place):
        return False
    if place.close.startswith((")", "]")):
        return not opened_inside(place, "([") or _ends_bracketed(place, right, words)
    if place.stop != "." and place.stop[0] in ".…" and _trails(place, right, words):
        return False
    if place.stop != "." or quoted:
        return True
    return ends_after_word(place, right, words)


def _ends_bracketed(place: Place, right: Follower, words: Tables) -> bool:
    """Whether a sentence ends after brackets inside it that close after a stop: not after an abbreviation or
    a single word in brackets ("Col. Lee (ret.) Kos"), and in scripts without capitals never."""
    if right.first.isalpha() and right.first.lower() == right.first.upper():
        return False
    token = lefts(place)[1]
    alone = place.text[place.at - len(token) - 1] in "(["
    short = alone or len(token) == 1 or "." in token or token.lower() in words.marked
    return right.starter or not short


def _trails(place: Place, right: Follower, words: Tables) -> bool:
    """Whether the word before an ellipsis is one that ends nothing ("و ..." is the Persian "etc."), or "etc."
    follows it."""
    if right.text in words.final:
        return True
    before, token = lefts(place)
    return (token or (before[-1] if before else "")) in words.refused
