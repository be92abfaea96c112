"""Formats of numbers: 12.5 is 12,5 in Ukrainian and 1,234 is 1 234 (CLDR, number symbols)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import figures, role, spliced, without_programs
from l10n.laziness import expression
from l10n.locales import language
from l10n.model import Entry, Severity, Span
from l10n.numerals import NUMBER, symbols

_NO_BREAK = "\u00a0"
_SIGN = r"\s?[%‰°]|[ \u00a0]?(?:[kcm]?m[²³]?|[kmµ]?g|t|ha|[mc]?l|[kMGT]?(?:Wh?|Hz|B|V))\b"
_CURRENCY = expression(r"[$€£¥₴₽]\s?$")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """Amounts that stand in the target as in the source, though the two locales write them otherwise."""
    here, there = symbols(setting.source_locale), symbols(setting.locale)
    target = figures(entry.target)
    if here == there or not target:
        return
    source, target = figures(without_programs(entry.source)), figures(without_programs(entry.target))
    for match in NUMBER.finditer(source):
        right = _localized(match[0], here, there)
        if right == match[0] or not _is_amount(entry, setting, source, match):
            continue
        found = re.search(rf"(?<![\w.,:]){re.escape(match[0])}(?![.,:]?\d)", target)
        if found:
            fix = spliced(entry.target, *found.span(), right)
            yield Problem(f"the number {match[0]} should read {right}", Span(*found.span()), fix)


def _is_amount(entry: Entry, setting: Setting, source: str, match: re.Match[str]) -> bool:
    """Whether a number counts or measures something, rather than being part of a name."""
    if match[0] == source.strip():
        return role(entry) == "cell"
    if match[0] in _code_of(entry.source):
        return False  # explains what a program says
    counted = _units(language(setting.source_locale)).match(source, match.end())
    return bool(counted or _CURRENCY.search(source[: match.start()]))


def _code_of(text: str) -> str:
    """The code in a text, with what programs say."""
    kept = without_programs(text)
    return "".join(char for char, other in zip(text, kept, strict=True) if char != other)


@cache
def _units(name: str) -> re.Pattern[str]:
    """What follows a number that is an amount, and no version, section or date."""
    path = files("l10n.checks") / "data" / "units" / f"{name}.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    words = [word for line in lines if line[:1] != "#" for word in line.split()]
    return re.compile("|".join([_SIGN, *(rf"[ \u00a0-]{word}" for word in words)]))


def _localized(number: str, here: tuple[str, str], there: tuple[str, str]) -> str:
    """A number in the signs of another locale, where it is clear what it means; else as it is."""
    grouped, plain = _patterns(here)
    if grouped.fullmatch(number) and here[1] != there[1]:
        signs = {here[0]: there[0], here[1]: _NO_BREAK if there[1].isspace() else there[1]}
        return "".join(signs.get(char, char) for char in number)
    return number.replace(here[0], there[0]) if plain.fullmatch(number) else number


@cache
def _patterns(signs: tuple[str, str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Numbers with groups of digits, and those with decimals only that could be nothing else."""
    decimal, group = map(re.escape, signs)
    return (
        re.compile(rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{decimal}\d+)?"),
        re.compile(rf"\d+{decimal}(?:\d{{1,2}}|\d{{4,}})"),
    )


CHECK = Check("formats", Severity.WARNING, find, of_code=False)
