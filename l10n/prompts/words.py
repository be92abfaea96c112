"""The prompt's words: whole sentences, written for each language that is offered, in that language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from l10n.phrasebooks import languages, phrases
from l10n.prompts.matching import closest


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
_PACKAGE = "l10n.prompts"


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
    best = closest(locale, shipped_locales())
    if best == SOURCE:
        return {each.field: each.source for each in MESSAGES}
    texts = phrases(_PACKAGE, best) if best else {}
    return {each.field: texts.get((each.context, each.source), "") for each in MESSAGES}


def shipped_locales() -> tuple[str, ...]:
    """The locales that have words of their own."""
    return (SOURCE, *languages(_PACKAGE))
