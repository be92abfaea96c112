"""Updating: a catalog and a newer template -> the catalog of that template, with all that can be kept.

What gettext's msgmerge does, but for three things: a new text may only inherit from one that has gone,
each of those has one heir at most, and a translation whose source has changed also stays as it was,
among the obsolete entries: when the source comes back, so does its translation, reviewed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from l10n import inline
from l10n.catalogs.po import digest
from l10n.model import Catalog, Entry, Key, Origin, State

LEAST_SIMILARITY = 0.6
"""Below this, the translation of another text is no help (Indel similarity, 0 to 1)."""
_HEIRS_CONSIDERED = 10
_CREATION_DATE = "POT-Creation-Date"


@dataclass(frozen=True, slots=True)
class Updated:
    """An updated catalog, and how many of its entries went which way."""

    catalog: Catalog
    kept: int
    """In the catalog and in the template."""
    revived: int
    """Back from the obsolete entries."""
    changed: int
    """New, with the translation of a text that has gone, to be revised."""
    new: int
    """New, without a translation."""
    gone: int
    """No longer in the template, and without an heir."""


def update(catalog: Catalog, template: Catalog) -> Updated:
    """Bring a catalog up to a template: its entries, in its order, with places, notes and flags from it.

    No target is lost: what the template no longer has becomes obsolete. Updating twice changes nothing.
    """
    merge = _Merge(catalog, template)
    merge.keep()
    merge.revive()
    merge.inherit()
    return merge.updated()


@dataclass(slots=True)
class _Merge:
    """An update under way: which entry of the catalog each text of the template has found."""

    catalog: Catalog
    template: Catalog
    done: dict[Key, Entry] = field(default_factory=dict)
    """What each text of the template becomes, as far as that is known."""
    vanished: list[Entry] = field(default_factory=list)
    """The catalog's entries that the template no longer has."""
    obsolete: list[Entry] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def keep(self) -> None:
        """Give each text its own entry."""
        known = self.catalog.by_key()
        for text in self.template.entries:
            entry = known.get(text.key)
            if entry and _alike(entry, text):
                self.done[text.key] = _with_facts(entry, text)
                del known[text.key]
        self.vanished = list(known.values())
        self.obsolete = list(self.catalog.obsolete)
        self.counts["kept"] = len(self.done)

    def revive(self) -> None:
        """Give texts that are still without a translation the obsolete entry of the same text."""
        texts = self.template.entries
        waiting = {text.key: text for text in texts if not _has_target(self.done.get(text.key))}
        back: list[Entry] = []
        for entry in self.obsolete:
            text = waiting.get(entry.key)
            if text and _alike(entry, text) and _has_target(entry):
                self.done[text.key] = _with_facts(entry, waiting.pop(entry.key))
                back.append(entry)
        taken = set(map(id, back))
        self.obsolete = [entry for entry in self.obsolete if id(entry) not in taken]
        self.counts["revived"] = len(back)

    def inherit(self) -> None:
        """Give new texts the translations of texts like them that have gone."""
        new = [text for text in self.template.entries if text.key not in self.done]
        heirs = self._heirs(new, [entry for entry in self.vanished if self._can_pass_on(entry)])
        left = [text for text in new if text.key not in heirs]
        used = {entry.target for entry in self.done.values()} | {entry.target for entry in heirs.values()}
        unused = [entry for entry in self.obsolete if entry.target not in used]
        older = self._heirs(left, [entry for entry in unused if self._can_pass_on(entry)])
        for text in new:
            entry = heirs.get(text.key) or older.get(text.key)
            self.done[text.key] = _inherited(entry, text) if entry else _blank(text)
        self.counts["changed"] = len(heirs) + len(older)
        self.counts["new"] = len(new) - len(heirs) - len(older)
        self.counts["gone"] = len(self.vanished) - len(heirs)

    def _heirs(self, texts: Sequence[Entry], entries: Sequence[Entry]) -> dict[Key, Entry]:
        """For each text that is like one of the entries that one; no entry twice."""
        heirs: dict[Key, Entry] = {}
        taken: set[int] = set()
        for _, at, number in sorted([*_same_source(texts, entries), *_similar(texts, entries)]):
            key = texts[at].key
            if key not in heirs and number not in taken:
                heirs[key] = entries[number]
                taken.add(number)
        return heirs

    def _can_pass_on(self, entry: Entry) -> bool:
        """Whether an entry's translation is worth revising for another text.

        A machine's draft is not, as a new one will be better; nor is one that was only carried
        here from a text that is itself back.
        """
        if not _has_target(entry) or (_untouched(entry) and entry.origin and entry.origin.reason == "draft"):
            return False
        return not (_untouched(entry) and _former_key(entry) in self.done)

    def updated(self) -> Updated:
        """The result."""
        entries = tuple(self.done[text.key] for text in self.template.entries)
        obsolete = (*self.obsolete, *self._retired(entries))
        same = entries == self.catalog.entries and obsolete == self.catalog.obsolete
        header = self.catalog.header if same else _dated(self.catalog, self.template)
        catalog = replace(self.catalog, entries=entries, obsolete=obsolete, header=header)
        return Updated(catalog, **self.counts)

    def _retired(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """The vanished entries that stay as obsolete ones: all that hold something not kept elsewhere."""
        kept = {entry.target for entry in (*entries, *self.obsolete)}
        kept |= {entry.target for entry in self.vanished if not _carried(entry)}
        for entry in self.vanished:
            if _has_target(entry) and not (_carried(entry) and entry.target in kept):
                yield replace(entry, places=(), notes=())


def _alike(entry: Entry, text: Entry) -> bool:
    """Whether a target of the one can stand for the other: both have a plural, or neither."""
    return (entry.plural is None) == (text.plural is None)


def _has_target(entry: Entry | None) -> bool:
    return entry is not None and (entry.target != "" or any(entry.plural_targets))


def _untouched(entry: Entry) -> bool:
    """Whether the target is as this program wrote it: nobody has worked on it since."""
    return (
        entry.state is State.TRANSLATED
        and entry.origin is not None
        and entry.origin.digest in ("", digest(entry.target))
    )


def _carried(entry: Entry) -> bool:
    """Whether the target is that of another text, untouched."""
    return _untouched(entry) and entry.previous_source is not None and not entry.plural_targets


def _former_key(entry: Entry) -> Key | None:
    """The key of the text that a carried target translates."""
    return (entry.previous_context, entry.previous_source) if entry.previous_source is not None else None


def _with_facts(entry: Entry, text: Entry) -> Entry:
    """An entry with what the template says of its text."""
    facts = (text.places, text.notes, text.flags, text.plural)
    if facts == (entry.places, entry.notes, entry.flags, entry.plural):
        return entry
    entry = replace(entry, places=text.places, notes=text.notes, flags=text.flags)
    return entry if entry.plural == text.plural else _plural_changed(entry, text)


def _plural_changed(entry: Entry, text: Entry) -> Entry:
    """An entry whose plural form alone reads otherwise now."""
    if not _has_target(entry):
        return replace(entry, plural=text.plural)
    return replace(
        entry,
        plural=text.plural,
        state=State.TRANSLATED,
        origin=Origin("outdated", digest=digest(entry.target)),
        previous_source=entry.source,
        previous_context=entry.context,
        previous_plural=entry.plural,
    )


def _blank(text: Entry) -> Entry:
    """A text of the template as an entry without a translation."""
    return replace(text, target="", plural_targets=(), state=State.INITIAL)


def _inherited(entry: Entry, text: Entry) -> Entry:
    """A new text with the translation of another: `previous_source` says what that translates."""
    first = entry if entry.previous_source is None or entry.state is State.REVIEWED else None
    context, source, plural = (
        (first.context, first.source, first.plural)
        if first
        else (entry.previous_context, entry.previous_source, entry.previous_plural)
    )
    return replace(
        text,
        target=entry.target,
        plural_targets=entry.plural_targets,
        state=State.TRANSLATED,
        origin=Origin("merged" if entry.source == text.source else "outdated", digest=digest(entry.target)),
        previous_source=source,
        previous_context=context,
        previous_plural=plural,
        comments=entry.comments,
    )


Match = tuple[tuple[float, bool], int, int]
"""(unlikeness, other context), number of the text, number of the entry: the smallest is the best."""


def _same_source(texts: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[Match]:
    """The pairs that differ in their context only."""
    by_source: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        by_source.setdefault(entry.source, []).append(number)
    for at, text in enumerate(texts):
        for number in by_source.get(text.source, [])[:_HEIRS_CONSIDERED]:
            if _alike(entries[number], text):
                yield (-1.0, False), at, number


def _similar(texts: Sequence[Entry], entries: Sequence[Entry]) -> Iterator[Match]:
    """The pairs whose plain texts are similar enough; for each text the best few."""
    from rapidfuzz import process
    from rapidfuzz.distance import Indel

    order = sorted(range(len(entries)), key=lambda number: len(_plain(entries[number])))
    pool = [_plain(entries[number]) for number in order]
    lengths = [len(each) for each in pool]
    for at, text in enumerate(texts):
        query = _plain(text)
        low, high = _window(lengths, len(query))
        found = process.extract(
            query,
            pool[low:high],
            scorer=Indel.normalized_similarity,
            score_cutoff=LEAST_SIMILARITY,
            limit=_HEIRS_CONSIDERED,
        )
        for _, score, place in found:
            number = order[low + place]
            if _alike(entries[number], text):
                yield (1.0 - score, entries[number].context != text.context), at, number


def _window(lengths: Sequence[int], length: int) -> tuple[int, int]:
    """Which of the sorted lengths can be similar enough: 2 * shorter / (shorter + longer) is the most."""
    ratio = LEAST_SIMILARITY / (2 - LEAST_SIMILARITY)
    return bisect_left(lengths, int(length * ratio)), bisect_right(lengths, int(length / ratio) + 1)


def _plain(entry: Entry) -> str:
    return inline.plain(entry.source) or entry.source


def _dated(catalog: Catalog, template: Catalog) -> tuple[tuple[str, str], ...]:
    """The catalog's header with the template's date."""
    date = dict(template.header).get(_CREATION_DATE)
    return tuple((name, date if name == _CREATION_DATE and date else value) for name, value in catalog.header)
