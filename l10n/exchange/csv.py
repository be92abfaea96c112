"""CSV (RFC 4180): context, source, target, state, note; a line for each entry."""

from __future__ import annotations

import csv
import io

from l10n.errors import CatalogError
from l10n.exchange import CatalogFormat
from l10n.model import Catalog, Entry, State

_COLUMNS = ["context", "source", "target", "state", "note", "source locale", "locale"]


def serialize_csv(catalog: Catalog) -> bytes:
    """The entries of a catalog as UTF-8 with a byte order mark, which spreadsheets need to see it."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for entry in catalog.entries:
        note = "\n".join(entry.notes)
        row = (entry.context or "", entry.source, entry.target, entry.state, note)
        rows.writerow([*row, catalog.source_locale, catalog.locale or ""])
    return out.getvalue().encode("utf-8-sig")


def parse_csv(data: bytes) -> Catalog:
    """A catalog from CSV with at least the columns source and target. Raises CatalogError."""
    try:
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    except UnicodeDecodeError as error:
        raise CatalogError("not UTF-8", hint="save the table as CSV UTF-8") from error
    except csv.Error as error:
        raise CatalogError(f"not valid CSV: {error}") from error
    if rows and not {"source", "target"} <= set(rows[0]):
        raise CatalogError("has no columns `source` and `target`", where=":1", hint=f"columns: {_COLUMNS}")
    first = rows[0] if rows else {}
    entries = tuple(_entry(row, number) for number, row in enumerate(rows, 2))
    return Catalog(first.get("source locale") or "und", first.get("locale") or None, entries)


def _entry(row: dict[str, str], number: int) -> Entry:
    state, target = row.get("state") or "reviewed", row["target"] or ""
    if state not in list(State):
        raise CatalogError(f"no such state: {state!r}", where=f":{number}", hint=", ".join(State))
    return Entry(
        source=row["source"] or "",
        target=target,
        context=row.get("context") or None,
        state=State(state) if target and state != State.INITIAL else State.INITIAL,
    )


FORMAT = CatalogFormat("csv", serialize_csv, parse_csv)
