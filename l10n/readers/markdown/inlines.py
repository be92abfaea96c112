"""Building the content of one run of Markdown text: plain text, and codes for its markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from sys import intern
from typing import Any
from unicodedata import category

from l10n.laziness import expression
from l10n.model import Attributes, Code, CodeKind, Content, Kind, Span
from l10n.readers.html.runs import tag_of
from l10n.readers.html.tokens import VOID, Token, Type, attributes, tokens
from l10n.readers.html.translating import Scope, entered, read_attributes
from l10n.readers.markdown.events import Events
from l10n.readers.markdown.hiding import MARK
from l10n.readers.markdown.sources import Source

DELETABLE = frozenset({"em", "strong", "del", "br"})
"""What a translation may leave out: it changes how a text looks, not what it points to."""
_BREAK = expression(rb"\\?[ \t]*(?:\r\n|\n|\r)[ \t>]*")
_URL = expression(rb"(?:https?://|www\.)[^\x00-\x20\x7f<>\"`*\\\[\]{}]*")
_URL_TAIL = frozenset("?!.,:;_~'\"")
_ENTITY = expression(r"&[A-Za-z0-9]{1,31};$")
_TRIGGER = expression(rf"{MARK.pattern}|(?:https?://|www\.)(?=[^\W_])")
_HINTS = ("://", "www.", "{")
"""Without one of these a text holds no trigger."""
_TITLE = expression(
    r"""[\s)>](?:"(?P<double>(?:[^"\\\r\n]|\\.)*)"|'(?P<single>(?:[^'\\\r\n]|\\.)*)'"""
    r"""|\((?P<paren>(?:[^()\\\r\n]|\\.)*)\))\s*\)?\s*$"""
)


@dataclass(frozen=True, slots=True)
class Inner:
    """A block within the markup of another: an alternative text, a title."""

    kind: Kind
    span: Span
    content: Content
    form: str
    role: str = ""
    attributes: Attributes = ()


@dataclass(slots=True)
class _Open:
    """A pair that is open, and what its end will need."""

    tag: str
    index: int
    """Where its code stands in the content."""
    start: int = 0
    end: int = 0
    """Where the closing markup stands; it is looked for within, where that is a link's."""
    html: str = ""
    """The element's name, where it is a raw tag that may end or not."""
    kept: bool = False
    """Whether a raw element is not translated."""
    link: Any = None


class Inlines:
    """The run of text being read. It begins with its first event, and `finish` takes it.

    Positions are those of the parser, in bytes.
    """

    __slots__ = (
        "_content",
        "_data",
        "_events",
        "_hints",
        "_lang",
        "_links",
        "_nest",
        "_parts",
        "_places",
        "_raw",
        "_source",
        "end",
        "inner",
        "start",
    )

    def __init__(self, source: Source, events: Events, lang: str) -> None:
        self._source = source
        self._lang = lang
        self._data = source.data
        self._events = events
        self._hints = [hint for hint in _HINTS if hint in source.body]
        self.start = -1
        self.end = 0
        self.inner: list[Inner] = []
        self._content: list[str | Code] = []
        self._parts: list[str] = []
        self._places: list[tuple[int, int]] = []
        self._nest: list[_Open] = []
        self._raw: list[Counter[str]] = [Counter()]
        """How many raw elements of each name are open within each pair of markup that is."""
        self._links = 0

    def finish(self) -> tuple[Content, Span]:
        """The content read since the run began, and what it was read from; ready for the next run."""
        self._flush()
        content = tuple(self._content)
        span = Span(self._source.at(self.start), self._source.at(self.end))
        self._content.clear()
        if self._nest:
            self._nest.clear()
            self._raw = [Counter()]
        self._links = 0
        self.start = -1
        return content, span

    def text(self, value: str, start: int, end: int) -> None:
        if self.start < 0:
            self._begin(start)
        self._parts.append(value)
        self._places.append((start, end))
        self.end = end

    def soft_break(self, start: int, end: int) -> None:
        self.text(" ", start, end)

    def hard_break(self, start: int, end: int) -> None:
        match = _BREAK.match(self._data, start)
        self._alone("br", start, match.end() if match else end)

    def code(self, value: str, start: int, end: int) -> None:
        self._alone("code", start, end, inner=self._source.restore(value))

    def math(self, value: str, start: int, end: int) -> None:
        self._alone("math", start, end, inner=self._source.restore(value))

    def footnote(self, value: str, start: int, end: int) -> None:
        self._alone("sup", start, end, inner=value)

    def emphasis(self, value: None, start: int, end: int) -> None:
        self._pair("em", start, end, 1)

    def strong(self, value: None, start: int, end: int) -> None:
        self._pair("strong", start, end, 2)

    def strikethrough(self, value: None, start: int, end: int) -> None:
        self._pair("del", start, end, 2 if self._data[start + 1 : start + 2] == b"~" else 1)

    def link(self, value: Any, start: int, end: int) -> None:
        if value["link_type"] in ("Autolink", "Email"):
            text, _ = self._inside("Link", start + 1)
            mail = "mailto:" if value["link_type"] == "Email" else ""
            self._alone("a", start, end, (("href", mail + value["dest_url"]),), text)
            return
        end += _brackets(value)
        self._flush()  # what stands before a link may hold addresses, what stands in it may not
        self._links += 1
        self._pair("a", start, end, 1, _target("href", value, self._source), value)

    def close(self) -> None:
        """The end of what emphasis, strikethrough or link began."""
        self._flush()
        while (last := self._nest.pop()).html:
            pass
        self._raw.pop()
        label: Attributes = ()
        if last.link is not None:
            self._links -= 1
            last.start = self._data.find(b"]", self.end, last.end)
            label = self._end_link(last)
        self._content.append(self._code(CodeKind.CLOSE, last.tag, last.start, last.end, label))
        self.end = last.end

    def image(self, value: Any, start: int, end: int) -> None:
        """An image, its alternative text a block of its own."""
        alt, last = self._inside("Image", start + 2)
        end += _brackets(value)
        stop = self._data.find(b"]", last, end)
        attributes = _target("src", value, self._source)
        attributes = (attributes[0], ("alt", self._source.restore(alt)), *attributes[1:])
        self._alone("img", start, end, attributes)
        span = self._span(start + 2, stop)
        label: Attributes = ()
        if value["link_type"] in ("Collapsed", "Shortcut"):
            label = (("label", span.of(self._source.text)),)
            span = self._span(start + 2, stop if value["link_type"] == "Shortcut" else stop + 2)
        if alt.strip():
            self.inner.append(Inner(Kind.ALT, span, self._source.marked(alt), "alt", attributes=label))
        self._title(value["title"], stop, end)

    def html(self, value: str, start: int, end: int) -> None:
        """A raw tag or comment; tags become a pair where both ends stand in the same markup."""
        token = next(tokens(value))
        if token.type not in (Type.START, Type.END):
            self._alone("ph", start, end)
            return
        tag = tag_of(token.name)
        if token.type is Type.END:
            self._html_close(token.name, tag, start, end)
            return
        scope = entered(Scope(), attributes(value, token))
        kept = token.name == "code" or not scope.active(self._lang)
        self._alone(tag, start, end, self._html_attributes(token, value, start, not kept))
        if token.name not in VOID and not value.endswith("/>"):
            self._nest.append(_Open(tag, len(self._content) - 1, html=token.name, kept=kept))
            self._raw[-1][token.name] += 1

    def _html_close(self, name: str, tag: str, start: int, end: int) -> None:
        """An end tag; what it ends is one code where it is kept as it is."""
        self._alone(tag, start, end)
        if not self._raw[-1][name]:
            return
        while (opened := self._nest.pop()).html != name:
            self._raw[-1][opened.html] -= 1
        self._raw[-1][name] -= 1
        if opened.kept:
            self._keep(opened.index)
            return
        for index, kind in ((opened.index, CodeKind.OPEN), (-1, CodeKind.CLOSE)):
            code = self._content[index]
            assert isinstance(code, Code)
            self._content[index] = replace(code, kind=kind)

    def _keep(self, index: int) -> None:
        """Make all from a start tag on one code."""
        first, last = self._content[index], self._content[-1]
        assert isinstance(first, Code)
        assert isinstance(last, Code)
        span = Span(first.span.start, last.span.end)
        shown = [item if isinstance(item, str) else item.inner for item in self._content[index:]]
        text = span.of(self._source.text)
        self._content[index:] = [replace(first, span=span, text=text, inner="".join(shown))]
        self.inner = [each for each in self.inner if each.span.end < span.start]

    def _html_attributes(self, token: Token, value: str, start: int, translates: bool) -> Attributes:
        """The attributes of a tag; those that a reader sees are blocks of their own."""
        named = attributes(value, token)
        for name in read_attributes(token.name, named, translates):
            found = named[name]
            first = start + len(value[: found.span.start].encode())
            span = self._span(first, first + len(found.span.of(value).encode()))
            text = self._source.marked(" ".join(found.value.split()))
            if text:
                kind = Kind.ALT if name == "alt" else Kind.ATTRIBUTE
                role = "" if name == "alt" else name
                self.inner.append(Inner(kind, span, text, f"html {found.form}", role))
        return tuple((name, self._source.restore(each.value)) for name, each in named.items())

    def _begin(self, start: int) -> None:
        escaped = start > 0 and self._data[start - 1] == 0x5C
        self.start = start - 1 if escaped else start

    def _alone(self, tag: str, start: int, end: int, attributes: Attributes = (), inner: str = "") -> None:
        if self.start < 0:
            self.start = start
        self._flush()
        self._content.append(self._code(CodeKind.STANDALONE, tag, start, end, attributes, inner))
        self.end = end

    def _pair(
        self, tag: str, start: int, end: int, width: int, attributes: Attributes = (), link: Any = None
    ) -> None:
        if self.start < 0:
            self.start = start
        self._flush()
        self._nest.append(_Open(tag, len(self._content), end - width, end, link=link))
        self._raw.append(Counter())
        self._content.append(self._code(CodeKind.OPEN, tag, start, start + width, attributes))
        self.end = start + width

    def _end_link(self, last: _Open) -> Attributes:
        """Whatever of a link's end is text; and its label, where the link's own text is that."""
        self._title(last.link["title"], last.start, last.end)
        if last.link["link_type"] not in ("Collapsed", "Shortcut"):
            return ()
        opening = self._content[last.index]
        assert isinstance(opening, Code)
        return (("label", self._source.text[opening.span.end : self._source.at(last.start)]),)

    def _title(self, title: str, start: int, end: int) -> None:
        """The title of a link or image whose address stands between `start` and `end`."""
        if title.strip():
            self.inner.extend(title_block(self._source, title, start, end))

    def _span(self, start: int, end: int) -> Span:
        return Span(self._source.at(start), self._source.at(end))

    def _code(
        self, kind: CodeKind, tag: str, start: int, end: int, attributes: Attributes = (), inner: str = ""
    ) -> Code:
        first, last = self._source.at(start), self._source.at(end)
        text = intern(self._source.text[first:last])
        return Code(kind, tag, Span(first, last), text, attributes, inner, tag in DELETABLE, tag == "br")

    def _inside(self, tag: str, last: int) -> tuple[str, int]:
        """The text of all events up to the end of `tag`, and where the last of them ends."""
        parts: list[str] = []
        depth = 1
        for event, span in self._events:
            if isinstance(event, str):
                parts.append(" ")
                continue
            ((name, value),) = event.items()
            if name == "Start":
                depth += tag in value
                continue
            if name == "End" and value == tag:
                depth -= 1
                if not depth:
                    break
            if name in ("Text", "Code"):
                parts.append(value)
            elif name != "End":
                parts.append(self._data[span["start"] : span["end"]].decode())
            last = span["end"]
        return "".join(parts), last

    def _flush(self) -> None:
        """The texts since the last code -> one text."""
        if not self._parts:
            return
        text = "".join(self._parts) if len(self._parts) > 1 else self._parts[0]
        if self._hints and any(hint in text for hint in self._hints) and _TRIGGER.search(text):
            self._split()
        else:
            self._content.append(self._source.signed(text))
        self._parts.clear()
        self._places.clear()

    def _split(self) -> None:
        """The texts since the last code, with template tags and bare addresses taken out as codes."""
        done = 0
        for value, (start, end) in zip(self._parts, self._places, strict=True):
            if end <= done:
                continue
            if start < done:
                value, start = self._data[done:end].decode(), done
            done = self._split_one(value, start, done)

    def _split_one(self, value: str, start: int, done: int) -> int:
        """Split what the parser gave as one text; return up to where all is read."""
        position = at = 0
        byte = start
        for match in _TRIGGER.finditer(value):
            byte += len(value[at : match.start()].encode())
            at = match.start()
            if byte < done:
                continue
            if match[1]:
                if code := self._source.template(match):
                    self._add(value[position:at])
                    self._content.append(code)
                    position = match.end()
            elif url := self._address(byte):
                self._add(value[position:at])
                done, position = byte + len(url.encode()), at + len(url)
                self._content.append(self._url(url, byte, done))
        self._add(value[position:])
        return done

    def _address(self, start: int) -> str:
        """The bare address at `start`, as GFM 0.29 section 6.9 trims it; empty where there is none.

        Unlike there, it also ends before punctuation that is not of ASCII: "…/wiki/日本。" has a full stop.
        """
        match = None if self._links else _URL.match(self._data, start, self._places[-1][1])
        if not match:
            return ""
        url = match[0].decode()
        if not url.isascii():
            url = url[: next((at for at, char in enumerate(url) if _is_foreign_sign(char)), None)]
        return url[: _trimmed(url)]

    def _url(self, url: str, start: int, end: int) -> Code:
        url = self._source.restore(url)
        href = f"http://{url}" if url.startswith("www.") else url
        return self._code(CodeKind.STANDALONE, "a", start, end, (("href", href),), url)

    def _add(self, text: str) -> None:
        text = self._source.signed(text)
        last = self._content[-1] if self._content else None
        if isinstance(last, str):
            self._content[-1] = last + text
        elif text:
            self._content.append(text)


def title_block(source: Source, title: str, start: int, end: int) -> Sequence[Inner]:
    """The title at the end of a link or a definition between two bytes, as a block; none if it has lines."""
    first = source.at(start)
    match = _TITLE.search(source.text[first : source.at(end)])
    if not match or not match.lastgroup:
        return ()
    span = Span(first + match.start(match.lastgroup), first + match.end(match.lastgroup))
    return (Inner(Kind.ATTRIBUTE, span, (source.restore(title),), f"title-{match.lastgroup}", "title"),)


def _is_foreign_sign(char: str) -> bool:
    return not char.isascii() and category(char)[0] in "PZC"


def _trimmed(url: str) -> int:
    """How much of an address is left without the stops and brackets that belong to the sentence."""
    end = len(url)
    extra = url.count(")") - url.count("(")
    while end:
        last = url[end - 1]
        entity = _ENTITY.search(url[max(0, end - 33) : end]) if last == ";" else None
        if entity:
            end -= len(entity[0])
        elif last in _URL_TAIL or (last == ")" and extra > 0):
            extra -= last == ")"
            end -= 1
        else:
            break
    return end


def _brackets(value: Any) -> int:
    """The length of the empty brackets after a collapsed reference, which the parser's range leaves out."""
    return 2 if value["link_type"] == "Collapsed" else 0


def _target(name: str, value: Any, source: Source) -> Attributes:
    title = (("title", source.restore(value["title"])),) if value["title"] else ()
    return ((name, source.restore(value["dest_url"])), *title)
