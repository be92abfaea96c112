"""Masking: what a machine must not touch is taken out of a text, for `projecting` to put back.

A text in the form of `inline` becomes plain text for the engine, a tree of marks (its codes, and the
atoms: placeholders and addresses), and sentinels: words that hold the place of something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import regex

from l10n import inline
from l10n.laziness import expression
from l10n.model import Span

ATOM = regex.compile(
    r"""(?:https?://|\bwww\.)[^\s<>"«»]*[\w/#=&%-]   # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+           # e-mail
    | \$?(\{(?:[^{}]|(?1))*\})                # {name}, ${name}, {{ template }}, {n, number}
    | %\([\w.]+\)[a-zA-Z] | %\d+\$[a-zA-Z] | %[sdifr](?![\w])   # %(name)s, %1$s, %s
    """,
    regex.VERBOSE,
)
_REFERENCE = expression(r"\s*\[\w{1,4}\]\s*")
_NUMBER = expression(r"\d+(?:[.,]\d+)*")
_MOST_SENTINELS = 60
Sentinel = Callable[[int], str | None]
"""See `Engine.sentinel`."""
Kept = Callable[[str], Iterable[Span]]
"""Finds what is not translated in a plain text, in order."""


def _nothing_kept(text: str) -> Iterable[Span]:
    return ()


@dataclass(slots=True)
class Mark:
    """A code or an atom, and the range of the plain text that it covers."""

    text: str
    start: int
    end: int
    close: str = ""
    """The closing code of a pair; empty for what stands alone."""
    inside: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as an engine gets it, and what was taken out of it."""

    plain: str
    marks: tuple[Mark, ...]
    """The outermost ones, in the order in which they begin."""
    sentinels: tuple[tuple[str, str], ...] = ()
    """Patterns of the words that stand for something, and what they stand for."""
    depth: int = 0
    """How deep the pairs are nested."""


def mask(text: str, sentinel: Sentinel, kept: Kept = _nothing_kept) -> Masked:
    """Take the codes and atoms out of a text.

    A sentinel stands for each atom, and for each of `kept`; where there is none, atoms
    become marks and the terms stay.
    """
    plain, sentinels = _Plain(), _Sentinels(sentinel)
    marks = Mark("", 0, 0)
    open_marks, depth = [marks], 0
    for kind, piece in _whole_pairs(_parts(text, kept)):
        if kind == "close":
            mark = open_marks.pop()
            mark.end, mark.close = len(plain), piece
        elif kind in ("open", "code") or (kind == "atom" and not sentinels.there):
            mark = Mark(piece, len(plain), len(plain))
            open_marks[-1].inside.append(mark)
            open_marks += [mark] if kind == "open" else []
            depth = max(depth, len(open_marks) - 1)
        elif kind in ("atom", "kept") and sentinels.there:
            plain.add_word(sentinels, piece if kind == "atom" else inline.escape(piece))
        else:
            plain.add(piece)
    return Masked(plain.text, tuple(marks.inside), tuple(sentinels.used), depth)


def mark_up(text: str, sentinel: Sentinel, kept: Kept, number: Callable[[str], str]) -> Masked | None:
    """Put sentinels for everything: codes, atoms, terms and numbers, these as `number` writes them.

    None where the engine has no sentinels, or so many would leave little of the sentence.
    """
    plain, sentinels = _Plain(), _Sentinels(sentinel)
    if not sentinels.there or len(inline.marks(text)) > _MOST_SENTINELS:
        return None
    for kind, piece in _whole_pairs(_parts(text, kept)):
        if kind != "text":
            plain.add_word(sentinels, inline.escape(piece) if kind == "kept" else piece, kind)
            continue
        at = 0
        for match in _NUMBER.finditer(piece):
            plain.add(piece[at : match.start()])
            plain.add_word(sentinels, number(match[0]))
            at = match.end()
        plain.add(piece[at:])
    return Masked(plain.text, (), tuple(sentinels.used))


class _Sentinels:
    """The sentinels used in one text."""

    def __init__(self, sentinel: Sentinel) -> None:
        self._sentinel = sentinel
        self.there = sentinel(0) is not None
        self.used: list[tuple[str, str]] = []

    def next(self, piece: str, before: str, after: str) -> str:
        """The next one, for a piece; with the blanks that set it off, which are no part of the text."""
        word = self._sentinel(len(self.used)) or ""
        edges = [f"{blank}?" if blank else "" for blank in (before, after)]
        self.used.append((rf"{edges[0]}(?<!\w){re.escape(word)}(?!\w){edges[1]}", piece))
        return f"{before}{word}{after}"


class _Plain:
    """The plain text as it grows. A blank is set after a sentinel only when a word follows."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._held: tuple[_Sentinels, str, str] | None = None

    def __len__(self) -> int:
        self._settle("")
        return self._length

    @property
    def text(self) -> str:
        self._settle("")
        return "".join(self._parts)

    def add(self, text: str) -> None:
        if text:
            self._settle(text)
            self._put(text)

    def add_word(self, sentinels: _Sentinels, piece: str, kind: str = "") -> None:
        """Put a sentinel; opening codes stick to what follows, closing ones to what came before."""
        self._settle("x")
        last = self._parts[-1][-1:] if self._parts else ""
        glued = last.isalnum() or (kind == "close" and bool(last) and not last.isspace())
        self._held = (sentinels, piece, " " if glued else "")

    def _settle(self, following: str) -> None:
        if self._held is None:
            return
        sentinels, piece, before = self._held
        self._held = None
        self._put(sentinels.next(piece, before, " " if following[:1].isalnum() else ""))

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


def _parts(text: str, kept: Kept = _nothing_kept) -> Iterator[tuple[str, str]]:
    """The parts of a text: "text" and "kept" (unescaped), "open", "close", "code" and "atom"."""
    for at, part in enumerate(inline.split(text)):
        if at % 2:
            kind = "close" if part.startswith("</") else "code" if part.endswith("/>") else "open"
            yield kind, part
            continue
        plain, done = inline.unescape(part), 0
        for atom in ATOM.finditer(plain):
            yield from _terms(plain[done : atom.start()], kept)
            yield "atom", inline.escape(atom[0])
            done = atom.end()
        yield from _terms(plain[done:], kept)


def _terms(plain: str, kept: Kept) -> Iterator[tuple[str, str]]:
    done = 0
    for span in kept(plain):
        yield "text", plain[done : span.start]
        yield "kept", span.of(plain)
        done = span.end
    yield "text", plain[done:]


def _whole_pairs(parts: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The parts with each pair that holds no words made one code: there is nothing in it to align."""
    held: list[tuple[str, str]] = []
    begun: list[int] = []
    """Where in `held` each open pair that has said nothing yet begins."""
    for kind, piece in parts:
        if not piece:
            continue
        begun += [len(held)] if kind == "open" else []
        held.append((kind, piece))
        if kind == "close" and begun:
            begin = begun.pop()
            inside = (inline.escape(each) if kind == "text" else each for kind, each in held[begin:])
            held[begin:] = [("code", "".join(inside))]
        elif kind in ("atom", "kept") or (kind == "text" and _says(piece)):
            begun.clear()
        if not begun:
            yield from held
            held.clear()
    yield from held


def _says(piece: str) -> bool:
    """Whether there is more in a text than punctuation or a reference such as "[38]"."""
    return any(map(str.isalnum, piece)) and not _REFERENCE.fullmatch(piece)


def pieces(text: str, localized: Callable[[str], str]) -> list[tuple[bool, str]]:
    """The text cut at its marks: (True, plain text to translate), (False, what stays as it is).

    `localized` writes the numbers of text without words as the target locale does.
    """
    return [_piece(kind, piece, localized) for kind, piece in _parts(text) if piece]


def _piece(kind: str, piece: str, localized: Callable[[str], str]) -> tuple[bool, str]:
    if kind != "text":
        return False, piece
    said = any(map(str.isalpha, piece))
    return said, piece if said else inline.escape(localized(piece))
