"""What is wrong with a malformed catalog, where, and what to do about it."""

from __future__ import annotations

import re

from l10n.errors import CatalogError
from l10n.laziness import expression

_FOLLOWS = {
    "": ("msgctxt", "msgid"),
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr",),
    "msgstr": ("msgstr", "msgctxt", "msgid"),
}
"""Which words may follow which in an entry."""
_GAP = expression(r"(?:[ \t\r\f\v\n]++|\#~(?!\|))*+")
_WORD = expression(r"(msgctxt|msgid_plural|msgid|msgstr)\b(?:\s*+\[\s*+[0-9]++\s*+\])?+")
_STRINGS = expression(
    r'(?:"[^"\\\n]*+(?:\\(?:[abfnrtv"\\0-7]|x[0-9a-fA-F])[^"\\\n]*+)*+"(?:[ \t\r\f\v\n]++|\#~(?!\|))*+)++'
)
_BAD_ESCAPE = expression(r'"(?:[^"\\\n]++|\\(?:[abfnrtv"\\0-7]|x[0-9a-fA-F]))*+(\\[^\n])')
_CONFLICT = expression(r"<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|")


def fault(text: str, at: int) -> CatalogError:
    """The error for a text that stops being a catalog somewhere in the entry that begins at `at`."""
    before = ""
    while True:
        at = _end(_GAP, text, at)
        word = _WORD.match(text, at)
        if not before and text.startswith('"', at) and not _STRINGS.match(text, at):
            return _bad_string(text, at, before)
        if word is None or word[1] not in _FOLLOWS[before]:
            return _misplaced(text, at, before, word[1] if word else "")
        at = _end(_GAP, text, word.end())
        strings = _STRINGS.match(text, at)
        if strings is None:
            return _bad_string(text, at, word[1])
        if strings.end() < len(text) and text[strings.end()] == '"':
            return _bad_string(text, strings.end(), word[1])
        before, at = word[1], strings.end()


def malformed(message: str, text: str, at: int, hint: str = "") -> CatalogError:
    """An error at an offset of a text."""
    line = text.count("\n", 0, at) + 1
    return CatalogError(message, where=f":{line}", hint=hint or "run `msgfmt -c` on the file to see it all")


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _misplaced(text: str, at: int, before: str, word: str) -> CatalogError:
    """Something else stands where one of a few words should."""
    rest = text[at : at + 80].split("\n")[0].strip()
    if _CONFLICT.match(rest):
        return malformed("a merge conflict was left here", text, at, "choose one side and delete the marks")
    if before == "msgstr":
        return malformed(
            "an entry is partly obsolete: some of its lines begin with #~, others do not", text, at,
            "give all its lines the mark #~, or none",
        )  # fmt: skip
    wanted = " or ".join(_FOLLOWS[before])
    if not rest or rest.startswith("#"):
        return malformed(f"an entry breaks off: {wanted} should follow {before}", text, at)
    if word:
        return malformed(f"{word} stands where {wanted} should", text, at)
    found = re.match(r"\w++", rest)
    what = f"the unknown keyword {found[0]!r}" if found else repr(rest[:20])
    return malformed(f"{what} stands where {wanted} should", text, at)


def _bad_string(text: str, at: int, word: str) -> CatalogError:
    if text[at : at + 1] != '"':
        return malformed(f"no string follows {word}", text, at, 'write its text in quotes: "…"')
    escape = _BAD_ESCAPE.match(text, at)
    if escape:
        hint = r"write a backslash as \\; the escapes are \n, \t, \" and those of C"
        return malformed(f"gettext knows no escape {escape[1]}", text, at, hint)
    return malformed("a string is not closed", text, at, "end it with a quote on the same line")
