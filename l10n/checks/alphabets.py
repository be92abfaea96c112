"""Alphabets: the letters of the script that a locale is written in. Shared by the checks of languages."""

from __future__ import annotations

import re
from functools import cache

from l10n import locales
from l10n.laziness import expression

_SCRIPTS = {
    "Latn": r"A-Za-zÀ-ɏḀ-ỿ",
    "Cyrl": r"Ѐ-ԯ",
    "Grek": r"Ͱ-Ͽἀ-῿",
    "Armn": r"\u0530-\u058f",
    "Hebr": r"\u0590-\u05ff",
    "Arab": r"\u0600-\u06ff\u0750-\u077f",
    "Deva": r"\u0900-\u097f",
    "Beng": r"\u0980-\u09ff",
    "Guru": r"\u0a00-\u0a7f",
    "Gujr": r"\u0a80-\u0aff",
    "Taml": r"\u0b80-\u0bff",
    "Telu": r"\u0c00-\u0c7f",
    "Knda": r"\u0c80-\u0cff",
    "Mlym": r"\u0d00-\u0d7f",
    "Sinh": r"\u0d80-\u0dff",
    "Thai": r"\u0e00-\u0e7f",
    "Mymr": r"\u1000-\u109f",
    "Geor": r"\u10a0-\u10ff\u1c90-\u1cbf",
    "Ethi": r"\u1200-\u139f",
    "Khmr": r"\u1780-\u17ff",
    "Hani": r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3",
}
"""The characters of scripts (Unicode, Blocks; names by ISO 15924); Kana and Hangul count as Han."""
_LETTERS = {name: expression(f"[{chars}]+") for name, chars in _SCRIPTS.items()}
_SAME = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hani", "Kore": "Hani"}
_ALSO = {
    "az": "Cyrl", "bs": "Cyrl", "crh": "Cyrl", "kk": "Latn", "kmr": "Arab", "ku": "Arab", "ms": "Arab",
    "pa": "Arab", "sd": "Deva", "sr": "Latn", "tg": "Latn", "tk": "Cyrl", "tt": "Latn",
    "ug": "Latn", "uz": "Cyrl",
}  # fmt: skip
"""The second script of languages that are written in two (CLDR, language data)."""
_NAMES = {"Latn": "Latin", "Cyrl": "Cyrillic", "Grek": "Greek", "Hani": "Chinese, Japanese or Korean"}


@cache
def script(tag: str) -> str:
    """The script that a locale is written in (CLDR, likely subtags); "Hani" for Chinese, Japanese, Korean."""
    found = locales.script(tag)
    return _SAME.get(found, found)


def scripts(tag: str) -> tuple[str, ...]:
    """The scripts that a locale may be written in: the likely one, and the second of languages with two.

    A tag that names a script leaves no choice.
    """
    also = _ALSO.get(locales.language(tag))
    return (script(tag), also) if also and f"-{locales.script(tag)}" not in tag else (script(tag),)


def letters(script: str) -> re.Pattern[str] | None:
    """What finds runs of the letters of a script; None where they are not known."""
    return _LETTERS.get(script)


def named(script: str) -> str:
    """What people call a script."""
    from babel import Locale

    return _NAMES.get(script) or Locale("en").scripts.get(script, script)
