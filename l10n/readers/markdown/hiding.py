"""Hiding from the Markdown parser what other tools read before it does, behind inert text of the same length.

Template tags and shortcodes (`{{ … }}`, `{% … %}`), attribute lists (`{: … }`, `*text*{.class}`) and MDX
become codes. Whole lines that hold no text, such as the fences of admonitions (`:::`, `///`), the imports
of MDX and listings between template tags, become blank; so do lines whose text is a block of its own,
such as the title of a callout (`> [!note] Title`) or what an abbreviation stands for. An admonition,
`!!! note`, becomes an item of a list, which is read as its lines are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import unescape

from l10n.laziness import expression
from l10n.model import Block, Kind, Span
from l10n.readers.markdown.events import parse_events
from l10n.readers.positions import locator

_PRIVATE = expression("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
MARK = expression(rf"\{{[{{%:]?({_PRIVATE.pattern})x*[%}}]?[}})]")
"""A hidden tag: the private character that names it stands first within its braces."""
_NO_BLANK_LINE = r"\r?\n(?![ \t>]*[\r\n])"
_VALUE = r"\{(?:[^{}]|\{[^{}]*+\})*+\}"
_TAG = expression(
    r"\{\{\{[^{}\r\n]++\}\}\}"
    rf"|\{{\{{(?:[^{{}}\r\n]++|{_NO_BLANK_LINE})++\}}\}}"
    rf"|\{{%(?:[^{{}}%\r\n]++|%(?!\}})|{_NO_BLANK_LINE})++%\}}"
    r"|<(?<!(?<!\\)\\<)%(?:[^%<>\r\n]++|%(?!>))++%>"
    r"|\{:[^{}\r\n]++\}"
    r"|\{#(?:[^{}#\r\n]++|#(?!\}))*+#\}"
    r"|\{(?<=[)\]`*_>]\{)[ ]?(?:[.#][\w-]|[\w-]++=)[^{}\r\n]*+\}"
    rf"|<(?<!(?<!\\)\\<)/?[A-Z][\w.]*+(?:[^<>{{}}\"']|\"[^\"]*+\"|'[^']*+'){{0,99}}+{_VALUE}"
    rf"(?:[^<>{{}}\"']|\"[^\"]*+\"|'[^']*+'|{_VALUE})*+>"
)
"""Template tags, attribute lists, and elements of JSX with a value in braces.

Each begins with its own first sign, what stands before that being looked at later: so they are found fast.
"""
_EXPRESSION = expression(rf"{_TAG.pattern}|{_VALUE}")
"""The same, and expressions of MDX."""
_ESM = (
    r"import\s++(?:[\w$*{}\s,]{1,500}?\sfrom\s++)?(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+');?[ \t]*+"
    r"|export\s++(?:default\s++\S|(?:const|let|var)\s++[\w${\[]|(?:async\s++)?function\b|class\s++\w++\s*+[{e]|[{*])"
    r"(?:[^\r\n]|\r?\n(?![ \t]*+[\r\n]))*+"
)
_QUOTED = expression(r"[ \t]*>[ \t>]*[^\s>]")
"""A line of a quotation that holds something."""
_CONTENTS = (
    r"\[(?:TOC|toc|\[_?(?:TOC|toc)_?\])\][ \t]*+"
    r"|(?:[-*+]|[0-9]\.)[ \t]++[^\r\n]*+\r?\n[ ]{0,3}\{:[ \t]*+toc\b[^{}\r\n]*+\}[ \t]*+"
)
"""Where the table of contents stands; in kramdown, instead of a list."""
_SNIPPET = r"-+8<-+[ \t]++(?:\"[^\"\r\n]++\"|'[^'\r\n]++')[ \t]*+"
"""Where another file stands, in PyMdown Extensions."""
_ABBREVIATION = r"\*\[[^\[\]\r\n]++\]:[ \t]*+(?P<meaning>[^\r\n]*+)"
"""What a word stands for, in PHP Markdown Extra: shown as a title wherever the word stands."""
_ATTRIBUTES = r"\{(?::|[ ]?[.#][\w-])[^{}\r\n]*+\}[ \t]*+"
"""What a block is, on a line of its own."""
_WHOLE_LINE = expression(
    rf"^(?:[ ]{{0,3}}(?::::[^\r\n]*+|/{{3,}}(?:[ \t]++\w[^\r\n]*+|[ \t]*+)|{_ATTRIBUTES}"
    rf"|{_CONTENTS}|{_SNIPPET}|{_ABBREVIATION})|{_ESM})"
    r"(?=[\r\n]|\Z)",
    re.MULTILINE,
)
_CALLOUT = expression(
    r"(?:\A|(?<=[\r\n]))[ ]*+(?:(?:[-*+]|[0-9]{1,9}[.)])[ ]++)?(?:>[ ]?)++"
    r"(?P<line>\[![\w-]++\][-+]?(?:[ \t]++(?P<title>[^\r\n]*+))?)(?=[\r\n]|\Z)"
)
"""The first line of an alert of GitHub or a callout of Obsidian: a quotation of some kind, with a title."""
_ADMONITION = expression(
    r"(?:\A|(?<=\n\n)|(?<=\n\r\n))[ ]*(?P<line>(?:(?:!!!|\?\?\?\+?)[ ][\w-]{3}[\w -]*+|===[!+]?[ ](?=\"))"
    r"(?:\"(?P<title>[^\"\r\n]*+)\")?[ \t]*+)(?=[\r\n]|\Z)"
)
"""An admonition or a tab of Python-Markdown; its text is indented."""
_FENCE_TITLE = expression(
    r"[ ]{0,3}(?:/{3,}[ \t]+[\w-]+[ \t]*\|[ \t]*(?P<barred>[^\r\n]*+)"
    r"|:{3,}[ \t]*(?:\{[^{}\r\n]*?\btitle=\"(?P<named>(?:[^\"\r\n\\]|\\.)*+)\"|(?:[\w-]+|\{[\w-]+\})"
    r"(?:\[(?P<within>(?:[^\[\]\r\n\\]|\\.)*+)\]|[ \t]+(?P<plain>[^\s{][^\r\n]*+))))"
)
_VERBATIM = expression(
    r"\{%-?[ \t]*(?P<end>end)?(?P<name>highlight|raw|comment|codeblock|verbatim)\b[^%\r\n]*+%\}"
    r"|\{\{[<%][ \t]*(?P<slash>/)?[ \t]*(?P<shortcode>highlight)\b[^}\r\n]*+\}\}"
)
"""Begins or ends what is no text, in Liquid, Jinja and Hugo."""
_ESCAPED = expression(r"\\([!-/:-@\[-`{-~])")
_HINTS = {
    "{": expression(r"\{(?:[{%:.#]|[ ][.#]|(?<=[)\]`*_>]\{)[ ]?\w)"),
    "<": expression(r"<[A-Z%]"),
    ":::": expression(":::"),
    "///": expression(r"^ {0,3}///", re.MULTILINE),
    "8<-": expression(r"^ {0,3}-+8<-", re.MULTILINE),
    "!!! ": expression("!!! "),
    "???": expression(r"\?\?\?"),
    "===": expression(r"===[!+]? \""),
    "[!": expression(r"\[!\w"),
    "*[": expression(r"^ {0,3}\*\[", re.MULTILINE),
    "TOC": expression(r"^ {0,3}\[\[?_?TOC", re.MULTILINE),
    "toc": expression(r"^ {0,3}\[\[?_?toc", re.MULTILINE),
    "port ": expression(r"^(?:im|ex)port ", re.MULTILINE),
}
"""What a text holds that has anything to hide: first a sign of it, which is found fast, then all of it."""
_FILLER = "+ <!-->"
"""An item of a list that holds an empty comment."""
_PLANES = (range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))

Test = Callable[[int], bool]
"""Whether a position is within code, where nothing is hidden."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """A body of Markdown as the parser is to see it, and what it does not see."""

    body: str
    start: int
    """Where it begins in the text."""
    marks: Mapping[str, Span] = field(default_factory=dict)
    """Private character -> the tag it stands for, in the text."""
    titles: tuple[Block, ...] = ()
    """The titles of admonitions."""
    boxes: frozenset[int] = frozenset()
    """Where in the text an item of a list is an admonition."""


def hide(body: str, start: int, mdx: bool) -> Hidden:
    """Hide what is no Markdown of a body that begins at `start` of the text."""
    hinted = any(sign in body and pattern.search(body) for sign, pattern in _HINTS.items())
    if not hinted and not (mdx and "{" in body):
        return Hidden(body, start)
    form = "box-title mdx" if mdx else "box-title"
    within = _code_test(body)
    body = _without_verbatim(body, within)
    body, boxes, titles = _boxed(body, start, within, form)
    body, called = _without_callouts(body, start, within, form)
    body, more = _without_lines(body, start, within, form)
    body, marks = _inert(body, start, within, mdx)
    return Hidden(body, start, marks, (*titles, *called, *more), boxes)


def _boxed(body: str, start: int, within: Test, form: str) -> tuple[str, frozenset[int], list[Block]]:
    """The body, admonitions by indentation made items of lists; where those are, and their titles."""
    found = [match for match in _ADMONITION.finditer(body) if not within(match.start("line"))]
    parts: list[str] = []
    done = 0
    for match in found:
        filler = _FILLER + " " * (len(match["line"]) - len(_FILLER))
        parts += [body[done : match.start("line")], filler]
        done = match.end("line")
    boxes = frozenset(start + match.start("line") for match in found)
    titles = [_title(start, match, "title", form) for match in found if (match["title"] or "").strip()]
    return "".join([*parts, body[done:]]), boxes, titles


def _without_callouts(body: str, start: int, within: Test, form: str) -> tuple[str, list[Block]]:
    """The body, the first lines of callouts made blank, and their titles."""
    titles: list[Block] = []
    if "[!" not in body:
        return body, titles

    def blank(match: re.Match[str]) -> str:
        if within(match.start("line")) or _QUOTED.match(_line_before(body, match.start())):
            return match[0]
        if (match["title"] or "").strip():
            titles.append(_title(start, match, "title", form))
        return match[0][: match.start("line") - match.start()] + " " * len(match["line"])

    return _CALLOUT.sub(blank, body), titles


def _line_before(body: str, at: int) -> str:
    """The line that ends where another begins."""
    return body[body.rfind("\n", 0, max(0, at - 1)) + 1 : at]


def _without_lines(body: str, start: int, within: Test, form: str) -> tuple[str, list[Block]]:
    """The body, lines without text made blank, and the titles of admonitions that stand in them."""
    titles: list[Block] = []

    def blank(match: re.Match[str]) -> str:
        if within(match.start()) or within(match.end()):
            return match[0]
        title = _FENCE_TITLE.match(match[0])
        if title and title.lastgroup and title[title.lastgroup].strip():
            titles.append(_title(start + match.start(), title, title.lastgroup, form))
        elif (match["meaning"] or "").strip():
            titles.append(replace(_title(start, match, "meaning", form), kind=Kind.ATTRIBUTE))
        return _blank(match[0])

    return _WHOLE_LINE.sub(blank, body), titles


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


def _title(base: int, match: re.Match[str], group: str, form: str) -> Block:
    """The title of an admonition, as a block."""
    start = base + match.start(group)
    span = Span(start, start + len(match[group].rstrip()))
    text = " ".join(unescape(_ESCAPED.sub(r"\1", match[group])).split())
    return Block(Kind.PARAGRAPH, span, (text,), form, role="title")


def _without_verbatim(body: str, within: Test) -> str:
    """The body, listings between template tags made blank where they fill their lines."""
    parts: list[str] = []
    done = 0
    opened: re.Match[str] | None = None
    for match in _VERBATIM.finditer(body):
        ends = match["end"] or match["slash"]
        name = match["name"] or match["shortcode"]
        if opened is None and not ends and not within(match.start()) and _begins_line(body, match.start()):
            opened = match
        elif opened and ends and name == (opened["name"] or opened["shortcode"]):
            parts += [body[done : opened.start()], _blank(body[opened.start() : match.end()])]
            done, opened = match.end(), None
    return "".join([*parts, body[done:]])


def _begins_line(body: str, at: int) -> bool:
    return not body[body.rfind("\n", 0, at) + 1 : at].strip()


def _inert(body: str, start: int, within: Test, mdx: bool) -> tuple[str, dict[str, Span]]:
    """The body with its tags made inert, and what each private character stands for."""
    marks: dict[str, Span] = {}
    used = set(_PRIVATE.findall(body))
    names = (name for plane in _PLANES for name in map(chr, plane) if name not in used)

    def inert(match: re.Match[str]) -> str:
        if len(match[0]) < 3 or within(match.start()) or within(match.end()):
            return match[0]
        if not (name := next(names, "")):
            return match[0]
        marks[name] = Span(start + match.start(), start + match.end())
        return _braced(match[0], name)

    return (_EXPRESSION if mdx else _TAG).sub(inert, body), marks


def _braced(tag: str, name: str) -> str:
    """A tag as letters with brackets around them, so that emphasis beside it is read as ever.

    Only what is an attribute list itself may look like one: a heading can end with it.
    """
    if tag.startswith("{:"):
        return f"{{:{name}{'x' * (len(tag) - 4)}}}"
    if tag.startswith(("{{", "{%")) and len(tag) > 4:
        return f"{tag[:2]}{name}{'x' * (len(tag) - 5)}{tag[-2:]}"
    return f"{{{name}{'x' * (len(tag) - 3)})"


def _code_test(body: str) -> Test:
    """Whether a position lies within code."""
    at = locator(body.encode(), 0)
    codes = [
        (at(span["start"]), at(span["end"]))
        for event, span in parse_events(body)
        if "Code" in event or ("Start" in event and "CodeBlock" in event["Start"])
    ]
    starts = [start for start, _ in codes]

    def inside(position: int) -> bool:
        index = bisect_right(starts, position) - 1
        return index >= 0 and codes[index][0] < position < codes[index][1]

    return inside
