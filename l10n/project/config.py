"""The project's configuration: `l10n.toml`, or `[tool.l10n]` of `pyproject.toml`."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from l10n import locales
from l10n.errors import ConfigError
from l10n.model import ModelFolder, Severity
from l10n.project.files import read_bytes
from l10n.readers import Profile, default_profile, parse_profile

CONFIG_FILE = "l10n.toml"
_LIMITS = {"title": 110, "description": 160}


@dataclass(frozen=True, slots=True)
class Publishing:
    """What may be published."""

    drafts: str = "labelled"
    """"none": no machine drafts; "labelled": with a notice to the reader; "all": as if reviewed."""
    coverage: float = 0.8
    """The share of the words that must be translated, 0 to 1."""
    fallback: str = "paragraph"
    """What stays in the source language where a translation is missing: "paragraph" or "sentence"."""
    outdated: str = "show"
    """What becomes of a translation whose source has changed. "show": it is shown and marked; "source": the
    source stands in its place; "hide": its paragraph is left out; "last-good": the page stays as it was
    published until the translation is up to date."""


@dataclass(frozen=True, slots=True)
class Prompting:
    """What the language prompt offers."""

    offer: str = "drafts"
    """"reviewed": versions that are whole, up to date and reviewed; "drafts": machine drafts as well, said
    to be such; "published": whatever is published; "none": nothing."""
    editions: tuple[str, ...] = ()
    """Languages whose readers are offered their own edition or script: "pt", "sr"."""


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a project can say about itself."""

    source: str = "en"
    """The locale that articles are written in, unless they say otherwise."""
    targets: tuple[str, ...] = ()
    articles: str = "seeds"
    """Folder of the articles; an article's id is its path below it without the suffix."""
    catalogs: str = "locales"
    bundles: str = "dist"
    theme: str = "theme"
    """Folder of the site's own templates and styles; those that it lacks are the default theme's."""
    segment: str = "sentence"
    """A name as `segmenters.find_segmenter` takes it; a path in it is below the project's folder."""
    name: str = "Articles"
    """The site's name."""
    url: str = ""
    """Where the bundles will stand on the web, for absolute links; empty: not known."""
    locales: Mapping[str, str] = field(default_factory=dict)
    """Pattern of article ids -> their source locale."""
    engines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Pair ("en-es") -> engines in the order in which they are tried."""
    models: tuple[ModelFolder, ...] = ()
    """Models on disk, for engines that do not find them by themselves."""
    publish: Publishing = field(default_factory=Publishing)
    publish_in: Mapping[str, Publishing] = field(default_factory=dict)
    """The same for locales that have policies of their own."""
    links: tuple[str, ...] = ()
    """Patterns of the addresses that may be others in other locales: "https://en.wikipedia.org/*"."""
    prompt: Prompting = field(default_factory=Prompting)
    checks: Mapping[str, str] = field(default_factory=dict)
    """Name of a check -> "error", "warning", "note" or "off", where it is not to be as built in."""
    limits: Mapping[str, int] = field(default_factory=lambda: _LIMITS)
    """Role of a text -> the most characters that it may have; search engines cut what is longer."""
    profile: Profile = field(default_factory=default_profile)

    def publishing(self, locale: str) -> Publishing:
        """What may be published in a locale."""
        return self.publish_in.get(locale, self.publish)

    def source_of(self, article: str) -> str:
        """The source locale of an article: the first pattern that its id matches, else the default."""
        matches = (tag for pattern, tag in self.locales.items() if fnmatchcase(article, pattern))
        return next(matches, self.source)


def find_config(start: Path) -> Path | None:
    """The configuration file of the project that holds the folder `start`, if there is one."""
    for folder in [start, *start.parents]:
        if (folder / CONFIG_FILE).is_file():
            return folder / CONFIG_FILE
        if _has_section(folder / "pyproject.toml"):
            return folder / "pyproject.toml"
    return None


def _has_section(path: Path) -> bool:
    return path.is_file() and b"[tool.l10n" in read_bytes(path, ConfigError)


def load_config(path: Path) -> Config:
    """Read and check a configuration file. Raises ConfigError that names the file, and the line or key."""
    try:
        table = tomllib.loads(read_bytes(path, ConfigError).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError("the configuration is not UTF-8", where=str(path)) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"not valid TOML: {error}", where=str(path)) from error
    try:
        config = parse_config(table if path.name == CONFIG_FILE else table.get("tool", {}).get("l10n", {}))
    except ConfigError as error:
        raise error.at(str(path)) from error
    models = tuple(_below(path.parent, model) for model in config.models)
    return replace(config, models=models, segment=_rules_below(path.parent, config.segment))


def _below(folder: Path, model: ModelFolder) -> ModelFolder:
    """A model whose folder is meant from the folder of the configuration."""
    return replace(model, folder=folder / model.folder.expanduser())


def _rules_below(folder: Path, segment: str) -> str:
    """A segmenter whose file of rules, if it has one, is meant from the folder of the configuration."""
    kind, _, rules = segment.partition(":")
    return f"{kind}:{folder / Path(rules).expanduser()}" if rules else segment


def parse_config(table: Mapping[str, Any]) -> Config:
    """A configuration from its TOML table. Raises ConfigError for what it does not know."""
    _expect(table, _TYPES, "")
    given: dict[str, Any] = {key: table[key] for key in _TYPES if key in table}
    given["source"] = locales.known(table.get("source", "en"))
    given["targets"] = tuple(dict.fromkeys(map(locales.known, table.get("targets", ()))))
    given["links"] = tuple(table.get("links", ()))
    given["locales"] = {pattern: _locale(pattern, tag) for pattern, tag in table.get("locales", {}).items()}
    given["engines"] = {pair: _names(pair, value) for pair, value in table.get("engines", {}).items()}
    given["models"] = tuple(_model(each) for each in table.get("models", ()))
    given |= _publishing(table.get("publish", {}))
    given["prompt"] = _prompting(table.get("prompt", {}))
    given["checks"] = _severities(table.get("checks", {}))
    given["limits"] = {**_LIMITS, **_limits(table.get("limits", {}))}
    given["profile"] = parse_profile(table.get("profile", {}), default_profile())
    return Config(**given)


_TYPES: Mapping[str, type] = {
    "source": str,
    "targets": list,
    "articles": str,
    "catalogs": str,
    "bundles": str,
    "theme": str,
    "segment": str,
    "name": str,
    "url": str,
    "locales": dict,
    "links": list,
    "engines": dict,
    "models": list,
    "publish": dict,
    "prompt": dict,
    "checks": dict,
    "limits": dict,
    "profile": dict,
}
_POLICY_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "drafts": str,
    "coverage": (int, float),
    "fallback": str,
    "outdated": str,
}
_POLICY_CHOICES = {
    "drafts": ("none", "labelled", "all"),
    "fallback": ("paragraph", "sentence"),
    "outdated": ("show", "source", "hide", "last-good"),
}
_OFFERS = ("reviewed", "drafts", "published", "none")
_MODEL_TYPES: Mapping[str, type] = {
    "engine": str,
    "source": str,
    "target": str,
    "folder": str,
    "source_prefix": str,
    "target_prefix": str,
    "version": str,
    "licence": str,
}
_WORDS = {str: "a text", list: "a list", dict: "a table", (int, float): "a number"}


def _expect(table: Mapping[str, Any], types: Mapping[str, Any], prefix: str) -> None:
    for key, value in table.items():
        if key not in types:
            close = difflib.get_close_matches(key, types, 1)
            hint = f"did you mean {prefix}{close[0]}?" if close else f"it may have: {', '.join(types)}"
            raise ConfigError(f"there is no setting {prefix}{key}", hint=hint)
        if not isinstance(value, types[key]) or isinstance(value, bool):
            raise ConfigError(f"{prefix}{key} must be {_WORDS[types[key]]}, not {value!r}")
        item, name = (dict, "tables") if key == "models" else (str, "texts")
        if isinstance(value, list) and not all(isinstance(each, item) for each in value):
            raise ConfigError(f"{prefix}{key} must be a list of {name}")


def _publishing(table: Mapping[str, Any]) -> dict[str, Any]:
    """The policies for all locales, and those of single locales, which differ from them in what they name."""
    _expect(table, {**_POLICY_TYPES, "locales": dict}, "publish.")
    own = table.get("locales", {})
    general = {key: value for key, value in table.items() if key != "locales"}
    _check_policies(general, "publish.")
    found = {}
    for tag, policies in own.items():
        prefix = f"publish.locales.{tag}"
        if not isinstance(policies, dict):
            raise ConfigError(f"{prefix} must be a table, not {policies!r}")
        _expect(policies, _POLICY_TYPES, f"{prefix}.")
        _check_policies(policies, f"{prefix}.")
        found[locales.known(tag)] = Publishing(**{**general, **policies})
    return {"publish": Publishing(**general), "publish_in": found}


def _prompting(table: Mapping[str, Any]) -> Prompting:
    _expect(table, {"offer": str, "editions": list}, "prompt.")
    if table.get("offer", "none") not in _OFFERS:
        hint = f"one of: {', '.join(_OFFERS)}"
        raise ConfigError(f"prompt.offer cannot be {table['offer']!r}", hint=hint)
    editions = tuple(locales.known(tag).partition("-")[0] for tag in table.get("editions", ()))
    return Prompting(**{**table, "editions": editions})


def _check_policies(table: Mapping[str, Any], prefix: str) -> None:
    for key, choices in _POLICY_CHOICES.items():
        if key in table and table[key] not in choices:
            hint = f"one of: {', '.join(choices)}"
            raise ConfigError(f"{prefix}{key} cannot be {table[key]!r}", hint=hint)
    if not 0 <= table.get("coverage", 1) <= 1:
        raise ConfigError(f"{prefix}coverage is a share of the words, from 0 to 1")


def _model(table: Mapping[str, Any]) -> ModelFolder:
    _expect(table, _MODEL_TYPES, "models.")
    for key in ("engine", "source", "target", "folder"):
        if not table.get(key):
            raise ConfigError(f"a table of [[models]] has no {key}")
    from l10n.engines import ENGINES  # loads for long, and few projects describe models

    ENGINES.get(table["engine"])  # raises for a name that no engine has
    pair = {key: locales.known(table[key]) for key in ("source", "target")}
    return ModelFolder(**{**table, **pair, "folder": Path(table["folder"])})


def _severities(table: Mapping[str, Any]) -> Mapping[str, str]:
    for name, value in table.items():
        if value not in (*Severity, "off"):
            raise ConfigError(
                f"checks.{name} cannot be {value!r}", hint=f"one of: {', '.join((*Severity, 'off'))}"
            )
    return table


def _limits(table: Mapping[str, Any]) -> Mapping[str, int]:
    for role, value in table.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ConfigError(f"limits.{role} must be a number of characters; 0 for none")
    return table


def _locale(pattern: str, tag: Any) -> str:
    if not isinstance(tag, str):
        raise ConfigError(f"locales.{pattern} must be the tag of a locale, not {tag!r}")
    return locales.known(tag)


def _names(pair: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise ConfigError(f"engines.{pair} must be the name of an engine, or a list of names")
