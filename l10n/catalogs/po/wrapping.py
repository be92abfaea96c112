"""Where the strings of a catalog are broken into lines, exactly as gettext's own tools break them.

Those follow the Unicode line breaking algorithm (UAX #14) and fill each line up to 79 columns, quotes
included, counting a wide character (UAX #11) as two and a combining one as none.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from itertools import accumulate, pairwise
from pathlib import Path

from l10n.laziness import expression

COLUMNS = 79
"""The longest line that gettext writes where it can break."""
_ESCAPE = expression(r"\\.")
_NARROW = expression("[ -~\u00c0-\u02ff\u0391-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027]*")
"""Letters and marks that take one column each: by far the most of most European texts."""
_PORTION = expression(r"(?:[^\\]++|\\[^n])*+(?:\\n|\Z)")
_ALIASES = {"CJ": "NS", "HH": "BA", "VF": "CM", "VI": "CM", "LF": "SP", "CR": "SP"}
_DOTS = "\u00b7\u0387"
"""The middle dots, letters (AL) to gettext; Unicode has counted them among the full stops since."""
_CONJOINING = (range(0x1160, 0x1200), range(0xD7B0, 0xD800))
"""Hangul vowels and final consonants, which join the syllable before them."""

_SYLLABLES = range(0xAC00, 0xD7A4)
_FINALS = 28
"""Of Hangul syllables in a row, the first has no final consonant."""

_EAST_ASIAN = {"euc-jp", "gb2312", "gbk", "euc-tw", "big5", "euc-kr", "cp949", "johab"}
"""Charsets in which gettext takes letters of other scripts, and all else that is ambiguous, as wide."""
_FULL = range(0xA1, 0xFF61)
_SPACING = "\u0cbf\u0cc6"
"""Vowel signs of Kannada that gettext gives a column of their own, though Unicode has them as marks."""


class Wrapper:
    """Where lines may end, and how wide text is, in one family of charsets."""

    def __init__(self, east_asian: bool) -> None:
        self._east_asian = east_asian
        self._widths = _Lookup(_width_east_asian if east_asian else _width)

    @cached_property
    def _classes(self) -> _Lookup:
        return _Lookup(_class_of(self._east_asian))

    def wrapped(self, escaped: str, first: int, width: int) -> list[str]:
        """An escaped string as the lines it is written in.

        `first` and `width` are the columns left for text after the keyword, and on a line of its own.
        Where one line after the keyword does not do, the first one is empty.
        """
        portions = [match[0] for match in _PORTION.finditer(escaped) if match[0]]
        if len(portions) <= 1 and next(self._cuts(escaped, first), 0) == 0:
            return [escaped]
        return ["", *(line for portion in portions for line in self._lines(portion, width))]

    def _lines(self, text: str, width: int) -> list[str]:
        """One portion (up to a line feed) cut into lines of `width` columns."""
        cuts = [0, *self._cuts(text, width), len(text)]
        return [text[start:end] for start, end in pairwise(cuts)]

    def _cuts(self, text: str, width: int) -> Iterator[int]:
        """Where the lines of one portion end, but for its last."""
        if self.fits(text, width):
            return
        classes = text.translate(self._classes)
        forbidden = _forbidden(text)
        narrow = self._is_narrow(text)
        cut = 0
        while (end := cut + width if narrow else self._fitting(text, cut, width)) < len(text):
            cut = _last_cut(classes, cut, end, forbidden) or _next_cut(classes, end + 1, forbidden)
            if not cut:
                return
            yield cut

    def fits(self, text: str, width: int) -> bool:
        """Whether a text is at most so wide on a terminal."""
        if len(text) > width or self._is_narrow(text):
            return len(text) <= width
        widths = text.translate(self._widths)
        return len(widths) + widths.count("2") - widths.count("0") <= width

    def _is_narrow(self, text: str) -> bool:
        """Whether each character plainly takes one column: a quick answer for most texts."""
        return text.isascii() or (not self._east_asian and _NARROW.fullmatch(text) is not None)

    def _fitting(self, text: str, start: int, width: int) -> int:
        """How far the text from `start` fits into `width` columns: the place after its last character."""
        window = text[start : start + width + 1]
        if set(window.translate(self._widths)) == {"1"}:
            return min(start + width, len(text))
        end = start
        for total in accumulate(map(int, self._measured(text, start))):
            if total > width:
                break
            end += 1
        return end

    def _measured(self, text: str, start: int) -> Iterator[str]:
        """The widths of the characters from `start` on, looked up a stretch at a time."""
        for at in range(start, len(text), COLUMNS):
            yield from text[at : at + COLUMNS].translate(self._widths)


def wrapper(charset: str) -> Wrapper:
    """How strings are wrapped in a catalog of that charset."""
    return _wrapper(charset.lower() in _EAST_ASIAN)


@cache
def _wrapper(east_asian: bool) -> Wrapper:
    return Wrapper(east_asian)


def _forbidden(text: str) -> set[int]:
    """The places where no line may end whatever the classes say: within an escape, and before the last."""
    inside = {match.start() + 1 for match in _ESCAPE.finditer(text)} if "\\\\" in text else set()
    return inside | {len(text) - 2} if text.endswith("\\n") else inside


def _last_cut(classes: str, start: int, end: int, forbidden: set[int]) -> int:
    """The last place after `start` and not after `end` where a line may end, or 0."""
    tied = _table().tied
    for at in range(end, start, -1):
        if classes[at - 1 : at + 1] not in tied and at not in forbidden and _may_end(classes, at):
            return at
    return 0


def _next_cut(classes: str, start: int, forbidden: set[int]) -> int:
    """The first place from `start` on where a line may end, or 0."""
    for at in range(start, len(classes)):
        if at not in forbidden and _may_end(classes, at):
            return at
    return 0


def _may_end(classes: str, at: int) -> bool:
    """Whether a line may end before the character at `at`."""
    table = _table()
    before, after = classes[at - 1], classes[at]
    if before != table.space:
        tied = before in table.hyphens and classes[at - 2 : at - 1] == table.hebrew  # LB21a
        return not tied and (_base(classes, at - 1) + after) in table.direct
    if after == before:
        return False
    word = at - 1
    while word > 0 and classes[word] == before:
        word -= 1
    return classes[word] != before and (_base(classes, word) + after) not in table.never


def _base(classes: str, at: int) -> str:
    """The class at `at`, or for a combining mark that of what it combines with (LB9, LB10)."""
    table = _table()
    mark = classes[at]
    while at > 0 and classes[at] == table.mark:
        at -= 1
    base = classes[at]
    return mark if base == table.space else base


class _Table:
    """The pair table of `data/linebreaks.txt`, its classes as single characters."""

    def __init__(self, text: str) -> None:
        names, *rows = (line.split() for line in text.splitlines() if not line.startswith("#"))
        self.codes = {name: chr(ord("A") + at) for at, name in enumerate([*names, "SP"])}
        cells = {
            self.codes[row[0]] + self.codes[name]: cell
            for row in rows
            for name, cell in zip(names, row[1:], strict=True)
        }
        self.direct = {pair for pair, cell in cells.items() if cell == "_"}
        self.never = {pair for pair, cell in cells.items() if cell == "^"}
        self.space, self.mark, self.hebrew = (self.codes[name] for name in ("SP", "CM", "HL"))
        self.hyphens = self.codes["HY"] + self.codes["BA"]
        hard = {*self.codes.values()} - {self.space, self.mark}
        pairs = {one + other for one in hard for other in self.codes.values()}
        self.tied = pairs - self.direct | {2 * self.space}
        """Between these no line ends whatever stands before them: quickly told, and by far the most."""


@cache
def _table() -> _Table:
    return _Table(_data("linebreaks.txt"))


def _data(name: str) -> str:
    return (Path(__file__).with_name("data") / name).read_text("utf-8")


class _Lookup(dict[int, str]):
    """A table for `str.translate` that works out each character when it first comes up."""

    def __init__(self, of: Callable[[str], str]) -> None:
        self._of = of

    def __missing__(self, point: int) -> str:
        self[point] = value = self._of(chr(point))
        return value


def _width(char: str) -> str:
    if char in _SPACING:
        return "1"
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc") or any(
        ord(char) in each for each in _CONJOINING
    ):
        return "0"
    return "2" if unicodedata.east_asian_width(char) in "WF" else "1"


def _width_east_asian(char: str) -> str:
    return "2" if _width(char) == "1" and ord(char) in _FULL and char != "\N{WON SIGN}" else _width(char)


def _class_of(east_asian: bool) -> Callable[[str], str]:
    """The line breaking class of a character, as the letter of the table's."""
    codes, (starts, ends, names) = _table().codes, _ranges()
    aliases = {**_ALIASES, "AI": "ID" if east_asian else "AL"}

    def of(char: str) -> str:
        point = ord(char)
        at = bisect_right(starts, point) - 1
        name = names[at] if point <= ends[at] and char not in _DOTS else "AL"
        if point in _SYLLABLES:
            name = "H3" if (point - _SYLLABLES.start) % _FINALS else "H2"
        wide = name == "OP" and _width(char) == "2"
        return codes["OPW" if wide else aliases.get(name, name)]

    return of


@cache
def _ranges() -> tuple[list[int], list[int], list[str]]:
    """The beginnings, the ends and the classes of the ranges of `data/linebreakclasses.txt`, in order."""
    rows = [line.split() for line in _data("linebreakclasses.txt").splitlines() if not line.startswith("#")]
    ranges = [(*span.partition("-"), name) for name, *spans in rows for span in spans]
    points = sorted((int(first, 16), int(last or first, 16), name) for first, _, last, name in ranges)
    return [each[0] for each in points], [each[1] for each in points], [each[2] for each in points]
