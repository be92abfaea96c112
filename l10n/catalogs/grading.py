"""Grading: how one source text differs from an older one, and the difference in words."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache
from itertools import compress, groupby

from l10n import inline
from l10n.laziness import expression
from l10n.numerals import shape

URL = expression(r"(?:https?://|www\.)[^\s<>\"'»”’)\]]*[^\s<>\"'»”’)\].,;:!?]")
_TOKEN = expression(r"([぀-ヿ㐀-鿿豈-﫿]|</?[A-Za-z]+[0-9]+/?>|\w+(?:['’.,-]\w+)*|[^\w\s])(\s?)\s*")
"""A code, a word, a Han or kana character, or one sign; and the white space after it."""
_SIGNS = expression(r"[\W_]+")
_NO_SIGNS = {point: None for point in range(128) if not chr(point).isalnum()}
"""The same for `str.translate`, which is quicker where all is ASCII."""
_NO_SIGNS_BUT_NUL = {point: None for point in _NO_SIGNS if point}
_CONTEXT = 4
"""How many words of what stays are shown beside a change."""


class Grade(StrEnum):
    """What an update found a text of the template to be."""

    SAME = "same"
    MOVED = "moved"
    """The same, at another place among its neighbours."""
    BACK = "back"
    """The same as an obsolete one."""
    CODES = "codes"
    """Only its codes or URLs differ."""
    NUMBERS = "numbers"
    """Only its numbers differ, and perhaps codes."""
    PUNCTUATION = "punctuation"
    """Only its punctuation, spaces or capitals differ."""
    SPELLING = "spelling"
    """Only its spelling differs: graded so where the editor says that all small changes are."""
    CONTEXT = "context"
    """The same text in another role."""
    EDITED = "edited"
    SPLIT = "split"
    """A part of an older text."""
    MERGED = "merged"
    """Several older texts in one."""
    NEW = "new"
    GONE = "gone"
    """No longer in the template, and nobody's ancestor."""


def grade(before: str, after: str, typo_fix: bool = False) -> Grade:
    """The grade of a text that comes from another; both in the form of `inline`.

    With `typo_fix`, changes of punctuation or of single letters count as corrected spelling.
    """
    if before == after:
        return Grade.CONTEXT
    one, other = _without_urls(before), _without_urls(after)
    if one == other:
        return Grade.CODES
    if shape(one) == shape(other):
        return Grade.NUMBERS
    if letters(before) == letters(after):
        return Grade.SPELLING if typo_fix else Grade.PUNCTUATION
    return Grade.SPELLING if typo_fix and _misspelt(one, other) else Grade.EDITED


def _without_urls(text: str) -> str:
    return " ".join(URL.sub("\0", inline.plain(text)).split())


@lru_cache(maxsize=1 << 16)
def letters(text: str) -> str:
    """The letters and digits of a text and nothing else, in lower case."""
    folded = inline.plain(text).casefold()
    return folded.translate(_NO_SIGNS) if folded.isascii() else _SIGNS.sub("", folded)


def letters_of(texts: Sequence[str]) -> list[str]:
    """The `letters` of many texts; those in ASCII all at once, which is quicker."""
    joinable = [text.isascii() and "\0" not in text for text in texts]
    folded = inline.plain("\0".join(compress(texts, joinable))).casefold()
    found = iter(folded.translate(_NO_SIGNS_BUT_NUL).split("\0"))
    return [next(found) if joined else letters(text) for text, joined in zip(texts, joinable, strict=True)]


def _misspelt(before: str, after: str) -> bool:
    """Whether two texts differ in a letter or two of some words, and in no number."""
    from rapidfuzz.distance import OSA

    words = before.split(), after.split()
    return len(words[0]) == len(words[1]) and all(
        one == other
        or (
            OSA.distance(one, other) <= 1 + (min(len(one), len(other)) > 5)
            and not any(map(str.isdigit, one + other))
            and min(len(one), len(other)) > 1
        )
        for one, other in zip(*words, strict=True)
    )


def difference(before: str, after: str) -> str:
    """What has changed, in a line: "Work starts in [-May-]{+June+}.", long stretches that stay left out."""
    from rapidfuzz.distance import Indel

    old, new = _tokens(before), _tokens(after)
    steps = Indel.opcodes([word for word, _ in old], [word for word, _ in new])
    out: list[str] = []
    for equal, group in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(group)
        gone = old[run[0].src_start : run[-1].src_end]
        come = new[run[0].dest_start : run[-1].dest_end]
        if equal:
            out.append(_elided(come, not out, run[-1].dest_end == len(new)))
        else:
            marked = (f"[-{_joined(gone)}-]" if gone else "") + (f"{{+{_joined(come)}+}}" if come else "")
            out.append(marked + (come or gone)[-1][1])
    return "".join(out).strip()


Token = tuple[str, str]
"""A word or a sign, and a space where there is one after it."""


def _tokens(text: str) -> list[Token]:
    return [(word, " " if space else "") for word, space in _TOKEN.findall(text)]


def _joined(tokens: list[Token]) -> str:
    return "".join(word + space for word, space in tokens).strip()


def _elided(tokens: list[Token], first: bool, last: bool) -> str:
    """A stretch that stays, shortened to its ends beside changes."""
    head, tail = (0 if first else _CONTEXT), (0 if last else _CONTEXT)
    if len(tokens) <= head + tail + 2:
        return _joined(tokens) + tokens[-1][1]
    start, end = _joined(tokens[:head]), _joined(tokens[len(tokens) - tail :])
    return f"{start} … {end}{tokens[-1][1]}"
