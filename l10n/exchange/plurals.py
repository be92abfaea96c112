"""Plurals: an entry with plural forms <-> a unit for each form, as formats without plurals hold it.

So the guide to representing gettext catalogs in XLIFF 1.2 (OASIS, committee draft 2, 16 October 2006) has
it: a group of units, the first with the singular as its source and all others with the plural.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from l10n.model import Entry, State

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

SINGULAR = "s"
"""The name of the unit that holds the singular only to be read, where the target has a single form."""
USUAL = 2
"""How many forms an entry has that has none yet."""


def forms(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """The units of an entry with a plural, as entries without one, and their names: "0", "1"…

    What is said of all of them (context, notes, comments, places) stays with the entry.
    """
    plain = Entry(entry.source, state=entry.state, origin=entry.origin)
    targets = entry.plural_targets or ("",) * USUAL
    if len(targets) == 1:
        yield SINGULAR, replace(plain, state=State.INITIAL, origin=None)
    for number, target in enumerate(targets):
        source = entry.source if number == 0 < len(targets) - 1 else entry.plural or ""
        state = entry.state if target else State.INITIAL
        yield str(number), replace(plain, source=source, target=target, state=state)


def joined(units: Sequence[tuple[str, Entry]], said: Entry) -> Entry:
    """The reverse of `forms`, with the units in any order and some left out; `said` holds what is common."""
    singular = dict(units).get(SINGULAR)
    numbered = {int(name): unit for name, unit in units if name.isdecimal() and len(name) < 3}
    if not numbered:
        return said
    first, last = numbered[min(numbered)], numbered[max(numbered)]
    targets = [numbered[n].target if n in numbered else "" for n in range(max(numbered) + 1)]
    states = {unit.state for unit in numbered.values()} - {State.INITIAL}
    state = State.REVIEWED if states == {State.REVIEWED} else State.TRANSLATED if states else State.INITIAL
    return replace(
        said,
        source=(singular or first).source,
        target=targets[0],
        plural=last.source,
        plural_targets=tuple(targets),
        state=state,
        origin=first.origin,
    )


def elements(root: Element, unit: str, is_group: Callable[[Element], bool]) -> list[Element]:
    """The units of a document in order, a group of plural forms in place of its own; by their tag."""
    inside = {each for group in root.iter() if is_group(group) for each in group.iter(unit)}
    return [each for each in root.iter() if is_group(each) or (each.tag == unit and each not in inside)]


def filled(given: Entry, here: Entry) -> Entry:
    """A returned entry with the forms from here that it lacks."""
    if given.plural is None:
        return given
    pairs = zip_longest(given.plural_targets, here.plural_targets, fillvalue="")
    targets = tuple(one or other for one, other in pairs)
    return replace(given, target=targets[0], plural_targets=targets)
