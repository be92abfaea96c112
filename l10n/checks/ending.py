"""Endings: a statement stays a statement, a question a question, in the marks of the target language."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import CLOSERS, shown
from l10n.locales import language
from l10n.model import Entry, Severity

_MARKS = {
    "stop": ".。｡۔।։…",
    "question": "?？؟",
    "exclamation": "!！",
    "colon": ":：",
    "semicolon": ";；؛·\u0387",  # in Greek a raised dot
}
_CLASSES = {mark: name for name, marks in _MARKS.items() for mark in marks}
_NAMES = {"stop": "full stop", "question": "question mark", "exclamation": "exclamation mark"}
_WITHIN, _QUOTATION = _MARKS["colon"], set("\"'”’»›」』“‘")
_NO_STOP = {"th", "lo", "km", "my"}
"""Languages that end a sentence without a mark."""
_ASKS = ("か", "吗", "呢", "の")
_TELLING = {"ja", "ko"}
"""Languages that announce what follows in a sentence of its own, and set no stop in brackets."""
_GREEK_QUESTION = ";\u037e"


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A question that became something else or the reverse, and a final mark lost or gained."""
    wanted, given = _ending(entry.source, setting.source_locale), _ending(entry.target, setting.locale)
    if wanted == given or (not given and language(setting.locale) in _NO_STOP):
        return
    if not wanted and _ends_an_item(entry.source, given, language(setting.locale)):
        return
    if wanted == "question" and shown(entry.target).rstrip(CLOSERS + " 。").endswith(_ASKS):
        return  # Japanese and Chinese can ask without the mark
    if language(setting.locale) in _TELLING and ((wanted, given) == ("colon", "stop") or _aside(entry)):
        return
    if not given:
        yield Problem(f"ends without the {_NAMES.get(wanted, wanted)} of the source")
    elif not wanted:
        yield Problem(f"ends with a {_NAMES.get(given, given)}, the source does not")
    elif "question" in (wanted, given) or {wanted, given} == {"stop", "colon"}:
        yield Problem(
            f"ends with a {_NAMES.get(given, given)}, the source with a {_NAMES.get(wanted, wanted)}"
        )


def _ends_an_item(source: str, given: str, name: str) -> bool:
    """French ends the items of a list with semicolons, and the last one with a full stop."""
    return name == "fr" and (given == "semicolon" or (given == "stop" and not source[:1].isupper()))


def _aside(entry: Entry) -> bool:
    """Whether both texts end with what stands in brackets."""
    return all(text.rstrip(".。 ").endswith((")", "）")) for text in (entry.source, entry.target))


def _ending(text: str, locale: str) -> str:
    """The class of the last mark of a text; "" where it has none."""
    whole = shown(text).rstrip()
    body = whole.rstrip(CLOSERS + "\u00a0\u202f ")
    last = body[-1:]
    if last in _WITHIN and set(whole[len(body) :]) & _QUOTATION:
        return ""  # what is quoted ends with it: 'Template:'
    if last and last in _GREEK_QUESTION and language(locale) == "el":
        return "question"
    return _CLASSES.get(last, "")


CHECK = Check("ending", Severity.WARNING, find, of_forms=True)
