"""Generated catalogs, and what gettext's own programs make of a catalog."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace

from hypothesis import strategies as st

from l10n.catalogs import decode_po, encode_po, new_header, parse_po, serialize_po
from l10n.model import Catalog, Entry, Origin, State

HEADER = new_header("uk", "en", "The Town", "2026-11-24 02:40+0000", "nplurals=3; plural=(n % 3);")
FORMS = 3
FLAGS = ("c-format", "no-python-format", "perl-brace-format", "no-wrap")
"""Flags in gettext's order."""
_WIDE = st.sampled_from("路面電車の計画を、市議会が承認した。「長い」（文）ー한국어ไทยאבגי́あ゙…—-·%")
_CHARS = (
    st.sampled_from('abc Ünï. ,;:!?/-"\\<>()\n\t\r\a\v\u00a0\u200b')
    | _WIDE
    | st.characters(max_codepoint=0x1FFFF, exclude_categories=["Cs", "Co", "Cn", "Cc", "Zl", "Zp"])
)
_WORDS = st.text(_CHARS, max_size=14)
TEXTS = (
    _WORDS
    | st.lists(_WORDS | st.text("abcdefg", max_size=12), max_size=30).map(" ".join)
    | st.text(_WIDE, min_size=20, max_size=120)
    | st.integers(70, 170).map("x".__mul__)
)
"""Texts short and long, in scripts wide and narrow, with all that is escaped in a string."""
_LINE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from(" ab:,.#~|\t"),
    max_size=100,
).map(lambda line: line.rstrip("\\"))
_PLACES = st.from_regex(r"[a-z][a-z/.]{,40}(:[1-9][0-9]{0,4})?", fullmatch=True)
_ORIGINS = st.builds(
    Origin,
    st.sampled_from(["draft", "outdated", "merged"]),
    st.sampled_from(["", "apertium eng-spa 0.8.1", "memory 92%", "a, b"]),
    st.sampled_from(["", "3fa9c1d2"]),
)


def _few(lines: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(lines, max_size=most, unique=True).map(tuple)


def _is_comment(line: str) -> bool:
    return not line.startswith("l10n: ")


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """One entry with anything that an entry may have, except that it may be the header's."""
    plural = draw(st.none() | TEXTS.filter(bool)) if draw(st.integers(0, 3)) == 0 else None
    targets = draw(st.tuples(*[TEXTS] * FORMS)) if plural is not None else (draw(TEXTS),)
    fuzzy = draw(st.booleans()) or not all(targets)
    state = State.TRANSLATED if fuzzy else State.REVIEWED
    previous = draw(st.none() | TEXTS)
    return Entry(
        source=draw(TEXTS),
        target=targets[0],
        context=draw(st.none() | TEXTS),
        state=state if any(targets) else State.INITIAL,
        origin=draw(st.none() | _ORIGINS),
        plural=plural,
        plural_targets=targets if plural is not None else (),
        previous_source=previous,
        previous_context=draw(st.none() | TEXTS) if previous is not None else None,
        previous_plural=draw(st.none() | TEXTS) if previous is not None else None,
        places=draw(_few(_PLACES, 8)),
        notes=draw(_few(_LINE)),
        comments=draw(_few(_LINE.filter(_is_comment))),
        flags=tuple(flag for flag in FLAGS if draw(st.integers(0, 4)) == 0),
    )


@st.composite
def catalogs(draw: st.DrawFn, size: int = 5) -> Catalog:
    """A catalog with a header, entries in use and obsolete ones."""
    found = {entry.key: entry for entry in draw(st.lists(entries(), min_size=1, max_size=size))}
    drawn = [entry for key, entry in found.items() if key != (None, "")] or [Entry("a")]
    cut = draw(st.integers(1, len(drawn)))
    obsolete = [entry for entry in drawn[cut:] if entry.target]
    comments = draw(_few(_LINE.filter(_is_comment)))
    return Catalog("en", "uk", tuple(drawn[:cut]), tuple(obsolete), HEADER, comments)


def msgcat(data: bytes, *options: str) -> bytes:
    """A catalog as gettext writes it."""
    return gettext("msgcat", *options, "-", input=data)


def gettext(*command: str, input: bytes = b"") -> bytes:
    """What a program of gettext prints; it must succeed."""
    result = subprocess.run(command, input=input, capture_output=True, timeout=60, check=False)
    assert result.returncode == 0, f"{command}: {result.stderr.decode(errors='replace')}"
    return result.stdout


def rewritten(data: bytes) -> bytes:
    """A catalog with the lines of every entry written anew: something was changed, and changed back."""
    changed = _each(parse_po(decode_po(data)), lambda comments: (*comments, "changed"))
    read_again = parse_po(serialize_po(changed))
    return encode_po(serialize_po(_each(read_again, lambda comments: comments[:-1])))


def _each(catalog: Catalog, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Catalog:
    def changed(entry: Entry) -> Entry:
        return replace(entry, comments=change(entry.comments))

    return replace(
        catalog,
        entries=tuple(map(changed, catalog.entries)),
        obsolete=tuple(map(changed, catalog.obsolete)),
        header_comments=change(catalog.header_comments),
    )
