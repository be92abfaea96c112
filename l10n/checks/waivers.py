"""Waivers: a translator's comment that says why a finding is none.

# l10n: ignore numbers, length: the source gives the wrong year
"""

from __future__ import annotations

import re

from l10n.model import Entry

_WAIVER = re.compile(r"l10n: ignore (?P<names>[a-z]+(?:, [a-z]+)*): \S")


def waived(entry: Entry) -> frozenset[str]:
    """The checks that the comments of an entry waive; one without a reason waives nothing."""
    found = [match["names"].split(", ") for text in entry.comments if (match := _WAIVER.match(text))]
    return frozenset(name for names in found for name in names)
