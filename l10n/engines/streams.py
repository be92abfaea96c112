"""Streams: Apertium's stream format, there and back, with the way that each word takes.

Apertium's first program cuts a text into lexical units; each gets a word-bound blank that holds its
number, which the later programs carry to wherever the word goes. (Blanks set in the text itself
would keep the first program from seeing "took place" as one unit.) The format is described in
the Apertium wiki, "Apertium stream format" and "Ideas for Google Summer of Code/Word-bound blanks".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from l10n.engines.contracts import Hypothesis, Link
from l10n.laziness import expression
from l10n.model import Span

_SPECIAL = expression(r"[\[\]{}^$/\\@<>]")
_TILDE = "\ue07e"
"""Stands for "~", which the last program takes for a mark of its own and drops, even when escaped."""
_UNIT = expression(r"\\.|\[(?:\\.|[^\]\\])*\]|\^(?P<surface>(?:\\.|[^/$\\])*)(?:\\.|[^$\\])*\$", re.DOTALL)
_OUTPUT = expression(
    r"\[\[/\]\](?P<end>)|\[\[(?P<numbers>[^\]]*)\]\]|\[(?:\\.|[^\]\\])*\]|\\(?P<escaped>.)|(?P<text>[^\[\\]+|.)",
    re.DOTALL,
)
_MARKS = "*@#"
"""What `-g` puts before a word that is unknown, that has no translation, that cannot be inflected."""


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of output, and the numbers of the source units that it renders."""

    text: str
    numbers: tuple[int, ...] = ()


def escape(text: str) -> str:
    """Plain text as the first program of a pipeline takes it."""
    return _SPECIAL.sub(r"\\\g<0>", text.replace("\0", " ").replace("~", _TILDE))


def number(analysis: str, text: str) -> tuple[str, list[Span | None]]:
    """The first program's output with each unit numbered, and where each stands in `text`."""
    out: list[str] = []
    spans: list[Span | None] = []
    at = done = 0
    for match in _UNIT.finditer(analysis):
        if match["surface"] is None:
            continue
        span = _span(re.sub(r"\\(.)", r"\1", match["surface"]), text, at)
        at = span.end if span else at
        out += [analysis[done : match.start()], f"[[t:w:{len(spans)}]]", match[0]]
        spans.append(span)
        done = match.end()
    return "".join([*out, analysis[done:]]), spans


def _span(surface: str, text: str, at: int) -> Span | None:
    """Where a unit stands: right after the one before it, but for blanks."""
    start = text.find(surface, at, at + len(surface) + 80)
    return Span(start, start + len(surface)) if start >= 0 and surface else None


def words(output: str) -> Iterator[Word]:
    """The last program's output -> its words and what stands between them."""
    numbers: tuple[int, ...] = ()
    held: list[str] = []
    for match in _OUTPUT.finditer(output):
        if match["end"] is None and match["numbers"] is None:
            held.append(match["escaped"] or match["text"] or "")
            continue
        if any(held):
            yield Word("".join(held), numbers)
        held = []
        numbers = tuple(map(int, re.findall(r":(\d+)", match["numbers"] or "")))
    if any(held):
        yield Word("".join(held), numbers)


def hypothesis(output: str, text: str, spans: Sequence[Span | None]) -> Hypothesis:
    """The last program's output for `text` -> plain text, with links and without marks."""
    composer = _Composer(text, spans)
    for word in words(output.replace(_TILDE, "~")):
        composer.add(word)
    return Hypothesis(composer.text.rstrip(" "), tuple(composer.links), composer.unknown)


@dataclass(slots=True)
class _Composer:
    """Puts the words together, mending the blanks that Apertium doubles or drops when it moves words."""

    source: str
    spans: Sequence[Span | None]
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    unknown: int = 0
    length: int = 0
    before: tuple[int, ...] = ()
    """The numbers of the word before."""

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def add(self, word: Word) -> None:
        text = re.sub(r" {2,}", " ", self._unmarked(word))
        spans = [span for n in word.numbers if n < len(self.spans) and (span := self.spans[n])]
        last = self.parts[-1][-1] if self.parts else " "
        if last == " ":
            text = text.lstrip(" ")
        if not text:
            return
        if last == " " and self._belongs_left(text, spans):
            self._drop_blank()
        elif last.isalpha() and text[0].isalpha() and not self._joined(spans):
            self._put(" ")
        start = self.length
        self._put(text)
        self.links += [(span, Span(start, start + len(text.rstrip(" ")))) for span in spans]
        self.before = word.numbers

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _drop_blank(self) -> None:
        if self.parts:
            self.parts[-1] = self.parts[-1][:-1]
            self.length -= 1
            if not self.parts[-1]:
                self.parts.pop()

    def _unmarked(self, word: Word) -> str:
        if not word.numbers:
            marks = "".join(mark for mark in _MARKS if mark not in self.source)
            return re.sub(rf"[{marks}](?=\w)", "", word.text) if marks else word.text
        marked = word.text[:1] in _MARKS and len(word.text) > 1
        if not marked or self._surface(word.numbers[0]).startswith(word.text[0]):
            return word.text
        self.unknown += 1
        return word.text[1:]

    def _surface(self, n: int) -> str:
        span = self.spans[n] if n < len(self.spans) else None
        return span.of(self.source) if span else ""

    def _belongs_left(self, text: str, spans: Sequence[Span]) -> bool:
        """Whether this is a punctuation mark that follows its word directly in the source."""
        if not spans or not spans[0].start or any(map(str.isalnum, text)):
            return False
        return self.source[spans[0].start - 1].isalnum()

    def _joined(self, spans: Sequence[Span]) -> bool:
        """Whether this word and the one before it are written as one in the source."""
        last = [span for n in self.before if n < len(self.spans) and (span := self.spans[n])]
        return bool(last and spans) and last[-1].end == spans[0].start
