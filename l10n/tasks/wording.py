"""The words of the pages themselves: where the theme, the prompt and the site's catalogs meet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from l10n import prompts
from l10n.catalogs import union
from l10n.model import Catalog, Entry, State
from l10n.project import SITE, Project
from l10n.renderers import pages

_NAME = "site name"
"""Context of the site's name in its catalogs."""


def site_messages(name: str, source_locale: str) -> Catalog:
    """The template of the words that our pages and the language prompt show, and of the site's name."""
    named = Entry(name, context=_NAME, notes=("The name of the site; keep it where it is a brand.",))
    theme = [Entry(each.msgid, context=each.context, notes=(each.note,)) for each in pages.MESSAGES]
    prompt = [Entry(each.source, context=each.context, notes=(each.note,)) for each in prompts.MESSAGES]
    return union([Catalog(source_locale, None, (named, *theme, *prompt))], source_locale)


class Words:
    """The site's words in one locale: what is reviewed in its catalog, else what comes with this package."""

    def __init__(self, project: Project, locale: str) -> None:
        catalog = project.load_catalog(SITE, locale)
        self._entries = catalog.by_key() if catalog else {}
        self._name, self._locale = project.config.name, locale

    def get(self, context: str | None, source: str) -> str | None:
        """The reviewed translation of a message, or None."""
        entry = self._entries.get((context, source))
        return entry.target if entry and entry.state is State.REVIEWED else None

    @property
    def site_name(self) -> str:
        return self.get(_NAME, self._name) or self._name

    @cached_property
    def page(self) -> Mapping[str, str]:
        """The words of the theme by English text: the site's own, else those shipped in its language."""
        best = prompts.closest(self._locale, pages.shipped_locales())
        shipped = pages.shipped_words(best) if best else {}
        own = {each.msgid: self.get(each.context, each.msgid) for each in pages.MESSAGES}
        return {**shipped, **{msgid: target for msgid, target in own.items() if target}}
