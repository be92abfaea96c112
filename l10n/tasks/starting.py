"""Init: a new project in an empty folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from l10n import locales
from l10n.errors import ConfigError
from l10n.project import CONFIG_FILE, find_config, write_bytes

_CONFIG = """\
# What this project is; `l10n --help` says what can be done with it.
source = {source}
targets = {targets}
articles = "seeds"     # the folder of the articles: .txt, .md, .html, .rst
catalogs = "locales"   # what translators edit: locales/<locale>/LC_MESSAGES/<article>.po
bundles = "dist"       # what is published

name = {name}
url = ""               # https://… where the bundles will stand; makes their links absolute

[publish]
drafts = "labelled"    # machine drafts: "none", "labelled" (readers are told), "all"
coverage = 0.8         # the share of the words that must be translated
fallback = "paragraph" # what stays in the source language: "paragraph", or only the "sentence"
outdated = "show"      # translations of an older source: "show", "source", "hide", "last-good"

# [locales]            # articles in another language than `source`, by pattern of their ids
# "kyiv/*" = "uk"
"""
_EXAMPLE = """\
---
title: A bridge for everyone
description: The footbridge over the river has opened again.
---

The footbridge over the river has opened again after *two years* of repairs.

The work cost 1.2 million and took longer than planned, [the council says](https://example.org/bridge).
"""


def start_project(folder: Path, source: str, targets: Sequence[str]) -> list[Path]:
    """Write a configuration and, where there are no articles yet, an example; what was written.

    Raises ConfigError where the folder has a project already.
    """
    there = find_config(folder)
    if there is not None and there.parent == folder:
        raise ConfigError("there is a project here already", where=str(there), hint="edit that file instead")
    config = _CONFIG.format(
        source=json.dumps(locales.known(source)),
        targets=json.dumps(list(dict.fromkeys(map(locales.known, targets)))),
        name=json.dumps(folder.resolve().name or "Articles", ensure_ascii=False),
    )
    files = {folder / CONFIG_FILE: config}
    if not any((folder / "seeds").glob("*")):
        files[folder / "seeds" / "bridge.md"] = _EXAMPLE
    return [path for path, text in files.items() if write_bytes(path, text.encode("utf-8"), ConfigError)]
