"""Escaping plain text for Markdown, and no more of it than a reader of the source must bear."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from l10n.laziness import expression

_LINE_END = expression(r"\r\n|\r|\n")
_NO_CHARACTER = expression("[\0\ud800-\udfff]")
_SIGN = expression(r"[\\`*~$<&\[\]!{|]|_+|(?<=http)://|(?<=https)://|(?<=www)\.", re.IGNORECASE)
_ENTITY = expression(r"&(?=#[0-9]|#[xX][0-9A-Fa-f]|[A-Za-z][A-Za-z0-9]*;)")
_FORMULA = expression(r"\\\$|\$(?![0-9])")
"""A dollar sign that may begin or end a formula: the reader takes one before a digit for a price."""
_LINE_START = expression(
    r"(?P<digits>[0-9]{1,9})(?=[.)](?:[ \t]|$))"
    r"|(?=#{1,6}(?:[ \t]|$)|>|[-+*](?:[ \t]|$)|\+\+\+|=+[ \t]*$|[-:|][-:| \t]*$|:(?!\w)"
    r"|\[(?:!|[ xX]\]|\[?_?(?:TOC|toc)_?\])|\*\[|~~~|!!! |\?\?\?\+? |===[!+]? \"|///|-+8<-|\{[ ]?[.#])"
)
_ESM = expression(r"import\s.*[\"']|export\s+(?:default|const|let|var|async|function|class|\{|\*)")
"""What MDX reads as a line of JavaScript."""
_CLOSING_HASHES = expression(r"(?:(?<=[ \t])|^)#+[ \t]*$")
_SPACE = " \t\v\f"
_EDGE = f"{_SPACE}\ufeff"
"""What a parser drops at the beginning of a line, or of a document."""


@dataclass(frozen=True, slots=True)
class Context:
    """What decides how the signs of one text are read."""

    lonely: frozenset[str] = frozenset()
    """Signs that stand but once in the whole block, and so can enclose nothing."""
    formulas: bool = True
    """Whether dollar signs may enclose something."""
    brackets: bool = True
    """Whether a bracketed text may be the label of a link or a footnote."""
    link: bool = False
    """Whether the text stands within the brackets of a link or an image."""
    cell: bool = False
    mdx: bool = False
    next: str = ""
    """The markup that follows; a reader of it must not join it with the text."""


def clean(text: str) -> str:
    """The text as Markdown can hold it: on one line, without NUL and lone surrogates."""
    return _NO_CHARACTER.sub("\ufffd", _LINE_END.sub(" ", text))


def context(texts: Iterable[str], codes: Iterable[str], *, refs: bool, cell: bool, mdx: bool) -> Context:
    """What the texts and the markup of a block, taken together, tell of their signs."""
    prose, markup = "\0".join(texts), "".join(codes)
    lonely = frozenset(sign for sign in "*_~" if prose.count(sign) + markup.count(sign) == 1)
    formulas = "$" in markup or len(_FORMULA.findall(prose)) > 1
    return Context(lonely, formulas, brackets=refs, cell=cell, mdx=mdx)


def escape(text: str, context: Context) -> str:
    """`text` so that within a line it is read as itself."""
    return _SIGN.sub(lambda match: _RULES[match[0][0]](match, context), text)


def reference(character: str) -> str:
    """A character as a numeric reference, which is never markup (CommonMark 0.31.2, section 2.5)."""
    return f"&#{ord(character)};"


def at_line_start(text: str) -> str:
    """Escaped text so that it begins no block."""
    if text[:1] in _EDGE:
        return reference(text[0]) + text[1:] if text else text
    text = no_script(text)
    match = _LINE_START.match(text)
    return f"{text[: match.end()]}\\{text[match.end() :]}" if match else text


def no_script(text: str) -> str:
    """Escaped text that at the beginning of a line is no import or export of MDX."""
    return reference(text[0]) + text[1:] if _ESM.match(text) else text


def at_line_end(text: str) -> str:
    """Escaped text so that its last white space is not trimmed."""
    return text[:-1] + reference(text[-1]) if text[-1:] and text[-1] in _SPACE else text


def at_heading_end(text: str) -> str:
    """Escaped text so that its end is read neither as closing hashes nor as the heading's attributes."""
    if text.endswith("}"):
        return text[:-1] + reference("}")
    match = _CLOSING_HASHES.search(text)
    return f"{text[: match.start()]}\\{text[match.start() :]}" if match else text


def after_bracket(text: str, *, first: bool) -> str:
    """Escaped text that follows a closing bracket so that it is read as no address or label.

    `first`: the bracket ends what the block begins with, so that a colon would make it a definition.
    """
    bare = text.removeprefix("\\")
    if bare.startswith("["):
        return reference("[") + bare[1:]
    return f"\\{text}" if text.startswith("(") or (first and text.startswith(":")) else text


def _around(match: re.Match[str]) -> tuple[str, str]:
    """The characters before and after a sign, each empty at the edge of the text."""
    text, (start, end) = match.string, match.span()
    return text[max(0, start - 1) : start], text[end : end + 1]


def _backslash(match: re.Match[str], context: Context) -> str:
    after = _around(match)[1]
    if context.cell and not after:
        return reference("\\")  # a pipe may follow
    return "\\" if after.isalnum() or after > "\x7f" else "\\\\"


def _delimiter(match: re.Match[str], context: Context) -> str:
    """A sign of emphasis: harmless alone, or between spaces."""
    sign = match[0]
    return sign if sign in context.lonely or _around(match) == (" ", " ") else f"\\{sign}"


def _backtick(match: re.Match[str], context: Context) -> str:
    return "\\`"


def _underscores(match: re.Match[str], context: Context) -> str:
    """Underscores: harmless within a word, too."""
    before, after = _around(match)
    if match[0] in context.lonely or (before.isalnum() and after.isalnum()) or (before, after) == (" ", " "):
        return match[0]
    return "\\_" * len(match[0])


def _dollar(match: re.Match[str], context: Context) -> str:
    before, after = _around(match)
    price = after.isascii() and after.isdigit() and before != "\\"
    return "\\$" if context.formulas and not price else "$"


def _angle(match: re.Match[str], context: Context) -> str:
    after = _around(match)[1]
    opens = context.mdx or not after or after in "/!?%" or (after.isascii() and after.isalpha())
    return "\\<" if opens else "<"


def _ampersand(match: re.Match[str], context: Context) -> str:
    return "&amp;" if _ENTITY.match(match.string, match.start()) else "&"


def _opening(match: re.Match[str], context: Context) -> str:
    return "\\[" if context.link or context.brackets else "["


def _closing(match: re.Match[str], context: Context) -> str:
    after = _around(match)[1]
    return "\\]" if context.link or (after and after in "(:") else "]"


def _exclamation(match: re.Match[str], context: Context) -> str:
    after = _around(match)[1]
    return "\\!" if not after and context.next.startswith("[") else "!"


def _brace(match: re.Match[str], context: Context) -> str:
    """A brace that would begin a template tag, an attribute list or an expression."""
    before, after = _around(match)
    inner = match.string[match.end() : match.end() + 2].removeprefix(" ")[:1]
    attached = before in ")]`*_>" and (inner.isalnum() or inner in ".#_-")
    return reference("{") if context.mdx or after in "{%:#" or attached else "{"


def _pipe(match: re.Match[str], context: Context) -> str:
    return "\\|" if context.cell else "|"


def _colon(match: re.Match[str], context: Context) -> str:
    return match[0] if context.link else "&#58;//"


def _stop(match: re.Match[str], context: Context) -> str:
    return match[0] if context.link else "&#46;"


_RULES: dict[str, Callable[[re.Match[str], Context], str]] = {
    "\\": _backslash,
    "`": _backtick,
    "*": _delimiter,
    "~": _delimiter,
    "_": _underscores,
    "$": _dollar,
    "<": _angle,
    "&": _ampersand,
    "[": _opening,
    "]": _closing,
    "!": _exclamation,
    "{": _brace,
    "|": _pipe,
    ":": _colon,
    ".": _stop,
}
