"""Endings: a statement stays a statement, a question a question, in the marks of the target language."""

from __future__ import annotations

from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.inline import plain
from l10n.locales import language
from l10n.model import Entry, Severity

_CLASSES = {".": "stop", "。": "stop", "｡": "stop", "۔": "stop", "।": "stop", "։": "stop"}
_CLASSES |= {"?": "question", "？": "question", "؟": "question", ";": "semicolon", "；": "semicolon"}
_CLASSES |= {"؛": "semicolon", "!": "exclamation", "！": "exclamation", ":": "colon", "：": "colon"}
_CLOSERS = "\"'”’»›)]}」』）】“‘ \u00a0\u202f"
_FREE = {"stop": {"th", "lo", "km", "my"}, "semicolon": {"ja", "zh"}, "colon": {"ja", "zh"}}
"""Languages that need no such mark, or put another one."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A question or exclamation that became something else, and a final mark lost or gained."""
    wanted, given = _ending(entry.source, setting.source_locale), _ending(entry.target, setting.locale)
    if wanted == given or language(setting.locale) in _FREE.get(wanted or given, set()):
        return
    asks = plain(entry.target).rstrip(_CLOSERS + "。").endswith("か")
    if wanted == "question" and language(setting.locale) == "ja" and asks:
        return  # a Japanese question needs no question mark
    if {wanted, given} <= {"stop", "semicolon", "colon", "exclamation"} or plain(entry.source).endswith(
        "..."
    ):
        return  # how sentences are joined is the translator's choice
    if wanted and not given:
        yield Problem(f"ends without the {wanted} of the source")
    elif given and not wanted and given == "question":
        yield Problem("ends with a question mark, the source does not")
    elif "question" in (wanted, given) and wanted:
        yield Problem(f"ends with a {given}, the source with a {wanted}")


def _ending(text: str, locale: str) -> str:
    shown = plain(text).rstrip().rstrip(_CLOSERS)
    if not shown or shown.endswith(("...", "…")):
        return ""
    if language(locale) == "el" and shown[-1] in ";\u037e":
        return "question"
    return _CLASSES.get(shown[-1], "")


CHECK = Check("ending", Severity.WARNING, find)
