"""CSV (RFC 4180): a line for each entry, for people who work in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from l10n.errors import CatalogError
from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Base, Parcel, without_plurals
from l10n.model import Catalog, Entry, State

_COLUMNS = ("context", "source", "target", "state", "note", "comment", "locales", "id")
_FORMULA = re.compile(r"[=+\-@\t\r'＝＋－＠]")
"""What a spreadsheet would take for a formula when a cell begins so; and the mark that keeps it from that."""


def serialize_csv(parcel: Parcel) -> bytes:
    """The entries of a catalog as UTF-8 with a byte order mark, which spreadsheets need to see it."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    locales = f"{parcel.catalog.source_locale} {parcel.catalog.locale or ''}".rstrip()
    for entry in without_plurals(parcel.catalog):
        texts = (entry.context or "", entry.source, entry.target, str(entry.state))
        notes = ("\n".join(entry.notes), "\n".join(entry.comments))
        rows.writerow(map(quoted, (*texts, *notes, locales, Base.of(entry).id)))
    return out.getvalue().encode("utf-8-sig", "surrogatepass")


def parse_csv(data: bytes) -> Parcel:
    """What CSV with at least the columns source and target holds; with commas, semicolons or tabs.

    A row without a source is passed over, as one without a state counts as reviewed. Raises CatalogError
    with the line.
    """
    rows = list(read_rows(data, ("source", "target")))
    locales = [*(rows[0][1].get("locales", "") if rows else "").split(), "und"]
    entries = tuple(_entry(row, line) for line, row in rows if row["source"])
    ids = tuple(row.get("id", "") for _, row in rows if row["source"])
    return Parcel(Catalog(locales[0], locales[1] if len(locales) > 2 else None, entries), ids=ids)


def read_rows(data: bytes, needed: tuple[str, ...]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows of a table with their lines; its first row names the columns. Raises CatalogError."""
    try:
        text = data.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError as error:
        raise CatalogError("not UTF-8", hint="save the table as CSV UTF-8") from error
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        missing = [name for name in needed if name not in (rows.fieldnames or ())]
        if missing:
            raise CatalogError(
                f"has no column `{missing[0]}`", where=":1", hint=f"columns: {', '.join(needed)}"
            )
        last = rows.line_num
        for row in rows:
            yield last + 1, {name: _unquoted(row[name] or "") for name in rows.fieldnames or () if name}
            last = rows.line_num
    except csv.Error as error:
        raise CatalogError(f"not valid CSV: {error}", where=f":{rows.line_num}") from error


def _entry(row: Mapping[str, str], number: int) -> Entry:
    state, target = row.get("state") or "reviewed", row["target"]
    if state not in list(State):
        raise CatalogError(f"no such state: {state!r}", where=f":{number}", hint=", ".join(State))
    return Entry(
        source=row["source"],
        target=target,
        context=row.get("context") or None,
        state=_state(State(state), target),
        notes=_lines(row.get("note", "")),
        comments=_lines(row.get("comment", "")),
    )


def _state(state: State, target: str) -> State:
    """A target that somebody typed while the state still says that there is none is a translation."""
    if not target:
        return State.INITIAL
    return State.TRANSLATED if state is State.INITIAL else state


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()


def quoted(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula; `read_rows` undoes it."""
    return f"'{text}" if _FORMULA.match(text) else text


def _unquoted(text: str) -> str:
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


FORMAT = CatalogFormat("csv", serialize_csv, parse_csv)
