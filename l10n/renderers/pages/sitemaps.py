"""Sitemaps: every page with its versions in other languages, for search engines.

Sources: the Sitemap protocol (sitemaps.org) and Google's guide to localized versions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from l10n.renderers.pages.heads import Addresses, Alternate, Site, hreflangs

_OPENING = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
"""


def sitemap(groups: Iterable[tuple[Mapping[str, Alternate], str]], site: Site) -> str:
    """A sitemap of pages, given as the versions of each and the path of the one for all other readers.

    Its addresses are whole, so the site's own must be known.
    """
    out = [_OPENING]
    for alternates, default in groups:
        for locale in sorted(alternates):
            at = Addresses(alternates[locale].path, site)
            versions = hreflangs(alternates, default, at).items()
            links = "".join(
                f'  <xhtml:link rel="alternate" hreflang="{escape(tag)}" href="{escape(href)}"/>\n'
                for tag, href in versions
            )
            out.append(f"<url>\n  <loc>{escape(at.whole(at.page))}</loc>\n{links}</url>\n")
    return "".join([*out, "</urlset>\n"])
