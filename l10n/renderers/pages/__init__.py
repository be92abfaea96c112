"""Pages: Article -> HTML, through the theme's templates.

A page gets its data here and its looks from a theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from l10n import locales
from l10n.model import Article
from l10n.renderers.pages.bodies import HTML_PARTS, Body, Teaser, body, teaser, time
from l10n.renderers.pages.heads import (
    Addresses,
    Alternate,
    Site,
    article_data,
    hreflangs,
    language_name,
    og_locale,
    prompt_data,
)
from l10n.renderers.pages.inlines import Link
from l10n.renderers.pages.sitemaps import sitemap
from l10n.renderers.pages.themes import Theme
from l10n.renderers.pages.words import MESSAGES, Message, shipped_locales, shipped_words, text, word

__all__ = [
    "MESSAGES",
    "Alternate",
    "Body",
    "Link",
    "Message",
    "Site",
    "Teaser",
    "Theme",
    "body",
    "render_index",
    "render_languages",
    "render_page",
    "shipped_locales",
    "shipped_words",
    "sitemap",
    "teaser",
]


def render_page(
    article: Article,
    shown: Body | None = None,
    *,
    alternates: Mapping[str, Alternate],
    words: Mapping[str, str],
    site: Site,
    assets: Mapping[str, str],
    home: str,
    links: Mapping[str, Link] | None = None,
    theme: Theme | None = None,
) -> str:
    """The page of an article in its locale; `shown` is its body, where that is made already.

    `alternates` are all versions of the page by locale, this one among them; `words` those of MESSAGES
    in the page's language; `assets` the paths of "prompt.js", "style.css" and the theme's other files by
    name; `home` that of the locale's list of articles; `links` what addresses in the article are on this
    page. Paths are below the bundles' folder. Raises RenderError for a theme that cannot be used.
    """
    shown = shown or body(article, words, links)
    source = alternates.get(article.source_locale)
    at = Addresses(alternates[article.locale].path, site)
    return (theme or _default()).render(
        "page.html",
        **_page(article.locale, alternates, source.path if source else "", words, at, assets),
        home=at.relative(home),
        body=_marked(shown),
        data=article_data(shown, article.locale, at, source.path if source else ""),
        image=at.image(shown.image),
    )


def render_index(
    locale: str,
    articles: Mapping[str, Teaser],
    *,
    alternates: Mapping[str, Alternate],
    words: Mapping[str, str],
    site: Site,
    assets: Mapping[str, str],
    root: str = "index.html",
    theme: Theme | None = None,
) -> str:
    """The list of the articles in a locale, in the order of `articles`: their paths and teasers.

    `alternates` are the lists in all locales, this one among them; `root` is the path of the page
    that offers all languages. The rest is as for `render_page`.
    """
    at = Addresses(alternates[locale].path, site)
    return (theme or _default()).render(
        "index.html",
        **_page(locale, alternates, root, words, at, assets),
        home=at.relative(at.page),
        teasers=[(at.relative(path), each, _time(each, locale)) for path, each in articles.items()],
    )


def render_languages(
    homes: Mapping[str, Alternate],
    *,
    site: Site,
    assets: Mapping[str, str],
    root: str = "index.html",
    theme: Theme | None = None,
) -> str:
    """The page at the root of a site: its languages, each by its own name, the site's first one first."""
    at = Addresses(root, site)
    return (theme or _default()).render(
        "languages.html", **_page(next(iter(homes)), homes, root, {}, at, assets)
    )


@cache
def _default() -> Theme:
    return Theme({})


def _page(
    locale: str,
    alternates: Mapping[str, Alternate],
    default: str,
    words: Mapping[str, str],
    at: Addresses,
    assets: Mapping[str, str],
) -> dict[str, Any]:
    """What every template needs."""
    return {
        "locale": locale,
        "dir": locales.direction(locale),
        "site": at.site,
        "canonical": at.whole(at.page),
        "hreflangs": hreflangs(alternates, default, at),
        "languages": [
            (tag, language_name(tag), locales.direction(tag), at.relative(alternates[tag].path))
            for tag in sorted(alternates)
        ],
        "og_locale": og_locale(locale),
        "og_alternates": sorted({og_locale(tag) for tag in alternates} - {og_locale(locale)}),
        "prompt_data": prompt_data(locale, alternates, at),
        "direction": locales.direction,
        "word": lambda msgid: word(words, msgid),
        "text": lambda msgid: text(words, msgid, locale),
        "asset": lambda name: at.relative(assets[name]),
    }


def _time(teaser: Teaser, locale: str) -> str:
    from markupsafe import Markup

    return Markup(time(date.fromisoformat(teaser.date), locale)) if teaser.date else ""


def _marked(shown: Body) -> dict[str, Any]:
    """A body whose parts of HTML the templates take as such; all its other texts they escape."""
    from markupsafe import Markup

    parts = {name: Markup(getattr(shown, name)) for name in HTML_PARTS}
    return {**{name: getattr(shown, name) for name in shown.__slots__}, **parts}
