"""Parsing: the text of a catalog -> Catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from l10n.catalogs.po.comments import FUZZY, Head, parse_head
from l10n.catalogs.po.faults import fault, malformed
from l10n.catalogs.po.grammar import ACTIVE, FORM, HEAD, OBSOLETE, PREVIOUS, SEAM
from l10n.catalogs.po.headers import Fields, locale_of, parse_fields, plural_count, source_locale_of
from l10n.catalogs.po.pieces import HEADER, TAIL, Verbatim, slot
from l10n.catalogs.po.strings import joined, unescape
from l10n.errors import CatalogError
from l10n.model import Catalog, Entry, State

BYTE_ORDER_MARK = "\ufeff"


def parse_po(text: str) -> Catalog:
    """The text of a catalog or template -> Catalog.

    What gettext reads is read. Raises CatalogError with ":line" for what it does not: malformed
    entries, one entry defined twice, NUL characters, plural forms beyond those that the header declares.
    """
    if "\0" in text:
        at = text.index("\0")
        raise malformed(
            "holds a NUL character, as no text file does", text, at, "delete it, or restore the file"
        )
    reading = _Reading(text)
    for piece in _pieces(text):
        reading.add(piece)
    return reading.catalog()


@dataclass(slots=True)
class _Piece:
    """A stretch of the file: one entry with all that stands before it."""

    start: int
    body_at: int
    end: int
    body: re.Match[str]
    obsolete: bool


def _pieces(text: str) -> Iterator[_Piece]:
    at = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    start = 0
    while True:
        body_at = _head_end(text, at)
        obsolete = text.startswith("#~", body_at)
        body = (OBSOLETE if obsolete else ACTIVE).match(text, body_at)
        if body is None:
            if body_at < len(text):
                raise fault(text, body_at)
            return
        yield _Piece(start, body_at, body.end(), body, obsolete)
        start = at = body.end()


def _head_end(text: str, at: int) -> int:
    match = HEAD.match(text, at)
    return match.end() if match else at


@dataclass(frozen=True, slots=True)
class _Header:
    """What the header says; as here where there is none."""

    fields: Fields = ()
    comments: tuple[str, ...] = ()
    source_locale: str = "en"
    locale: str | None = None
    forms: int = 0


class _Reading:
    """What has been read of a catalog so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0
        self._header = _Header()
        self._entries: list[Entry] = []
        self._obsolete: list[Entry] = []
        self._verbatim: Verbatim = {}

    def add(self, piece: _Piece) -> None:
        """Take in one piece. Raises CatalogError where its entry cannot be."""
        entry = self._entry(piece)
        key = slot(entry, piece.obsolete)
        if key in self._verbatim:
            if not piece.obsolete:
                raise self._twice(piece, entry)
            return  # the same obsolete entry once more: its lines go with the next piece
        self._verbatim[key] = (entry, self._text[self._end : piece.end])
        self._end = piece.end
        if piece.obsolete:
            self._obsolete.append(entry)
        elif key == HEADER:
            self._header = self._read_header(entry, piece)
        else:
            self._entries.append(entry)

    def catalog(self) -> Catalog:
        """The catalog, once all pieces are in."""
        if self._end < len(self._text):
            self._verbatim[TAIL] = (Entry(""), self._text[self._end :])
        return Catalog(
            source_locale=self._header.source_locale,
            locale=self._header.locale,
            entries=tuple(self._entries),
            obsolete=tuple(self._obsolete),
            header=self._header.fields,
            header_comments=self._header.comments,
            verbatim=self._verbatim,
        )

    def _read_header(self, entry: Entry, piece: _Piece) -> _Header:
        fields = parse_fields(entry.target)
        try:
            facts = source_locale_of(fields), locale_of(fields), plural_count(fields)
        except CatalogError as error:
            raise malformed(error.message, self._text, piece.body_at, error.hint) from error
        return _Header(fields, entry.comments, *facts)

    def _entry(self, piece: _Piece) -> Entry:
        head = parse_head(self._text[piece.start : piece.body_at].removeprefix(BYTE_ORDER_MARK))
        try:
            entry = _entry(head, piece.body, piece.obsolete, self._header.forms)
        except ValueError as error:
            raise malformed(str(error), self._text, piece.body_at) from error
        wanted, given = self._header.forms, len(entry.plural_targets)
        if 0 < wanted < given:
            message = f"an entry has {given} plural forms, the header declares {wanted}"
            raise malformed(
                message, self._text, piece.end - 1, "delete those in excess, or mend Plural-Forms"
            )
        return entry

    def _twice(self, piece: _Piece, entry: Entry) -> Exception:
        first = 0
        for known, lines in self._verbatim.values():
            if known.key == entry.key:
                break
            first += len(lines)
        line = self._text.count("\n", 0, _head_end(self._text, first)) + 1
        message = f"the entry {entry.source[:40]!r} stands here a second time; the first is in line {line}"
        return malformed(message, self._text, piece.body_at, "delete one of them, or give it a msgctxt")


def _entry(head: Head, body: re.Match[str], obsolete: bool, wanted: int) -> Entry:
    """An entry from its two parts; `wanted` plural forms make it complete.

    Raises ValueError, saying what is wrong, where the parts do not make sense.
    """
    context, source, plural, target, forms = body.group("context", "source", "plural", "target", "forms")
    seam = SEAM[obsolete]
    targets = _forms(forms, plural is not None, obsolete)
    target = targets[0] if targets else _text(target, seam)
    fuzzy = FUZZY in head.flags
    previous = _previous(head)
    return Entry(
        source=_text(source, seam),
        target=target,
        context=None if context is None else _text(context, seam),
        state=state_of(targets or (target,), fuzzy, wanted if targets else 1),
        origin=head.origin,
        plural=None if plural is None else _text(plural, seam),
        plural_targets=targets,
        previous_source=previous[1],
        previous_context=previous[0],
        previous_plural=previous[2],
        places=tuple(head.places),
        notes=tuple(head.notes),
        comments=tuple(head.comments),
        flags=tuple([flag for flag in head.flags if flag and flag != FUZZY]),
    )


def _text(strings: str, seam: str) -> str:
    inside = strings[1:-1]
    if '"' not in inside and "\\" not in inside:  # by far the most common
        return inside
    return unescape(joined(strings, seam))


def _forms(forms: str | None, plural: bool, obsolete: bool) -> tuple[str, ...]:
    """The plural forms of a target; none where it has no plural."""
    if plural != (forms is not None):
        raise ValueError("msgid_plural needs msgstr[0]…" if plural else "msgstr[0] needs msgid_plural")
    if forms is None:
        return ()
    found = list(FORM[obsolete].finditer(forms))
    if [int(form["index"]) for form in found] != list(range(len(found))):
        raise ValueError("the plural forms are not numbered 0, 1, 2…")
    return tuple(_text(form["text"], SEAM[obsolete]) for form in found)


def state_of(targets: tuple[str, ...], fuzzy: bool, wanted: int = 1) -> State:
    """The state of a target in all its forms, of which `wanted` make it complete.

    A target with only some of its plural forms is unfinished: not to be used as it is, nor replaced.
    """
    if not any(targets):
        return State.INITIAL
    return State.TRANSLATED if fuzzy or not all(targets) or len(targets) < wanted else State.REVIEWED


def _previous(head: Head) -> tuple[str | None, str | None, str | None]:
    """The previous context, source and plural; broken lines become comments, and the entry survives."""
    if not head.previous:
        return (None, None, None)
    match = PREVIOUS.fullmatch("\n".join(head.previous))
    if match is None:
        head.comments += [f"|{line}" for line in head.previous]
        return (None, None, None)
    context, source, plural = match.group("context", "source", "plural")
    return _optional(context), _optional(source), _optional(plural)


def _optional(strings: str | None) -> str | None:
    return None if strings is None else _text(strings, SEAM[False])
