"""Header: what a catalog says of itself agrees with its language, and no merge left its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n import locales
from l10n.checks.contracts import CatalogCheck, Problem, Setting
from l10n.model import Catalog, Key, Severity

_HEADER: Key = (None, "")
_FORMS = re.compile(r"\s*nplurals\s*=\s*(\d+)")
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|={7}|\|{7})(?:\s|$)|#-#-#-#-#", re.MULTILINE)


def find(catalog: Catalog, setting: Setting) -> Iterator[tuple[Key, Problem]]:
    """Fields that are missing or wrong, and the marks of merges in any target."""
    fields = {name.lower(): value for name, value in catalog.header}
    for message in (
        _language(catalog, setting),
        _charset(fields) if fields else "",
        *_plurals(catalog, fields, setting),
    ):
        if message:
            yield _HEADER, Problem(message)
    for value in fields.values():
        if _CONFLICT.search(value):
            yield _HEADER, Problem("the mark of a merge is left in the header")
            break
    for entry in catalog.entries:
        if _CONFLICT.search(entry.target) and not _CONFLICT.search(entry.source):
            yield entry.key, Problem("the mark of a merge is left in the translation")


def _language(catalog: Catalog, setting: Setting) -> str:
    if catalog.locale is None:
        return "the header names no Language"
    if locales.language(catalog.locale) != locales.language(setting.locale):
        return f"the header's Language is {catalog.locale}, the catalog is that of {setting.locale}"
    return ""


def _charset(fields: dict[str, str]) -> str:
    return "" if "charset=" in fields.get("content-type", "") else "the header names no charset"


def _plurals(catalog: Catalog, fields: dict[str, str], setting: Setting) -> Iterator[str]:
    """What is wrong with the plural forms; a catalog without plurals needs none.

    CLDR counts one form more than gettext where fractions have their own.
    """
    rule = _FORMS.match(fields.get("plural-forms", ""))
    if rule and not int(rule[1]):
        yield "Plural-Forms has no forms"
        return
    if not any(entry.plural for entry in catalog.entries):
        return
    if rule is None:
        yield "there are plurals, and the header has no Plural-Forms"
        return
    usual = locales.plural_count(setting.locale)
    if usual and int(rule[1]) not in (usual, max(usual - 1, 1)):
        yield f"Plural-Forms has {rule[1]} forms, the language has {usual}"


CHECK = CatalogCheck("header", Severity.ERROR, find)
