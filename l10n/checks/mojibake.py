"""Mojibake: UTF-8 that some program took for another encoding, such as "Ð´Ð°" for "да"."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks import alphabets
from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Entry, Severity

_MISTAKEN = ("cp1252", "cp1251", "latin-1")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A target whose bytes in another encoding are well-formed UTF-8: a mistake, and a text, all in one."""
    if entry.target.isascii() or entry.target == entry.source:
        return
    for encoding in _MISTAKEN:
        mended = _decoded(entry.target, encoding)
        if mended and len(mended) < len(entry.target) and not _is_chance(mended, setting.locale):
            yield Problem(f"is UTF-8 that was read as {encoding}", fix=mended)
            return


def _is_chance(text: str, locale: str) -> bool:
    """Whether a mended text has letters of a script that its language does not have: "Ні" is "ͳ" so."""
    known = alphabets.letters(alphabets.script(locale))
    return known is not None and any(
        char.isalpha() and not char.isascii() and not known.match(char) for char in text
    )


def _decoded(text: str, encoding: str) -> str:
    """The text as it was before it was read in the wrong encoding; empty where that cannot be."""
    try:
        return text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return ""


CHECK = Check(
    "mojibake",
    Severity.ERROR,
    find,
    hides=frozenset(("language", "controls", "scripts", "length", "ending", "quotes", "spacing", "edges")),
    of_forms=True,
)
