"""Drafting: Catalogs, memory, engine -> Drafts. Each is verified, or its entry stays empty with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from l10n import inline
from l10n.engines.attempting import Attempts
from l10n.engines.batching import Sender
from l10n.engines.caching import Cache
from l10n.engines.contracts import Engine
from l10n.engines.verifying import fault
from l10n.engines.wording import Wording
from l10n.errors import EngineError, ModelMissing, PairUnsupported
from l10n.model import Catalog, Draft, Entry, Key, Match, Neighbours, Origin, State, Undrafted, digest
from l10n.terms import Glossary

_LEAST_MATCH = 85
"""Below this score the memory knows less than an engine."""


_PLURAL = "it has plural forms"
_COPY = "copy"
"""What made a draft of a text without words."""


class Lookup(Protocol):
    """What a translation memory is asked: the best match for a source."""

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
    drafter = Drafter(catalog.source_locale, catalog.locale or "und", engine, memory)
    yield from drafter.draft([(catalog, [entry for entry in catalog.entries if wanted(entry, redo=redo)])])[0]


def wanted(entry: Entry, *, redo: bool = False) -> bool:
    """Whether an entry takes a draft: it is empty, or with `redo` an earlier draft as it was written."""
    if entry.state is State.INITIAL:
        return True
    origin = entry.origin
    if not redo or entry.state is State.REVIEWED or origin is None:
        return False
    return (origin.reason, origin.digest) == ("draft", digest(entry.target))


def _nothing(count: int) -> None:
    """A `done` that tells nobody."""


@dataclass
class Drafter:
    """Drafts entries of one pair of locales, from a memory and an engine; either may be None."""

    source_locale: str
    locale: str
    engine: Engine | None
    memory: Lookup | None = None
    glossary: Glossary | None = None
    cache: Cache = field(default_factory=Cache)
    broken: EngineError | None = None
    """Why the engine was given up, where it was."""
    asked: int = 0
    """How many texts went to the engine."""

    def draft(
        self, jobs: Sequence[tuple[Catalog, Sequence[Entry]]], done: Callable[[int], None] = _nothing
    ) -> list[list[Draft | Undrafted]]:
        """A draft, or the reason why there is none, for each of some entries of each catalog.

        Equal texts are translated once. `done` is told, now and then, how many more entries are finished.
        Without an engine, entries that the memory does not know are passed over.
        """
        remembered = [self.remembered(catalog, entries) for catalog, entries in jobs]
        left = [
            entry.source
            for (_, entries), drafts in zip(jobs, remembered, strict=True)
            for entry in entries
            if entry.key not in drafts and not entry.plural
        ]
        done(sum(map(len, remembered)))
        attempts = self._attempted(dict.fromkeys(left), done)
        return [
            [made for entry in entries if (made := drafts.get(entry.key) or self._made(entry, attempts))]
            for (_, entries), drafts in zip(jobs, remembered, strict=True)
        ]

    def plan(self, jobs: Sequence[tuple[Catalog, Sequence[Entry]]]) -> list[list[Draft | Undrafted]]:
        """What `draft` would give if the engine did well: for what it is asked, drafts without a target."""
        return [
            [made for entry in entries if (made := drafts.get(entry.key) or self._planned(entry))]
            for (catalog, entries) in jobs
            for drafts in [self.remembered(catalog, entries)]
        ]

    def _planned(self, entry: Entry) -> Draft | Undrafted | None:
        if entry.plural:
            return Undrafted(entry.key, _PLURAL)
        return Draft(entry.key, "", Origin("draft", self.maker)) if self.engine else None

    def remembered(self, catalog: Catalog, entries: Sequence[Entry]) -> dict[Key, Draft]:
        """The drafts that the memory gives for some entries of a catalog."""
        if self.memory is None:
            return {}
        neighbours = catalog.neighbours()
        out = {}
        for entry in entries:
            found = self.memory.lookup(entry.source, entry.context, neighbours.get(entry.key))
            if found and not entry.plural and self._usable(entry, found):
                origin = Origin("draft", f"memory {found.score}%", digest(found.target))
                out[entry.key] = Draft(entry.key, found.target, origin)
        return out

    def _usable(self, entry: Entry, match: Match) -> bool:
        """Whether a match can be a draft: made by humans for this very text, or without a fault."""
        if match.score == 100:
            return not inline.problems(entry.source, match.target)
        wrong = fault(entry.source, match.target, self.source_locale, self.locale)
        return match.score >= _LEAST_MATCH and not wrong

    @cached_property
    def maker(self) -> str:
        """What makes the drafts that are not of the memory."""
        return self.engine.describe(self.source_locale, self.locale) if self.engine else _COPY

    def _attempted(self, sources: Iterable[str], done: Callable[[int], None]) -> Attempts:
        """The texts translated, as far as the engine gets."""
        attempts = Attempts(
            self.source_locale,
            self.locale,
            Wording(self.glossary or Glossary(self.source_locale, self.locale)),
        )
        left = [source for source in sources if not attempts.copy(source)]
        if self.engine is not None:
            sender = Sender(self.engine, self.source_locale, self.locale, self.cache)
            try:
                attempts.translate(left, sender, done)
            except (ModelMissing, PairUnsupported):
                raise
            except EngineError as error:
                self.broken = error
                attempts.give_up(left, error.message)
            finally:
                self.asked += sender.asked
        return attempts

    def _made(self, entry: Entry, attempts: Attempts) -> Draft | Undrafted | None:
        if entry.plural:
            return Undrafted(entry.key, _PLURAL)
        target = attempts.done.get(entry.source)
        if target is not None:
            source = self.maker + "".join(
                f', without "{term}"' for term in attempts.unmet.get(entry.source, ())
            )
            return Draft(entry.key, target, Origin("draft", source, digest(target)))
        reason = attempts.reasons.get(entry.source)
        return Undrafted(entry.key, reason) if reason and self.engine else None
