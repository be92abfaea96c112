"""Glossaries as TOML, which people read and edit: a table `[[term]]` for each term."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields

from l10n.errors import CatalogError
from l10n.terms.glossaries import Glossary, Term, term_of


def parse_terms(text: str, source_locale: str, locale: str) -> Glossary:
    """A glossary from TOML. Raises CatalogError, `where` being the number of the term, for what is wrong."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CatalogError(f"not valid TOML: {error}") from error
    rows, others = tables.get("term", []), tables.keys() - {"term"}
    if others or not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise CatalogError("terms are written as [[term]], one after another")
    terms = []
    for number, row in enumerate(rows, 1):
        try:
            terms.append(term_of(row))
        except CatalogError as error:
            raise error.at(f"term {number}") from error
    return Glossary(source_locale, locale, tuple(terms))


def serialize_terms(glossary: Glossary) -> str:
    """The TOML of a glossary."""
    return "\n".join(_table(term) for term in glossary.terms)


def _table(term: Term) -> str:
    default = {field.name: field.default for field in fields(Term)}
    rows = [(name, getattr(term, name)) for name in default]
    lines = [f"{name} = {_value(value)}" for name, value in rows if value and value != default[name]]
    return "\n".join(["[[term]]", *lines, ""])


def _value(value: str | tuple[str, ...]) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
