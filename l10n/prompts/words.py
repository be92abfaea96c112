"""The prompt's words: whole sentences, written for each language that is offered, in that language."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files

from l10n.locales import parents


@dataclass(frozen=True, slots=True)
class Words:
    """What the prompt says when it offers one language."""

    question: str
    draft_question: str
    """The question where the offered page holds unchecked machine translation."""
    yes: str
    no: str
    """It is followed by the name of the page's language."""
    region: str
    """What a screen reader calls the prompt."""


@dataclass(frozen=True, slots=True)
class Message:
    """One of the words as a message of the site's catalogs; its English text is the source."""

    field: str
    source: str
    note: str
    context: str = "language prompt"


_NAME_YOURS = "Shown to visitors whose browser asks for YOUR language: name that instead of English."
MESSAGES = (
    Message(
        "question",
        "This article is also available in English. Would you like to read it in English?",
        _NAME_YOURS,
    ),
    Message(
        "draft_question",
        "This article is also available in English, translated by machine."
        " Would you like to read it in English?",
        _NAME_YOURS,
    ),
    Message("yes", "Yes, read it in English", _NAME_YOURS),
    Message("no", "No, stay on this page", "The name of the page's language follows, in that language."),
    Message("region", "Choice of language", "What a screen reader calls the prompt."),
)


def site_words(locale: str, get: Callable[[str | None, str], str | None]) -> Words | None:
    """The words that offer a locale: those of the site's catalog, else those that are shipped.

    `get` gives the translation of a (context, source), or None. None where some word is missing: a
    language is not offered in another.
    """
    shipped = _shipped(locale)
    texts = {each.field: get(each.context, each.source) or shipped.get(each.field) for each in MESSAGES}
    return Words(**{name: text for name, text in texts.items() if text}) if all(texts.values()) else None


def _shipped(locale: str) -> dict[str, str]:
    """The shipped words of a locale or of what it falls back to; empty where there are none."""
    return next((words for tag in parents(locale) if (words := _file(tag))), {})


@cache
def _file(tag: str) -> dict[str, str]:
    path = files("l10n.prompts") / "data" / "words" / f"{tag}.toml"
    if not path.is_file():
        return {}
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    return {field.name: str(words[field.name]) for field in fields(Words)}
