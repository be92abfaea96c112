"""Pseudo-localization: texts that stay readable and show where a layout or a program breaks.

en-XA has accents, is a third longer and stands in brackets; ar-XB is the English text run from right to
left. The two locales are those of Android and CLDR.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from l10n.engines.contracts import ANY, Hypothesis, Link
from l10n.errors import PairUnsupported
from l10n.laziness import expression
from l10n.locales import PSEUDO
from l10n.model import Span

_ACCENTED = str.maketrans(
    "AEIOUYCDGHLNRSTWZaeiouycdghlnrstwz",
    "ÅÉÎÖÛÝÇÐĜĤĻÑŔŠŢŴŽåéîöûýçðĝĥļñŕšţŵž",
)
_FILLER = "one two three four five six seven eight nine ten eleven twelve"
_WORD = expression(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_GROWTH = 0.3
_RLO, _PDF = "\u202e", "\u202c"


class Pseudo:
    """The engine. It takes any source language."""

    name = "pseudo"

    def pairs(self) -> Sequence[tuple[str, str]]:
        return [(ANY, locale) for locale in PSEUDO]

    def describe(self, source: str, target: str) -> str:
        if target not in PSEUDO:
            hint = f"its locales: {', '.join(PSEUDO)}"
            raise PairUnsupported(f"pseudo does not translate to {target}", hint=hint)
        return f"pseudo {target}"

    def licence(self, source: str, target: str) -> str:
        self.describe(source, target)
        return "Apache-2.0"

    def sentinel(self, index: int) -> str | None:
        return None

    def translate(self, texts: Sequence[str], source: str, target: str) -> Iterator[Hypothesis]:
        self.describe(source, target)
        change = _accented if target == "en-XA" else _turned
        return (change(text) for text in texts)

    def close(self) -> None:
        """Nothing is held."""


def _accented(text: str) -> Hypothesis:
    """The text accented, in brackets, with words after it that make it as much longer as German is."""
    links = tuple((Span(*m.span()), Span(m.start() + 1, m.end() + 1)) for m in _WORD.finditer(text))
    filler = _FILLER[: int(len(text) * _GROWTH)].strip()
    return Hypothesis(f"[{text.translate(_ACCENTED)}{f' {filler}' if filler else ''}]", links)


def _turned(text: str) -> Hypothesis:
    """Every word marked to run from right to left."""
    out, links, at = [], list[Link](), 0
    for match in _WORD.finditer(text):
        out.append(text[at : match.start()])
        start = sum(map(len, out))
        out.append(f"{_RLO}{match[0]}{_PDF}")
        links.append((Span(*match.span()), Span(start, start + len(out[-1]))))
        at = match.end()
    return Hypothesis("".join([*out, text[at:]]), tuple(links))
