"""Texts as the checks look at them. Shared by many checks."""

from __future__ import annotations

import re
from functools import lru_cache

from l10n.inline import CODE
from l10n.model import Entry
from l10n.numerals import numerals

MASK = "\ufffc"
"""Stands for each character of an inline code: neither a letter nor a space, and in no article."""
CLOSERS = "\"'”’»›)]}」』）】“‘*_" + MASK
"""What may stand between the last mark of a sentence and its end."""
_HIDDEN = re.compile(rf"{CODE.pattern}|&#?\w{{1,8}};")
"""Inline codes, and the character references of catalogs whose texts are HTML."""
_ADDRESS = re.compile(
    rf"(?:https?|ftp)://(?=[\w\[{{%$])[^\s<>\"'«»“”„‘’`{MASK}]+|(?<![\w.+-])[\w.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+"
)
_AFTER_ADDRESS = ".,;:!?…)]}*_|、。，；：？！）」』"
"""What follows an address rather than being its end."""
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=2048)
def shown(text: str) -> str:
    """A text in the form of `inline` with its codes masked; it is as long as before."""
    return _HIDDEN.sub(lambda match: MASK * len(match[0]), text) if "<" in text or "&" in text else text


def addresses(text: str) -> list[str]:
    """The web and e-mail addresses in a text."""
    if "://" not in text and "@" not in text:
        return []
    return [match.rstrip(_AFTER_ADDRESS) for match in _ADDRESS.findall(shown(text))]


def without_addresses(text: str) -> str:
    """A text as `shown` gives it, with its addresses masked too."""
    text = shown(text)
    return _ADDRESS.sub(lambda match: MASK * len(match[0]), text) if "://" in text or "@" in text else text


@lru_cache(maxsize=2048)
def figures(text: str) -> str:
    """A text in which to look for numbers, as long as before; empty where it has no digit."""
    return numerals(without_addresses(text)) if _DIGIT.search(text) else ""


def words(text: str) -> list[str]:
    """The words of a text, without its codes."""
    return _WORD.findall(shown(text))


def role(entry: Entry) -> str:
    """What a text is in its article, as its first note says: "title", "description"."""
    kind, _, about = entry.notes[0].partition(": ") if entry.notes else ("", "", "")
    return about or kind


def spliced(text: str, start: int, end: int, piece: str) -> str:
    """A text with the part from `start` to `end` replaced."""
    return text[:start] + piece + text[end:]
