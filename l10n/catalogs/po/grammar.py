"""The grammar of gettext catalogs, as regular expressions that never backtrack.

An entry is a *head* (comments, previous sources, blank lines, `domain` lines) and a *body* (msgctxt,
msgid, msgid_plural, msgstr), which in obsolete entries has `#~` before every line. White space is as
free as gettext's own reader has it.
"""

from __future__ import annotations

import re

_BLANK = r"[ \t\r\f\v]"
_STRING = r'"[^"\\\n]*+(?:\\(?:[abfnrtv"\\0-7]|x[0-9a-fA-F])[^"\\\n]*+)*+"'


def _strings(gap: str) -> str:
    return rf"{_STRING}(?:{gap}{_STRING})*+"


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

_LINES = r'(?:".*"\n)++'
ORDINARY = re.compile(
    rf"\n*+((?:\#(?!~).*\n)*+)(?:msgctxt ({_LINES}))?+msgid ({_LINES})msgstr ({_LINES})"
    r"(?=\n*+(?:\#|msgid |msgctxt |\Z))"
)
"""An entry without a plural as gettext itself sets it, which is how nearly all are: head, context, source,
target. What stands between the outer quotes of a line is still to be looked at."""
HEAD = re.compile(
    rf"(?:(?:{_BLANK}|\n)++"
    rf"|\#(?!~{_BLANK}*+[^\s#|])[^\n]*+"  # a comment; but for "#~" only where no word follows
    rf"|domain{_BLANK}++{_STRING})*+"
)
"""All that may stand before a body."""
ACTIVE = re.compile(_body(_GAP))
OBSOLETE = re.compile(rf"\#~{_BLANK}*+{_body(_OBSOLETE_GAP)}")
PREVIOUS = re.compile(
    rf"{_GAP}(?:msgctxt{_GAP}(?P<context>{_strings(_GAP)}){_GAP})?+"
    rf"(?:msgid{_GAP}(?P<source>{_strings(_GAP)}){_GAP})?+"
    rf"(?:msgid_plural{_GAP}(?P<plural>{_strings(_GAP)}){_GAP})?+"
)
"""The lines after "#|", without that mark."""
PREVIOUS_MARK = re.compile(r"\s*+#~?\| ?")
FORM = {
    obsolete: re.compile(rf"msgstr{gap}\[{gap}(?P<index>[0-9]++){gap}\]{gap}(?P<text>{_strings(gap)})")
    for obsolete, gap in ((False, _GAP), (True, _OBSOLETE_GAP))
}
"""One plural form, by whether the entry is obsolete."""
SEAM = {False: '"\n"', True: '"\n#~ "'}
"""What stands between two strings of one text as gettext writes it, by whether the entry is obsolete."""
