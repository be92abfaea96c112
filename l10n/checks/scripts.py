"""Look-alikes: a Latin letter in a Cyrillic word, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.inline import CODE
from l10n.model import Entry, Severity, Span

_LATIN = "ABCEHIKMOPTXaceiopxyï"
_CYRILLIC = "АВСЕНІКМОРТХасеіорхуї"
_TO_CYRILLIC = str.maketrans(_LATIN, _CYRILLIC)
_TO_LATIN = str.maketrans(_CYRILLIC, _LATIN)
_WORD = re.compile(r"[A-Za-zÀ-ɏЀ-ӿ]+")
_HAS_LATIN, _HAS_CYRILLIC = re.compile(r"[A-Za-zÀ-ɏ]"), re.compile(r"[Ѐ-ӿ]")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Words in two scripts that would be in one if their look-alikes were exchanged."""
    hidden = CODE.sub(lambda match: " " * len(match[0]), entry.target)
    for match in _WORD.finditer(hidden):
        word = match[0]
        if not (_HAS_LATIN.search(word) and _HAS_CYRILLIC.search(word)):
            continue
        mended = _one_script(word)
        if mended:
            fix = entry.target[: match.start()] + mended + entry.target[match.end() :]
            yield Problem(f"{word} mixes Latin and Cyrillic letters", Span(*match.span()), fix)


def _one_script(word: str) -> str:
    """The word in the script of most of its letters, or "" where look-alikes do not explain it."""
    latin = len(_HAS_LATIN.findall(word))
    mended = word.translate(_TO_LATIN if latin * 2 > len(word) else _TO_CYRILLIC)
    return "" if _HAS_LATIN.search(mended) and _HAS_CYRILLIC.search(mended) else mended


CHECK = Check("scripts", Severity.WARNING, find)
