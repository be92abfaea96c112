"""CLDR's data cut to a site's locales: for the prompt's script, and for hosts that know prefixes only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from l10n.prompts.deciding import NEAR_SCRIPT, allowed, closest, near_languages
from l10n.prompts.matching import is_paradigm, known, language_distance
from l10n.prompts.tags import PSEUDO, SCRIPT, Subtags, key_of, subtags, table


def cut_table(available: Sequence[str]) -> dict[str, Any]:
    """CLDR's data as far as it can matter to offers on a site with these locales.

    What the table does not name is far away. Regions, but for the scripts that go with them, matter
    only to readers who may be offered one of several locales.
    """
    locales = dict(known(available))
    near = _near([parts.language for parts in locales.values()])
    several = {wish for wish, languages in near.items() if len(languages) > 1}
    partitions = {
        key: each for key, each in table().partitions.items() if not key or key.partition("-")[0] in several
    }
    likely = {key: value for wish in sorted(near) for key, value in _likely(wish, wish in several)}
    return {
        "languages": {
            wish: {have: distance for have in languages if (distance := _apart(wish, have))}
            for wish, languages in sorted(near.items())
            if languages != [wish]
        },
        "scripts": _scripts({parts.language for parts in locales.values()}),
        "partitions": {key: (_inverted(each.groups), each.distances) for key, each in partitions.items()},
        "paradigms": [tag for tag, parts in locales.items() if is_paradigm(parts)],
        "likely": _inverted(likely),
        "alias": _inverted(_aliases(near)),
        "regions": _inverted(_region_aliases(likely, bool(several))),
        "pseudo": PSEUDO,
    }


def _near(supported: Sequence[str]) -> dict[str, list[str]]:
    """Language of readers -> the languages they may be offered, one for each locale."""
    wishes = {*supported, *allowed(), *(wish for wish, have in table().languages if have in supported)}
    near = {wish: [have for have in supported if near_languages(wish, have)] for wish in wishes}
    return {wish: languages for wish, languages in near.items() if languages}


def _apart(wish: str, have: str) -> int:
    return language_distance(Subtags(wish), Subtags(have))


def _scripts(supported: Collection[str]) -> dict[str, int]:
    return {
        f"{wish} {have}": distance
        for (wish, have), distance in table().scripts.items()
        if distance <= NEAR_SCRIPT and have.split("-")[0] in supported
    }


def _likely(language: str, with_regions: bool) -> Iterator[tuple[str, str]]:
    """A language, also with a script or a region where that changes it, and its likely Script-Region."""
    usual = subtags(language) or Subtags(language)
    yield language, f"{usual.script}-{usual.region}" if with_regions else usual.script
    for key, parts in _fuller().get(language, ()):
        if with_regions:
            yield key, f"{parts.script}-{parts.region}"
        elif not parts.explicit & SCRIPT and parts.script != usual.script:
            yield key, parts.script


@cache
def _fuller() -> dict[str, list[tuple[str, Subtags]]]:
    """Language -> the tags with a script or a region that CLDR has likely subtags for."""
    found: dict[str, list[tuple[str, Subtags]]] = defaultdict(list)
    for tag, parts in known(key for key in table().likely if "-" in key):
        found[tag.partition("-")[0]].append((tag, parts))
    return found


def _aliases(languages: Collection[str]) -> dict[str, str]:
    """Former names of these languages, and of what would be taken for one of them."""
    return {
        old: new.lower()
        for old, new in table().aliases.items()
        if new.split("-")[0] in languages or old.split("-")[0] in languages
    }


def _region_aliases(likely: Collection[str], every: bool) -> dict[str, str]:
    """Former codes of regions: of every one, or of those that tell scripts apart."""
    telling = {key.rpartition("-")[2] for key in likely}
    return {old: new for old, new in table().region_aliases.items() if every or new in telling}


def _inverted(names: Mapping[str, str]) -> dict[str, str]:
    """Value -> the names that have it, with spaces between: shorter, and no name can be a property's."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name, value in names.items():
        groups[value].append(name)
    return {value: " ".join(found) for value, found in groups.items()}


def ranges(available: Sequence[str]) -> dict[str, str]:
    """Language range -> the locale that its readers may be offered, or ""; longer ranges come first.

    As in a lookup by prefix (RFC 4647, section 3.4), the longest range that a tag begins with counts:
    {"zh-tw": "zh-Hant", "zh": "zh-Hans"}.
    """
    leads: dict[str, str] = {}
    for language in sorted(_near([parts.language for _, parts in known(available)])):
        fuller = [key for key, _ in _fuller().get(language, ())]
        former = [old for old, new in table().aliases.items() if len(old) == 2 and new == language]
        for tag in (language, *former, *fuller, *_regional(language)):
            best = closest(tag, available)
            leads[key_of(tag)] = best.best if best else ""
    telling = {tag: lead for tag, lead in leads.items() if _prefixed(leads, tag) != lead}
    return dict(sorted(telling.items(), key=lambda each: (-each[0].count("-"), each[0])))


def _regional(language: str) -> Iterator[str]:
    """The language with the regions where it is the likely one, and with those that CLDR groups for it."""
    for key, value in table().likely.items():
        if key.startswith("und-") and len(key) == 6 and value.startswith(f"{language}-"):
            yield f"{language}-{key[4:]}"
    for key, each in table().partitions.items():
        if key.partition("-")[0] == language:
            yield from (f"{language}-{region}" for region in each.groups if len(region) == 2)


def _prefixed(leads: Mapping[str, str], tag: str) -> str:
    """Where a tag leads by the ranges that are shorter than it."""
    parts = tag.split("-")
    shorter = ("-".join(parts[:count]) for count in range(len(parts) - 1, 0, -1))
    return next((leads[each] for each in shorter if each in leads), "")
