"""Header: what a catalog says of itself agrees with its language, and no merge left its marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from l10n import locales
from l10n.checks.contracts import CatalogCheck, Problem, Setting, field_of
from l10n.laziness import expression
from l10n.model import Catalog, Key, Severity

_HEADER: Key = (None, "")
_CONFLICT = expression(r"^(?:<{7}|>{7}|={7}|\|{7})(?:\s|$)|#-#-#-#-#", re.MULTILINE)
_PREVIOUS = expression(r"\|\s*(?:msg|\")")
"""A line of the previous source that could not be read as one, and stands among the comments."""


def find(catalog: Catalog, setting: Setting) -> Iterator[tuple[Key, Problem]]:
    """Fields that are missing or wrong, and the marks of merges in any target."""
    for message in filter(None, _about_header(catalog, setting)):
        yield _HEADER, Problem(message)
    for entry in catalog.entries:
        if _CONFLICT.search(entry.target) and not _CONFLICT.search(entry.source):
            yield entry.key, Problem("the mark of a merge is left in the translation")
        if any(map(_PREVIOUS.match, entry.comments)):
            yield entry.key, Problem("the previous source (#|) is broken; gettext refuses the file")


def _about_header(catalog: Catalog, setting: Setting) -> Iterator[str]:
    if catalog.entries and catalog.verbatim.text and not catalog.header:
        yield "there is no header, which tells other programs charset, language and plurals"
    yield _language(catalog, setting)
    yield _charset(catalog)
    yield _place(catalog)
    yield _repeated(catalog)
    yield _merged(catalog)
    yield _cut(catalog)


def _language(catalog: Catalog, setting: Setting) -> str:
    named = {name: field_of(catalog, name) for name in ("X-Locale", "Language")}
    if not any(named.values()) and (catalog.header or catalog.locale is None):
        return "the header names no Language"
    for name, tag in named.items():
        if tag and locales.language(tag.partition("@")[0]) != locales.language(setting.locale):
            return f"the header's {name} is {tag}, the catalog is that of {setting.locale}"
    return ""


def _charset(catalog: Catalog) -> str:
    charset = field_of(catalog, "Content-Type").partition("charset=")[2].upper()
    if catalog.header and charset in ("", "CHARSET"):
        return "the header names no charset"
    wrong = charset not in ("", "UTF-8", "UTF8") and _is_utf8(catalog.verbatim.text, charset)
    return f"the header's charset is {charset}, the file is UTF-8" if wrong else ""


def _is_utf8(text: str, charset: str) -> bool:
    """Whether a text that was read as the header says is UTF-8 in truth; ASCII is read as that."""
    if text.isascii() or charset.endswith("ASCII"):
        return not text.isascii()
    try:
        return bool(text.encode(charset).decode("utf-8"))
    except (LookupError, UnicodeError):
        return False


def _place(catalog: Catalog) -> str:
    """Other programs read what stands before the header without knowing its charset and plurals."""
    late = catalog.header and next(iter(catalog.verbatim), _HEADER) != _HEADER
    return "the header is not the first entry" if late else ""


def _repeated(catalog: Catalog) -> str:
    """gettext believes the first of two fields, other programs the last."""
    fields = {(name.lower(), value) for name, value in catalog.header if name}
    counted = Counter(name for name, _ in fields)
    twice = [name for name, _ in catalog.header if counted[name.lower()] > 1]
    return f"the header has two values of {twice[0]}" if twice else ""


def _cut(catalog: Catalog) -> str:
    """What only ever stands before an entry stands at the end: the rest of the file may be missing."""
    last = catalog.verbatim.text.rstrip().rpartition("\n")[2]
    cut = last.startswith(("#:", "#,", "#.", "#|"))
    return "the file ends with the comments of an entry, without the entry: it may be cut off" if cut else ""


def _merged(catalog: Catalog) -> str:
    marked = any(_CONFLICT.search(value) for _, value in catalog.header)
    return "the mark of a merge is left in the header" if marked else ""


CHECK = CatalogCheck("header", Severity.ERROR, find)
