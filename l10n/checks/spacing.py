"""Spacing: spaces around marks as the target language sets them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import spliced, without_programs
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity, Span

_BEFORE = expression(r"[ \u00a0](?<=[^\W_].)[ \u00a0]*(?=[,;:!?](?:\s|$)|[,;][^\W\d_]{2})")
_AFTER = expression(r"([,;])(?<=[^\W\d_]{2}.)(?=[^\W\d_]{2})")
"""Patterns that begin with a character, and look back from there, are found much sooner."""
_NARROW = "\u202f"
_FRENCH = expression(r"(?<=[^\W_])([;!?])(?=\s|$)|(?<=[^\W_])(»)|(«)(?=[^\W_])")
_HAN = "\u3040-\u30ff\u3400-\u9fff"
_HALF = expression(rf"(?<=[{_HAN}])([,!?])(?=[{_HAN}]|$)")
_FULL = {",": "，", "!": "！", "?": "？"}
_NO_SPACES = {"zh", "ja", "yue", "th", "lo", "km", "my"}
_TYPED = expression(r"(?<!\S)[/-]\S+$")
"""A command or an option, which a mark after it would seem a part of."""
_LIKE_FRENCH = {"br", "co", "frp", "oc", "pcd", "wa"}
"""Languages whose printers set ; : ! ? as those of French do."""
_FRENCH_PLACES = {"fr", "fr-FR", "fr-BE"}
"""In Canada and Switzerland ; ! ? stand without a space."""


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A space too many before a mark, or one too few after it; half-width marks in Chinese and Japanese."""
    text, name = without_programs(entry.target), language(setting.locale)
    source = without_programs(entry.source)
    if name in ("zh", "ja", "yue"):
        yield from _half_width(entry.target, text, name)
    if name in _NO_SPACES:
        return
    if name == "fr":  # without a space in it a text is a list of words for a program
        prose = setting.locale in _FRENCH_PLACES and " " in text
        yield from _french(entry.target, text) if prose else ()
    elif (
        name not in _LIKE_FRENCH
        and (match := _BEFORE.search(text))
        and not _BEFORE.search(source)
        and not _is_meant(text, source, match)
    ):
        fix = spliced(entry.target, match.start(), match.end(), "")
        yield Problem(f"a space before {text[match.end()]}", Span(*match.span()), fix)
    if (
        " " in text + entry.source
        and (match := _AFTER.search(text))
        and not _AFTER.search(source)
        and not (text[match.start() - 1] + text[match.end()]).isupper()  # values: "[LINE,COLUMN]"
    ):
        fix = spliced(entry.target, match.end(), match.end(), " ")
        yield Problem(f"no space after {match[0]}", Span(*match.span()), fix)


def _is_meant(text: str, source: str, match: re.Match[str]) -> bool:
    """Whether a space sets off what one types, or the mark is what a text is about, as in the source."""
    if _TYPED.search(text[: match.start()]):
        return True
    mark = re.escape(text[match.end()])
    return re.search(rf"(?<![^\s'\"]){mark}(?![^\s'\"])", source) is not None


def _french(target: str, text: str) -> Iterator[Problem]:
    """French sets a narrow no-break space before ; ! ? » and after « (Imprimerie nationale, Lexique)."""
    match = _FRENCH.search(text)
    if match:
        at = match.end() if match[3] else match.start()
        side = "after" if match[3] else "before"
        yield Problem(f"no space {side} {match[0]}", Span(*match.span()), spliced(target, at, at, _NARROW))


def _half_width(target: str, text: str, name: str) -> Iterator[Problem]:
    match = _HALF.search(text)
    if match:
        mark = "、" if name == "ja" and match[0] == "," else _FULL[match[0]]
        yield Problem(
            f"{match[0]} should be {mark}", Span(*match.span()), spliced(target, *match.span(), mark)
        )


CHECK = Check("spacing", Severity.WARNING, find, of_code=False)
