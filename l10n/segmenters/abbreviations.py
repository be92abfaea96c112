"""Whether a full stop after a word ends the sentence, or belongs to an abbreviation, an initial, a label."""

from __future__ import annotations

from typing import NamedTuple

from l10n.laziness import expression
from l10n.segmenters.places import BACK, DASHES, OPENERS, Follower, Place, lefts, word_at
from l10n.segmenters.tables import Tables

VOWELS = "aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœěůąęőűāēėīįūųăıаеиоуыэюяєіїёў"
_SOUNDS = frozenset(VOWELS + "йьъαεηιουωάέήίόύώ")
_MARKER = expression(
    r"[\s•·*–—-]*[(\[]?(?:\d{1,3}|[^\W\d_]|[IVXLC]{1,5}|\d{1,2}(?:\.\d{1,2}){1,3}|\d{1,2}:\d\d)$"
)
_INITIALS = expression(r"(?:[^\W\d_]{1,2}\.-?)*-?[^\W\d_]$")
_DOTTED = expression(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}$")
_SYLLABLES = expression(r"[^\s\d%()\[\]\"'’»”.]{1,3}(?:\.[^\s\d%()\[\]\"'’»”.]{1,3})+")
_ROMAN = expression(r"[IVXLCІХ]+")
_NUMERAL = expression(r"[IVXLCІХ]{2,6}")
_DAY = expression(r"\d{1,4}\.")
_DATE = expression(r"\d{2,4}\.\d{1,2}\.\d{1,2}")
_DECIMAL = expression(r"\d+[.,٫]\d+")
_SIGNS = frozenset("€$£¥₴₽₺₪₹%‰°")
_NUMBER = expression(r"\d{1,2}|[IVXLC]+")
_CODE = expression(r"[^\W\d_a-zà-ÿа-я]{1,4}-?\d[\w-]*")
"""The number of a file, a form, a figure: letters and digits."""
_MINUTE = expression(r"\d{1,3}\.")
_LABEL = expression(r"[^\W\d_]+\.?\s?:")
"""What is followed by a colon: "High: 21. Low: 9."."""
_TIME = expression(r"\d{1,2}(?:[.:]\d\d)?")
_ORDINAL = expression(r"\d+[^\W\d_]{2}")
_JOINTS = expression("['’/-]")
_FEW, _FEWER = 4, 2
"""Up to so many words before a year have not said enough to be a sentence: "In March 2022 р."; fewer where
the first is none that begins sentences, or what follows is one."""


class _Left(NamedTuple):
    """What stands before a full stop."""

    token: str
    low: str
    """The token as the tables know it: in small letters, unless it is a single capital; "т. д." is "т.д"."""
    before: list[str]
    """The words of the sentence before it, as far as one looks."""
    previous: str
    """The last of them, without opening marks; empty where there is none."""

    @property
    def counted(self) -> bool:
        """Whether a number stands before it, which is not the number of something ("№ 5")."""
        if self.before[-2:-1] == ["№"]:
            return False
        if self.previous[:1].isdigit() or self.previous[-1:].isdigit():
            return self.previous[-1] not in ",;"
        return self.previous in _SIGNS or _ROMAN.fullmatch(self.previous) is not None

    @property
    def dated(self) -> bool:
        """Whether a number stands shortly before it, as before "B.C.", "до н. е."."""
        if _DECIMAL.fullmatch(self.previous):
            return False
        return self.counted or any(
            word[0].isdigit() or _NUMERAL.fullmatch(word) is not None for word in self.before[-3:-1]
        )

    @property
    def named(self) -> bool:
        """Whether a name stands before it, within the sentence, as in "Court St."."""
        return len(self.before) > 1 and self.previous[:1].isupper() and self.previous[-1].isalpha()

    @property
    def addressed(self) -> bool:
        """Whether it ends an address ("221B Baker St.") or the name of a numbered street ("W. 72nd St.")."""
        if _ORDINAL.fullmatch(self.previous):
            return True
        return self.previous[:1].isupper() and any(word[0].isdigit() for word in self.before[-4:-1])


def _left(place: Place, words: Tables) -> _Left:
    before, token = lefts(place)
    own = token.isupper() and (len(token) == 1 or token in words.marked)
    low = token if own else token.lower()
    previous = before[-1].lstrip(OPENERS) if before else ""
    if len(token) <= 3 and previous.endswith(".") and len(before[-1]) <= 4:
        apart = previous.lower() + token.lower()
        initials = (
            len(previous) == 2
            and previous.isupper()
            and token.istitle()
            and not "".join(before[-2:-1]).endswith(",")
        )
        if apart in words.marked and not initials:
            before.pop()
            return _Left(token, apart, before, before[-1].lstrip(OPENERS) if before else "")
    if not token.isalpha() and low not in words.marked:
        tail = _JOINTS.split(low)[-1]
        low = tail if len(tail) > 1 and tail in words.marked else low
    return _Left(token, low, before, previous)


def ends_after_word(place: Place, follower: Follower, words: Tables) -> bool:
    """Whether a full stop after a word ends the sentence, rather than an abbreviation."""
    left = _left(place, words)
    if not left.token or _ends_geresh(place):
        return True
    if _labels(place, left, follower, words):
        return False
    if len(left.token) == 1 and _is_surname(place, follower, words):
        return left.previous.lower() in words.lettered
    binds = left.low in words.binding and follower.first.isdigit()
    if left.low != left.token and not binds and _shouted(left.token, follower):
        return True
    if left.low in words.marked:
        return _ends_after_marked(left, follower, words) or _ends_before_clause(place, left, follower, words)
    if follower.first.isdigit():
        return _ends_before_number(left, words)
    if _is_title(place, left, follower, words):
        return False
    return _ends_after_unknown(left, follower, words)


def _is_surname(place: Place, follower: Follower, words: Tables) -> bool:
    """Whether what follows is a particle with a capital and a name after it ("Di Battista")."""
    end = follower.at + len(follower.text)
    particle = follower.text.istitle() and follower.text.lower() in words.particles
    return particle and place.text[end : end + 1] == " " and place.text[end + 1 : end + 2].isupper()


def _is_title(place: Place, left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a word that no table knows is a title, as an initial follows it ("Genmaj. P. Weiß"): at the
    beginning, after another title, or after a verb of saying."""
    if len(follower.text) != 1 or not place.text.startswith(".", follower.at + 1):
        return False
    if not left.before or not left.token.islower():
        return not left.before
    titles = (word.lstrip(OPENERS).removesuffix(".").lower() for word in left.before[-2:] if word[-1] == ".")
    if not words.never.isdisjoint(titles):
        return True
    said = left.previous.lower() in words.say and left.low not in words.starters
    return said and left.token[-1] not in VOWELS


def _ends_geresh(place: Place) -> bool:
    """Whether a geresh stands before the stop: the Hebrew abbreviation needs no stop of its own ("מ'.")."""
    mark, letter = place.text[place.at - 1], place.text[place.at - 2 : place.at - 1]
    return mark in "'׳’" and "\u05d0" <= letter <= "\u05ea"


def _labels(place: Place, left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether the stop belongs to a label: "1.", "Fig. 3.", "9.15 a.m." at the beginning, a number
    after a colon."""
    if left.token.isdigit() and len(left.token) < 4:
        if left.previous.endswith(":"):
            return _is_item(place, left, follower, words)
        if left.previous.endswith(";"):
            return True
        label = left.previous.rstrip(".").lower()
        if len(left.before) == 1 and place.at - place.start < BACK:
            return label in words.number or label in words.words or label in words.numbered
    if len(left.before) == 1 and left.low in words.final and _TIME.fullmatch(left.previous):
        return place.at - place.start < BACK
    return len(left.before) < 2 and _MARKER.fullmatch(place.text, place.start, place.at) is not None


def _shouted(token: str, follower: Follower) -> bool:
    """Whether a word in capitals is an acronym, since what follows is not in capitals too."""
    if len(token) < 2 or not token.isalpha() or not token.isupper():
        return False
    return len(follower.text) < 2 or not follower.text.isupper()


def _ends_after_marked(left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a sentence ends after a word that the tables know."""
    low = left.low
    number = _is_number(left, follower, words)
    if f"{low}+{_JOINTS.split(follower.text.lower())[0]}" in words.bound or (
        follower.first in "№§" and low not in words.words
    ):
        return False
    dated = low in words.months and left.counted
    if (low in words.words and not dated) or (low in words.proper and left.token.islower()):
        return not number
    if follower.text in words.joining or (low in words.pieces and follower.text[:2].isupper()):
        return False
    if follower.bracketed or (follower.dashed and not follower.starter):
        return False
    if number and _binds_numbers(left, follower, words):
        return False
    if low in words.years and left.dated:
        return len(left.before) > _enough(left, follower, words) and not (number and low in words.never)
    if _may_end(left, words) and (follower.starter or not _only_opens(left, words)):
        return True
    if low in words.streets and follower.starter and left.named:
        return True
    if low in words.never or (low in words.years and low not in words.names):
        return False
    return follower.starter or (low in words.units and low not in words.names and len(low) > 1)


def _is_number(left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a number follows, or a letter or code that stands for one ("Art. B", "No. A-12")."""
    text = follower.text
    if follower.first.isdigit() or follower.first in _SIGNS or _NUMERAL.fullmatch(text):
        return True
    if left.low in words.number:
        return _CODE.fullmatch(text) is not None or (
            len(text) == 1 and text.isupper() and text.lower() not in words.plain
        )
    return left.low in words.words and left.before != [] and _CODE.fullmatch(text) is not None


def _ends_before_clause(place: Place, left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a sentence ends since the word that follows, with a capital, is no part of a name: a colon or,
    after a company or a month, a small letter stands after it. Where all nouns have capitals, never."""
    text, end, low = place.text, follower.at + len(follower.text), left.low
    if words.ordinals or not left.before or not follower.first.isupper():
        return False
    if text[end : end + 1] == ":" and low in words.names | words.companies | words.months:
        return True
    if low in words.countries:
        return _is_subject(left, follower, word_at(text, end + 1), words)
    if low not in words.companies and (low not in words.months or len(left.before) <= _FEWER):
        return False
    clause = follower.text.istitle() and len(follower.text) > 2 and text[end : end + 1] == " "
    return clause and text[end + 1 : end + 2].islower() and word_at(text, end + 1) not in words.linking


def _is_subject(left: _Left, follower: Follower, verb: str, words: Tables) -> bool:
    """Whether what follows the acronym of a country is the subject of the next sentence: it is none of what
    such acronyms stand before ("U.S. Senate"), and a verb follows ("as in the U.S. Apple has appealed")."""
    if len(left.before) < 3 or (len(left.before) <= _FEW and left.before[0].lower() in words.opening):
        return False
    if not follower.text.istitle() or follower.text.lower() in words.heads:
        return False
    return verb in words.auxiliaries or verb in words.say


def _enough(left: _Left, follower: Follower, words: Tables) -> int:
    """How many words before a year are still none that a sentence could consist of."""
    opens = left.before[0]
    if follower.starter or (follower.first.lower() == follower.first.upper() and opens not in words.joining):
        return _FEWER
    return (
        _FEWER
        if follower.first.isupper() and not opens[0].isdigit() and opens.lower() not in words.starters
        else _FEW
    )


def _binds_numbers(left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a number after an abbreviation belongs to it: "p. 5", "at 10 h. 30"."""
    if left.low in words.units - words.months:
        return not left.counted or len(follower.text) < 3
    return left.low in words.number or left.low in words.months


def _may_end(left: _Left, words: Tables) -> bool:
    """Whether an abbreviation may end a sentence before any capital: as it is final, or after a number."""
    low = left.low
    unit = left.previous.strip("./").lower().rpartition("/")[2]
    chained = len(unit) > 1 and unit in words.units and left.token == low
    if low in words.units and (left.counted or unit in words.per or chained):
        return True
    if low in words.months and left.previous[-1:].isdigit():
        return True
    return low in words.final or (low in words.streets and left.addressed)


def _only_opens(left: _Left, words: Tables) -> bool:
    """Whether an abbreviation ends no more than an adverbial: "At 10 a.m. Mayor Wu", "On Wed. Mayor Wu"."""
    if not left.counted and left.previous.lower() not in words.per:
        return False
    first, *others = [word.lower() for word in left.before]
    return first in words.opening and len(others) < _FEW and words.opening.issuperset(others[:-1])


def _ends_before_number(left: _Left, words: Tables) -> bool:
    """Whether a sentence ends between an unknown word and a number."""
    if left.token.isdigit():
        return not words.dates and not (words.ordinals and len(left.token) < 3)
    if _DOTTED.fullmatch(_JOINTS.split(left.token)[-1]):
        return False
    if left.low.endswith(words.endings) and words.endings:
        return False
    return (
        not (len(left.token) == 1 and left.token.isalpha() and left.low not in words.plain)
        or left.token in VOWELS
    )


def _ends_after_unknown(left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a sentence ends after a word that no table knows: not after what looks like initials."""
    token = left.token
    if len(token) == 1 and token.isalpha():
        return _ends_after_letter(left, follower, words)
    if _INITIALS.fullmatch(token) or _DOTTED.fullmatch(token) or _syllables(token):
        return follower.starter and left.before != []
    if token.isdigit() and not follower.starter and _is_listed(left):
        return False
    if token.isdigit() and f"0+{_JOINTS.split(follower.text.lower())[0]}" in words.bound:
        return False
    if _NUMBER.fullmatch(token) and (words.ordinals or _NUMERAL.fullmatch(follower.text)):
        return follower.starter or left.previous.isdigit() or _refers(left.previous, words)
    if words.dates and (
        (token.isdigit() and not follower.first.isupper() and _DAY.fullmatch(left.previous))
        or _DATE.fullmatch(token)
    ):
        return False
    if left.low.endswith(words.endings) and words.endings:
        return follower.starter
    return follower.starter or not _clipped(token)


def _is_item(place: Place, left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a number after a colon begins a list, and is not all that the colon announces: "To do: 1. Pay",
    "Goals: 12. De Jong", but "High: 21. Low: 9.", "Dead: 12. The fire is out."."""
    if _LABEL.match(place.text, follower.at):
        return False
    return len(left.token) == 1 or not follower.starter or _is_surname(place, follower, words)


def _is_listed(left: _Left) -> bool:
    """Whether a number stands in a list of who did something when: "12. De Jong, 45. Veerman"."""
    parted = left.previous[-1:] in {",", *DASHES}
    return parted and any(_MINUTE.fullmatch(word) for word in left.before[:-1])


def _refers(word: str, words: Tables) -> bool:
    """Whether a number after a word is no ordinal, but that of a page or the like ("s. 12.")."""
    return word.endswith(".") and word[:-1].lower() in words.number


def _ends_after_letter(left: _Left, follower: Follower, words: Tables) -> bool:
    """Whether a sentence ends after a single letter: an initial, a numeral, a word."""
    token = left.token
    if token in VOWELS or (left.low in words.plain and token.islower()):
        return True
    label = left.previous.lower()
    if label in words.lettered or (label in words.numbered and _ROMAN.fullmatch(token)):
        return True
    return follower.starter or (not token.isupper() and not token.islower() and not _joins(token))


def _joins(letter: str) -> bool:
    """Whether a letter without capitals is of a script whose initials are written with stops."""
    return "\u0590" <= letter <= "\u0dff"


def _syllables(token: str) -> bool:
    """Whether a word is an abbreviation of syllables with stops, in a script without capitals ("कि.मी")."""
    return _joins(token[0]) and _SYLLABLES.fullmatch(token) is not None


def _clipped(token: str) -> bool:
    """Whether a word looks cut off: a capital and up to three letters, without a vowel ("Blvd", "Дж")."""
    return 1 < len(token) < 5 and token.istitle() and token.isalpha() and not set(token.lower()) & _SOUNDS
