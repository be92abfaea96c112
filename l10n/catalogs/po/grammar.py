"""The grammar of gettext catalogs, as regular expressions that never backtrack.

An entry is a *head* (comments, previous sources, blank lines, `domain` lines) and a *body* (msgctxt,
msgid, msgid_plural, msgstr), which in obsolete entries has `#~` before every line. White space is as
free as gettext's own reader has it. The patterns for what is rare are made when it comes up: that takes ten
milliseconds.
"""

from __future__ import annotations

import re
from functools import cache

from l10n.laziness import expression

_BLANK = r"[ \t\r\f\v]"
STRING = r'"[^"\\\n]*+(?:\\(?:[abfnrtv"\\0-7]|x[0-9a-fA-F])[^"\\\n]*+)*+"'


def _strings(gap: str) -> str:
    return rf"{STRING}(?:{gap}{STRING})*+"


def _body(gap: str) -> str:
    """The pattern of a body, `gap` being what may stand between its words."""
    strings = _strings(gap)
    form = rf"msgstr{gap}\[{gap}[0-9]++{gap}\]{gap}{strings}"
    return (
        rf"(?:msgctxt{gap}(?P<context>{strings}){gap})?+"
        rf"msgid{gap}(?P<source>{strings}){gap}"
        rf"(?:msgid_plural{gap}(?P<plural>{strings}){gap})?+"
        rf"(?:msgstr{gap}(?P<target>{strings})|(?P<forms>{form}(?:{gap}{form})*+))"
        rf"{_BLANK}*+\n?+"
    )


_GAP = rf"(?:{_BLANK}|\n)*+"
_OBSOLETE_GAP = rf"(?:{_BLANK}++|\n(?:{_BLANK}|\n)*+\#~(?!\|))*+"

HEAD = expression(
    rf"(?:(?:{_BLANK}|\n)++"
    rf"|\#(?!~{_BLANK}*+[^\s#|])[^\n]*+"  # a comment; but for "#~" only where no word follows
    rf"|domain{_BLANK}++{STRING})*+"
)
"""All that may stand before a body."""


@cache
def body(obsolete: bool) -> re.Pattern[str]:
    """The pattern of a body: context, source, plural, and target or forms."""
    return re.compile(rf"\#~{_BLANK}*+{_body(_OBSOLETE_GAP)}" if obsolete else _body(_GAP))


@cache
def form(obsolete: bool) -> re.Pattern[str]:
    """The pattern of one plural form: index, text."""
    gap = _OBSOLETE_GAP if obsolete else _GAP
    return re.compile(rf"msgstr{gap}\[{gap}(?P<index>[0-9]++){gap}\]{gap}(?P<text>{_strings(gap)})")


@cache
def previous() -> re.Pattern[str]:
    """The pattern of the lines after "#|", without that mark: context, source, plural."""
    return re.compile(
        rf"{_GAP}(?:msgctxt{_GAP}(?P<context>{_strings(_GAP)}){_GAP})?+"
        rf"(?:msgid{_GAP}(?P<source>{_strings(_GAP)}){_GAP})?+"
        rf"(?:msgid_plural{_GAP}(?P<plural>{_strings(_GAP)}){_GAP})?+"
    )


PREVIOUS_MARK = expression(r"\s*+#~?\| ?")
SEAM = {False: '"\n"', True: '"\n#~ "'}
"""What stands between two strings of one text as gettext writes it, by whether the entry is obsolete."""
