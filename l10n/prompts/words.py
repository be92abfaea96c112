"""The prompt's words: whole sentences, written for each language that is offered, in that language.

They are the gettext domain of the files in `data/words`, one for a language. What is fuzzy in them waits for
a reader who knows the language, and is not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from l10n.prompts.matching import language_distance, match
from l10n.prompts.tags import subtags


@dataclass(frozen=True, slots=True)
class Words:
    """What the prompt says when it offers one language."""

    question: str
    draft_question: str
    """The question where the offered page holds unchecked machine translation."""
    yes: str
    no: str
    """"{language}" in it stands for the name of the page's language, in that language."""
    region: str
    """What a screen reader calls the prompt."""


@dataclass(frozen=True, slots=True)
class Message:
    """One of the words as a message of the catalogs; its English text is the source."""

    field: str
    source: str
    note: str
    context: str = "language prompt"


_NAME_YOURS = "Shown to visitors whose browser asks for YOUR language: name that instead of English."
MESSAGES = (
    Message(
        "question",
        "This page is also available in English. Would you like to read it in English?",
        _NAME_YOURS,
    ),
    Message(
        "draft_question",
        "This page is also available in English, translated by machine."
        " Would you like to read it in English?",
        _NAME_YOURS,
    ),
    Message("yes", "Yes, read it in English", _NAME_YOURS),
    Message(
        "no",
        "No, stay on this page ({language})",
        "{language} is the name of the page's language, in that language. It cannot be inflected, so it"
        " stands apart from the sentence, in the parentheses of your script.",
    ),
    Message("region", "Choice of language", "What a screen reader calls the prompt."),
)
SOURCE = "en"
"""The language of the messages themselves."""


def site_words(locale: str, get: Callable[[str | None, str], str | None]) -> Words | None:
    """The words that offer a locale: those of the site's catalog, else those that are shipped.

    `get` gives the translation of a (context, source), or None. None where some word is missing: a
    language is not offered in another.
    """
    shipped = shipped_words(locale)
    texts = {each.field: get(each.context, each.source) or shipped.get(each.field) for each in MESSAGES}
    return Words(**{name: text for name, text in texts.items() if text}) if all(texts.values()) else None


def shipped_words(locale: str) -> dict[str, str]:
    """The shipped words of a locale by field: those of the closest in its language and script, if any."""
    best = match([locale], [tag for tag in shipped_locales() if _same(locale, tag)])
    return _file(best.best) if best else {}


@cache
def shipped_locales() -> tuple[str, ...]:
    """The locales that have words of their own."""
    names = (path.name for path in (files("l10n.prompts") / "data" / "words").iterdir())
    return (SOURCE, *sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


def _same(one: str, other: str) -> bool:
    """Whether words in the one are words in the other. Nearer than an offer: scripts must be the same."""
    wish, have = subtags(one), subtags(other)
    if wish is None or have is None:
        return False
    return language_distance(wish, have) <= 1 and wish.script == have.script


@cache
def _file(tag: str) -> dict[str, str]:
    if tag == SOURCE:
        return {each.field: each.source for each in MESSAGES}
    from polib import pofile

    path = files("l10n.prompts") / "data" / "words" / f"{tag}.po"
    entries = pofile(path.read_text(encoding="utf-8"))
    texts = {(each.msgctxt, each.msgid): each.msgstr for each in entries if each.translated()}
    return {each.field: texts.get((each.context, each.source), "") for each in MESSAGES}
