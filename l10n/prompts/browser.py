"""The script of the prompt: the decision and the words of a site's locales in one file for the browser."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import cache
from importlib.resources import files
from typing import Any

from l10n.locales import direction
from l10n.prompts.deciding import NEAR_SCRIPT, allowed, near_languages
from l10n.prompts.matching import is_paradigm, known, language_distance
from l10n.prompts.tags import PSEUDO, SCRIPT, Subtags, subtags, table
from l10n.prompts.words import Words

DATA = "__SITE__"
"""What stands in the code for the site's data."""
MINIFIED = "prompt.min.js"
_SOURCES = ("negotiation.js", "prompt.js")


def script(available: Sequence[str], words: Mapping[str, Words], editions: Collection[str] = ()) -> str:
    """The script for a site with these locales; only those with words are ever offered.

    `editions` are languages whose regional editions or scripts may be offered to readers of another
    one. The same input gives the same text. It makes no request and stores nothing before a click.
    """
    site = {
        **cut_table(available),
        "editions": sorted(editions),
        "words": {tag: astuple(words[tag]) for tag in sorted(words)},
        "rtl": sorted(tag for tag in words if direction(tag) == "rtl"),
    }
    data = json.dumps(site, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return _file(MINIFIED).partition("\n")[2].replace(DATA, data)


def source() -> str:
    """The code of the script before it is made shorter."""
    parts = "".join(_file(name) for name in _SOURCES)
    return f'(function () {{\n"use strict";\n{parts}prompt(negotiation, {DATA});\n}})();\n'


def head() -> str:
    """The first line of the shortened code, which says what it was made from."""
    digest = hashlib.sha256(source().encode("utf-8")).hexdigest()
    return (
        f"// Own code, Apache-2.0; made by scripts/build_prompt_script.py from sources with sha256 {digest}"
    )


def _file(name: str) -> str:
    return (files("l10n.prompts") / "data" / name).read_text(encoding="utf-8")


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
