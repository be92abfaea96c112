"""Merging: what came back from another tool, into the catalog that it left from.

Each returned unit carries what its entry was when it left (`Base`). So a merge sees what changed there,
what changed here meanwhile, and where both did: then what stands here stays.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain, repeat

from l10n import inline
from l10n.exchange.parcels import Base, Parcel, targets_of
from l10n.exchange.plurals import filled
from l10n.exchange.xml import ILLEGAL
from l10n.model import Catalog, Entry, Key, Origin, State


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog with what came back, and what became of each returned entry."""

    catalog: Catalog
    taken: tuple[Key, ...] = ()
    same: int = 0
    """Those that brought nothing new."""
    conflicts: tuple[Key, ...] = ()
    """Those that changed here too, or are reviewed here: they are kept as they are here."""
    stale: tuple[Key, ...] = ()
    """Those whose source has changed here: their translation is kept, to be revised, or as obsolete."""
    unknown: tuple[Key, ...] = ()
    """Those that never were in this catalog."""
    broken: tuple[Key, ...] = ()
    """Those that were taken, but as drafts, because their codes are not those of the source."""
    missing: tuple[Key, ...] = ()
    """Entries of the catalog that did not come back, or came back without their translation."""


def merge(catalog: Catalog, parcel: Parcel, *, confirm: bool = False) -> Merged:
    """Take over what was changed there, each unit by its id or else by its (context, source).

    Work that is newer here is never overwritten, nor a reviewed target by a lesser one; what came back
    empty or not at all changes nothing. With `confirm`, what was changed there counts as reviewed,
    whatever the file says: for tools that cannot say it.
    """
    merge = _Merge(catalog, confirm)
    for entry, id in zip(parcel.catalog.entries, chain(parcel.ids, repeat("")), strict=False):
        merge.receive(entry, Base.parse(id))
    return merge.merged()


@dataclass(slots=True)
class _Merge:
    """A merge under way."""

    catalog: Catalog
    confirm: bool
    here: dict[Key, Entry] = field(init=False)
    """The entries as they have become, by key."""
    by_digest: dict[str, Key] = field(init=False)
    obsolete: list[Entry] = field(init=False)
    seen: set[Key] = field(default_factory=set)
    """Entries that came back with a target."""
    lists: dict[str, list[Key]] = field(default_factory=dict)
    same: int = 0
    ours: bool = False
    """Whether any unit was sent by us: only then does one that is missing mean anything."""

    def __post_init__(self) -> None:
        self.here = self.catalog.by_key()
        self.by_digest = {Base.of(entry).key: entry.key for entry in self.catalog.entries}
        self.obsolete = list(self.catalog.obsolete)

    def receive(self, given: Entry, base: Base | None) -> None:
        """Take one returned unit."""
        self.ours = self.ours or base is not None
        key = self.by_digest.get(base.key, given.key) if base else given.key
        here = self.here.get(key)
        if not any(targets_of(given)):
            return
        if here is None or (here.plural is None) != (given.plural is None):
            self._keep_stale(given) if base and here is None else self._note("unknown", given.key)
            return
        given = filled(given, here)
        again = key in self.seen
        self.seen.add(key)
        match _decision(here, given, base, self.confirm):
            case "same":
                self.same += 1
            case "take" if not again:
                self._take(here, given, base)
            case _:
                self._note("conflicts", key)

    def merged(self) -> Merged:
        """The result."""
        entries = tuple(self.here[entry.key] for entry in self.catalog.entries)
        catalog = replace(self.catalog, entries=entries, obsolete=tuple(self.obsolete))
        waited = self.catalog.entries if self.ours else ()
        absent = [each.key for each in waited if any(targets_of(each)) and each.key not in self.seen]
        lists = {name: tuple(keys) for name, keys in self.lists.items()}
        return Merged(catalog, same=self.same, missing=tuple(absent), **lists)

    def _note(self, name: str, key: Key) -> None:
        self.lists.setdefault(name, []).append(key)

    def _take(self, here: Entry, given: Entry, base: Base | None) -> None:
        sound = all(_is_sound(here, target) for target in targets_of(given))
        whole = given.plural is None or all(given.plural_targets)
        reviewed = sound and whole and (given.state is State.REVIEWED or self.confirm)
        self.here[here.key] = _with_target(here, given, reviewed)
        self._note("taken", here.key)
        if not sound:
            self._note("broken", here.key)

    def _keep_stale(self, given: Entry) -> None:
        """Keep the translation of a text that has changed here, or gone: somebody's work."""
        self._note("stale", given.key)
        for key, here in self.here.items():
            if _waits_for(here, given):
                origin = Origin("outdated", digest="") if here.target != given.target else here.origin
                self.here[key] = replace(here, target=given.target, origin=origin)
                return
        if all(entry.key != given.key or entry.state is not State.REVIEWED for entry in self.obsolete):
            self.obsolete = [entry for entry in self.obsolete if entry.key != given.key]
            self.obsolete.append(replace(given, origin=None, places=(), notes=(), comments=()))


def _decision(here: Entry, given: Entry, base: Base | None, confirm: bool) -> str:
    """ "same": it brings nothing new; "take"; or "keep": newer work, or better, is here."""
    reviewed = given.state is State.REVIEWED
    confirms = reviewed and here.state is not State.REVIEWED
    if targets_of(here) == targets_of(given):
        return "take" if confirms and not (base and base.state is State.REVIEWED) else "same"
    if base is None:
        return "keep" if here.state is State.REVIEWED else "take"
    ours, theirs = Base.of(here), Base.of(given)
    if theirs.target == base.target:
        return "same"
    if (ours.target, ours.state) != (base.target, base.state):
        return "keep" if any(targets_of(here)) else "take"
    return "keep" if here.state is State.REVIEWED and not (reviewed or confirm) else "take"


def _is_sound(here: Entry, target: str) -> bool:
    """Whether a target has the codes of the source, or of its plural form."""
    sources = [here.source] if here.plural is None else [here.source, here.plural]
    return any(not inline.problems(source, target) for source in sources)


def _waits_for(here: Entry, given: Entry) -> bool:
    """Whether an entry has the translation of a former text, which nobody has worked on since."""
    former = (here.previous_context, here.previous_source) == (given.context, given.source)
    untouched = here.origin is not None and here.origin.digest in ("", Base.of(here).target)
    return former and untouched and here.state is State.TRANSLATED and here.plural is None


def _with_target(here: Entry, given: Entry, reviewed: bool) -> Entry:
    state = State.REVIEWED if reviewed else State.TRANSLATED
    forms = given.plural_targets
    origin = None if reviewed or targets_of(here) != targets_of(given) else here.origin
    out = replace(here, target=given.target, plural_targets=forms, state=state, origin=origin)
    out = replace(out, comments=_comments(here, given))
    if not reviewed:
        return out
    return replace(out, previous_source=None, previous_context=None, previous_plural=None)


def _comments(here: Entry, given: Entry) -> tuple[str, ...]:
    """The comments here, and those that were added there."""
    known = {ILLEGAL.sub("", line).strip() for text in here.comments for line in text.split("\n")}
    lines = [line.strip() for text in given.comments for line in text.split("\n")]
    return (*here.comments, *(line for line in lines if line and line not in known))
