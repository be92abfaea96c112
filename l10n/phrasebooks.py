"""Phrasebooks: words that come with a part of this package, as one gettext catalog for a language.

They stand in its folder `data/words`. What is fuzzy in them waits for a reader who knows the language, and
is not given out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_FOLDER, _SUFFIX = "data/words", ".po"


@cache
def languages(package: str) -> tuple[str, ...]:
    """The locales that have a catalog, in order."""
    names = (path.name for path in files(package).joinpath(_FOLDER).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in names if name.endswith(_SUFFIX)))


@cache
def phrases(package: str, language: str) -> Mapping[tuple[str, str], str]:
    """What a catalog translates, by context and source."""
    from polib import pofile

    path = files(package).joinpath(_FOLDER, language + _SUFFIX)
    entries = pofile(path.read_text(encoding="utf-8"))
    return {(each.msgctxt, each.msgid): each.msgstr for each in entries if each.translated()}
