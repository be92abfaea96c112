"""Header: what a catalog says of itself agrees with its language, and no merge left its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n import locales
from l10n.checks.contracts import CatalogCheck, Problem, Setting, field_of
from l10n.model import Catalog, Key, Severity

_HEADER: Key = (None, "")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}|\|{7})(?:\s|$)|#-#-#-#-#", re.MULTILINE)
_PREVIOUS = re.compile(r"\|\s*(?:msg|\")")
"""A line of the previous source that could not be read as one, and stands among the comments."""


def find(catalog: Catalog, setting: Setting) -> Iterator[tuple[Key, Problem]]:
    """Fields that are missing or wrong, and the marks of merges in any target."""
    for message in (_language(catalog, setting), _charset(catalog), _place(catalog), _merged(catalog)):
        if message:
            yield _HEADER, Problem(message)
    for entry in catalog.entries:
        if _CONFLICT.search(entry.target) and not _CONFLICT.search(entry.source):
            yield entry.key, Problem("the mark of a merge is left in the translation")
        if any(map(_PREVIOUS.match, entry.comments)):
            yield entry.key, Problem("the previous source (#|) is broken; gettext refuses the file")


def _language(catalog: Catalog, setting: Setting) -> str:
    named = field_of(catalog, "X-Locale") or field_of(catalog, "Language")
    if not named and (catalog.header or catalog.locale is None):
        return "the header names no Language"
    if named and locales.language(named.partition("@")[0]) != locales.language(setting.locale):
        return f"the header's Language is {named}, the catalog is that of {setting.locale}"
    return ""


def _charset(catalog: Catalog) -> str:
    missing = catalog.header and "charset=" not in field_of(catalog, "Content-Type")
    return "the header names no charset" if missing else ""


def _place(catalog: Catalog) -> str:
    """Other programs read what stands before the header without knowing its charset and plurals."""
    late = catalog.header and next(iter(catalog.verbatim), _HEADER) != _HEADER
    return "the header is not the first entry" if late else ""


def _merged(catalog: Catalog) -> str:
    marked = any(_CONFLICT.search(value) for _, value in catalog.header)
    return "the mark of a merge is left in the header" if marked else ""


CHECK = CatalogCheck("header", Severity.ERROR, find)
