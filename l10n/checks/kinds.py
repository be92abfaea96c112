"""Kinds of texts: some checks suit no samples of code, and some no mere keys."""

from __future__ import annotations

import re

from l10n.checks.texts import role
from l10n.laziness import expression
from l10n.model import Entry

_CODE = (
    "arg|blockcode|cmd|cmdsynopsis|code|codeblock|command|computeroutput|constant|envar|filename|funcsynopsis"
    "|input|kbd|keycode|literal|literallayout|option|output|pre|programlisting|prompt|refname|replaceable|samp"
    "|screen|screenco|synopsis|sys|tt|userinput|var|varname|verbatim"
)
_NOTE = expression(
    rf"type: (?:Content of: )?(?:.*<(?:{_CODE})>$|verbatim|fenced code block|delimited block [.-](?:$| ))"
    rf"|\(itstool\) path: (?:.*/)?(?:{_CODE})$|Tag: (?:{_CODE})$",
    re.IGNORECASE,
)
"""A note of po4a, of itstool, or of poxml, xml2po and Publican about an element with code."""
_KEY = expression(r"(?=[\w/-]*[_.:])[a-z][a-z0-9]*(?:[_.:/-][a-z0-9]+)+")
_CREDIT = expression(
    r"(?:translator[-_ ]credits|your names|your emails)\Z"
    r"|.{0,400}\btranslat(?:ed|ions?)\b[^.]{0,30}\bby\b.{0,60}\S@",
    re.IGNORECASE | re.DOTALL,
)
"""Texts in whose place translators put themselves (GNOME, KDE, manuals)."""
_SETTING = expression(r"\d{1,2}")


def is_code(entry: Entry) -> bool:
    """Whether the notes say that a text is code, or what one types or a program says."""
    return any(_NOTE.match(note) for note in entry.notes)


def is_credit(entry: Entry) -> bool:
    """Whether translators name themselves in the place of a text."""
    known = "ranslat" in entry.source or entry.source.startswith("Your ")  # found much sooner
    return known and _CREDIT.match(entry.source) is not None


def is_key(entry: Entry) -> bool:
    """Whether a source is no text but stands for one: `label_title`, whose target is the text itself.

    So do settings, such as the number of the day that begins the week: each language has its own.
    """
    if _SETTING.fullmatch(entry.source):
        return role(entry) != "cell"
    return bool(_KEY.fullmatch(entry.source)) and not _KEY.fullmatch(entry.target.strip())
