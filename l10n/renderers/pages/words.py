"""The theme's own words: what `tasks` puts into site.pot and hands back in the page's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from l10n.locales import language
from l10n.phrasebooks import languages, phrases


@dataclass(frozen=True, slots=True)
class Message:
    """A text of the theme: a whole sentence or phrase, never a part of one."""

    msgid: str
    context: str
    note: str
    """What a translator should know."""


_NOTICE = "Notice above an article."
MESSAGES: tuple[Message, ...] = (
    Message("Skip to content", "page", "Link at the top of every page, for keyboards and screen readers."),
    Message("Available in", "page", "Heading before a list of languages, each named in itself."),
    Message("Table", "page", "Name that a screen reader gives to a table in an article."),
    Message("Author", "page", "Label before the name of who wrote an article."),
    Message("Published", "page", "Label before the date on which an article was published."),
    Message("Notes", "page", "Heading of an article's footnotes."),
    Message("Back to text", "page", "Link from a footnote to the place that refers to it."),
    Message("All articles", "page", "Link to the list of articles, and the heading of that list."),
    Message("Machine translation", "page", "Mark on an article that holds unchecked machine translation."),
    Message("This page contains machine translation that no editor has checked yet.", "page", _NOTICE),
    Message("The original has changed since parts of this page were translated.", "page", _NOTICE),
    Message("Parts whose translation is out of date are left out.", "page", _NOTICE),
    Message("Parts that are not translated yet are shown in the original language.", "page", _NOTICE),
)
"""All words of the theme. Their msgids are the keys of the `words` that pages are given."""
_PACKAGE = "l10n.renderers"


def shipped_locales() -> tuple[str, ...]:
    """The locales, other than English, that have words of their own in this package."""
    return languages(_PACKAGE)


def shipped_words(locale: str) -> dict[str, str]:
    """The words of one of these locales, by English text; those that are not sure are missing."""
    texts = phrases(_PACKAGE, locale)
    return {each.msgid: text for each in MESSAGES if (text := texts.get((each.context, each.msgid)))}


def word(words: Mapping[str, str], msgid: str) -> str:
    """A word in the page's language; in English where the mapping has none, as gettext does."""
    return words.get(msgid) or msgid


def is_foreign(words: Mapping[str, str], msgid: str, locale: str) -> bool:
    """Whether a word is in English on a page in another language."""
    return not words.get(msgid) and language(locale) != "en"


def text(words: Mapping[str, str], msgid: str, locale: str) -> str:
    """The same as a part of HTML, which says so where it is in English on a page in another language.

    Source: WCAG 2.2, success criterion 3.1.2, Language of Parts.
    """
    from markupsafe import Markup

    if not is_foreign(words, msgid, locale):
        return word(words, msgid)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(msgid)
