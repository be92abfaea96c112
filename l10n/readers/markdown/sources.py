"""Making a Markdown text ready for the parser, and finding the way back from its bytes to our text.

What other tools read before Markdown does is hidden from the parser behind inert letters of the same
length: template tags and shortcodes (`{{ … }}`, `{% … %}`), attribute lists (`{: … }`) and the fences
of admonitions (`:::`). So are two signs that it would take for more than they are: a dollar sign before
a digit, which is a price and no formula, and a colon before a word, which begins no definition.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Any, cast

from pyromark import Options, events_with_range

from l10n.errors import SourceError
from l10n.model import Code, CodeKind, Content, Span

OPTIONS = reduce(
    or_,
    [
        Options.ENABLE_TABLES,
        Options.ENABLE_FOOTNOTES,
        Options.ENABLE_STRIKETHROUGH,
        Options.ENABLE_TASKLISTS,
        Options.ENABLE_HEADING_ATTRIBUTES,
        Options.ENABLE_MATH,
        Options.ENABLE_DEFINITION_LIST,
        Options.ENABLE_GFM,
    ],
)
Events = Iterator[tuple[Any, dict[str, int]]]
"""Events of the parser with their ranges in bytes."""

MARK = re.compile(r"\{[{%:]([\U000F0000-\U000FFFFD\U00100000-\U0010FFFD])x*[%}]?\}")
"""A hidden template tag: the private character that names it stands first within its braces."""
_NO_BLANK_LINE = r"\r?\n(?![ \t>]*[\r\n])"
_TAG = re.compile(
    rf"\{{(?:\{{(?:[^{{}}\r\n]++|{_NO_BLANK_LINE})++\}}\}}"
    rf"|%(?:[^{{}}%\r\n]++|%(?!\}})|{_NO_BLANK_LINE})++%\}}"
    r"|:[^{}\r\n]++\})"
)
_WHOLE_LINE = re.compile(r"^[ ]{0,3}(?::::[^\r\n]*+|\{:[^{}\r\n]*+\}[ \t]*+)(?=[\r\n]|\Z)", re.MULTILINE)
_LONE_RETURN = re.compile(r"\r(?!\n)")
_HINTS = ("{{", "{%", "{:", ":::")
_PRICE = re.compile(r"(?<!\\)\$(?=[0-9])")
_COLON = re.compile(r"^[ \t>]*:(?=\w)", re.MULTILINE)
_STAND_INS = {"$": "₥₰₶₷", ":": "⁝⁞⸭⸬"}
"""Signs nobody needs; to the parser they are punctuation, as what they stand for is."""
_PLANES = (0xF0000, 0x100000)
_PLANE_SIZE = 0xFFFD
_CONTINUATION = bytes(range(0x80, 0xC0))
_STEP = 7


@dataclass(frozen=True, slots=True)
class Source:
    """A body of Markdown: our text, the bytes that the parser sees, and the way from these to that."""

    text: str
    """The whole text, front matter included."""
    body: str
    """What the parser reads."""
    data: bytes
    """The same as the bytes that the parser's ranges count."""
    start: int
    """Where the body begins in `text`; it has a character for each of it."""
    at: Callable[[int], int]
    """Position in `data` -> position in `text`."""
    marks: Mapping[str, Span]
    """Private character -> the template tag it stands for, in `text`."""
    signs: Mapping[int, str]
    """Code point of a stand-in -> the sign it stands for."""

    def between(self, ranges: Sequence[tuple[int, int]]) -> str:
        """The body from the first of some ranges (of `data`) to the last, what is not in one as spaces."""
        parts: list[str] = []
        done = self.at(ranges[0][0])
        for first, last in ranges:
            start, end = self.at(first), self.at(last)
            parts += [" " * (start - done), self.body[start - self.start : end - self.start]]
            done = end
        return "".join(parts)

    def restore(self, value: str) -> str:
        """What the parser made of hidden text -> what it was."""
        if self.signs:
            value = value.translate(self.signs)
        return MARK.sub(lambda m: self.marks[m[1]].of(self.text), value) if self.marks else value

    def marked(self, text: str) -> Content:
        """A text as it was, its template tags as codes."""
        out: list[str | Code] = []
        position = 0
        for match in MARK.finditer(text):
            out += [self.restore(text[position : match.start()]), self.template(match[1])]
            position = match.end()
        out.append(self.restore(text[position:]))
        return tuple(item for item in out if item != "")

    def template(self, mark: str) -> Code:
        """The template tag that a private character stands for."""
        span = self.marks[mark]
        return Code(CodeKind.STANDALONE, "ph", span, span.of(self.text))

    def events(self) -> Events:
        return _events(self.body)


def _events(body: str) -> Events:
    return cast(Events, events_with_range(body, options=OPTIONS))


def prepare(text: str, start: int) -> Source:
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
    signs: dict[int, str] = {}
    if "$" in body:
        body = _replaced(_PRICE, "$", body, signs)
    if ":" in body:
        body = _replaced(_COLON, ":", body, signs)
    marks: dict[str, Span] = {}
    if any(hint in body for hint in _HINTS):
        body, marks = _hide(body, start)
    data = body.encode()
    return Source(text, body, data, start, _locator(data, start), marks, signs)


def _replaced(pattern: re.Pattern[str], sign: str, body: str, signs: dict[int, str]) -> str:
    """The body with a stand-in for the sign that ends each match, noted in `signs`; as is if all are used."""
    free = next((other for other in _STAND_INS[sign] if other not in body), "")
    if not free:
        return body
    signs[ord(free)] = sign
    return pattern.sub(lambda match: match[0][:-1] + free, body)


def _surrogate(text: str, at: int) -> SourceError:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return SourceError("a lone surrogate is no character", where=f":{line}:{column}", hint="save it as UTF-8")


def _locator(data: bytes, base: int) -> Callable[[int], int]:
    """A function from a position in UTF-8 to one in code points, in constant time."""
    if data.isascii():
        return base.__add__
    size = 1 << _STEP
    lengths = (len(data[i : i + size].translate(None, _CONTINUATION)) for i in range(0, len(data), size))
    counts = list(accumulate(lengths, initial=base))

    def at(position: int) -> int:
        chunk = position >> _STEP
        return counts[chunk] + len(data[chunk << _STEP : position].translate(None, _CONTINUATION))

    return at


def _hide(body: str, base: int) -> tuple[str, dict[str, Span]]:
    """The body with what is not Markdown made inert, and what each private character stands for."""
    plane = next((p for p in _PLANES if not re.search(f"[{chr(p)}-{chr(p + _PLANE_SIZE)}]", body)), None)
    if plane is None:
        return body, {}
    within = _code_test(body)
    marks: dict[str, Span] = {}

    def blank(match: re.Match[str]) -> str:
        return match[0] if within(match) else " " * len(match[0])

    def inert(match: re.Match[str]) -> str:
        if within(match) or len(marks) > _PLANE_SIZE:
            return match[0]
        name = chr(plane + len(marks))
        marks[name] = Span(base + match.start(), base + match.end())
        return _inert(match[0], name)

    return _TAG.sub(inert, _WHOLE_LINE.sub(blank, body)), marks


def _inert(tag: str, name: str) -> str:
    """A template tag with its braces kept, so that emphasis beside it is read as ever."""
    tail = 1 if tag[1] == ":" else 2
    return tag[:2] + name + "x" * (len(tag) - 3 - tail) + tag[-tail:]


def _code_test(body: str) -> Callable[[re.Match[str]], bool]:
    """Whether a match begins or ends within code, where nothing is hidden."""
    at = _locator(body.encode(), 0)
    codes = [
        (at(span["start"]), at(span["end"]))
        for event, span in _events(body)
        if "Code" in event or ("Start" in event and "CodeBlock" in event["Start"])
    ]
    starts = [start for start, _ in codes]

    def inside(position: int) -> bool:
        index = bisect_right(starts, position) - 1
        return index >= 0 and codes[index][0] < position < codes[index][1]

    return lambda match: inside(match.start()) or inside(match.end())
