"""CSV (RFC 4180): a line for each entry, for people who work in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from itertools import count, takewhile

from l10n.errors import CatalogError
from l10n.exchange.contracts import CatalogFormat
from l10n.exchange.parcels import Base, Parcel, targets_of
from l10n.laziness import expression
from l10n.model import Catalog, Entry, State

_FURTHER = "target {}"
"""The column of a further plural form: "target 2" is the second one, `msgstr[1]`."""
_FORMULA = expression(r"[=+\-@\t\r'＝＋－＠]")
"""What a spreadsheet would take for a formula when a cell begins so; and the mark that keeps it from that."""


def serialize_csv(parcel: Parcel) -> bytes:
    """The entries of a catalog as UTF-8 with a byte order mark, which spreadsheets need to see it."""
    catalog = parcel.catalog
    counted = ["plural"] if any(entry.plural is not None for entry in catalog.entries) else []
    most = max((len(targets_of(entry)) for entry in catalog.entries), default=1)
    further = [_FURTHER.format(number) for number in range(2, most + 1)]
    columns = ["context", "source", *counted, "target", *further]
    columns += ["state", "note", "comment", "locales", "id"]
    out = io.StringIO(newline="")
    rows = csv.DictWriter(out, columns, restval="", extrasaction="ignore")
    rows.writeheader()
    locales = f"{catalog.source_locale} {catalog.locale or ''}".rstrip()
    for entry in catalog.entries:
        rows.writerow({name: quoted(cell) for name, cell in _cells(entry, locales).items()})
    return out.getvalue().encode("utf-8-sig", "surrogatepass")


def _cells(entry: Entry, locales: str) -> dict[str, str]:
    """An entry's cells by the names of their columns."""
    return {
        "context": entry.context or "",
        "source": entry.source,
        "plural": entry.plural or "",
        "target": entry.target,
        **{_FURTHER.format(number): form for number, form in enumerate(targets_of(entry)[1:], 2)},
        "state": entry.state,
        "note": "\n".join(entry.notes),
        "comment": "\n".join(entry.comments),
        "locales": locales,
        "id": Base.of(entry).id,
    }


def parse_csv(data: bytes) -> Parcel:
    """What CSV with at least the columns source and target holds; with commas, semicolons or tabs.

    A row without a source is passed over, as one without a state counts as reviewed. A row with a plural
    has its forms in the columns target, "target 2" and so on. Raises CatalogError with the line.
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
    state, targets = row.get("state") or "reviewed", _forms(row)
    if state not in list(State):
        raise CatalogError(f"no such state: {state[:40]!r}", where=f":{number}", hint=", ".join(State))
    return Entry(
        source=row["source"],
        target=targets[0],
        context=row.get("context") or None,
        state=_state(State(state), any(targets)),
        plural=row.get("plural") or None,
        plural_targets=targets if row.get("plural") else (),
        notes=_lines(row.get("note", "")),
        comments=_lines(row.get("comment", "")),
    )


def _forms(row: Mapping[str, str]) -> tuple[str, ...]:
    """The target of a row, or with a plural its forms: as many as there are up to the last one."""
    names = map(_FURTHER.format, count(2)) if row.get("plural") else ()
    forms = [row["target"], *(row[name] for name in takewhile(row.__contains__, names))]
    last = max((number for number, form in enumerate(forms) if form), default=0)
    return tuple(forms[: last + 1])


def _state(state: State, translated: bool) -> State:
    """A target that somebody typed while the state still says that there is none is a translation."""
    if not translated:
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
