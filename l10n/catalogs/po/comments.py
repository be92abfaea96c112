"""The comments before an entry: lines that begin with "#" <-> what they say of it.

This is the only place that knows how an `Origin` stands in a catalog: as a translator's comment such as
`# l10n: draft, apertium eng-spa 0.8.1, text 3fa9c1d2`, which survives what other tools do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from l10n.catalogs.po.grammar import PREVIOUS_MARK, SEAM, previous
from l10n.catalogs.po.strings import parse_strings
from l10n.catalogs.po.wrapping import COLUMNS
from l10n.laziness import expression
from l10n.model import Entry, Origin, State

_ORIGIN = expression(
    r"l10n: (?P<reason>[a-z]+)"
    r"(?:, (?P<source>(?!text [0-9a-f]{8}\Z).+?))??"
    r"(?:, text (?P<digest>[0-9a-f]{8}))?"
)
_PLACE = expression("(?:\u2068[^\u2068\u2069]*+\u2069|\\S)++")
_LINE_NUMBER = expression(r"[^\S\n]++:\s?+(?=[0-9])")
"""Before a line number, as old tools set it: "tram.md : 12"."""
_ISOLATES = expression("[\u2068\u2069]")
FUZZY = "fuzzy"
_NAMES = """
    c objc python python-brace java java-printf csharp javascript scheme lisp elisp librep ruby sh awk lua
    object-pascal smalltalk qt qt-plural kde kde-kuit boost tcl perl perl-brace php gcc-internal
    gfc-internal ycp
"""
_KINDS = [*(f"{name}-format" for name in _NAMES.split()), "range", "wrap"]
_FLAGS = {f"{no}{kind}": at for at, kind in enumerate(_KINDS) for no in ("", "no-")}
"""The flags that gettext has, by their place on the line."""


Previous = tuple[str | None, str | None, str | None]
"""A source, its context and its plural form, as they were."""


class Head(NamedTuple):
    """What stands before an entry."""

    fuzzy: bool = False
    origin: Origin | None = None
    previous: Previous = (None, None, None)
    places: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@lru_cache(maxsize=256)  # many entries of an article have the same
def parse_head(text: str) -> Head:
    """The lines before an entry's body -> what they say. Raises ValueError for escapes that spell nothing."""
    reading = _Reading()
    for line in text.replace("\r\n", "\n").split("\n"):
        if line:
            reading.read(line if line[0] == "#" else line.lstrip(" \t\f\v"))
    return reading.head()


class _Reading:
    """What has been read of a head so far."""

    __slots__ = ("comments", "flags", "notes", "origin", "places", "previous")

    def __init__(self) -> None:
        self.comments: list[str] = []
        self.notes: list[str] = []
        self.places: list[str] = []
        """The lines after "#:", without that mark."""
        self.flags: list[str] = []
        self.previous: list[str] = []
        """The lines after "#|", without that mark."""
        self.origin: Origin | None = None

    def head(self) -> Head:
        """The head, once all its lines are in."""
        previous = self._previous() if self.previous else (None, None, None)
        facts = tuple(_places("\n".join(self.places))), tuple(self.notes), tuple(self.comments)
        if not self.flags:
            return Head(False, self.origin, previous, *facts)
        flags = tuple([flag for flag in self.flags if flag and flag != FUZZY])
        return Head(FUZZY in self.flags, self.origin, previous, *facts, flags)

    def read(self, line: str) -> None:
        """Take in one line."""
        match line[:2]:
            case "#:":
                self.places.append(line[2:])
            case "#.":
                self.notes.append(line[2:].removeprefix(" "))
            case "# " | "#":
                self.read_comment(line[2:])
            case "#," | "#!" | "#=":
                self.flags += [flag.strip() for flag in line[2:].split(",")]
            case "#|":
                self.previous.append(line[2:])
            case "#~":
                self._read_obsolete(line)
            case _ if line.startswith("#"):
                self.comments.append(line[1:])

    def read_comment(self, comment: str) -> None:
        """Take in a translator's comment."""
        match = _ORIGIN.fullmatch(comment) if comment.startswith("l10n: ") and self.origin is None else None
        if match:
            self.origin = Origin(match["reason"], match["source"] or "", match["digest"] or "")
        else:
            self.comments.append(comment)

    def _read_obsolete(self, line: str) -> None:
        """A line "#~| …" or, as some tools write them, "#~ # …"."""
        if PREVIOUS_MARK.match(line):
            self.previous.append(line[3:])
        elif rest := line[2:].strip():
            self.read(rest)

    def _previous(self) -> Previous:
        """What stood there before; broken lines become comments, and the entry survives."""
        match = previous().fullmatch("\n".join(self.previous))
        if match is None:
            self.comments += [f"|{line}" for line in self.previous]
            return (None, None, None)
        context, source, plural = map(_optional, match.group("context", "source", "plural"))
        return source, context, plural


def _optional(strings: str | None) -> str | None:
    return None if strings is None else parse_strings(strings, SEAM[False])


def read_comments(lines: Iterable[str]) -> tuple[tuple[str, ...], Origin | None]:
    """Translators' comments -> those that people wrote, and what they say of the target's origin."""
    reading = _Reading()
    for line in lines:
        reading.read_comment(line)
    return tuple(reading.comments), reading.origin


def comment_lines(entry: Entry) -> list[str]:
    """The reverse of `read_comments`."""
    lines = [line for text in entry.comments for line in text.split("\n")]
    return [*lines, _origin(entry.origin)] if entry.origin else lines


def _places(text: str) -> list[str]:
    """References; those with a space in their name stand between the isolates U+2068 and U+2069.

    gettext 0.21 ends lines at such a space too.
    """
    if "\u2068" not in text and " :" not in text:
        return text.split()
    found = _PLACE.findall(_LINE_NUMBER.sub(":", text))
    return [re.sub(r"\n\s?", " ", _ISOLATES.sub("", place)) for place in found]


def head_lines(entry: Entry) -> list[str]:
    """The comments of an entry as gettext writes them, without line ends."""
    lines = [f"# {line}" if line else "#" for line in comment_lines(entry)]
    lines += [f"#. {line}" if line else "#." for text in entry.notes for line in text.split("\n")]
    return [*lines, *_place_lines(entry.places), *_flag_lines(entry)]


def _origin(origin: Origin) -> str:
    mark = f"text {origin.digest}" if origin.digest else ""
    return "l10n: " + ", ".join(filter(None, (origin.reason, origin.source, mark)))


@lru_cache(maxsize=256)
def _place_lines(places: tuple[str, ...]) -> tuple[str, ...]:
    """References, each once and as many to a line as fit: mostly those of the entry before."""
    lines: list[str] = []
    width = COLUMNS
    for place in dict.fromkeys(map(_isolated, places)):
        size = 1 + len(place.encode())  # gettext counts bytes here, elsewhere columns
        if width + size > COLUMNS:
            lines.append("#:")
            width = 2
        lines[-1] += f" {place}"
        width += size
    return tuple(lines)


def _flag_lines(entry: Entry) -> list[str]:
    """The flags: fuzzy, then gettext's in its order, then those of other tools in theirs."""
    flags = sorted(entry.flags, key=_rank)
    if entry.state is State.TRANSLATED and entry.target:  # gettext's own way with a first form that is empty
        flags = [FUZZY, *flags]
    return [f"#, {', '.join(flags)}"] if flags else []


def _rank(flag: str) -> int:
    return _FLAGS.get(flag.partition(":")[0], len(_FLAGS))


def foreign_flags(flags: tuple[str, ...]) -> tuple[str, ...]:
    """The flags that are not gettext's: a template does not know them, so an update keeps them."""
    return tuple(flag for flag in flags if _rank(flag) == len(_FLAGS))


def _isolated(place: str) -> str:
    if not re.search(r"\s", place):
        return place
    name, colon, line = place.rpartition(":")
    if not line.isdigit():
        name, colon, line = place, "", ""
    return f"\u2068{name}\u2069{colon}{line}"
