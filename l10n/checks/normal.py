"""Normal form: letters and their accents as one character, in Unicode's form NFC (Annex 15)."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Letters and accents that NFC would put together, where the source has that form."""
    if is_normalized("NFC", entry.target):
        return
    mended = normalize("NFC", entry.target)
    if len(mended) < len(entry.target) and is_normalized("NFC", entry.source):
        yield Problem("is not in Unicode's normal form C", fix=mended)


CHECK = Check("normal", Severity.WARNING, find, of_forms=True)
