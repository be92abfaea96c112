"""Masking: what a machine must not touch is taken out of a text, and put back by our own code.

A text in the form of `inline` becomes plain text for the engine and a list of marks: its codes, and
atoms (placeholders, addresses). Each mark is emitted exactly once by `project`, never by the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from l10n import inline
from l10n.engines.contracts import Hypothesis, Link
from l10n.model import Span

ATOM = re.compile(
    r"""https?://[^\s<>"«»]*[\w/#=&%-]      # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+           # e-mail
    | \{\{[^{}]*\}\} | \{[\w.:!\s-]*\}       # {{ template }}, {name}
    | %\([\w.]+\)[a-zA-Z] | %\d+\$[a-zA-Z] | %[sdifr](?![\w])   # %(name)s, %1$s, %s
    | \$\{[\w.]+\}                           # ${name}
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A code or an atom, and the range of the plain text that it covers."""

    text: str
    span: Span
    close: str = ""
    """The closing code of a pair; empty for what stands alone."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text as an engine gets it, and what was taken out of it."""

    plain: str
    marks: tuple[Mark, ...]
    """Pairs and single marks, in the order in which they begin."""
    sentinels: tuple[tuple[str, str], ...]
    """Words that stand in the plain text for atoms, and the atoms."""


def mask(text: str, sentinel: Callable[[int], str | None]) -> Masked:
    """Take the codes and atoms out of a text; `sentinel` names the words that may stand for them."""
    plain: list[str] = []
    marks: list[Mark] = []
    sentinels: list[tuple[str, str]] = []
    opened: list[tuple[str, int, int]] = []
    at = 0
    for kind, piece in _pieces(text):
        if kind == "text":
            plain.append(piece)
            at += len(piece)
        elif kind == "alone":
            word = sentinel(len(sentinels))
            if word is None:
                marks.append(Mark(piece, Span(at, at)))
                continue
            sentinels.append((word, piece))
            plain.append(word)
            at += len(word)
        elif kind == "open":
            opened.append((piece, at, len(marks)))
            marks.append(Mark(piece, Span(at, at)))
        else:
            begin, start, number = opened.pop()
            marks[number] = Mark(begin, Span(start, at), piece)
    return Masked("".join(plain), tuple(marks), tuple(sentinels))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The parts of a text: "text" (unescaped), "open", "close" and "alone"."""
    for at, part in enumerate(inline.split(text)):
        if at % 2:
            kind = "close" if part.startswith("</") else "alone" if part.endswith("/>") else "open"
            yield kind, part
            continue
        plain, done = inline.unescape(part), 0
        for atom in ATOM.finditer(plain):
            yield "text", plain[done : atom.start()]
            yield "alone", inline.escape(atom[0])
            done = atom.end()
        yield "text", plain[done:]


def pieces(text: str) -> list[tuple[bool, str]]:
    """The text cut at its marks: (True, plain text to translate), (False, what stays as it is)."""
    out = [(kind == "text", piece) for kind, piece in _pieces(text) if piece]
    return [(said and any(map(str.isalpha, piece)), _stays(said, piece)) for said, piece in out]


def _stays(said: bool, piece: str) -> str:
    """Plain text that holds no letter is not translated, so it must be escaped here."""
    return inline.escape(piece) if said and not any(map(str.isalpha, piece)) else piece


def project(masked: Masked, hypothesis: Hypothesis) -> str | None:
    """Put the marks back into a translation; None where their places cannot be told.

    Pairs go around the run of words that best covers what is linked to their words, single marks
    behind the word that is linked to the one before them. Nothing overlaps by construction.
    """
    placed = _placed(masked, hypothesis)
    if placed is None:
        return None
    inserts: list[tuple[int, int, str]] = []
    for depth, (mark, span) in enumerate(placed):
        inserts.append((span.start, 2 * len(placed) if not mark.close else len(placed) + depth, mark.text))
        if mark.close:
            inserts.append((span.end, len(placed) - 1 - depth, mark.close))
    out, at = [], 0
    for place, _, text in sorted(inserts):
        out += [inline.escape(hypothesis.text[at:place]), text]
        at = place
    return _restored("".join([*out, inline.escape(hypothesis.text[at:])]), masked)


def _restored(text: str, masked: Masked) -> str | None:
    for word, atom in masked.sentinels:
        if len(re.findall(rf"(?<!\w){word}(?!\w)", text)) != 1:
            return None
        text = re.sub(rf"(?<!\w){word}(?!\w)", lambda _, atom=atom: atom, text)  # type: ignore[misc]
    return text


def _placed(masked: Masked, hypothesis: Hypothesis) -> list[tuple[Mark, Span]] | None:
    """Each mark with its place in the translation, outer before inner; None where one has none."""
    links = sorted(hypothesis.links, key=lambda link: link[0].start)
    words = sorted({target for _, target in hypothesis.links}, key=lambda span: span.start)
    out: list[tuple[Mark, Span]] = []
    for mark in masked.marks:
        span = _range(mark, links, words) if mark.close else _point(mark, links, hypothesis.text, masked)
        if span is None or any(_crosses(mark, span, *other) for other in out):
            return None
        out.append((mark, span))
    return out


def _range(mark: Mark, links: Sequence[Link], words: Sequence[Span]) -> Span | None:
    """The run of target words with the most links from within the pair less those from without."""
    weights = dict.fromkeys(words, 0)
    for source, target in links:
        inside = mark.span.start <= source.start and source.end <= mark.span.end
        weights[target] += 1 if inside else -1
    best, run, start, found = 0, 0, 0, None
    for number, word in enumerate(words):
        if run <= 0:
            run, start = 0, number
        run += weights[word]
        if run > best:
            best, found = run, Span(words[start].start, word.end)
    return found


def _point(mark: Mark, links: Sequence[Link], target: str, masked: Masked) -> Span | None:
    """Where a single mark stands: behind the word linked to its left neighbour, or at an end."""
    if not masked.plain[: mark.span.start].strip():
        return Span(0, 0)
    if not masked.plain[mark.span.end :].strip():
        return Span(len(target), len(target))
    before = [link for link in links if link[0].end <= mark.span.start]
    if not before:
        return None
    place = max(link[1].end for link in before if link[0] == before[-1][0])
    spaced = masked.plain[mark.span.start - 1].isspace() and target[place : place + 1].isspace()
    place += spaced
    return Span(place, place)


def _crosses(mark: Mark, span: Span, other: Mark, there: Span) -> bool:
    """Whether two marks would stand otherwise than their source has them: nested, or side by side."""
    nested = bool(other.close) and other.span.start <= mark.span.start and mark.span.end <= other.span.end
    if nested and (mark.close or mark.span.start > other.span.start):
        return not (there.start <= span.start and span.end <= there.end)
    return there.start < span.end and span.start < there.end
