"""Whether a sentence ends at a candidate: from what follows the stop to the word before it.

All looks are bounded, so that the work grows with the text and not with its square.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from l10n.segmenters.tables import Tables

CLOSERS = "\"'”’»›)\\]}」』）】》〉＂"
FULL = "。！？｡．।॥։።፧။។"
"""Stops that need no white space after them."""
_OPENERS = "\"'“”„«»‹‘’‚(\\[{¿¡「『（【《〈"
_DASHES = "-—–―−"
_VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœаеиоуыэюяєіїё"
_SOUNDS = frozenset(_VOWELS + "йь")
_SKIPPED = re.compile(rf"[{_DASHES}\s{_OPENERS}•·▪●◦‣*#>_~]*")
_TOKEN_OPENING = re.compile(r"(.*[(\[{«“„‘\"—–\u2026])(.*)$")
_EDGE = "-'’•·*.…"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?")
_MARKER = re.compile(r"[\s•·*–—-]*[(\[]?(?:\d{1,3}|[^\W\d_]|[IVXLC]{1,5}|\d{1,2}(?:\.\d{1,2}){1,3})$")
_LETTER_MARKER = re.compile(r"(?:[^\W\d_]|\d{1,2})\)\s")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)*-?[^\W\d_]$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_MARKS = re.compile(r"(?![(\[])[^\w\s]{0,8}[.!?…][^\w\s]{0,8}(?!\S)")
"""A piece that is marks only and has a stop of its own: "``."."""
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z][A-Za-z]{2,}")
_ROMAN = re.compile(r"[IVXLCІХ]+")
_NUMERAL = re.compile(r"[IVXLC]{2,6}")
_NUMBER = re.compile(r"\d{1,2}|[IVXLC]+")
_LOWER_WORD = re.compile(rf"[^\W\d_'’-]*[{_VOWELS}][^\W\d_'’-]*", re.IGNORECASE)
_WHOLE = re.compile(rf"[{_VOWELS}йь]$|[^\W\d_]{{4}}[a-zß-ɏ]$|[^\W\d_]{{3}}[аеиоуыіїяюєё][хмвтлш]$")
"""What abbreviations rarely are: words that end in a vowel or an inflection, long words in Latin letters."""
_LONE_I = re.compile(r"(?:^|\s)i(?:'m|'ve|'ll|'d|m|ve)?\s")
_GLUED = re.compile(r"[^\W\d_]{3,}$")
_SAID = re.compile(
    r"(?:(?![没沒不未提])[\u4e00-\u9fff]){1,8}?(?:说|說|问|問|道|表示|称|稱|回答|喊|指出)[。，,：:]"
)
_PARTICLES = ("と", "って", "など", "の", "は", "が", "を", "に", "も", "で", "や")
_BACK = 60
"""How far left of a stop the word before it may begin, in code points."""
_NEAR = 200
"""How far the other half of a pair of brackets may be."""
_INSIDE = 300
"""How far a quotation may go on after a stop inside it."""
_FEW = 4
"""Up to so many words before a year have not said enough to be a sentence: "In March 2022 р."."""


@dataclass(frozen=True, slots=True)
class Place:
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


@dataclass(frozen=True, slots=True)
class _Follower:
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


def ends(place: Place, words: Tables) -> bool:
    """Whether a sentence ends at a candidate."""
    if place.text[place.next] in ",;:.!?)]}»、，；：。！？）」』】":
        return False
    if place.stop[0] in FULL:
        return _ends_wide(place)
    if place.next == place.end:
        return _ends_glued(place, words)
    follower = _follower(place, words)
    if follower is None:
        return True
    if follower.first in ",;:/" or _bracketed(place, "(", ")"):
        return False
    if not place.text[place.next].isalnum() and _MARKS.match(place.text, place.next):
        return False
    if place.text[follower.at + 1 : follower.at + 3].rstrip()[-1:] == ")" and _LETTER_MARKER.match(
        place.text, follower.at
    ):
        return True
    if follower.first.islower() and not _CAMEL.match(place.text, follower.at):
        return _ends_before_lower(place, follower, words)
    return _ends_spaced(place, follower, words)


def _ends_wide(place: Place) -> bool:
    """Whether a wide stop ends a sentence: not inside brackets, nor before a particle or a verb of saying."""
    if place.text[place.next] in "—–…-─" or _bracketed(place, "「『（【《〈", "」』）】》〉"):
        return False
    if place.stop[0] == "．" and place.text[place.next].isdigit():
        return False
    if place.next > place.end or not place.close:
        return True
    if place.close[-1] in "）)" and _opened_inside(place, "（("):
        return False
    if place.close[-1] in "」』" and place.text.startswith(_PARTICLES, place.next):
        return False
    return not _SAID.match(place.text, place.next)


def _ends_glued(place: Place, words: Tables) -> bool:
    """Whether a sentence ends where the white space was forgotten: "the end.The next", or is not used."""
    left, right = place.text[place.at - 1 : place.at], place.text[place.next]
    if _ideographic(left) and _ideographic(right):
        return place.stop[0] in "!?" or (place.stop == "." and not place.close)
    match = _WORD.match(place.text, place.next)
    if (
        place.close
        or not right.isupper()
        or not match
        or not _starts(place.text, place.next, match[0], words)
    ):
        return False
    token = _token(place)
    return _GLUED.search(token) is not None and token[1:].islower() and token.lower() not in words.marked


def _opened_inside(place: Place, opening: str) -> bool:
    """Whether the sentence goes on after brackets that close here, as it had begun before them."""
    left = place.text[max(place.start, place.at - _NEAR) : place.at]
    return left[:1] not in opening and any(mark in left for mark in opening)


def _ideographic(char: str) -> bool:
    return "\u3040" <= char <= "\u9fff"


def _follower(place: Place, words: Tables) -> _Follower | None:
    """What follows; None for marks up to the end of the text."""
    at = place.next
    if not place.text[at].isalnum():
        skipped = _SKIPPED.match(place.text, at)
        at = skipped.end() if skipped else at
        if at >= len(place.text):
            return None
    between = place.text[place.next : at]
    match = _WORD.match(place.text, at)
    word = match[0] if match else ""
    return _Follower(
        at,
        place.text[at],
        word,
        bool(between) and any(mark in _DASHES for mark in between),
        "(" in between or "[" in between,
        _starts(place.text, at, word, words),
    )


def _starts(text: str, at: int, word: str, words: Tables) -> bool:
    """Whether the word that stands there is one that begins sentences."""
    if len(word) == 1 and text.startswith(".", at + 1):
        return False
    low = word.lower()
    if low in words.starters:
        return True
    low = low.replace("’", "'")
    stem, apostrophe, _ = low.partition("'")
    return bool(apostrophe) and not words.starters.isdisjoint((low, stem, f"{stem}'"))


def _ends_before_lower(place: Place, follower: _Follower, words: Tables) -> bool:
    """Whether a sentence ends before a small letter: where nothing speaks for an abbreviation, a quotation
    or a name with a mark ("Yahoo!"); in text without capitals, sooner."""
    if follower.dashed or place.close or follower.at > place.next:
        return False
    informal = _informal(place, words)
    before, token = _lefts(place)
    if place.stop[0] in "!?" and len(place.stop) < 4:
        spoken = place.text[place.start] in _DASHES + _OPENERS or follower.text in words.say
        return informal or (not spoken and len(before) > 1 and token.isalpha() and token.islower())
    return place.stop == "." and (informal or bool(_WHOLE.search(token))) and _is_word(place, words)


def _informal(place: Place, words: Tables) -> bool:
    """Whether the sentence so far, or the text, begins with a small letter."""
    text = place.text
    heads = (text[:40], text[place.start : place.start + 20] if place.start else "")
    letters = [next((char for char in head if char.isalpha()), "") for head in heads]
    return any(map(str.islower, letters)) or bool("it's" in words.starters and _LONE_I.search(text[:2000]))


def _is_word(place: Place, words: Tables) -> bool:
    """Whether what stands before the stop is a whole word."""
    token = _token(place)
    before = place.text[max(place.start, place.at - _BACK) : place.at - len(token)].split()
    if before and before[-1].endswith(".") and len(before[-1]) <= 3:
        return False
    return len(token) > 1 and _LOWER_WORD.fullmatch(token) is not None and token.lower() not in words.marked


def _token(place: Place) -> str:
    """What stands before the stop, up to white space or an opening mark."""
    return _lefts(place)[1]


def _lefts(place: Place) -> tuple[list[str], str]:
    """The words before the stop, as far as one looks: all but the last, and the last without its edges."""
    left = place.text[max(place.start, place.at - _BACK) : place.at]
    before = left.split()
    if not before or left[-1].isspace():
        return before, ""
    token = before.pop()
    if token.isalnum():
        return before, token
    opened = _TOKEN_OPENING.search(token)
    if opened:
        head, token = opened[1].rstrip(_OPENERS + _DASHES), opened[2]
        before += [head] if head else []
    return before, token.strip(_EDGE)


def _ends_spaced(place: Place, follower: _Follower, words: Tables) -> bool:
    """Whether a sentence ends before a capital, a number, or a letter of a script without capitals."""
    quoted = any(mark in "\"'”’»›“" for mark in place.close)
    if quoted and (follower.dashed or _attributed(place, follower, words)):
        return False
    if _embedded(place):
        return False
    if place.stop != "." or place.close.startswith((")", "]")) or quoted:
        return True
    return _ends_after_word(place, follower, words)


def _attributed(place: Place, follower: _Follower, words: Tables) -> bool:
    """Whether a verb of saying follows a quotation, after a name (`?" Anna Kos asked.`), or soon where
    there are no capitals."""
    following = place.text[follower.at : follower.at + _BACK].split()[:6]
    verb = next((n for n, word in enumerate(following) if word.strip(".,;:।").lower() in words.say), None)
    if verb is None:
        return False
    if not follower.first.isupper():
        return verb < 2
    return verb > 0 and place.stop != "." and all(word[0].isupper() for word in following[:verb])


def _embedded(place: Place) -> bool:
    """Whether the stop stands in a quotation that began inside the sentence and after which it goes on."""
    left = max(place.start, place.at - _INSIDE)
    if not _QUOTATION.search(place.text, left, place.at):
        return False
    for opening, closing in (("«", "»"), ("“", "”"), ("„", "”"), ("„", "“")):
        opened = place.text.rfind(opening, left, place.at)
        if opened <= place.start or place.text.find(closing, opened, place.end) >= 0:
            continue
        closed = place.text.find(closing, place.end, place.end + _INSIDE)
        if closed < 0 or place.text.find(opening, place.end, closed) >= 0 or place.text[closed - 1] in ",!?":
            continue
        if _GOES_ON.match(place.text, closed + 1):
            return True
    return False


_QUOTATION = re.compile(r"[«“„]")
_GOES_ON = re.compile(r"[.!?…]?\s+[a-zа-яєіїґёß-öø-ÿ]")


def _bracketed(place: Place, opening: str, closing: str) -> bool:
    """Whether the stop stands inside brackets that were opened in this sentence and close later."""
    left = place.text[max(place.start, place.at - _NEAR) : place.at]
    if not any(mark in left for mark in opening):
        return False
    closed = left + place.close
    depth = sum(map(left.count, opening)) - sum(map(closed.count, closing))
    if depth <= 0 or left[:1] in opening:
        return False
    right = place.text[place.end : place.end + _NEAR]
    return any(mark in right for mark in closing)


@dataclass(frozen=True, slots=True)
class _Left:
    """What stands before a full stop."""

    token: str
    low: str
    """The token as the tables know it: in small letters, unless it is a single capital; "т. д." is "т.д"."""
    before: tuple[str, ...]
    """The words of the sentence before it, as far as one looks."""

    @property
    def previous(self) -> str:
        return self.before[-1].lstrip(_OPENERS) if self.before else ""

    @property
    def counted(self) -> bool:
        """Whether a number stands before it."""
        if self.previous[:1].isdigit() or self.previous[-1:].isdigit():
            return self.previous[-1] not in ",;"
        return _ROMAN.fullmatch(self.previous) is not None

    @property
    def addressed(self) -> bool:
        """Whether it ends an address, as in "221B Baker St."."""
        return self.previous[:1].isupper() and any(word[0].isdigit() for word in self.before[-4:-1])


def _left(place: Place, words: Tables) -> _Left:
    before, token = _lefts(place)
    low = token if len(token) == 1 and token.isupper() else token.lower()
    if before and len(token) <= 3 and before[-1].endswith(".") and len(before[-1]) <= 4:
        first = before[-1].lstrip(_OPENERS)
        apart = first.lower() + token.lower()
        if apart in words.marked and not (len(first) == 2 and first.isupper()):
            return _Left(token, apart, tuple(before[:-1]))
    if not token.isalpha() and low not in words.marked:
        tail = re.split("['’-]", low)[-1]
        low = tail if len(tail) > 1 and tail in words.marked else low
    return _Left(token, low, tuple(before))


def _ends_after_word(place: Place, follower: _Follower, words: Tables) -> bool:
    """Whether a full stop after a word ends the sentence, rather than an abbreviation."""
    left = _left(place, words)
    if not left.token:
        return True
    if _labels(place, left, words):
        return False
    if _shouted(left.token, follower):
        return True
    if left.low in words.marked:
        return _ends_after_marked(left, follower, words)
    if follower.first.isdigit():
        return _ends_before_number(left, words)
    return _ends_after_unknown(left, follower, words)


def _labels(place: Place, left: _Left, words: Tables) -> bool:
    """Whether the stop belongs to a label: "1.", "Fig. 3." at the beginning, a number after a colon."""
    if left.token.isdigit() and len(left.token) < 4:
        if left.previous.endswith((":", ";")):
            return True
        label = left.previous.rstrip(".").lower()
        if len(left.before) == 1 and place.at - place.start < _BACK:
            return label in words.number or label in words.words or label in words.numbered
    return len(left.before) < 2 and _MARKER.fullmatch(place.text, place.start, place.at) is not None


def _shouted(token: str, follower: _Follower) -> bool:
    """Whether a word in capitals is an acronym, since what follows is not in capitals too."""
    if len(token) < 2 or not token.isalpha() or not token.isupper():
        return False
    return len(follower.text) < 2 or not follower.text.isupper()


def _ends_after_marked(left: _Left, follower: _Follower, words: Tables) -> bool:
    """Whether a sentence ends after a word that the tables know."""
    low = left.low
    number = follower.first.isdigit() or _NUMERAL.fullmatch(follower.text) is not None
    if f"{low}+{follower.text.lower()}" in words.bound or (follower.first in "№§" and low not in words.words):
        return False
    if low in words.words:
        return not number
    if follower.bracketed or (follower.dashed and not follower.starter):
        return False
    if number and _binds_numbers(left, follower, words):
        return False
    if low in words.years and left.counted:
        return len(left.before) > (2 if follower.starter else _FEW) and not (number and low in words.never)
    if _may_end(left, words):
        return True
    if low in words.never or low in words.years:
        return False
    return follower.starter or (low in words.units and low not in words.names and len(low) > 1)


def _binds_numbers(left: _Left, follower: _Follower, words: Tables) -> bool:
    """Whether a number after an abbreviation belongs to it: "p. 5", "at 10 h. 30"."""
    if left.low in words.units:
        return not left.counted or len(follower.text) < 3
    return left.low in words.number or left.low in words.months


def _may_end(left: _Left, words: Tables) -> bool:
    """Whether an abbreviation may end a sentence before any capital: as it is final, or after a number."""
    low = left.low
    if low in words.units and (left.counted or left.previous.rstrip(".").lower() in words.units):
        return True
    if low in words.months and left.previous[-1:].isdigit():
        return True
    return low in words.final or (low in words.streets and left.addressed)


def _ends_before_number(left: _Left, words: Tables) -> bool:
    """Whether a sentence ends between an unknown word and a number."""
    if left.token.isdigit():
        return not words.dates and not (words.ordinals and len(left.token) < 3)
    if left.low.endswith(words.endings) and words.endings:
        return False
    return (
        not (len(left.token) == 1 and left.token.isalpha() and left.low not in words.plain)
        or left.token in _VOWELS
    )


def _ends_after_unknown(left: _Left, follower: _Follower, words: Tables) -> bool:
    """Whether a sentence ends after a word that no table knows: not after what looks like initials."""
    token = left.token
    if len(token) == 1 and token.isalpha():
        return _ends_after_letter(left, follower, words)
    if _INITIALS.fullmatch(token) or _DOTTED.fullmatch(token) or _syllables(token):
        return follower.starter
    if words.ordinals and _NUMBER.fullmatch(token):
        return follower.starter
    if words.dates and token.isdigit() and left.previous[:-1].isdigit():
        return False
    if left.low.endswith(words.endings) and words.endings:
        return follower.starter
    return follower.starter or not _clipped(token)


def _ends_after_letter(left: _Left, follower: _Follower, words: Tables) -> bool:
    """Whether a sentence ends after a single letter: an initial, a numeral, a word."""
    token = left.token
    if token in _VOWELS or (left.low in words.plain and token.islower()):
        return True
    if _ROMAN.fullmatch(token) and left.previous.lower() in words.numbered:
        return True
    return follower.starter or (not token.isupper() and not token.islower() and not _joins(token))


def _joins(letter: str) -> bool:
    """Whether a letter without capitals is of a script whose initials are written with stops."""
    return "\u0590" <= letter <= "\u0dff"


def _syllables(token: str) -> bool:
    """Whether a word is an abbreviation of syllables with stops, in a script without capitals ("कि.मी")."""
    return "." in token and _joins(token[0]) and all(len(part) < 4 for part in token.split("."))


def _clipped(token: str) -> bool:
    """Whether a word looks cut off: a capital and up to three letters, without a vowel ("Blvd", "Дж")."""
    return 1 < len(token) < 5 and token.istitle() and token.isalpha() and not set(token.lower()) & _SOUNDS
