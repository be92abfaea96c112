"""Waivers: a translator's comment that says why a finding is none, and one that waives nothing.

# l10n: ignore numbers, length: the source gives the wrong year
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import CatalogCheck, Problem, Setting
from l10n.errors import ConfigError
from l10n.laziness import expression
from l10n.model import Catalog, Entry, Key, Severity

_WAIVER = expression(r"l10n: ignore (?P<names>[\w-]+(?:, *[\w-]+)*)(?P<reason>: *\S)?")
_MEANT = expression(r"l10n\W{0,3}ignore\b", re.IGNORECASE)
"""What likely means to be a waiver."""


def waived(entry: Entry) -> frozenset[str]:
    """The checks that the comments of an entry waive; one without a reason waives nothing."""
    found = [_names(match) for text in entry.comments if (match := _WAIVER.match(text)) and match["reason"]]
    return frozenset(name for names in found for name in names)


def _names(match: re.Match[str]) -> list[str]:
    return re.split(", *", match["names"])


def find(catalog: Catalog, setting: Setting) -> Iterator[tuple[Key, Problem]]:
    """Comments that waive no check: misspelled, without a reason, or for a check that there is not."""
    for entry in catalog.entries:
        for text in filter(_MEANT.match, entry.comments):
            if message := _fault(text):
                yield entry.key, Problem(message)


def _fault(text: str) -> str:
    from l10n.checks import CHECKS  # which has this check too

    match = _WAIVER.match(text)
    if not match or not match["reason"]:
        return f"{text[:60]!r} waives nothing; write `l10n: ignore CHECK: the reason`"
    try:
        for name in _names(match):
            CHECKS.get(name)
    except ConfigError as error:
        return f"{error.message} to be waived; {error.hint}"
    return ""


CHECK = CatalogCheck("waivers", Severity.WARNING, find)
