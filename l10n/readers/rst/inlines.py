"""Running text with its markup."""

from __future__ import annotations

from l10n.laziness import expression
from l10n.model import Code, CodeKind, Content, Span, joined
from l10n.readers.rst.trees import parse_tree

_PAIRED_ROLES = frozenset(("emphasis", "strong", "sub", "subscript", "sup", "superscript", "title", "t"))
_ROLE_TAGS = {"emphasis": "em", "strong": "strong", "subscript": "sub", "superscript": "sup"}
_LINE_END = expression(r"\r\n|\n|\r")
_SPACES = expression(r"[ \t]*(?:\r\n|\n|\r)[ \t]*|[\t\f\v][ \t\f\v]*+| [ \t\f\v]++")
_ESCAPE = expression(r"\\(?:([^\s])|\s|\Z)")
_SIGN = expression(r"(``(?!\s).+?(?<!\s)``)|\\\S|(?<= ):(?= )")
"""An escaped sign, or a colon, which the parser would take for markup; in a literal nothing is escaped."""
_ADDRESS = expression(r"\s*(?<!\\)<(?:[^<\\]|\\.)*>$")
_ROLE = expression(r":(?P<name>[\w.:+-]+):`")
_MARKUP = expression(r"[*`_|@]|:(?!\s)")
"""Without one of these a text holds no markup."""
_ALONE = {
    "literal": "code",
    "footnote_reference": "sup",
    "citation_reference": "sup",
    "standalone_hyperlink": "a",
    "interpreted_text": "code",
}


def inline(article: str, span: Span) -> Content:
    """Running text with its markup, as a reader sees it; parsed as one line, which it might be."""
    if not _MARKUP.search(article, span.start, span.end):
        return _trimmed((_said(span.of(article)),))
    flat = _LINE_END.sub(lambda m: " " * len(m[0]), span.of(article))
    root, at = parse_tree("x " + _SIGN.sub(lambda m: m[1] or "\\x"[-len(m[0]) :], flat), span.start - 2)
    nodes = root.named_children[0].named_children if root.named_children else []
    items: list[str | Code] = []
    done = span.start
    for node in nodes:
        start, end = at(node.start_byte), at(node.end_byte)
        if start < done or node.type == "literal_block":
            continue
        items += [_said(article[done:start]), *_markup(article, node.type, Span(start, end))]
        done = end
    items.append(_said(article[done : span.end]))
    return _trimmed(joined([tuple(items)]))


def _said(text: str) -> str:
    """Text without its escapes, its lines made one."""
    return _SPACES.sub(" ", _ESCAPE.sub(lambda m: m[1] or "", text))


def _trimmed(content: Content) -> Content:
    items = list(content)
    if items and isinstance(items[0], str):
        items[0] = items[0].lstrip(" ")
    if items and isinstance(items[-1], str):
        items[-1] = items[-1].rstrip(" ")
    return tuple(item for item in items if item != "")


def _markup(article: str, type: str, span: Span) -> list[str | Code]:
    raw = span.of(article)
    if type in ("emphasis", "strong"):
        width = 1 if type == "emphasis" else 2
        tag = {"emphasis": "em"}.get(type, type)
        return _pair(article, tag, span, width, width)
    if type == "reference":
        return _reference(article, span, raw)
    role = _ROLE.match(raw) if type == "interpreted_text" else None
    if role and role["name"] in _PAIRED_ROLES:
        return _pair(article, _ROLE_TAGS.get(role["name"], role["name"]), span, role.end(), 1)
    address = _ADDRESS.search(raw, 0, len(raw) - 1) if role else None
    if role and address:
        return _pair(article, "a", span, role.end(), len(raw) - address.start())
    tag = _ALONE.get(type, "ph")
    return [Code(CodeKind.STANDALONE, tag, span, raw, inner=raw.strip("`"))]


def _reference(article: str, span: Span, raw: str) -> list[str | Code]:
    """A link: its address within it, or its text the name of its target.

    A name in which something stands between angle brackets can be given in no other way than this.
    """
    tail = len(raw) - len(raw.rstrip("_"))
    if not raw.startswith("`"):
        return _pair(article, "a", span, 0, tail, raw[:-tail] if tail == 1 else "")
    address = _ADDRESS.search(raw, 0, len(raw) - tail - 1)
    if address:
        return _pair(article, "a", span, 1, len(raw) - address.start())
    if "<" in raw:
        return [Code(CodeKind.STANDALONE, "a", span, raw, inner=_said(raw[1 : -tail - 1]))]
    return _pair(article, "a", span, 1, tail + 1, raw[1 : -tail - 1] if tail == 1 else "")


def _pair(article: str, tag: str, span: Span, before: int, after: int, label: str = "") -> list[str | Code]:
    first, last = Span(span.start, span.start + before), Span(span.end - after, span.end)
    named = (("label", label),) if label else ()
    deletable = tag in ("em", "strong")
    return [
        Code(CodeKind.OPEN, tag, first, first.of(article), named, can_delete=deletable),
        _said(article[first.end : last.start]),
        Code(CodeKind.CLOSE, tag, last, last.of(article), named, can_delete=deletable),
    ]
