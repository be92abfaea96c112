"""Site profiles: which words of a page are labels or the site's own, and which fields are text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from l10n.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Profile:
    """What a site calls things. Texts are compared without regard to case and kinds of white space."""

    labels: Mapping[str, str]
    """Label line of a page text -> its role: "category", "date", "summary"…"""
    chrome: tuple[str, ...]
    """How the lines begin that belong to the site and not to the article."""
    attributions: tuple[str, ...]
    """Words of saying that end a quotation without marks: "stressed", "заявив"."""
    fields: tuple[str, ...]
    """Keys of front matter whose values are text to translate."""
    locale: str = ""
    """The language of articles that do not name their own."""


def parse_profile(table: Mapping[str, Any], base: Profile | None = None) -> Profile:
    """A profile from a TOML table; what it leaves out comes from `base`.

    Raises ConfigError for a key that no profile has or a value of the wrong type.
    """
    unknown = set(table) - {"labels", "chrome", "attributions", "fields"}
    if unknown:
        raise ConfigError(
            f"a site profile has no {sorted(unknown)[0]!r}",
            hint="it has: labels, chrome, attributions, fields",
        )
    labels = table.get("labels", base.labels if base else {})
    if not isinstance(labels, Mapping) or not all(isinstance(v, str) for v in labels.values()):
        raise ConfigError("the labels of a site profile are a table: label = role")
    chrome, attributions, fields = (
        _texts(table, name, base) for name in ("chrome", "attributions", "fields")
    )
    return Profile(dict(labels), chrome, attributions, fields)


def _texts(table: Mapping[str, Any], name: str, base: Profile | None) -> tuple[str, ...]:
    value = table.get(name, getattr(base, name) if base else ())
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise ConfigError(f"{name!r} of a site profile is a list of texts")
    return tuple(value)


@cache
def default_profile() -> Profile:
    """The profile for pages whose site has none of its own."""
    path = Path(__file__).with_name("data") / "profiles" / "default.toml"
    return parse_profile(tomllib.loads(path.read_text(encoding="utf-8")))
