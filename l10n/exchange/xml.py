"""What the XML formats share: safe reading, also of files of any size, and text that XML can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from l10n import inline
from l10n.errors import CatalogError
from l10n.laziness import expression

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ILLEGAL = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold (section 2.2)."""
_CODE = expression("[0-9A-Fa-f]{1,8}")
_DEEPEST = 200
"""Elements within one another; real files have about ten."""


def parse_xml(data: bytes) -> Element:
    """The root of an XML document.

    Documents that declare entities, or use what an external DTD would declare, are refused: no exchange
    file needs them, and they can be made to grow without bound or to read other files. Nothing outside
    of the document is ever opened. Raises CatalogError with ":line:column".
    """
    reader = _Reader()
    reader.feed(data, last=True)
    return reader.builder.close()


def stream_xml(chunks: Iterable[bytes], tags: frozenset[str]) -> Iterator[Element]:
    """The elements of those names, each as soon as it is whole, and out of memory after that.

    Their document is read as by `parse_xml`; what stands outside of them is not kept.
    """
    reader = _Reader(tags)
    for chunk in chunks:
        reader.feed(chunk)
        yield from reader.taken()
    reader.feed(b"", last=True)


class _Reader:
    """An expat parser that builds elements: all, or only those of some names."""

    def __init__(self, tags: frozenset[str] | None = None) -> None:
        self.builder = TreeBuilder()
        self._tags, self._done, self._depth, self._inside = tags, list[Element](), 0, 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._parser.EntityDeclHandler = self._declared
        self._parser.SkippedEntityHandler = self._skipped

    def feed(self, data: bytes, *, last: bool = False) -> None:
        try:
            self._parser.Parse(data, last)
        except expat.ExpatError as error:
            message = f"not well-formed XML: {expat.ErrorString(error.code)}"
            hint = "it was cut off, or edited by hand: ask for it again"
            raise CatalogError(message, where=self._where(), hint=hint) from error
        except (LookupError, ValueError) as error:
            raise CatalogError(f"cannot be read as XML: {error}") from error

    def taken(self) -> list[Element]:
        """The elements that have become whole since the last time."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _clark(name)
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse("has elements within one another without end")
        if self._tags is None or self._inside or tag in self._tags:
            self._inside += 1
            self.builder.start(tag, {_clark(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._inside:
            self._inside -= 1
            self.builder.end(_clark(name))
            if self._tags is not None and not self._inside:
                self._done.append(self.builder.close())
                self.builder = TreeBuilder()

    def _data(self, text: str) -> None:
        if self._inside:
            self.builder.data(text)

    def _declared(self, *_: Any) -> None:
        self._refuse("declares entities, which are not read")

    def _skipped(self, name: str, _: bool) -> None:
        self._refuse(f"uses the entity {name!r}, which is not declared in it")

    def _refuse(self, message: str) -> NoReturn:
        raise CatalogError(message, where=self._where(), hint="save it without a DOCTYPE")

    def _where(self) -> str:
        return f":{self._parser.CurrentLineNumber}:{self._parser.CurrentColumnNumber + 1}"


def _clark(name: str) -> str:
    """A name as ElementTree has it: "{namespace}name"."""
    return f"{{{name}" if "}" in name else name


def to_bytes(root: Element) -> bytes:
    """A document with its declaration, indented, ending in a line feed."""
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    # A parser turns a carriage return into a line feed, unless it is written as a reference (section 2.11).
    return text.replace(b"\r", b"&#13;") + b"\n"


def sub(parent: Element, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new child with a text; what XML cannot hold of it is left out."""
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = ILLEGAL.sub("", text) or None
    return child


def append(parent: Element, text: str) -> None:
    """Add text at the end of an element."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def append_legal(parent: Element, text: str, other: Callable[[Element, str], None]) -> None:
    """Add text at the end of an element; what XML cannot hold of it is given to `other`."""
    at = 0
    for match in ILLEGAL.finditer(text):
        append(parent, text[at : match.start()])
        other(parent, match[0])
        at = match.end()
    append(parent, text[at:])


def walk(element: Element, marks: Callable[[Element], tuple[str, str | None]]) -> str:
    """What stands in an element, in the form of `inline`.

    `marks` says what stands before and after the inside of each child; without the latter, the inside is
    left out. Children are walked without recursion.
    """
    out: list[str] = [inline.escape(element.text or "")]
    waiting: list[Element | str] = list(_with_tails(element))
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            out.append(item)
            continue
        before, after = marks(item)
        out.append(before)
        if after is not None:
            out.append(inline.escape(item.text or ""))
            waiting += [after, *_with_tails(item)]
    return "".join(out)


def character(code: str) -> str:
    """The character of a hexadecimal code point, in the form of `inline`; U+FFFD where there is none."""
    point = int(code, 16) if _CODE.fullmatch(code) else 0xFFFD
    return "\ufffd" if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF else inline.escape(chr(point))


def _with_tails(element: Element) -> Iterator[Element | str]:
    """The children of an element and the texts behind them, last first."""
    for child in reversed(element):
        yield inline.escape(child.tail or "")
        yield child


def line(element: Element, depth: int = 0) -> Element:
    """Break lines around the children of structural elements, so that a diff shows what changed."""
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        child.tail = element.text
    if len(element):
        element[-1].tail = "\n" + "  " * depth
    return element
