"""Localizing: an Article and a Catalog -> the Article in the catalog's locale."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from l10n import inline
from l10n.catalogs.extracting import key
from l10n.locales import joiner
from l10n.model import Article, Content, Entry, Key, Piece, State, Unit


@dataclass(frozen=True, slots=True)
class Policy:
    """Which targets may be shown, and what stands where there is none."""

    drafts: str = "labelled"
    """Machine drafts: "none" are shown, "labelled" as what they are, "all" as if they were reviewed."""
    outdated: str = "show"
    """The translation of an older source: "show" it, "source" in its place, or "hide" its block."""
    fallback: str = "paragraph"
    """"sentence": each untranslated unit in the source language; "paragraph": its whole block."""


def localize(
    article: Article,
    units: Sequence[Unit],
    entries: Mapping[Key, Entry],
    locale: str,
    policy: Policy | None = None,
) -> Article:
    """The article in another locale: its blocks get `pieces`, everything else stays.

    `units` are the article's own, in order; `entries` the catalog's by key. A unit whose target is
    missing, not allowed by the policy or broken in its codes stays in the source language. In the
    article's own locale nothing is translated, but its units are told apart.
    """
    policy = policy or Policy()
    blocks = list(article.blocks)
    for number, group in groupby(units, key=lambda unit: unit.place.block):
        pieces = _pieces(list(group), entries, article.locale, locale, policy)
        blocks[number] = replace(blocks[number], pieces=pieces)
    return replace(article, locale=locale, blocks=tuple(blocks))


def _pieces(
    units: list[Unit], entries: Mapping[Key, Entry], source: str, locale: str, policy: Policy
) -> tuple[Piece, ...]:
    found = [entries.get(key(unit)) for unit in units]
    if policy.outdated == "hide" and any(entry and _is_outdated(entry) for entry in found):
        return (Piece((), locale, State.TRANSLATED, reason="outdated"),)
    targets = [_piece(unit, entry, source, locale, policy) for unit, entry in zip(units, found, strict=True)]
    if policy.fallback == "paragraph" and any(piece.locale == source for piece in targets):
        targets = [Piece(unit.source, source, State.INITIAL) for unit in units]
    out: list[Piece] = []
    for unit, piece in zip(units, targets, strict=True):
        out += [*_gap(unit.before, piece.locale), piece, *_gap(unit.after, piece.locale)]
    return tuple(out if locale == source else _respaced(out, locale))


def _piece(unit: Unit, entry: Entry | None, source: str, locale: str, policy: Policy) -> Piece:
    """One unit as it is shown: its target where that may be, else its source."""
    target = usable(unit, entry) if entry and _allowed(entry, policy) else None
    if entry is None or target is None:
        return Piece(unit.source, source, State.INITIAL)
    if entry.state is State.REVIEWED:
        return Piece(target, locale, State.REVIEWED)
    reason = entry.origin.reason if entry.origin else "outdated"
    state = State.REVIEWED if policy.drafts == "all" and is_draft(entry) else entry.state
    return Piece(target, locale, state, reason=reason)


def usable(unit: Unit, entry: Entry | None) -> Content | None:
    """What an entry gives for a unit; None where it is empty or broken in its codes."""
    if entry is None or not entry.target.strip():
        return None
    codes = inline.codes(unit.source)
    if inline.problems(entry.source, entry.target, codes):
        return None
    return inline.decode(entry.target, codes)


def _allowed(entry: Entry, policy: Policy) -> bool:
    if entry.state is State.REVIEWED:
        return True
    return policy.drafts != "none" if is_draft(entry) else policy.outdated == "show"


def _is_outdated(entry: Entry) -> bool:
    return entry.state is State.TRANSLATED and bool(entry.target.strip()) and not is_draft(entry)


def is_draft(entry: Entry) -> bool:
    """Whether an unreviewed target is a machine's draft; any other is the translation of another source."""
    return entry.state is State.TRANSLATED and bool(entry.origin and entry.origin.reason == "draft")


def _gap(content: Content, locale: str) -> Iterable[Piece]:
    return [Piece(content, locale, State.REVIEWED, unit=False)] if content else []


def _respaced(pieces: list[Piece], locale: str) -> Iterable[Piece]:
    """The pieces, with the target's joiner for the white space between two sentences of it."""
    for at, piece in enumerate(pieces):
        inner = 0 < at < len(pieces) - 1
        if not piece.unit and inner and piece.locale == locale and joiner(locale) == "":
            text = tuple(item for item in piece.content if not (isinstance(item, str) and item.isspace()))
            yield replace(piece, content=text)
        else:
            yield piece
