"""Examples: what a text gives as one, a translation may well give from the reader's own country."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from l10n.laziness import expression
from l10n.locales import language

_UNSPACED = {"ja", "ko", "th", "zh"}
"""Languages that set no spaces between words, or endings right after them."""
_PHONE = expression(r"(?<![\w.,])[+(]?\d(?:[ ().-]{0,2}\d){6,14}(?!\w)")
_MADE_UP = expression(r"555|1234|5678|4321|(\d)\1{4}")
_SENTENCE = expression(r"[.!?][)\]\"'’”»]*(?=\s+[(\[\"'‘“«]?[^\W\d_a-z])|[。！？]")


def is_example(text: str, at: int, locale: str) -> bool:
    """Whether what stands at a place of a text is an example, as "e.g." before it in the sentence says."""
    pattern = _marker(language(locale))
    if pattern is None:
        return False
    ends = [match.end() for match in pattern.finditer(text.lower(), 0, at)]
    if not ends or _SENTENCE.search(text, ends[-1], at):
        return False
    between = text[ends[-1] : at]
    return between.count(")") <= between.count("(")


def has_made_up_phone(text: str) -> bool:
    """Whether a text has the number of a phone that nobody has: 555-0100, +49 1234 5678."""
    return any(_MADE_UP.search(re.sub(r"\D", "", match)) for match in _PHONE.findall(text))


@cache
def _marker(name: str) -> re.Pattern[str] | None:
    """What finds a word by which a language names examples; None where none is known."""
    rows = (files("l10n.checks") / "data" / "examples.tsv").read_text(encoding="utf-8").splitlines()
    known = dict(line.split("\t") for line in rows if not line.startswith("#"))
    words = "|".join(re.escape(word.replace("_", " ")) for word in known.get(name, "").split())
    if name not in _UNSPACED:
        words = rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])"
    return re.compile(words) if name in known else None
