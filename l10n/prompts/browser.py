"""The script of the prompt: the decision and the words of a site's locales in one file for the browser."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.resources import files
from typing import Any

from l10n.locales import direction
from l10n.prompts.deciding import allowed, is_near
from l10n.prompts.tags import Subtags, subtags, table
from l10n.prompts.words import Words

_DATA = "__SITE__"


def script(available: Sequence[str], words: Mapping[str, Words]) -> str:
    """The script for a site with these locales; only those with words are ever offered.

    The same input gives the same text. It makes no request and stores nothing before a click.
    """
    code = (files("l10n.prompts") / "data" / "prompt.js").read_text(encoding="utf-8")
    site = {**nearness(available), "words": {tag: _worded(tag, words[tag]) for tag in sorted(words)}}
    return code.replace(_DATA, json.dumps(site, ensure_ascii=False, separators=(",", ":"), sort_keys=True))


def nearness(available: Sequence[str]) -> dict[str, Any]:
    """What a browser needs to know which of its languages are near which of the site's.

    "near": locale -> the "language-Script" of readers who may be offered it; "likely": the script of a
    language, or of one in a region, where a tag names none; "alias": former codes of languages.
    """
    near = {tag: [reader for reader in _readers(tag) if is_near(reader, tag)] for tag in available}
    languages = {reader.split("-")[0] for readers in near.values() for reader in readers}
    return {"near": near, "likely": _likely(languages), "alias": _aliases(languages)}


def _readers(tag: str) -> list[str]:
    """Whoever could be near a locale: its language and those close to it, in any script that goes with it."""
    have = subtags(tag)
    if have is None:
        return []
    languages = {have.language, *(one for one, other in table().languages if other == have.language)}
    languages |= set(allowed())
    scripts = {have.script, *(pair[0].partition("-")[2] for pair in table().scripts)}
    return [f"{language}-{script}" for language in sorted(languages) for script in sorted(scripts) if script]


def _likely(languages: set[str]) -> dict[str, str]:
    """The script of each language, and of its regions where they have another one."""
    out: dict[str, str] = {}
    for language in sorted(languages):
        out[language] = _script(language)
        for key in table().likely:
            start, _, region = key.partition("-")
            if start == language and len(region) == 2 and _script(key) != out[language]:
                out[key] = _script(key)
    return out


def _script(tag: str) -> str:
    return (subtags(tag) or Subtags(tag)).script


def _aliases(languages: set[str]) -> dict[str, str]:
    return {old: new for old, new in table().aliases.items() if new in languages and len(old) <= 3}


def _worded(tag: str, words: Words) -> dict[str, str]:
    return {**asdict(words), "dir": direction(tag)}
