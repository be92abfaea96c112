"""Making a Markdown text ready for the parser, and finding the way back from its bytes to our text.

What other tools read before Markdown does is hidden from the parser (`hiding`). So are two signs that it
would take for more than they are: a dollar sign that begins or ends no formula, as in prices and names of
programs, and a colon without a space after it, which begins no definition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from l10n.errors import SourceError
from l10n.laziness import expression
from l10n.model import Block, Code, CodeKind, Content, joined, plain
from l10n.readers.markdown.events import Events, parse_events
from l10n.readers.markdown.hiding import MARK, Hidden, hide
from l10n.readers.positions import locator

_LONE_RETURN = expression(r"\r(?!\n)")
_DOLLAR = expression(
    r"(?P<formula>\$\$+|(?<!\\)\$(?![\s0-9])(?:[^$\n\\]|\\.|\n(?![ \t>]*\n))*+(?<!\s)\$(?![\w$]))|(?<!\\)\$"
)
"""A formula, or a dollar sign that is of none. Within a line of text a formula has no white space at its ends
and no letter or digit after it; it does not begin with a digit."""
_COLON = expression(r"^[ \t>]*:(?=[^\s:-])", re.MULTILINE)
_STAND_INS = {"$": "₥₰₶₷", ":": "⁝⁞⸭⸬"}
"""Signs nobody needs; to the parser they are punctuation, as what they stand for is."""


@dataclass(frozen=True, slots=True)
class Source:
    """A body of Markdown: our text, the bytes that the parser sees, and the way from these to that."""

    text: str
    """The whole text, front matter included."""
    data: bytes
    """What the parser reads, as the bytes that its ranges count."""
    at: Callable[[int], int]
    """Position in `data` -> position in `text`."""
    hidden: Hidden
    """The same as text, and what it hides."""
    signs: Mapping[str, str]
    """A stand-in -> the sign it stands for."""

    @property
    def body(self) -> str:
        """What the parser reads: a character for each of `text` after the front matter."""
        return self.hidden.body

    def between(self, ranges: Sequence[tuple[int, int]]) -> str:
        """The body from the first of some ranges (of `data`) to the last, what is not in one as spaces."""
        parts: list[str] = []
        base, done = self.hidden.start, self.at(ranges[0][0])
        for first, last in ranges:
            start, end = self.at(first), self.at(last)
            parts += [" " * (start - done), self.body[start - base : end - base]]
            done = end
        return "".join(parts)

    def restore(self, value: str) -> str:
        """What the parser made of hidden text -> what it was."""
        value = self.signed(value)
        return MARK.sub(self._shown, value) if self.hidden.marks else value

    def signed(self, value: str) -> str:
        """What the parser made of a text -> the same with the signs that it was not to see."""
        return _signed(value, self.signs)

    def _shown(self, match: re.Match[str]) -> str:
        code = self.template(match)
        return code.text if code else match[0]

    def marked(self, text: str) -> Content:
        """A text as it was, its template tags as codes."""
        out: list[Content] = []
        position = 0
        for match in MARK.finditer(text):
            if code := self.template(match):
                out += [(self.restore(text[position : match.start()]),), (code,)]
                position = match.end()
        return joined([*out, (self.restore(text[position:]),)])

    def template(self, match: re.Match[str]) -> Code | None:
        """The template tag that a `MARK` stands for; None for what only looks like one."""
        span = self.hidden.marks.get(match[1])
        return Code(CodeKind.STANDALONE, "ph", span, span.of(self.text)) if span else None

    def events(self) -> Events:
        return parse_events(self.body)


def prepare(text: str, start: int, mdx: bool = False) -> Source:
    """The body of `text` from `start` on, ready for the parser.

    NUL is read as U+FFFD and a lone carriage return as a line end (CommonMark 0.31.2, sections 2.1 and
    2.3), which the parser does not do everywhere. Raises SourceError for a lone surrogate,
    which no encoding can hold.
    """
    body = text[start:].replace("\0", "\ufffd")
    if "\r" in body:
        body = _LONE_RETURN.sub("\n", body)
    try:
        body.encode()
    except UnicodeEncodeError as error:
        raise _surrogate(text, start + error.start) from None
    signs: dict[str, str] = {}
    if "$" in body:
        body = _replaced(_DOLLAR, "$", body, signs)
    if ":" in body:
        body = _replaced(_COLON, ":", body, signs)
    hidden = hide(body, start, mdx)
    if signs and hidden.titles:
        hidden = replace(hidden, titles=tuple([_restored(title, signs) for title in hidden.titles]))
    del body
    data = hidden.body.encode()
    return Source(text, data, locator(data, start), hidden, signs)


def _restored(title: Block, signs: Mapping[str, str]) -> Block:
    return replace(title, content=(_signed(plain(title.content), signs),))


def _signed(text: str, signs: Mapping[str, str]) -> str:
    for other, sign in signs.items():
        text = text.replace(other, sign)
    return text


def _replaced(pattern: re.Pattern[str], sign: str, body: str, signs: dict[str, str]) -> str:
    """The body with a stand-in for the sign that ends each match, noted in `signs`; as is if all are used.

    What matches a group of the pattern stays.
    """
    free = next((other for other in _STAND_INS[sign] if other not in body), "")
    if not free:
        return body
    signs[free] = sign
    return pattern.sub(lambda match: match[0] if match.lastgroup else match[0][:-1] + free, body)


def _surrogate(text: str, at: int) -> SourceError:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return SourceError("a lone surrogate is no character", where=f":{line}:{column}", hint="save it as UTF-8")
