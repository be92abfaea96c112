"""Serializing: Catalog -> the text of its file, as gettext's own tools write it.

An entry that is what it was when it was read keeps its lines, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from l10n.catalogs.collecting import uncollected
from l10n.catalogs.po.comments import head_lines
from l10n.catalogs.po.headers import charset_of, serialize_fields
from l10n.catalogs.po.parsing import BYTE_ORDER_MARK
from l10n.catalogs.po.pieces import HEADER, TAIL, slot
from l10n.catalogs.po.strings import escape
from l10n.catalogs.po.wrapping import COLUMNS, Wrapper, wrapper
from l10n.laziness import expression
from l10n.model import Catalog, Entry, Key, State, Verbatim

_GAP = expression(r'(?:\s++|domain[ \t]++"[^\n]*+)*+')
"""What stands before an entry and is not of it: blank lines, `domain` lines."""
_UNWRAPPED = 1 << 30


@uncollected()
def serialize_po(catalog: Catalog) -> str:
    """Catalog -> the text of its file."""
    line_end, mark = _habits(catalog)
    wrap = wrapper(charset_of(catalog.header))
    read = catalog.verbatim
    pieces: dict[Key, str | None] = {}
    """None: as it was read."""
    for entry, obsolete in _entries(catalog):
        key = slot(entry, obsolete)
        known = read.entry(key)
        if known is entry or known == entry:
            pieces[key] = None
        elif key not in pieces:
            text = "\n".join([*_lines(entry, obsolete, wrap), ""])
            pieces[key] = (_gap(read.lines(key)) if known else line_end) + text.replace("\n", line_end)
    if TAIL in read:
        pieces[TAIL] = None
    order = _order(read, pieces)
    if not any(pieces.values()) and order == list(read):
        return read.text
    return mark + "".join(_separated((pieces[key] or read.lines(key) for key in order), line_end))


def _entries(catalog: Catalog) -> Iterator[tuple[Entry, bool]]:
    """All entries, the header first, and whether each is obsolete."""
    header = _header(catalog)
    if header:
        yield header, False
    yield from ((entry, False) for entry in catalog.entries)
    yield from ((entry, True) for entry in catalog.obsolete)


def _header(catalog: Catalog) -> Entry | None:
    known = catalog.verbatim.entry(HEADER)
    if not (known or catalog.header or catalog.header_comments):
        return None
    before = known or Entry("", state=State.REVIEWED)
    text = serialize_fields(catalog.header, before.target)
    return replace(before, target=text, comments=catalog.header_comments)


def _habits(catalog: Catalog) -> tuple[str, str]:
    """The line end of the file that the catalog was read from, and its byte order mark."""
    text = catalog.verbatim.text
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    return ("\r\n" if "\r\n" in catalog.verbatim.lines(next(iter(catalog.verbatim), HEADER)) else "\n"), mark


def _order(read: Verbatim, pieces: Mapping[Key, str | None]) -> list[Key]:
    """The pieces in the order of the file where that still holds, else obsolete ones at the end."""
    order = [key for key in read if key in pieces]
    if len(order) == len(pieces) and _in_use(order) == _in_use(pieces):
        return order
    return list(pieces)


def _in_use(keys: Iterable[Key]) -> list[Key]:
    return [key for key in keys if key != HEADER and not key[1].startswith("\0")]


def _separated(pieces: Iterable[str], line_end: str) -> Iterator[str]:
    """The pieces, each on lines of its own; what was first in its file gets a blank line before it."""
    before = ""
    for piece in pieces:
        piece = piece.removeprefix(BYTE_ORDER_MARK)
        if not before:
            piece = piece.lstrip("\r\n")
        elif not before.endswith("\n"):
            yield line_end
        yield piece
        before = piece


def _gap(lines: str) -> str:
    """What stands before an entry."""
    match = _GAP.match(lines.removeprefix(BYTE_ORDER_MARK))
    return match[0] if match else ""


def _lines(entry: Entry, obsolete: bool, wrap: Wrapper) -> list[str]:
    """An entry as gettext writes it, without line ends."""
    lines = head_lines(entry)
    limit = _UNWRAPPED if "no-wrap" in entry.flags else COLUMNS
    for word, text in _previous(entry):
        lines += _field(word, text, "#~| " if obsolete else "#| ", limit, wrap)
    for word, text in _fields(entry):
        lines += _field(word, text, "#~ " if obsolete else "", limit, wrap)
    return lines


def _previous(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.previous_context is not None:
        yield "msgctxt", entry.previous_context
    if entry.previous_source is not None:
        yield "msgid", entry.previous_source
    if entry.previous_plural is not None:
        yield "msgid_plural", entry.previous_plural


def _fields(entry: Entry) -> Iterator[tuple[str, str]]:
    if entry.context is not None:
        yield "msgctxt", entry.context
    yield "msgid", entry.source
    if entry.plural is None:
        yield "msgstr", entry.target
        return
    yield "msgid_plural", entry.plural
    for number, form in enumerate(entry.plural_targets or ("",)):
        yield f"msgstr[{number}]", form


def _field(word: str, text: str, prefix: str, limit: int, wrap: Wrapper) -> list[str]:
    """A word and its string, in as many lines as it takes."""
    escaped = escape(text)
    line = f'{prefix}{word} "{escaped}"'
    if "\n" not in text[:-1] and wrap.fits(line, limit):
        return [line]
    width = limit - len(prefix) - 2
    first, *rest = wrap.wrapped(escaped, width - len(word) - 1, width)
    return [f'{prefix}{word} "{first}"', *(f'{prefix}"{each}"' for each in rest)]
