"""Drafting: Catalog, memory, engine -> Drafts. Each is verified, or its entry stays empty with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from l10n import inline
from l10n.engines.contracts import Engine, Hypothesis
from l10n.engines.masking import Masked, mask, pieces, project
from l10n.engines.verifying import fault
from l10n.model import Catalog, Draft, Entry, Match, Neighbours, Origin, State, Undrafted

_BATCH = 256
"""Entries under way at once: what a killed run loses at most."""
_LEAST_MATCH = 85
"""Below this score the memory knows less than an engine."""


class Lookup(Protocol):
    """What a translation memory is asked: the best match for a source; `Catalog.neighbours` has them."""

    def lookup(
        self, source: str, context: str | None = None, neighbours: Neighbours | None = None
    ) -> Match | None: ...


def draft(
    catalog: Catalog, engine: Engine | None, memory: Lookup | None = None, *, redo: bool = False
) -> Iterator[Draft | Undrafted]:
    """A draft, or the reason why there is none, for every entry of a catalog that has no target.

    The memory is asked first, then the engine. With `redo` also for earlier drafts that nobody has
    touched. Raises ModelMissing or PairUnsupported where the engine cannot work at all.
    """
    waiting = (entry for entry in catalog.entries if _wanted(entry, redo))
    while batch := list(islice(waiting, _BATCH)):
        yield from _drafted(_Batch(catalog, engine, memory), batch)


def _wanted(entry: Entry, redo: bool) -> bool:
    if entry.state is State.INITIAL:
        return True
    untouched = entry.origin is not None and entry.origin.digest == _digest(entry.target)
    return redo and untouched and entry.origin is not None and entry.origin.reason == "draft"


def _digest(target: str) -> str:
    return hashlib.sha256(target.encode("utf-8")).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some entries on their way through memory and engine."""

    catalog: Catalog
    engine: Engine | None
    memory: Lookup | None
    done: dict[str, str] = field(default_factory=dict)
    """Source -> verified target of the engine."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Source -> why its last target was refused."""

    @property
    def locales(self) -> tuple[str, str]:
        return self.catalog.source_locale, self.catalog.locale or "und"

    def take(self, source: str, target: str | None) -> bool:
        """Accept a target of the engine, if there is one and nothing is wrong with it."""
        reason = fault(source, target, *self.locales) if target is not None else "its codes found no place"
        if not reason and target is not None:
            self.done[source] = target
        self.reasons[source] = reason
        return not reason

    def remembered(self, entry: Entry) -> Draft | None:
        """A draft from the memory, where it knows the text well enough."""
        found = self.memory.lookup(entry.source, entry.context) if self.memory else None
        if not found or found.score < _LEAST_MATCH or fault(entry.source, found.target, *self.locales):
            return None
        return Draft(
            entry.key, found.target, Origin("draft", f"memory {found.score}%", _digest(found.target))
        )


def _drafted(batch: _Batch, entries: Sequence[Entry]) -> Iterator[Draft | Undrafted]:
    drafts = {entry.key: made for entry in entries if not entry.plural and (made := batch.remembered(entry))}
    left = [entry.source for entry in entries if entry.key not in drafts and not entry.plural]
    _translate(batch, list(dict.fromkeys(left)))
    described = batch.engine.describe(*batch.locales) if batch.engine else ""
    for entry in entries:
        made, target = drafts.get(entry.key), batch.done.get(entry.source)
        if made:
            yield made
        elif entry.plural:
            yield Undrafted(entry.key, "it has plural forms")
        elif target is not None:
            yield Draft(entry.key, target, Origin("draft", described, _digest(target)))
        elif batch.engine:
            yield Undrafted(entry.key, batch.reasons[entry.source])


def _translate(batch: _Batch, sources: list[str]) -> None:
    """Translate texts whole; those that come out wrong in pieces between their codes."""
    for source in sources:
        if not any(map(str.isalpha, inline.plain(source))):
            batch.take(source, source)
    if batch.engine is None:
        return
    texts = [source for source in sources if source not in batch.done]
    masked = [mask(source, batch.engine.sentinel) for source in texts]
    for source, each, hypothesis in zip(texts, masked, _hypotheses(batch, masked), strict=True):
        batch.take(source, project(each, hypothesis))
    again = [source for source in texts if source not in batch.done and len(pieces(source)) > 1]
    _translate_pieces(batch, again)


def _hypotheses(batch: _Batch, masked: Sequence[Masked]) -> Iterator[Hypothesis]:
    assert batch.engine is not None
    return batch.engine.translate([each.plain for each in masked], *batch.locales)


def _translate_pieces(batch: _Batch, sources: Sequence[str]) -> None:
    """Translate what stands between codes by itself: worse to read, but no code can get lost."""
    assert batch.engine is not None
    cut = [pieces(source) for source in sources]
    texts = list(dict.fromkeys(piece.strip() for parts in cut for said, piece in parts if said))
    found = dict(zip(texts, batch.engine.translate(texts, *batch.locales), strict=True))
    for source, parts in zip(sources, cut, strict=True):
        batch.take(source, "".join(_piece(piece, found) if said else piece for said, piece in parts))


def _piece(piece: str, found: dict[str, Hypothesis]) -> str:
    """A translated piece with the white space that was around it."""
    body = piece.strip()
    before = piece[: piece.index(body)]
    return before + inline.escape(found[body].text) + piece[len(before) + len(body) :]
