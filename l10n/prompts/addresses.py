"""Neutral addresses, without a locale in them, and the page that each leads a visitor to.

Only a neutral address ever leads elsewhere. The address of a page in one locale shows that page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from l10n.prompts.headers import parse_accept_language
from l10n.prompts.matching import match

DEFAULT = "x-default"
"""In place of a locale: the version for readers of any other language, as in hreflang."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of a site, each a path from its root: "/uk/tram.html"."""

    neutral: Mapping[str, Mapping[str, str]]
    """Neutral address -> locale -> the page; under `DEFAULT` the one for everybody else, if any."""
    locales: Mapping[str, str] = field(default_factory=dict)
    """Address of a page -> its locale."""

    def lead(self, address: str, accept_language: str | None) -> str | None:
        """The page that a neutral address leads to; None for any other, and where nothing fits.

        The best match of an Accept-Language header, by CLDR: what the header rules out is never led to
        unless it is the default.
        """
        versions = self.neutral.get(address)
        if versions is None:
            return None
        wishes = parse_accept_language(accept_language)
        allowed = [locale for locale in versions if locale != DEFAULT and wishes.allow(locale)]
        best = match(wishes.tags, allowed)
        return versions[best.best] if best else versions.get(DEFAULT)


def site_addresses(manifest: Mapping[str, Any], default: str = "") -> Addresses:
    """The addresses of the bundles that a manifest lists.

    An article "world/tram" has the neutral addresses /world/tram.html, /world/tram and /world/tram/;
    those who read none of its languages are led to its version in `default`, if it has one. The root
    leads to the list of articles in the visitor's language; it has no default, as it shows all languages.
    """
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    locales: dict[str, str] = {}
    for locale, path in _pages(manifest):
        pages[path.removeprefix(f"{locale}/")][locale] = f"/{path}"
        locales[f"/{path}"] = locale
    neutral: dict[str, Mapping[str, str]] = {}
    for path, versions in sorted(pages.items()):
        whole = {**versions, DEFAULT: versions[default]} if default in versions else versions
        home = path == "index.html"
        for address in ("/",) if home else _spellings(path):
            if address not in locales:
                neutral[address] = versions if home else whole
    return Addresses(neutral, locales)


def _pages(manifest: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The locale and path of each page that a visitor reads, in the order of the manifest."""
    for entry in manifest["files"]:
        if "locale" in entry and entry.get("kind", "page") in ("page", "index"):
            yield entry["locale"], entry["path"]


def _spellings(path: str) -> tuple[str, ...]:
    plain = PurePosixPath("/", path).with_suffix("").as_posix()
    return f"/{path}", plain, f"{plain}/"
