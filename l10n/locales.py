"""Facts about locales: BCP 47 tags and what CLDR says of the languages behind them.

CLDR is asked through Babel, and only when a fact is needed that a tag alone does not tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from l10n.errors import ConfigError
from l10n.laziness import expression

if TYPE_CHECKING:
    from babel import Locale

_TAG = expression(
    r"(?P<language>[A-Za-z]{2,3}|[A-Za-z]{5,8})"
    r"(?:-(?P<script>[A-Za-z]{4}))?"
    r"(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<rest>(?:-[A-Za-z0-9]{2,8}|-[A-Za-z0-9](?:-[A-Za-z0-9]{2,8})+)*)"
)
PSEUDO = {"en-XA": "ltr", "ar-XB": "rtl"}
"""The pseudo-locales, for testing layouts, and their directions."""
_NO_SPACE = {"ja", "zh", "th", "lo", "km", "my", "yue"}
_RTL_SCRIPTS = {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"}


def normalize(tag: str) -> str:
    """A tag in the usual case and with hyphens: "pt_br" -> "pt-BR" (BCP 47, section 2.1.1).

    Raises ConfigError where the text is no well-formed language tag.
    """
    match = _TAG.fullmatch(tag.replace("_", "-"))
    if not match:
        raise ConfigError(f"{tag!r} is not a language tag", hint="write it as in BCP 47: uk, pt-BR, zh-Hant")
    parts = [match["language"].lower()]
    parts += [match["script"].title()] if match["script"] else []
    parts += [match["region"].upper()] if match["region"] else []
    return "-".join(parts) + match["rest"].lower()


def known(tag: str) -> str:
    """`normalize`, for a locale that CLDR has data on. Raises ConfigError for any other."""
    tag = normalize(tag)
    if tag not in PSEUDO and _cldr(tag) is None:
        raise ConfigError(f"CLDR knows no locale {tag!r}", hint="see `l10n init --help` for examples of tags")
    return tag


_RENAMED = frozenset({"bh", "in", "iw", "ji", "jw", "mo", "sh", "tl", "tw"})
"""The two-letter codes for which CLDR has another one."""


@lru_cache(maxsize=256)
def modern(tag: str) -> str:
    """A tag with the language code that CLDR has now, else as it is: "iw" -> "he", "eng-GB" -> "en-GB".

    Where the old code says more, it does so still: "sh" -> "sr-Latn", but "sh-Cyrl" -> "sr-Cyrl". Source:
    the language aliases of Unicode LDML part 1, annex C.
    """
    code, hyphen, rest = tag.partition("-")
    if len(code) == 2 and code.lower() not in _RENAMED:
        return tag  # as good as always, and then Babel, which takes a while to load, is not needed
    from babel.core import get_global

    alias: str = get_global("language_aliases").get(code.lower(), code)
    now, _, more = alias.partition("_")
    says = _TAG.fullmatch(f"und{hyphen}{rest}")
    spare = not more or (says and (says["script"] if len(more) == 4 else says["region"]))
    return now + ("" if spare else f"-{more}") + hyphen + rest


@lru_cache(maxsize=256)
def language(tag: str) -> str:
    """The primary language subtag, the same for all codes of one language: "pt_BR" -> "pt", "iw" -> "he".

    "no" is "nb" here: CLDR's language matching takes either for the other.
    """
    code = modern(tag.replace("_", "-").lower()).partition("-")[0]
    return "nb" if code == "no" else code


def serving(tag: str, wanted: Iterable[str]) -> str | None:
    """Which of the wanted locales a text in some locale is for: that one, or one more or less specific."""
    given = _folded(tag)
    folded = {target: _folded(target) for target in wanted}
    same = (target for target, name in folded.items() if name == given)
    near = (target for target, name in folded.items() if given in parents(name) or name in parents(given))
    return next(same, None) or next(near, None)


def _folded(tag: str) -> str:
    """The same for all ways to write a tag."""
    rest = modern(tag.replace("_", "-")).lower().partition("-")[2]
    return "-".join(filter(None, (language(tag), rest)))


def parents(tag: str) -> list[str]:
    """The tag and what it falls back to, by truncation: "zh-Hant-TW" -> zh-Hant-TW, zh-Hant, zh.

    An old code falls back to what it stands for: "sh" -> sh, sr-Latn, sr.
    """
    return list(dict.fromkeys([*_truncated(tag), *_truncated(modern(tag)), language(tag)]))


def _truncated(tag: str) -> list[str]:
    parts = tag.split("-")
    return ["-".join(parts[:n]) for n in range(len(parts), 0, -1)]


def script(tag: str) -> str:
    """The script of a locale, by CLDR's likely subtags: "mk" -> "Cyrl"; "Zzzz" where it knows none."""
    tag = modern(tag)
    match = _TAG.fullmatch(tag)
    if match and match["script"]:
        return match["script"].title()
    from babel.core import get_global

    likely = get_global("likely_subtags")
    found = next((likely[name] for part in parents(tag) if (name := part.replace("-", "_")) in likely), "")
    return next((part for part in found.split("_") if len(part) == 4), "Zzzz")


def gettext_name(tag: str) -> str:
    """The tag as gettext's Language field has it: "pt-BR" -> "pt_BR", "sr-Latn" -> "sr@latin"."""
    match = _TAG.fullmatch(tag)
    if not match:
        return tag
    name = match["language"] + (f"_{match['region']}" if match["region"] else "")
    if match["script"] == "Hant" and not match["region"]:
        return f"{name}_TW"
    return f"{name}@{_MODIFIERS[match['script']]}" if match["script"] in _MODIFIERS else name


_MODIFIERS = {"Latn": "latin", "Cyrl": "cyrillic"}


def direction(tag: str) -> str:
    """The `dir` attribute of HTML: "ltr" or "rtl"."""
    if tag in PSEUDO:
        return PSEUDO[tag]
    match = _TAG.fullmatch(tag)
    if match and match["script"]:
        return "rtl" if match["script"].title() in _RTL_SCRIPTS else "ltr"
    locale = _cldr(tag)
    return "rtl" if locale is not None and locale.text_direction == "rtl" else "ltr"


def joiner(tag: str) -> str:
    """What stands between two sentences of one paragraph: nothing in scripts without spaces."""
    return "" if language(tag) in _NO_SPACE else " "


def autonym(tag: str) -> str:
    """The language's name in itself: "uk" -> "українська"; the tag where CLDR has none."""
    locale = _cldr(tag)
    return (locale.get_display_name() if locale is not None else None) or tag


def digits(text: str, tag: str) -> str:
    """A text with its digits as CLDR has them by default in a locale: "24" -> "২৪" in bn, "٢٤" in ar-EG."""
    locale = _cldr(tag)
    zero = _ZEROS.get(locale.default_numbering_system) if locale is not None else None
    return text.translate({48 + n: zero + n for n in range(10)}) if zero else text


_ZEROS = {
    "adlm": 0x1E950,
    "arab": 0x0660,
    "arabext": 0x06F0,
    "beng": 0x09E6,
    "cakm": 0x11136,
    "deva": 0x0966,
    "mtei": 0xABF0,
    "mymr": 0x1040,
    "nkoo": 0x07C0,
    "olck": 0x1C50,
    "tibt": 0x0F20,
}
"""The digit nought of numbering systems that are the default of some locale in CLDR."""


_USUAL_PLURALS = (
    "nplurals=2; plural=(n != 1);",
    "nplurals=2; plural=(n > 1);",
    "nplurals=1; plural=0;",
    "nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);",
    "nplurals=2; plural=(n%10==4 || n%10==6 || n%10==9);",
    "nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "nplurals=3; plural=((n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2);",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "nplurals=3; plural=(n%10==0 || (n%100>=11 && n%100<=19) ? 0 : n%10==1 ? 1 : 2);",
    "nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);",
    "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",
    "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n==0 || (n%100>=3 && n%100<=10) ? 2 : "
    "n%100>=11 && n%100<=19 ? 3 : 4);",
    "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n>=3 && n<=6 ? 2 : n>=7 && n<=10 ? 3 : 4);",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=0 && n%100<=2 ? 4 : 5);",
)
"""The headers of catalogs everywhere, as gettext's manual ("Plural forms") and other tools have them."""
_SAME = """
    bm bo dz hnj id ig ii ja jbo jv kde kea km ko lkt lo ms my nqo osa sah ses sg su th to tpi vi wo yo yue zh
"""
_ONE_FORM = frozenset(_SAME.split())
"""The languages whose numbers all have one form, by CLDR. Babel says so of those it knows nothing of, too."""
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_COUNTS = (*range(1000), 10_000, 100_000, 123_456)
"""Numbers that tell rules for plurals apart; from a million on, CLDR has forms that gettext leaves out."""


def plural_forms(tag: str) -> str:
    """The Plural-Forms header of gettext for a locale: CLDR's rule for whole numbers.

    It is written as is usual with gettext where that rule says the same. Babel has a table of such headers
    too, which changes its words from version to version.
    """
    locale = _cldr(tag)
    if locale is None or not (locale.plural_form.rules or locale.language in _ONE_FORM):
        return _USUAL_PLURALS[0]
    from babel.plural import to_gettext

    rule = locale.plural_form
    forms = [rule(count) for count in _COUNTS]
    first = _COUNTS[forms.index(min(forms, key=_CATEGORIES.index))]
    for header in _USUAL_PLURALS:
        index = _indices(header)
        if index(first) == 0 and _grouped(map(index, _COUNTS)) == _grouped(forms):
            return header
    return to_gettext({name: words for name, words in rule.rules.items() if name in forms})


def _indices(header: str) -> Callable[[int], int]:
    """The expression of one of our headers, as a function."""
    from gettext import c2py

    return c2py(header.partition("plural=")[2].rstrip(";"))


def _grouped(forms: Iterable[object]) -> list[int]:
    """Which numbers have one form, whatever it is called."""
    numbers: dict[object, int] = {}
    return [numbers.setdefault(form, len(numbers)) for form in forms]


def plural_count(tag: str) -> int:
    """How many plural categories a locale has in CLDR; 0 where CLDR does not know it."""
    locale = _cldr(tag)
    return len(locale.plural_form.tags) + 1 if locale is not None else 0


@cache
def _cldr(tag: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(modern(tag), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
