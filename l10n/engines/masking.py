"""Masking: what a machine must not touch is taken out of a text, and put back by our own code.

A text in the form of `inline` becomes plain text for the engine, a tree of marks (its codes, and the
atoms: placeholders and addresses), and sentinels: words that hold the place of something. Each mark is
emitted exactly once by `project`, never by the engine, and pairs nest by construction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import regex

from l10n import inline
from l10n.engines.contracts import Hypothesis, Link
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
_WORD = expression(r"\d+(?:[.,\u00a0\u202f]\d+)*|[^\W\d_]{3,}")
_REFERENCE = expression(r"\s*\[\w{1,4}\]\s*")
_NUMBER = expression(r"\d+(?:[.,]\d+)*")
_DEEPEST = 100
"""Pairs nested deeper are no article's."""
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


def project(masked: Masked, hypothesis: Hypothesis) -> str | None:
    """Put the marks and what the sentinels stand for back into a translation; None where their places
    cannot be told.

    Pairs go around the run of words that best covers what is linked to their words, single marks
    behind the word that is linked to the one before them.
    """
    if masked.depth > _DEEPEST:
        return None
    projection = _Projection(masked.plain, hypothesis)
    placed = projection.place(masked.marks, Span(0, len(hypothesis.text)))
    return _restored(_emitted(placed, hypothesis.text), masked) if placed is not None else None


def _restored(text: str, masked: Masked) -> str | None:
    for pattern, piece in masked.sentinels:
        text, count = re.subn(pattern, lambda _, piece=piece: piece, text)  # type: ignore[misc]
        if count != 1:
            return None
    return text


@dataclass(frozen=True, slots=True)
class _Placed:
    """A mark with its place in the translation, and those inside of it."""

    mark: Mark
    span: Span
    inside: list[_Placed]
    before: str = ""
    """The blank that stood before it and behind it, of which the engine has left one."""


def _emitted(placed: Sequence[_Placed], text: str, within: Span | None = None) -> str:
    """The part of a text with marks put in. Single marks come before a pair that begins at their place."""
    within = within or Span(0, len(text))
    out, at = [], within.start
    for each in sorted(placed, key=lambda each: (each.span.start, each.span.end)):
        inner = _emitted(each.inside, text, each.span)
        out += [
            inline.escape(text[at : each.span.start]),
            each.before,
            each.mark.text,
            inner,
            each.mark.close,
        ]
        at = each.span.end
    return "".join([*out, inline.escape(text[at : within.end])])


class _Projection:
    """Finding the places of marks in one translation."""

    def __init__(self, source: str, hypothesis: Hypothesis) -> None:
        self._source, self._target = source, hypothesis.text
        self._links = sorted(_surer(source, hypothesis), key=lambda link: (link[0].start, link[0].end))
        self._words = sorted({target for _, target in self._links}, key=lambda span: span.start)

    def place(self, marks: Sequence[Mark], within: Span) -> list[_Placed] | None:
        """The marks of one level in a range of the translation, no two over one another; None where one
        finds no place."""
        taken: list[Span] = []
        spans: list[Span] = []
        for mark in marks:
            span = self._range(mark, within, taken) if mark.close else self._point(mark, within)
            if span is None:
                return None
            taken += [span] if mark.close else []
            spans.append(span)
        out = []
        for mark, span in zip(marks, spans, strict=True):
            inside = self.place(mark.inside, span)
            if inside is None:
                return None
            span = span if mark.close else _outside(span, taken)
            blank = " " if self._stands_free(mark) and span.start else ""
            out.append(_Placed(mark, span, inside, blank))
        return out

    def _stands_free(self, mark: Mark) -> bool:
        """Whether a single mark has a blank on either side in the source."""
        around = self._source[max(mark.start - 1, 0) : mark.start + 1]
        return not mark.close and len(around) == 2 and around.isspace()

    def _range(self, mark: Mark, within: Span, taken: Sequence[Span]) -> Span | None:
        """The run of free words with the most links from inside the pair less those from outside."""
        if not (self._source[: mark.start].strip() or self._source[mark.end :].strip() or taken):
            return self._trimmed(within)
        free = [word for word in self._words if _lies_in(word, within) and not _meets(word, taken)]
        weights = dict.fromkeys(free, 0)
        for source, target in self._links:
            if target in weights:
                weights[target] += 1 if mark.start <= source.start and source.end <= mark.end else -1
        run = _best_run(free, weights, taken)
        return self._widened(mark, run, within, taken) if run else None

    def _trimmed(self, span: Span) -> Span:
        """A range of the translation without the white space at its edges."""
        body = span.of(self._target)
        start = span.start + len(body) - len(body.lstrip())
        return Span(start, max(start, span.start + len(body.rstrip())))

    def _widened(self, mark: Mark, run: Span, within: Span, taken: Sequence[Span]) -> Span:
        """The run with the punctuation at its edges, where the source has some inside the pair."""
        start, end = run.start, run.end
        for _ in _edge(self._source[mark.start : mark.end]):
            if start > within.start and _is_mark(self._target[start - 1]):
                start -= 1
        for _ in _edge(self._source[mark.start : mark.end][::-1]):
            if end < within.end and _is_mark(self._target[end]):
                end += 1
        wide = Span(start, end)
        return run if any(_meets(wide, [other]) for other in taken) else wide

    def _point(self, mark: Mark, within: Span) -> Span | None:
        """Where a single mark stands: behind the word linked to its left neighbour, or at an end."""
        if not self._source[: mark.start].strip():
            return Span(within.start, within.start)
        if not self._source[mark.end :].strip():
            return Span(within.end, within.end)
        before = [link for link in self._links if link[0].end <= mark.start]
        if not before:
            return None
        last = max(source.end for source, _ in before)
        place = max(target.end for source, target in before if source.end == last)
        between = self._source[last : mark.start]
        for char in between.rstrip() if self._stands_free(mark) else between:
            following = self._target[place : place + 1]
            if following and (following == char or (following.isspace() and char.isspace())):
                place += 1
        place = min(max(place, within.start), within.end)
        return Span(place, place)


def _surer(source: str, hypothesis: Hypothesis) -> list[Link]:
    """The links of a translation, with certain ones for the words and numbers that it has in common with
    its source, where they stand once in each."""
    left, right = _singles(source), _singles(hypothesis.text)
    certain = [(left[word], right[word]) for word in left.keys() & right.keys()]
    if not certain:
        return list(hypothesis.links)
    sources, targets = zip(*certain, strict=True)
    kept = (link for link in hypothesis.links if not (_meets(link[0], sources) or _meets(link[1], targets)))
    return [*kept, *certain]


def _singles(text: str) -> dict[str, Span]:
    """The longer words of a text, and the digits of its numbers, that stand in it once."""
    found: dict[str, list[Span]] = {}
    for match in _WORD.finditer(text):
        key = re.sub(r"\D", "", match[0]) if match[0][0].isdigit() else match[0]
        found.setdefault(key, []).append(Span(*match.span()))
    return {key: spans[0] for key, spans in found.items() if len(spans) == 1}


def _best_run(words: Sequence[Span], weights: dict[Span, int], taken: Sequence[Span]) -> Span | None:
    """The run of words, in order and with nothing taken between, whose weights add up to the most."""
    best, run, start, found = 0, 0, 0, None
    for number, word in enumerate(words):
        broken = number > 0 and _meets(Span(words[number - 1].end, word.start), taken)
        if run <= 0 or broken:
            run, start = 0, number
        run += weights[word]
        if run > best:
            best, found = run, Span(words[start].start, word.end)
    return found


def _outside(point: Span, taken: Sequence[Span]) -> Span:
    """A point moved out of a pair that it is no part of, to its end."""
    for other in taken:
        if other.start < point.start < other.end:
            return Span(other.end, other.end)
    return point


def _lies_in(span: Span, other: Span) -> bool:
    return other.start <= span.start and span.end <= other.end


def _meets(span: Span, others: Sequence[Span]) -> bool:
    """Whether a span has something in common with one of others, or one of them lies within it."""
    return any(span.start < other.end and other.start < span.end for other in others)


def _edge(text: str) -> str:
    """The punctuation that a text begins with."""
    return text[: next((at for at, char in enumerate(text) if not _is_mark(char)), len(text))]


def _is_mark(char: str) -> bool:
    return not (char.isalnum() or char.isspace())
