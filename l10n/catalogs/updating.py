"""Updating: a catalog and a newer template -> the catalog of that template, with all that can be kept.

What gettext's msgmerge does, but for four things: a new text may only inherit from one that has gone,
each of those has one heir at most, a change that leaves the words alone leaves the translation reviewed,
and a translation whose source has changed also stays as it was, among the obsolete entries: when the
source comes back, so does its translation, reviewed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from l10n.catalogs import carrying
from l10n.catalogs.carrying import Pair, carried
from l10n.catalogs.collecting import uncollected
from l10n.catalogs.grading import Grade, grade
from l10n.catalogs.matching import Descent, Find, Likeness, Parts, alike, descents, neighbours
from l10n.catalogs.po import digest, foreign_flags, plural_count
from l10n.locales import joiner
from l10n.model import Catalog, Entry, Key, Origin, State
from l10n.records import record

_CREATION_DATE = "POT-Creation-Date"

Sentences = Callable[[str], Sequence[str]]
"""A translation in the form of `inline` -> its sentences."""


@record(frozen=True, slots=True)
class Change:
    """What an update found of one text: its grade, and what it came from."""

    grade: Grade
    key: Key
    before: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Updated:
    """An updated catalog, and what the update found of each text, in the template's order; the gone last."""

    catalog: Catalog
    changes: tuple[Change, ...]

    def counts(self) -> dict[Grade, int]:
        """How many texts have which grade; all grades are there."""
        counted = Counter(change.grade for change in self.changes)
        return {each: counted[each] for each in Grade}


@uncollected()
def update(
    catalog: Catalog, template: Catalog, typo_fix: bool = False, sentences: Sentences | None = None
) -> Updated:
    """Bring a catalog up to a template: its entries, in its order, with places, notes and flags from it.

    No target is lost: what the template no longer has becomes obsolete. Updating twice changes nothing.
    With `typo_fix`, translations of texts in which only the spelling has changed stay confirmed.
    `sentences` cuts the translation of a text of which the template has only parts.
    """
    merge = _Merge(catalog, template, typo_fix, sentences or (lambda target: [target]))
    merge.keep()
    merge.revive()
    merge.recut()
    merge.inherit()
    return merge.updated()


@dataclass
class _Merge:
    """An update under way: which entry of the catalog each text of the template has found."""

    catalog: Catalog
    template: Catalog
    typo_fix: bool
    sentences: Sentences
    done: dict[Key, Entry] = field(default_factory=dict)
    """What each text of the template becomes, as far as that is known."""
    found: dict[Key, Change] = field(default_factory=dict)
    waiting: list[Entry] = field(default_factory=list)
    """The texts of the template that are not in the catalog."""
    vanished: list[Entry] = field(default_factory=list)
    """The catalog's entries that the template no longer has."""
    obsolete: list[Entry] = field(default_factory=list)
    passed_on: set[Key] = field(default_factory=set)
    """The vanished entries that have an heir."""

    @cached_property
    def pair(self) -> Pair:
        return Pair(self.catalog.source_locale, self.catalog.locale or self.catalog.source_locale)

    @cached_property
    def former(self) -> dict[Key, Entry]:
        """The catalog's entries."""
        return _by_key(self.catalog.entries)

    @cached_property
    def parts(self) -> Parts:
        """The texts of the catalog and of the template."""
        others = (*self.catalog.obsolete, *self.waiting)
        return Parts([*self.former, *(entry.key for entry in others)])

    def keep(self) -> None:
        """Give each text its own entry."""
        former = self.former
        for text in self.template.entries:
            key = text.key
            entry = former.get(key)
            if entry and alike(entry, text):
                self.done[key] = _with_facts(entry, text)
                self.found[key] = Change(Grade.SAME, key)
            else:
                self.waiting.append(text)
        self.vanished = [entry for key, entry in former.items() if key not in self.done]
        self._find_moved()

    def _find_moved(self) -> None:
        """Mark what stands in another order than it did."""
        places = {key: at for at, key in enumerate(self.former)}
        kept = list(self.done)
        for number in _out_of_order([places[key] for key in kept]):
            self.found[kept[number]] = Change(Grade.MOVED, kept[number])

    def revive(self) -> None:
        """Give texts that are still without a translation the obsolete entry of the same text."""
        self.obsolete = list(self.catalog.obsolete)
        if not self.obsolete:
            return
        texts = self.template.entries
        waiting = {text.key: text for text in texts if not _has_target(self.done.get(text.key))}
        back: set[int] = set()
        for entry in self.obsolete:
            text = waiting.get(entry.key)
            if text and alike(entry, text) and _has_target(entry):
                self._settle(waiting.pop(entry.key), _with_facts(entry, text), Grade.BACK)
                back.add(id(entry))
        self.obsolete = [entry for entry in self.obsolete if id(entry) not in back]

    def recut(self) -> None:
        """Give texts that are several older ones, or a part of one, what there is of a translation."""
        new = self._new()
        if not new:
            return
        obsolete, newer = _by_key(self.obsolete), _by_key(self.template.entries)

        def older(key: Key) -> Entry | None:
            return _first(self._can_pass_on, self.former.get(key), obsolete.get(key))

        for text in new:
            if parts := self.parts.of(text, older):
                self._merge(parts, text)
        for entry in filter(self._can_pass_on, self.vanished):
            parts = self.parts.of(entry, newer.get)
            if any(part.key not in self.done for part in parts):
                self._split(entry, parts)

    def inherit(self) -> None:
        """Give new texts the translations of texts like them that have gone; then of obsolete ones."""
        new = self._new()
        if not new:
            return
        gone = [each for each in self.vanished if each.key not in self.passed_on and self._can_pass_on(each)]
        obsolete = _by_key(self.obsolete)
        gone = [entry for entry in gone if not self._comes_again(entry, self.done, obsolete)]
        near = [Descent(pair, ()) for pair in neighbours(self.template.entries, new)]
        near += [Descent((), pair) for pair in neighbours(self.catalog.entries, gone)]
        likeness = Likeness(self.catalog.entries)
        self._descend(new, gone, likeness, near)
        used = {entry.target for entry in self.done.values()}
        unused = [entry for entry in self.obsolete if entry.target not in used and self._can_pass_on(entry)]
        self._descend(self._new(), unused, likeness)
        for text in self._new():
            self._settle(text, self._blank(text), Grade.NEW)

    def _new(self) -> list[Entry]:
        return [text for text in self.waiting if text.key not in self.done]

    def _descend(
        self,
        texts: Sequence[Entry],
        entries: Sequence[Entry],
        likeness: Likeness,
        near: Iterable[Descent] = (),
    ) -> None:
        for descent in descents(texts, entries, likeness, near) if entries else ():
            heirs = [texts[at] for at in descent.texts]
            parents = [entries[number] for number in descent.entries]
            if len(parents) > 1:
                self._merge(parents, heirs[0])
            elif len(heirs) > 1:
                self._split(parents[0], heirs)
            else:
                self._inherit(parents[0], heirs[0])

    def _inherit(self, entry: Entry, text: Entry) -> None:
        found = grade(entry.source, text.source, self.typo_fix)
        self._settle(text, carried(entry, text, found, self.pair), found, entry)

    def _merge(self, entries: Sequence[Entry], text: Entry) -> None:
        whole = carrying.merged(entries, text, joiner(self.pair.target))
        self._settle(text, whole, Grade.MERGED, *entries)

    def _split(self, entry: Entry, parts: Sequence[Entry]) -> None:
        """Give the parts of a text the sentences of its translation, where they are as many.

        Else its first part gets all of it, for a translator to divide.
        """
        targets = self.sentences(entry.target)
        for text, part in zip(parts, carrying.split(entry, parts, targets), strict=True):
            if text.key not in self.done and _has_target(part):
                self._settle(text, part, Grade.SPLIT, entry)

    def _settle(self, text: Entry, entry: Entry, grade: Grade, *parents: Entry) -> None:
        self.done[text.key] = entry
        self.found[text.key] = Change(grade, text.key, tuple(parent.key for parent in parents))
        self.passed_on.update(parent.key for parent in parents)

    def _blank(self, text: Entry) -> Entry:
        """A text of the template as an entry without a translation."""
        forms = plural_count(self.catalog.header) or len(text.plural_targets) or 1
        targets = ("",) * forms if text.plural is not None else ()
        return replace(text, target="", plural_targets=targets, state=State.INITIAL)

    def _can_pass_on(self, entry: Entry) -> bool:
        """Whether an entry's translation is worth revising for another text.

        What a machine made is not, as it can do so again: neither a draft nor what was put together of
        other translations, which are kept; nor is what was only carried here from a text that is back.
        """
        if not _has_target(entry) or (_untouched(entry) and _is_made(entry)):
            return False
        return not (_untouched(entry) and _former_key(entry) in self.done)

    def updated(self) -> Updated:
        """The result."""
        keys = [text.key for text in self.template.entries]
        entries = tuple([self.done[key] for key in keys])
        obsolete = (*self.obsolete, *self._retired(entries))
        same = entries == self.catalog.entries and obsolete == self.catalog.obsolete
        header = self.catalog.header if same else _dated(self.catalog, self.template)
        catalog = replace(self.catalog, entries=entries, obsolete=obsolete, header=header)
        changes = [self.found[key] for key in keys]
        gone = [entry.key for entry in self.vanished if entry.key not in self.passed_on]
        return Updated(catalog, (*changes, *(Change(Grade.GONE, key) for key in gone)))

    def _retired(self, entries: Sequence[Entry]) -> Iterator[Entry]:
        """The vanished entries that stay as obsolete ones: those that what is kept does not yield."""
        vanished = [entry for entry in self.vanished if _has_target(entry)]
        if not vanished:
            return
        targets: set[str] = set()
        if any(map(_carried, vanished)):
            everything = (*entries, *self.obsolete, *vanished)
            targets = {entry.target for entry in everything if not _carried(entry)}
        obsolete = _by_key(self.obsolete)
        for entry in vanished:
            if _carried(entry):
                spare = _is_made(entry) or entry.target in targets
            else:
                spare = self._comes_again(entry, self.done, obsolete)
            if not spare:
                yield replace(entry, places=(), notes=())

    def _comes_again(self, entry: Entry, *kept: Mapping[Key, Entry]) -> bool:
        """Whether an update back to the text of a reviewed entry would make it again of what is kept."""
        if entry.state is not State.REVIEWED or entry.plural is not None:
            return False

        def find(key: Key) -> Entry | None:
            return _first(_has_target, *(entries.get(key) for entries in kept))

        text = Entry(entry.source, context=entry.context)
        return any(_same_translation(made, entry) for made in self._made(text, find))

    def _made(self, text: Entry, kept: Find) -> Iterator[Entry]:
        for maker in self.parts.same(text, kept):
            if grade(maker.source, text.source) is Grade.CODES:
                yield carried(maker, text, Grade.CODES, self.pair)
        if parts := self.parts.of(text, kept):
            yield carrying.merged(parts, text, joiner(self.pair.target))


def _by_key(entries: Iterable[Entry]) -> dict[Key, Entry]:
    return {entry.key: entry for entry in entries}


def _first(wanted: Callable[[Entry], bool], *entries: Entry | None) -> Entry | None:
    """The first of some entries that is there and as wanted."""
    return next((entry for entry in entries if entry and wanted(entry)), None)


def _same_translation(one: Entry, other: Entry) -> bool:
    return (one.target, one.state, one.comments) == (other.target, other.state, other.comments)


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


def _is_made(entry: Entry) -> bool:
    """Whether a machine made the target: drafted it, or put it together of others."""
    return entry.origin is not None and entry.origin.reason != "outdated"


def _former_key(entry: Entry) -> Key | None:
    """The key of the text that a carried target translates."""
    return (entry.previous_context, entry.previous_source) if entry.previous_source is not None else None


def _with_facts(entry: Entry, text: Entry) -> Entry:
    """An entry with what the template says of its text; flags that gettext does not know stay."""
    flags = (*text.flags, *foreign_flags(entry.flags)) if entry.flags else text.flags
    if (
        text.places == entry.places
        and text.notes == entry.notes
        and text.plural == entry.plural
        and flags == entry.flags
    ):
        return entry
    entry = replace(entry, places=text.places, notes=text.notes, flags=tuple(dict.fromkeys(flags)))
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


def _out_of_order(places: Sequence[int]) -> Iterator[int]:
    """The numbers of those places that are not of the longest rising run through them all."""
    if all(one < other for one, other in pairwise(places)):
        return
    ends: list[int] = []
    ranks = []
    for place in places:
        rank = bisect_left(ends, place)
        ends[rank : rank + 1] = [place]
        ranks.append(rank)
    wanted = len(ends) - 1
    for number in range(len(places) - 1, -1, -1):
        if ranks[number] == wanted:
            wanted -= 1
        else:
            yield number


def _dated(catalog: Catalog, template: Catalog) -> tuple[tuple[str, str], ...]:
    """The catalog's header with the template's date."""
    date = dict(template.header).get(_CREATION_DATE)
    return tuple((name, date if name == _CREATION_DATE and date else value) for name, value in catalog.header)
