"""The segmenter: where one sentence ends and the next begins, in a paragraph of plain text.

One scan finds the candidates, every run of final punctuation with the closing marks and the white
space after it. For each a few decisions follow, from what stands right of it to the word left of it.
A sentence is what a full stop, a question or exclamation mark or an ellipsis ends, with the quotation
marks and brackets that close there; a quotation and the words that say whose it is are one sentence,
and so are a list marker and its text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from l10n.segmenters.tables import Tables, tables

_CLOSERS = "\"'”’»›)\\]}」』）】》〉"
_OPENERS = "\"'“”„«»‹‘’‚(\\[{¿¡「『（【《〈"
_DASHES = "-—–―−"
_WIDE = "。！？｡"
_CANDIDATE = re.compile(rf"(?P<stop>[.!?…‼⁇⁈⁉؟۔]+|[{_WIDE}…]+|[।॥]+)(?P<close>[{_CLOSERS}]*)(?P<gap>\s*)")
_DETACHED = re.compile(r"[»”’)\]}]+\s*")
_SKIPPED = re.compile(rf"[{_DASHES}\s{_OPENERS}•·▪●]*")
_TOKEN = re.compile(r"[^\s(\[{«“„‘\"'/—–]*$")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?")
_MARKER = re.compile(r"\s*[(\[]?(?:\d{1,3}|[^\W\d_]|[IVXLC]{1,5})$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.-?)*[^\W\d_]$")
_ORDINAL = re.compile(r"(?:\d{1,2}|[IVXLC]+)$")
_BACK = 60
"""How far left of a stop the decisions look for the word before it, in code points."""
_NEAR = 200
"""How far they look for an opening or a closing bracket."""


@dataclass(frozen=True, slots=True)
class _Place:
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


def spans(text: str, locale: str) -> list[tuple[int, int]]:
    """The [start, end) spans of a paragraph's sentences, in code points.

    Only white space stands between and around them. Every text and every locale has an answer.
    """
    words = tables(locale)
    out: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    for match in _CANDIDATE.finditer(text, start, end):
        place = _place(text, start, match)
        if match.start() >= start and place.next < end and _ends(place, words):
            out.append((start, place.end))
            start = place.next
    return [*out, (start, end)] if start < end else out


def _place(text: str, start: int, match: re.Match[str]) -> _Place:
    """A candidate with the closing marks that stand apart from it: `. »`."""
    end, following = match.end("close"), match.end()
    detached = _DETACHED.match(text, following) if following > end else None
    close = match["close"]
    if detached:
        close += detached[0].rstrip()
        end, following = following + len(detached[0].rstrip()), detached.end()
    return _Place(text, start, match["stop"], match.start(), close, end, following)


def _ends(place: _Place, words: Tables) -> bool:
    """Whether a sentence ends at a candidate."""
    wide = place.stop[0] in _WIDE or place.stop[0] in "।॥"
    if place.next == place.end and not wide:
        return False
    if place.text[place.next] in ",;:.!?)]}»、，；：。！？）」』】":
        return False
    if wide:
        return place.text[place.next] not in "—–…" and not _bracketed(place, "「『（【《", "」』）】》")
    return _ends_before(place, words)


def _ends_before(place: _Place, words: Tables) -> bool:
    """Whether a sentence ends, by what follows and then by the word before the stop."""
    skipped = _SKIPPED.match(place.text, place.next)
    at = skipped.end() if skipped else place.next
    if at >= len(place.text):
        return True
    following = place.text[at]
    if following.islower() or following in ",;:/" or _bracketed(place, "(", ")"):
        return False
    quoted = any(mark in "\"'”’»›“" for mark in place.close)
    dashed = any(mark in _DASHES for mark in place.text[place.next : at])
    if quoted and (dashed or _attributed(place, at, words)):
        return False
    if place.stop != "." or quoted:
        return True
    return _ends_after_word(place, at, words)


def _ends_after_word(place: _Place, at: int, words: Tables) -> bool:
    """Whether a full stop after a word ends the sentence, rather than an abbreviation."""
    left = place.text[max(place.start, place.at - _BACK) : place.at]
    found = _TOKEN.search(left)
    token = found[0] if found else ""
    low, number = token.lower(), place.text[at].isdigit()
    starter = _starts(place.text, at, words)
    if not token or place.close.startswith((")", "]")):
        return True
    if len(left) == place.at - place.start and _MARKER.match(left):
        return False
    if low in words.final and not number:
        return low not in words.never or (_after_number(left, token) and (starter or _is_long(left)))
    if low in words.number and number:
        return False
    if low in words.never:
        return low in words.number and starter and len(low) > 1
    if low in words.number or low in words.names or (words.ordinals and _ORDINAL.match(token)):
        return starter
    if _INITIALS.match(token) and (len(token) == 1 or "." in token):
        return starter and not (token.islower() and len(token) == 1)
    return True


def _after_number(left: str, token: str) -> bool:
    before = left[: len(left) - len(token)].rstrip(" \u00a0\u202f(")
    return bool(before) and (before[-1].isdigit() or _ROMAN.fullmatch(before.rpartition(" ")[2]) is not None)


def _is_long(left: str) -> bool:
    """Whether enough has been said for a sentence: "In March 2022 р." has not, and goes on."""
    return len(left.split()) > _FEW


_FEW = 5
_ROMAN = re.compile(r"[IVXІХ]+")


def _starts(text: str, at: int, words: Tables) -> bool:
    """Whether the word that follows is one that begins sentences."""
    match = _WORD.match(text, at)
    if not match or text.startswith(".", match.end()):
        return False
    word = match[0].lower().replace("’", "'")
    stem = word.partition("'")[0]
    return not words.starters.isdisjoint((word, stem, f"{stem}'"))


def _attributed(place: _Place, at: int, words: Tables) -> bool:
    """Whether a name and a verb of saying follow a quotation: `?" Anna Kos asked.`"""
    following = place.text[at : at + _BACK].split()[:6]
    verbs = [n for n, word in enumerate(following) if word.strip(".,;:").lower() in words.say]
    return bool(verbs) and verbs[0] > 0 and all(word[0].isupper() for word in following[: verbs[0]])


def _bracketed(place: _Place, opening: str, closing: str) -> bool:
    """Whether the stop stands inside brackets that were opened in this sentence and close later."""
    left = place.text[max(place.start, place.at - _NEAR) : place.at]
    closed = left + place.close
    depth = sum(map(left.count, opening)) - sum(map(closed.count, closing))
    if depth <= 0 or left.lstrip()[:1] in opening:
        return False
    right = place.text[place.end : place.end + _NEAR]
    return any(mark in right for mark in closing)
