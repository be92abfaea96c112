"""Parsing: the text of a catalog -> Catalog."""

from __future__ import annotations

import re
from dataclasses import dataclass

from l10n.catalogs.collecting import uncollected
from l10n.catalogs.po.comments import Head, parse_head
from l10n.catalogs.po.faults import fault, malformed
from l10n.catalogs.po.grammar import HEAD, SEAM, body, form
from l10n.catalogs.po.headers import Fields, locale_of, parse_fields, plural_count, source_locale_of
from l10n.catalogs.po.ordinary import setting
from l10n.catalogs.po.pieces import HEADER, TAIL, slot
from l10n.catalogs.po.strings import parse_strings
from l10n.errors import CatalogError
from l10n.model import Catalog, Entry, State, Verbatim

BYTE_ORDER_MARK = "\ufeff"


@uncollected()
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
    if "\r" in text and "\n" not in text:
        hint = "save it with line feeds at the ends of lines"
        raise malformed("ends its lines with CR alone: gettext sees a single line", text, 0, hint)
    reading = _Reading(text)
    more = True
    while more:
        reading.read_ordinary(obsolete=False)
        reading.read_ordinary(obsolete=True)
        more = reading.read_any()
    return reading.catalog()


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


@dataclass(slots=True)
class _Piece:
    """A stretch of the file: one entry with all that stands before it."""

    start: int
    body_at: int
    end: int
    body: re.Match[str]
    obsolete: bool


class _Reading:
    """What has been read of a catalog so far."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
        self._line_end = "\r\n" if '"\r\n' in text else "\n"
        self._header = _Header()
        self._entries: list[Entry] = []
        self._obsolete: list[Entry] = []
        self._verbatim = Verbatim(text)

    def read_ordinary(self, *, obsolete: bool) -> None:
        """Take in the entries that follow, either obsolete ones or others, as far as they are ordinary."""
        ordinary, text, add = setting(obsolete, self._line_end), self._text, self._verbatim.add
        entries = self._obsolete if obsolete else self._entries
        while found := ordinary.match(text, self._at):
            entry = ordinary.entry(*found.groups())
            if entry is None:
                return
            key, end = slot(entry, True) if obsolete else entry.key, found.end()
            if not add(key, entry, end):
                return
            if key == HEADER:
                self._read_header(entry)
            else:
                entries.append(entry)
            self._at = end

    def read_any(self) -> bool:
        """Take in the next entry, in whatever way it is set; False where none follows.

        Raises CatalogError where what follows is no entry, or one that cannot be.
        """
        piece = self._piece()
        if piece is None:
            return False
        entry = self._entry(piece)
        key = slot(entry, piece.obsolete)
        if not self._verbatim.add(key, entry, piece.end):
            if not piece.obsolete:
                raise self._twice(piece, entry)
        elif piece.obsolete:  # else the same one once more: its lines go with the next piece
            self._obsolete.append(entry)
        elif key == HEADER:
            self._read_header(entry)
        else:
            self._entries.append(entry)
        self._at = piece.end
        return True

    def _piece(self) -> _Piece | None:
        text, start = self._text, self._at
        body_at = _head_end(text, start)
        obsolete = text.startswith("#~", body_at)
        found = body(obsolete).match(text, body_at) if body_at < len(text) else None
        if found:
            return _Piece(start, body_at, found.end(), found, obsolete)
        if body_at < len(text):
            raise fault(text, body_at)
        return None

    def catalog(self) -> Catalog:
        """The catalog, once all pieces are in."""
        if self._verbatim.end < len(self._text):
            self._verbatim.add(TAIL, Entry(""), len(self._text))
        return Catalog(
            source_locale=self._header.source_locale,
            locale=self._header.locale,
            entries=tuple(self._entries),
            obsolete=tuple(self._obsolete),
            header=self._header.fields,
            header_comments=self._header.comments,
            verbatim=self._verbatim,
        )

    def _read_header(self, entry: Entry) -> None:
        fields = parse_fields(entry.target)
        try:
            facts = source_locale_of(fields), locale_of(fields), plural_count(fields)
        except CatalogError as error:
            at = _head_end(self._text, self._at)
            raise malformed(error.message, self._text, at, error.hint) from error
        self._header = _Header(fields, entry.comments, *facts)

    def _entry(self, piece: _Piece) -> Entry:
        try:
            head = parse_head(self._text[piece.start : piece.body_at])
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
        first = self._verbatim.start(entry.key)
        line = self._text.count("\n", 0, _head_end(self._text, first)) + 1
        is_header = entry.key == HEADER
        what = "header" if is_header else f"entry {entry.source[:40]!r}"
        message = f"the {what} stands here a second time; the first is in line {line}"
        hint = "delete one of them" if is_header else "delete one of them, or give it a msgctxt"
        return malformed(message, self._text, piece.body_at, hint)


def _entry(head: Head, body: re.Match[str], obsolete: bool, wanted: int) -> Entry:
    """An entry from its two parts; `wanted` plural forms make it complete.

    Raises ValueError, saying what is wrong, where the parts do not make sense.
    """
    context, source, plural, target, forms = body.group("context", "source", "plural", "target", "forms")
    seam = SEAM[obsolete]
    targets = _forms(forms, plural is not None, obsolete)
    target = targets[0] if targets else parse_strings(target, seam)
    return Entry(
        source=parse_strings(source, seam),
        target=target,
        context=None if context is None else parse_strings(context, seam),
        state=state_of(targets or (target,), head.fuzzy, wanted if targets else 1),
        origin=head.origin,
        plural=None if plural is None else parse_strings(plural, seam),
        plural_targets=targets,
        previous_source=head.previous[0],
        previous_context=head.previous[1],
        previous_plural=head.previous[2],
        places=head.places,
        notes=head.notes,
        comments=head.comments,
        flags=head.flags,
    )


def _forms(forms: str | None, plural: bool, obsolete: bool) -> tuple[str, ...]:
    """The plural forms of a target; none where it has no plural."""
    if plural != (forms is not None):
        raise ValueError("msgid_plural needs msgstr[0]…" if plural else "msgstr[0] needs msgid_plural")
    if forms is None:
        return ()
    found = list(form(obsolete).finditer(forms))
    if [int(each["index"]) for each in found] != list(range(len(found))):
        raise ValueError("the plural forms are not numbered 0, 1, 2…")
    return tuple(parse_strings(each["text"], SEAM[obsolete]) for each in found)


def state_of(targets: tuple[str, ...], fuzzy: bool, wanted: int = 1) -> State:
    """The state of a target in all its forms, of which `wanted` make it complete.

    A target with only some of its plural forms is unfinished: not to be used as it is, nor replaced.
    """
    if not any(targets):
        return State.INITIAL
    return State.TRANSLATED if fuzzy or not all(targets) or len(targets) < wanted else State.REVIEWED
