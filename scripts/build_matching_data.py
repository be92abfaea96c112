#!/usr/bin/env python3
"""Make l10n/prompts/data/matching.json from CLDR: what language matching needs, and no more.

    scripts/build_matching_data.py

fetches the pinned version of `cldr-core` with npm into a temporary folder, and writes the table and
the licence of the data. The same version always gives the same bytes.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

VERSION = "48.2.0"
HERE = Path(__file__).resolve().parent.parent / "l10n" / "prompts" / "data"
SOURCE = (
    f"Unicode CLDR {VERSION}, from the npm package cldr-core; Copyright Unicode, Inc.; Unicode-3.0, see "
    "LICENSE.unicode; made by scripts/build_matching_data.py"
)


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        core = fetch(Path(folder))
        supplemental = {path.stem: read(path) for path in (core / "supplemental").glob("*.json")}
        table = {"source": SOURCE, **build(supplemental)}
        (HERE / "matching.json").write_text(serialize(table), encoding="utf-8")
        shutil.copyfile(core / "LICENSE", HERE / "LICENSE.unicode")
    return 0


def fetch(folder: Path) -> Path:
    npm = ["npm", "install", "--no-audit", "--no-fund", "--silent", f"cldr-core@{VERSION}"]
    subprocess.run(npm, cwd=folder, check=True)
    return folder / "node_modules" / "cldr-core"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))["supplemental"]


def build(supplemental: dict[str, Any]) -> dict[str, Any]:
    matching = supplemental["languageMatching"]["languageMatching"]["written-new"]
    rules = [Rule(entry) for entry in matching["languageMatch"]]
    alias = supplemental["aliases"]["metadata"]["alias"]
    aliases = language_aliases(alias["languageAlias"])
    subtags = supplemental["likelySubtags"]["likelySubtags"]
    named = {rule.desired[0] for rule in rules}
    kept = {old: aliases.pop(old) for old in sorted(named & aliases.keys())}
    return {
        "languages": languages([rule for rule in rules if len(rule.desired) == 1]),
        "scripts": scripts([rule for rule in rules if len(rule.desired) == 2]),
        "regions": regions(
            [rule for rule in rules if len(rule.desired) == 3],
            {name: entry["_value"].split("+") for name, entry in matching["matchVariables"].items()},
            supplemental["territoryContainment"]["territoryContainment"],
        ),
        "paradigms": matching["paradigmLocales"]["_locales"],
        "aliases": aliases,
        "region_aliases": region_aliases(alias["territoryAlias"]),
        **likely({**old_names(kept, subtags), **subtags}),
    }


def old_names(kept: dict[str, str], subtags: dict[str, str]) -> dict[str, str]:
    """Likely subtags of old codes, such as "sh", that have rules of their own and so keep their name."""
    names = {}
    for old, new in kept.items():
        language, _, script = new.partition("-")
        _, usual, region = subtags[language].split("-")
        names[old] = f"{old}-{script or usual}-{region}"
    return names


class Rule:
    """One `languageMatch` of CLDR, its tags cut into subtags."""

    def __init__(self, entry: dict[str, Any]) -> None:
        self.desired: tuple[str, ...] = tuple(entry["_desired"].split("-"))
        self.supported: tuple[str, ...] = tuple(entry["_supported"].split("-"))
        self.distance: int = entry["_distance"]
        self.one_way: bool = entry.get("_oneway", False)

    def directions(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """(desired, supported), and the reverse where the rule holds both ways."""
        forth = (self.desired, self.supported)
        return [forth] if self.one_way or self.desired == self.supported else [forth, forth[::-1]]


def languages(rules: list[Rule]) -> dict[str, dict[str, str]]:
    """Supported language -> distance -> desired languages."""
    found: dict[tuple[str, str], int] = {}
    for rule in rules:
        for (desired,), (supported,) in rule.directions():
            found.setdefault((supported, desired), rule.distance)
    table: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (supported, desired), distance in sorted(found.items()):
        table[supported][distance].append(desired)
    return {
        supported: {str(distance): " ".join(names) for distance, names in sorted(by_distance.items())}
        for supported, by_distance in table.items()
    }


def scripts(rules: list[Rule]) -> dict[str, int]:
    """ "desired-Script supported-Script" -> distance."""
    found: dict[str, int] = {}
    for rule in rules:
        for desired, supported in rule.directions():
            found.setdefault(f"{'-'.join(desired)} {'-'.join(supported)}", rule.distance)
    return dict(sorted(found.items()))


def regions(rules: list[Rule], variables: dict[str, list[str]], contains: dict[str, Any]) -> dict[str, Any]:
    """Language, or language-Script, -> which group each region is in, and the groups' distances.

    Regions that no rule tells apart are one group, named by a digit. Those that are not listed are in
    group 0; an area such as 419 is in the groups of all countries in it.
    """
    inside = {
        name: {leaf for code in codes for leaf in leaves(code, contains)} for name, codes in variables.items()
    }
    table: dict[str, Any] = {}
    for key in sorted({rule.desired[:2] for rule in rules}):
        own = [rule for rule in rules if rule.desired[:2] == key]
        table["-".join(part for part in key if part != "*")] = partition(own, inside, contains)
    return table


def partition(rules: list[Rule], inside: dict[str, set[str]], contains: dict[str, Any]) -> dict[str, Any]:
    names = sorted(
        {rule_side[2].replace("!", "") for rule in rules for rule_side in (rule.desired, rule.supported)}
        - {"*"}
    )
    sets = [inside.get(name, {name}) for name in names]
    areas = [code for code in contains if "-status-" not in code]
    world = leaves("001", contains)
    signature = {region: tuple(region in each for each in sets) for region in world}
    signatures = sorted(set(signature.values()) | {tuple(False for _ in sets)})
    digit = {each: str(index) for index, each in enumerate(signatures)}
    groups: dict[str, list[str]] = defaultdict(list)
    for region in sorted(world) + sorted(areas):
        found = {digit[signature[leaf]] for leaf in leaves(region, contains) & world}
        groups["".join(sorted(found))].append(region)
    groups.pop("0", None)
    groups.pop("", None)
    distances = [
        "".join(str(distance(rules, names, one, other)) for other in signatures) for one in signatures
    ]
    return {"groups": {key: " ".join(value) for key, value in sorted(groups.items())}, "distances": distances}


def distance(rules: list[Rule], names: list[str], one: tuple[bool, ...], other: tuple[bool, ...]) -> int:
    """What the first rule that fits says of two groups of regions."""

    def fits(pattern: str, group: tuple[bool, ...]) -> bool:
        member = dict(zip(names, group, strict=True))
        if pattern == "*":
            return True
        return not member[pattern.replace("!", "")] if "!" in pattern else member[pattern]

    for rule in rules:
        for desired, supported in rule.directions():
            if fits(desired[2], one) and fits(supported[2], other):
                return rule.distance
    raise SystemExit(f"no rule for the regions of {rules[0].desired}")


def leaves(region: str, contains: dict[str, Any]) -> set[str]:
    """The countries in an area; a country is its own leaf."""
    if region not in contains:
        return {region}
    return {leaf for part in contains[region]["_contains"] for leaf in leaves(part, contains)}


def language_aliases(table: dict[str, Any]) -> dict[str, str]:
    """Old, long and grandfathered codes -> what they are now, where that is a language."""
    return {
        name.lower(): entry["_replacement"]
        for name, entry in sorted(table.items())
        if not name.startswith("und-") and "-x-" not in entry["_replacement"]
    }


def region_aliases(table: dict[str, Any]) -> dict[str, str]:
    """Old codes of two letters -> the first country that took over.

    Tags do not write countries as numbers (RFC 5646, section 2.2.4), so the numeric codes are left out.
    """
    return {name: entry["_replacement"].split()[0] for name, entry in sorted(table.items()) if len(name) == 2}


def likely(table: dict[str, str]) -> dict[str, Any]:
    """Script-Region -> the tags that mean it; and the tags without a language, whole."""
    groups: dict[str, list[str]] = defaultdict(list)
    for tag, full in sorted(table.items()):
        if tag.split("-")[0] != "und":
            assert tag.split("-")[0] == full.split("-")[0], tag
            groups[full.split("-", 1)[1]].append(tag)
    return {
        "likely": {key: " ".join(tags) for key, tags in sorted(groups.items())},
        "likely_und": {tag: full for tag, full in sorted(table.items()) if tag.split("-")[0] == "und"},
    }


def serialize(table: dict[str, Any]) -> str:
    """JSON with a line for each part of the table, so that a new version can be read as a diff."""
    parts = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in table.items())
    return "{" + ",\n".join(parts) + "}\n"


if __name__ == "__main__":
    sys.exit(main())
