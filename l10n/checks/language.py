"""Language: a target that is written in another script than its language, or in that of the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l10n import locales
from l10n.checks import alphabets
from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import DENSITY, little_words, prose
from l10n.laziness import expression
from l10n.model import Entry, Severity

_LEAST = 0.25
_FEWEST_LETTERS = 24
_FEWEST_WORDS = 3
_WORD = expression(r"[^\W\d_]+")
_PROSE = expression(r"(?:(?<!\S)[^\W\d_A-Z]+[,;:.]?(?:\s+|$)){4}")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A sentence most of whose letters, or whose little words, belong to another language."""
    source, target = locales.language(setting.source_locale), locales.language(setting.locale)
    if source == target or target == "und" or entry.source == entry.target:
        return
    words = _WORD.findall(prose(entry.target).lower())
    letters = "".join(words)
    if len(letters) < _FEWEST_LETTERS:
        return
    script = alphabets.script(setting.locale)
    if max(_share(letters, each) for each in alphabets.scripts(setting.locale)) < _LEAST:
        if _is_prose(entry.target):
            yield Problem(f"is not written in {alphabets.named(script)} letters")
    elif _speaks(words, source, target):
        yield Problem("is in the language of the source")


def _share(letters: str, script: str) -> float:
    """How much of a text is in a script, whose characters may each say more than a letter does."""
    known = alphabets.letters(script)
    own = sum(map(len, known.findall(letters))) if known else len(letters)
    weight = own * (DENSITY if script == "Hani" else 1)
    return weight / (weight + len(letters) - own)


def _is_prose(text: str) -> bool:
    """Whether a text is more than names, code and addresses: some words without capitals in a row."""
    return _PROSE.search(prose(text)) is not None


def _speaks(words: Sequence[str], source: str, target: str) -> bool:
    """Whether among words are several little ones of the source's language, and none of the target's."""
    theirs, own = little_words(source), little_words(target)
    return bool(own) and own.isdisjoint(words) and sum(word in theirs for word in words) >= _FEWEST_WORDS


CHECK = Check(
    "language",
    Severity.ERROR,
    find,
    hides=frozenset(("leftovers", "length", "ending", "quotes", "invented")),
    of_code=False,
)
