"""Ordinary entries: those without a plural that are set as gettext sets them, which is how nearly all are.

They are read quickly, to the same effect as by the grammar, which takes whatever gettext takes.
"""

from __future__ import annotations

import re
from functools import cache

from l10n.catalogs.po.comments import Head, parse_head
from l10n.catalogs.po.grammar import STRING
from l10n.catalogs.po.strings import unescape
from l10n.model import Entry, State

_NO_HEAD = Head()


class Setting:
    """How ordinary entries are set, with `mark` before each line of a body and `end` after it."""

    def __init__(self, mark: str, end: str) -> None:
        lines = rf'".*"{end}(?:{mark}".*"{end})*+'
        obsolete = bool(mark)
        self._mark, self._end = mark, end
        self.match = re.compile(
            rf"(?:{end})*+((?:\#(?!~{' ' if obsolete else ''}).*\n)*+)"
            rf"(?:{mark}msgctxt ({lines}))?+{mark}msgid ({lines}){mark}msgstr ({lines})"
            # What comes next is no part of it: the grammar lets strings go on after blank lines.
            r"(?=[\r\n]*+(?:\#~ msgid |\#~ msgctxt |\#~\||\#[^~]|msgid |msgctxt |\Z))"
        ).match
        """Finds head, context, source and target, of which the latter three may yet be malformed."""
        self._seam = f'"{end}{mark}"'
        self._empty = f'""{end}'
        self._tail = 1 + len(end)
        self._strict = re.compile(rf"{STRING}{end}(?:{mark}{STRING}{end})*+")

    def entry(self, lines: str, context: str | None, source: str, target: str) -> Entry | None:
        """The entry of what was found; None where it takes a closer look."""
        try:
            head = parse_head(lines) if lines else _NO_HEAD
            role = None if context is None else self._text(context)
            text = self._text(source)
            translation = "" if target == self._empty else self._text(target)
        except ValueError:
            return None
        if text is None or translation is None or (role is None and context is not None):
            return None
        state = State.INITIAL if not translation else State.TRANSLATED if head.fuzzy else State.REVIEWED
        facts = head.places, head.notes, head.comments, head.flags
        return Entry(text, translation, role, state, head.origin, None, (), *head.previous, *facts)

    def _text(self, lines: str) -> str | None:
        """What the strings on some lines hold; None where they are malformed."""
        inside = lines[1 : -self._tail]
        if '"' in inside:
            inside = inside.replace(self._seam, "")
        if '"' not in inside and "\\" not in inside:  # by far the most common
            return inside
        return unescape(inside) if self._strict.fullmatch(lines) else None


@cache
def setting(obsolete: bool, end: str) -> Setting:
    """The setting of entries in use or of obsolete ones in a file with such line ends."""
    return Setting("#~ " if obsolete else "", end)
