"""What the XML formats share: safe parsing, and text that XML can hold."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from l10n.errors import CatalogError

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 cannot hold (section 2.2), and the carriage return, which parsers turn into a
line feed (section 2.11)."""


def parse_xml(data: bytes) -> ElementTree.Element:
    """The root of an XML document.

    Documents that declare entities are refused: no exchange file needs them, and they can be made to
    grow without bound. Raises CatalogError with ":line:column".
    """
    if any("<!ENTITY".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise CatalogError("declares entities, which are not read", hint="save it without a DOCTYPE")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        line, column = error.position
        raise CatalogError(f"not well-formed XML: {error}", where=f":{line}:{column + 1}") from error
    except (LookupError, ValueError) as error:
        raise CatalogError(f"cannot be read as XML: {error}") from error


def to_bytes(root: ElementTree.Element) -> bytes:
    """A document with its declaration, indented, ending in a line feed."""
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def sub(parent: ElementTree.Element, tag: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """A new child with a text; what XML cannot hold of it is left out."""
    child = ElementTree.SubElement(parent, tag, attributes)
    child.text = ILLEGAL.sub("", text) or None
    return child


def line(element: ElementTree.Element, depth: int = 0) -> ElementTree.Element:
    """Break lines around the children of structural elements, so that a diff shows what changed."""
    element.text = "\n" + "  " * (depth + 1)
    for child in element:
        child.tail = element.text
    if len(element):
        element[-1].tail = "\n" + "  " * depth
    return element
