"""Bytes of an article <-> its text."""

from __future__ import annotations

import re

from l10n.errors import SourceError
from l10n.laziness import expression

_DECLARED = expression(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_PRESCAN = 1024
"""How far the HTML standard looks for a declared encoding, in bytes."""
_NAMES = """
    big5 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp932 euc_jp euc_kr gb18030
    gb2312 gbk iso8859-2 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 iso8859-13
    iso8859-15 koi8-r koi8-u shift_jis
"""
_LEGACY = frozenset(_NAMES.split())
"""Encodings of web pages that are read when a page declares them; not every codec of Python is for text."""


def decode(data: bytes, html: bool) -> tuple[str, str]:
    """The text of an article and its encoding: UTF-8, or for HTML the one that it declares.

    Raises SourceError with ":line:column" for what is not text.
    """
    encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        encoding = _declared(data) if html else ""
        if not encoding:
            raise _not_utf8(data, error) from error
        text = _legacy(data, encoding)
    if "\0" in text:
        at = text.index("\0")
        raise SourceError("holds a NUL character: not a text file", where=_place(text[:at]))
    return text, encoding


def encode(text: str, encoding: str) -> bytes:
    """The bytes of an article; what a legacy encoding lacks becomes a character reference of HTML."""
    return text.encode(encoding, "strict" if encoding == "utf-8" else "xmlcharrefreplace")


def _declared(data: bytes) -> str:
    """The codec of the charset that a page declares, if we take it."""
    import codecs

    match = _DECLARED.search(data, 0, _PRESCAN)
    label = match[1].decode("ascii").lower() if match else ""
    if label in ("iso-8859-1", "latin1", "ascii", "us-ascii"):
        return "cp1252"  # the Encoding Standard's reading of these labels
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    return name if name in _LEGACY else ""


def _legacy(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(encoding, "replace")
        raise SourceError(f"not valid {encoding}, which it declares", where=_place(before)) from error


def _not_utf8(data: bytes, error: UnicodeDecodeError) -> SourceError:
    before = data[: error.start].decode("utf-8", "replace")
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    kind = "is UTF-16" if utf16 else f"not UTF-8: byte 0x{data[error.start]:02X} at offset {error.start}"
    return SourceError(kind, where=_place(before), hint="save the file as UTF-8")


def _place(before: str) -> str:
    return f":{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
