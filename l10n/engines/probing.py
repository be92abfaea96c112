"""Probing: whether words of some kind pass unchanged through an engine that promises none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from l10n.engines.contracts import Hypothesis
from l10n.engines.masking import Sentinel

_KINDS: tuple[Callable[[int], str], ...] = (
    lambda index: f"Qzx{_letters(index)}",
    lambda index: f"XZQ{index + 1}",
    lambda index: f"[{index + 1}]",
    lambda index: f"__{index + 1}__",
)
"""What has been seen to survive in some engine: an unknown word, a serial number, a reference, a gap."""
_SAMPLES = 24
"""So many sentences must keep every word."""
_WORDS = range(4, 30)
"""How many words a sentence has that tells something."""


def _letters(index: int) -> str:
    """0 -> "a", 25 -> "z", 26 -> "aa"."""
    high, low = divmod(index, 26)
    return (_letters(high - 1) if high else "") + chr(ord("a") + low)


def safe_words(texts: Iterable[str], translate: Callable[[Sequence[str]], dict[str, Hypothesis]]) -> Sentinel:
    """Words of the first kind that all samples keep, once each; none where no kind passes.

    The samples are of the texts that are to be translated.
    """
    samples = [text for text in dict.fromkeys(texts) if len(text.split()) in _WORDS][:_SAMPLES]
    for kind in _KINDS if samples else ():
        marked = [_marked(text, kind) for text in samples]
        found = translate(marked)
        if all(text in found and _keeps(found[text].text, kind) for text in marked):
            return kind
    return lambda index: None


def _marked(text: str, kind: Callable[[int], str]) -> str:
    """The text with two words in it: after its first third, and after its second."""
    words = text.split()
    third = len(words) // 3
    return " ".join([*words[:third], kind(0), *words[third : 2 * third], kind(1), *words[2 * third :]])


def _keeps(text: str, kind: Callable[[int], str]) -> bool:
    return all(len(re.findall(rf"(?<!\w){re.escape(kind(n))}(?!\w)", text)) == 1 for n in range(2))
