"""Parcels: a catalog on its way to another tool, or back, with what travels beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from l10n.laziness import expression
from l10n.model import Catalog, Entry, Key, Match, State

_ID = expression(r"u(?P<key>[0-9a-f]{12})-(?P<state>[itr])-(?P<target>[0-9a-f]{8})")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What an exchange file holds."""

    catalog: Catalog
    article: str = ""
    """The id of the article whose catalog it is; empty where the file does not say."""
    matches: Mapping[Key, Sequence[Match]] = field(default_factory=dict)
    """What the memory offers for entries, on the way out."""
    originals: Mapping[Key, Mapping[str, str]] = field(default_factory=dict)
    """On the way out, what the codes of entries stand for, where their article is there: "<a1>" -> "["."""
    ids: tuple[str, ...] = ()
    """On the way back what the file calls each entry: `Base.id`, where it came from us."""


@dataclass(frozen=True, slots=True)
class Base:
    """What an entry was when it was sent out; its `id` names it in exchange files and survives all tools.

    So a merge knows the entry even when a tool has changed its source, and can tell what changed here
    from what changed there.
    """

    key: str
    """A digest of context and source."""
    state: State
    target: str
    """A digest of the target."""

    @classmethod
    def of(cls, entry: Entry) -> Base:
        context = "" if entry.context is None else f"{entry.context}\x04"
        targets = "\0".join(targets_of(entry))
        return cls(_digest(context + entry.source)[:12], entry.state, _digest(targets)[:8])

    @classmethod
    def parse(cls, id: str) -> Base | None:
        """What an id says; None for one that is not ours."""
        match = _ID.fullmatch(id)
        if not match:
            return None
        state = next(state for state in State if state.startswith(match["state"]))
        return cls(match["key"], state, match["target"])

    @property
    def id(self) -> str:
        return f"u{self.key}-{self.state[0]}-{self.target}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def targets_of(entry: Entry) -> tuple[str, ...]:
    """An entry's target, in all its forms."""
    return entry.plural_targets or (entry.target,)
