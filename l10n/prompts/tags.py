"""Language tags as matching sees them: language, script and region, what is left out filled in by CLDR."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from l10n.laziness import expression

LANGUAGE, SCRIPT, REGION = 4, 2, 1
"""The bits of `Subtags.explicit`."""
PSEUDO = {"XA": "psaccent", "XB": "psbidi", "XC": "pscrack"}
"""The regions of pseudo-locales, and the variants that mean the same."""
_TAG = expression(
    r"(?P<language>[a-z]{2,3}|[a-z]{5,8})"
    r"(?:-(?P<extended>[a-z]{3}))?"
    r"(?:-(?P<script>[a-z]{4}))?"
    r"(?:-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-[a-z0-9]{1,8})*)"
)
LONGEST = 255
"""No tag that means anything is longer; the rest of a header is not worth reading."""


@dataclass(frozen=True, slots=True)
class Subtags:
    """A tag's language, script and region, likely ones added, and which of them it names itself.

    A tag for private use ("x-…") and "und" alone stand for themselves: their language is the tag.
    """

    language: str
    script: str = ""
    region: str = ""
    explicit: int = LANGUAGE | SCRIPT | REGION


@dataclass(frozen=True, slots=True)
class Partition:
    """Which regions one language tells apart."""

    groups: Mapping[str, str]
    """Region -> the digits of its groups; those that are missing are in group 0."""
    distances: tuple[str, ...]
    """A digit for each pair of groups."""


@dataclass(frozen=True, slots=True)
class Table:
    """CLDR's data for language matching; `scripts/build_matching_data.py` makes it."""

    languages: Mapping[tuple[str, str], int]
    """(desired, supported) -> distance."""
    scripts: Mapping[tuple[str, str], int]
    """(desired language-Script, supported language-Script) -> distance."""
    partitions: Mapping[str, Partition]
    """Language, or language-Script, -> its regions; "" for all others."""
    paradigms: frozenset[str]
    aliases: Mapping[str, str]
    region_aliases: Mapping[str, str]
    likely: Mapping[str, str]
    """Tag -> Script-Region; a tag that begins with "und" -> language-Script-Region."""


@cache
def table() -> Table:
    """The shipped data, read once."""
    data = json.loads((files("l10n.prompts") / "data" / "matching.json").read_text(encoding="utf-8"))
    return Table(
        languages={
            (desired, supported): int(distance)
            for supported, by_distance in data["languages"].items()
            for distance, names in by_distance.items()
            for desired in names.split()
        },
        scripts={_pair(pair): distance for pair, distance in data["scripts"].items()},
        partitions={
            key: Partition(_inverted(entry["groups"]), tuple(entry["distances"]))
            for key, entry in data["regions"].items()
        },
        paradigms=frozenset(data["paradigms"]),
        aliases=data["aliases"],
        region_aliases=data["region_aliases"],
        likely={**_inverted(data["likely"]), **data["likely_und"]},
    )


def _pair(text: str) -> tuple[str, str]:
    desired, supported = text.split()
    return desired, supported


def _inverted(groups: Mapping[str, str]) -> dict[str, str]:
    return {name: key for key, names in groups.items() for name in names.split()}


def key_of(tag: str) -> str:
    """What two spellings of one tag have in common: case and "_" do not matter."""
    return tag.replace("_", "-").lower()


@lru_cache(maxsize=4096)
def subtags(tag: str) -> Subtags | None:
    """The maximized subtags of a tag, or None where it is no language tag.

    Variants and extensions are ignored, and so are mistakes in them. Source: Unicode LDML part 1,
    "Likely Subtags", and ICU's rules for "und", private use and pseudo-locales.
    """
    if len(tag) > LONGEST or not tag.isascii():
        return None
    text = key_of(tag)
    if re.fullmatch(r"x(-[a-z0-9]{1,8})+", text):
        return Subtags(text)
    found = _TAG.fullmatch(_modern(text))
    return _maximized(found) if found else None


def _modern(text: str) -> str:
    """A tag that is registered whole ("i-klingon", "no-nyn") by its present name, others as they are."""
    aliases = table().aliases
    parts = text.split("-")
    for count in (3, 2):
        name = "-".join(parts[:count])
        if len(parts) >= count and name in aliases:
            return "-".join([aliases[name].lower(), *parts[count:]])
    return text


def _maximized(found: re.Match[str]) -> Subtags:
    alias = _TAG.fullmatch(_alias(found["extended"] or found["language"]))
    assert alias is not None
    language = alias["language"]
    script = (found["script"] or alias["script"] or "").title().replace("Zzzz", "")
    region = (found["region"] or alias["region"] or "").upper().replace("ZZ", "")
    pseudo = _pseudo(language, region, found["rest"])
    if pseudo:
        return pseudo
    language = "" if language == "und" else language
    if not (language or script or region):
        return Subtags("und")
    return _likely(language, script, table().region_aliases.get(region, region))


def _alias(language: str) -> str:
    return table().aliases.get(language, language).lower()


def _pseudo(language: str, region: str, rest: str) -> Subtags | None:
    """Pseudo-locales are near nothing but each other: their language is named as no other is."""
    for code, variant in PSEUDO.items():
        if region == code or rest == f"-{variant}":
            explicit = LANGUAGE | SCRIPT | (REGION if region else 0)
            return Subtags(f"{code}-{language}", code, region or code, explicit)
    return None


def _likely(language: str, script: str, region: str) -> Subtags:
    explicit = LANGUAGE * bool(language) | SCRIPT * bool(script) | REGION * bool(region)
    known = table().likely
    name = language or "und"
    for key in (f"{name}-{script}-{region}", f"{name}-{script}", f"{name}-{region}", name, "und"):
        if key in known:
            *start, likely_script, likely_region = known[key].split("-")
            # A language that CLDR does not know keeps its name.
            return Subtags(language or start[0], script or likely_script, region or likely_region, explicit)
    return Subtags(name, script, region, explicit)
