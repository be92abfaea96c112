"""The words of the pages themselves: where the theme, the prompt and the site's catalogs meet."""

from __future__ import annotations

from collections.abc import Mapping

from l10n import prompts
from l10n.catalogs import union
from l10n.model import Catalog, State
from l10n.project import SITE, Project
from l10n.renderers import pages


def site_messages(source_locale: str) -> Catalog:
    """The template of the words that our pages and the language prompt show."""
    return union([Catalog(source_locale, None, (*pages.MESSAGES, *prompts.MESSAGES))], source_locale)


def page_words(project: Project, locale: str) -> Mapping[str, str]:
    """The words of the pages in a locale, by English text; in English where they are not translated."""
    catalog = project.load_catalog(SITE, locale)
    entries = catalog.by_key() if catalog else {}
    words = {}
    for message in pages.MESSAGES:
        entry = entries.get(message.key)
        reviewed = entry is not None and entry.state is State.REVIEWED
        words[message.source] = entry.target if entry and reviewed else message.source
    return words
