"""The charsets of gettext catalogs: bytes <-> text."""

from __future__ import annotations

import re

from l10n.errors import CatalogError
from l10n.laziness import expression

_HEADER = expression(r'^[ \t]*+msgid[ \t]*+""\s*+msgstr\s*+(?:"[^\n]*+\s*+)++', re.MULTILINE)
_CHARSET = expression(r'charset=([^\s\\"]*+)')
_REACH = 1 << 16
"""How far a header may reach."""
_UNDECLARED = {"", "charset", "utf-8", "utf8", "ascii", "us-ascii", "ansi-x3.4-1968"}
_NAMES = """
    iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9
    iso-8859-13 iso-8859-14 iso-8859-15 koi8-r koi8-u koi8-t cp850 cp866 cp874 cp932 cp949 cp950
    cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 windows-1250 windows-1251
    windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258
    gb2312 gbk gb18030 big5 big5-hkscs euc-jp euc-kr shift-jis johab tis-620
"""
_LEGACY = frozenset(_NAMES.split())
"""What gettext takes as charsets, as far as Python has them; not every codec of Python is for text."""
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")


def decode_po(data: bytes) -> str:
    """The bytes of a catalog -> its text, by the charset that its header declares, else UTF-8.

    A byte order mark stays as the first character. Raises CatalogError with the line of the first
    byte that does not belong, and for charsets that gettext does not take.
    """
    if data.startswith(_BYTE_ORDER_MARKS):
        raise CatalogError("is UTF-16 or UTF-32, not a catalog of gettext", hint="save the file as UTF-8")
    declared = _declared(data[:_REACH].decode("latin-1"))
    codec = _codec(declared[1] if declared else "")
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if error.end == len(data) and "unexpected end" in error.reason:
            raise _broken_off(data) from error
        raise _invalid(data, codec, error.start) from error


def encode_po(text: str) -> bytes:
    """The text of a catalog -> its bytes, in the charset that its header declares.

    Where that cannot hold the text, the header's charset becomes UTF-8.
    """
    declared = _declared(text[:_REACH])
    codec = _codec(declared[1] if declared else "")
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        start, end = declared.span(1) if declared else (0, 0)
        return f"{text[:start]}UTF-8{text[end:]}".encode()


def _declared(head: str) -> re.Match[str] | None:
    """Where the header in the first part of a file names its charset."""
    header = _HEADER.search(head)
    return _CHARSET.search(head, *header.span()) if header else None


def _codec(charset: str) -> str:
    name = charset.lower().replace("_", "-").replace("iso8859", "iso-8859")
    if name in _UNDECLARED:
        return "utf-8"
    if name not in _LEGACY:
        hint = "convert it with `msgconv --to-code=UTF-8`, or correct charset= in its header"
        raise CatalogError(f"the charset {charset[:40]!r} is not one of gettext's", where=":1", hint=hint)
    return name


def _invalid(data: bytes, codec: str, at: int) -> CatalogError:
    line = data.count(b"\n", 0, at) + 1
    message = f"byte 0x{data[at]:02X} at offset {at} is not {codec.upper()}"
    hint = "save the file as UTF-8, with charset=UTF-8 in its header"
    if codec != "utf-8":
        message += ", which the header declares"
        hint = "correct charset= in the header to what the file is" + (", UTF-8" if _is_utf8(data) else "")
    elif b"\0" in data[:_REACH] or data.startswith(b"\x1f\x8b"):
        message, hint = f"is not text: {message}", "is it a compressed file, or a compiled catalog (.mo)?"
    return CatalogError(message, where=f":{line}", hint=hint)


def _broken_off(data: bytes) -> CatalogError:
    line = data.count(b"\n") + 1
    return CatalogError("breaks off within a character", where=f":{line}", hint="restore the rest of it")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
