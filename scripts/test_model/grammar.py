"""The grammar of the test models: sentence pairs drawn from `grammar.toml`."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("en", "uk", "es")
_SLOT = re.compile(r"\{(\w+?)(\d?)(?:\.(\w+))?\}")
_AGREEING = {
    "ла": ("в", "ла"),
    "шла": ("шов", "шла"),
    "лася": ("вся", "лася"),
    "ої": ("ого", "ої"),
    "її": ("його", "її"),
    "el": ("el", "la"),
    "El": ("El", "La"),
    "un": ("un", "una"),
    "lo": ("lo", "la"),
    "del": ("del", "de la"),
    "nueva": ("nuevo", "nueva"),
    "averiada": ("averiado", "averiada"),
}
"""Ending or word -> what it is in the masculine and in the feminine."""
_SPANISH = {"el", "El", "un", "lo", "del", "nueva", "averiada"}
Row = dict[str, str]


class Grammar:
    """The tables and sentences, and a generator of random numbers to draw with."""

    def __init__(self, seed: int) -> None:
        text = Path(__file__).with_name("grammar.toml").read_text(encoding="utf-8")
        found = tomllib.loads(text)
        self._random = random.Random(seed)
        self._sentences = [[line.strip() for line in row.split("\n")] for row in found["sentences"]["rows"]]
        self._tables = {name: _rows(table) for name, table in found["tables"].items()}

    def sentences(self) -> Iterator[tuple[str, ...]]:
        """The same sentence in every language, without end."""
        while True:
            templates = self._random.choice(self._sentences)
            drawn: dict[str, Row] = {}
            yield tuple(_SLOT.sub(lambda m: self._cell(m, drawn), each) for each in templates)  # noqa: B023

    def _cell(self, match: re.Match[str], drawn: dict[str, Row]) -> str:
        name, number, column = match.groups()
        slot = name + number
        if slot not in drawn:
            drawn[slot] = self._draw(name, drawn)
        return _agreeing(drawn, slot, column or "en")

    def _draw(self, name: str, drawn: dict[str, Row]) -> Row:
        if name == "counted":
            return _counted(self._random.choice(self._tables[name]), int(drawn["count"]["plain"]))
        if name in self._tables:
            return self._random.choice([row for row in self._tables[name] if row not in drawn.values()])
        return self._figures(name)

    def _figures(self, name: str) -> Row:
        draw = self._random.randint
        if name == "count":
            number = draw(1, 30) if draw(0, 1) else draw(31, 9000)
            return {"plain": str(number), "en": f"{number:,}", "uk": str(number), "es": str(number)}
        if name == "money":
            number = draw(10, 999) * 100
            spaced = f"{number:,}".replace(",", "\u00a0") if number >= 10000 else str(number)
            return {"en": f"{number:,}", "uk": spaced, "es": spaced}
        if name == "share":
            number, tenth = draw(0, 40), draw(1, 9)
            return {"en": f"{number}.{tenth}", "uk": f"{number},{tenth}", "es": f"{number},{tenth}"}
        if name == "hour":
            hour, minute = draw(2, 23), draw(0, 11) * 5
            return {"en": f"{hour}:{minute:02}", "uk": f"{'об' if hour == 11 else 'о'} {hour}:{minute:02}"}
        year = str(draw(1960, 2029))
        if name == "year":
            return {"en": year}
        day, month = draw(1, 28), self._random.choice(self._tables["month"])
        return {
            "en": f"{day} {month['en']} {year}",
            "uk": f"{day} {month['uk']} {year} року",
            "es": f"el {day} de {month['es']} de {year}",
        }


def _rows(table: dict[str, list[str]]) -> list[Row]:
    return [dict(zip(table["columns"], map(str.strip, row.split("|")), strict=True)) for row in table["rows"]]


def _counted(row: Row, number: int) -> Row:
    """A counted noun in the forms that go with a number (CLDR's plural rules)."""
    few = number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14)
    one = number % 10 == 1 and number % 100 != 11
    many = "" if number == 1 else "_many"
    return {
        "en": row[f"en{many}"],
        "uk": row["one" if one else "few" if few else "many"],
        "es": row[f"es{many}"],
    }


def _agreeing(drawn: dict[str, Row], slot: str, column: str) -> str:
    """A cell of a drawn row, or the form of an ending or of another row that agrees with it."""
    row = drawn[slot]
    if column in _AGREEING:
        gender = row["gender_es" if column in _SPANISH else "gender"]
        return _AGREEING[column][gender == "f"]
    if column == "a":
        return "an" if row["en"][0] in "aeiou" else "a"
    spanish, _, other = column.rpartition("_")
    if other in drawn:
        return row[f"es_{drawn[other]['gender_es']}" if spanish else drawn[other]["gender"]]
    cell = row[column.lower()] if column.lower() in row else row["en"]
    return cell if column == column.lower() else cell[0].upper() + cell[1:]
