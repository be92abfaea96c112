"""What a page tells browsers and search engines: addresses, languages, structured data.

Sources: Google's guide to localized versions (reciprocal hreflang, x-default), the Open Graph protocol
(ogp.me) and schema.org's Article.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urljoin

from l10n import locales
from l10n.renderers.pages.bodies import Body, cldr


@dataclass(frozen=True, slots=True)
class Site:
    """The site that a page belongs to."""

    name: str
    """As it stands in the masthead, in the page's language."""
    url: str = ""
    """The address under which the bundles' folder is published, or "" where that is not known."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page in one of its locales."""

    path: str
    """Below the bundles' folder: "uk/world/tram.html"."""
    draft: bool = False
    """Whether it holds machine translation that nobody has checked."""
    offered: bool = True
    """Whether the language prompt may offer it; readers find it among the languages anyway."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """How one page calls the others: relative to itself, or whole where the site's address is known."""

    page: str
    """The page's path below the bundles' folder."""
    site: Site

    def relative(self, path: str) -> str:
        """The address of a path below the bundles' folder, from this page; works from file:// too."""
        return quote(posixpath.relpath(path, posixpath.dirname(self.page) or "."))

    def whole(self, path: str) -> str:
        """The address for machines: absolute where the site's own is known."""
        return urljoin(f"{self.site.url.rstrip('/')}/", quote(path)) if self.site.url else self.relative(path)

    def image(self, address: str) -> str:
        """The whole address of an image on this page, or "" where the site's own is not known."""
        return urljoin(self.whole(self.page), address) if self.site.url and address else ""


def hreflangs(alternates: Mapping[str, Alternate], default: str, at: Addresses) -> dict[str, str]:
    """hreflang -> address of every version of a page, itself too, and x-default; none for a lone page.

    `default` is the path of the version for readers of any other language.
    """
    if len(alternates) < 2:
        return {}
    found: dict[str, str] = {}
    for locale in sorted(alternates):
        found.setdefault(_hreflang(locale), at.whole(alternates[locale].path))
    return {**found, "x-default": at.whole(default)} if default else found


def _hreflang(tag: str) -> str:
    """The tag as search engines know it: language, script and country, so "es-419" is "es"."""
    return "-".join(part for part in tag.split("-")[:3] if not part.isdigit())


def og_locale(tag: str) -> str:
    """The tag as Open Graph has it, language and country: "uk" -> "uk_UA", by CLDR's likely subtags."""
    from babel.core import get_global

    locale = cldr(tag)
    likely = get_global("likely_subtags")
    whole = likely.get(str(locale)) or likely.get(locale.language) or ""
    country = locale.territory or whole.rpartition("_")[2]
    return f"{locale.language}_{country}" if len(country) == 2 else locale.language


def article_data(body: Body, locale: str, at: Addresses, source: str = "") -> str:
    """schema.org's Article as JSON for a script element; `source` is the path of the original."""
    translated = at.site.url and source and source != at.page
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": body.headline,
        "description": body.description,
        "inLanguage": locale,
        "articleSection": body.category,
        "datePublished": body.date.isoformat() if body.date else "",
        "author": [{"@type": "Person", "name": name} for name in body.authors],
        "image": at.image(body.image),
        "mainEntityOfPage": at.whole(at.page) if at.site.url else "",
        "translationOfWork": {"@type": "Article", "@id": at.whole(source)} if translated else "",
        "publisher": {"@type": "Organization", "name": at.site.name},
    }
    return script_json({name: value for name, value in data.items() if value})


def prompt_data(locale: str, alternates: Mapping[str, Alternate], at: Addresses) -> str:
    """What the language prompt needs to know of a page, as JSON for a script element."""
    others = {
        tag: {"href": at.relative(other.path), "draft": other.draft}
        for tag, other in alternates.items()
        if tag != locale and other.offered
    }
    return script_json({"page": locale, "name": language_name(locale), "alternates": others})


def script_json(data: Any) -> str:
    """JSON that cannot end the script element in which it stands."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def language_name(tag: str) -> str:
    """A language's name in itself, as it stands in a list: with a capital where its script has them."""
    name = locales.autonym(tag)
    return name[:1].title() + name[1:]
