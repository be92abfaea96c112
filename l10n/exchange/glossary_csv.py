"""A glossary as CSV: a line for each term, for people who work in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from l10n.errors import CatalogError
from l10n.exchange.contracts import GlossaryFormat
from l10n.exchange.csv import quoted, read_rows
from l10n.terms import Glossary, Term, term_of

_COLUMNS = tuple(field.name for field in fields(Term))
_LISTS = {name for name in _COLUMNS if name.endswith("_forms")}


def serialize_glossary_csv(glossary: Glossary) -> bytes:
    """The terms of a glossary as UTF-8 with a byte order mark; forms stand in one cell, a line each."""
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(_COLUMNS)
    for term in glossary.terms:
        values = {name: getattr(term, name) for name in _COLUMNS}
        rows.writerow(quoted("\n".join(v) if name in _LISTS else v) for name, v in values.items())
    return out.getvalue().encode("utf-8-sig", "surrogatepass")


def parse_glossary_csv(data: bytes, source_locale: str, locale: str) -> Glossary:
    """The terms of a table with at least the columns source and target. Raises CatalogError with the line."""
    terms = [_term(row, line) for line, row in read_rows(data, ("source", "target")) if row["source"].strip()]
    return Glossary(source_locale, locale, tuple(terms))


def _term(row: Mapping[str, str], line: int) -> Term:
    values: dict[str, Any] = {name: value for name, value in row.items() if name in _COLUMNS and value}
    values |= {name: value.split("\n") for name, value in values.items() if name in _LISTS}
    try:
        return term_of(values)
    except CatalogError as error:
        raise error.at(f":{line}") from error


FORMAT = GlossaryFormat("csv", serialize_glossary_csv, parse_glossary_csv)
