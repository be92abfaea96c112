"""Texts as the checks look at them. Shared by many checks."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

from l10n.inline import CODE
from l10n.laziness import expression
from l10n.model import Entry
from l10n.numerals import numerals

MASK = "\ufffc"
"""Stands for each character of an inline code: neither a letter nor a space, and in no article."""
CLOSERS = "\"'”’»›)]}」』）】“‘*_" + MASK
"""What may stand between the last mark of a sentence and its end."""
_HIDDEN = expression(rf"{CODE.pattern}|&#?[\w.-]{{1,64}};|<!--.{{0,2000}}?-->", re.DOTALL)
"""Inline codes, and what HTML and DocBook in catalogs have of entities, as `&product-name;`, and comments."""
_PROGRAM = expression(
    r"<(code|pre|samp|kbd|tt|var|screen|computeroutput|userinput|programlisting|synopsis|literal|command|cmd"
    r"|filename|file|option|varname|envar|citerefentry|input|output)\b[^<>]{0,200}>.{0,2000}?</\1>",
    re.DOTALL,
)
"""What a person types and a program says, in HTML, DocBook and Mallard."""
_AT_WORK = expression(
    r"\A[ \t]{2,}\S[^\n]*\n+\Z|\w:/|\w{2}\.\w{2}|^[\w-]+: .*\n[\w-]+: "
    r"|^\s*(?:[$#%>]\s|#\w)|[=\\]|(?<![^\s\[(|])(?:--?|/)\w|\w_|\w\(|[{;]\s*$",
    re.MULTILINE,
)
"""Marks of commands, configuration and code: set in, addresses, fields, prompts, options, assignments…"""
_COMMAND = expression(r"[a-z][a-z0-9-]* (?:--?\w[\w=-]* ?)+(?:[\w./:-]+ ?){0,3}")
"""A program with options: "watch -n 60 from"."""
_SESSION = expression(r"^\s*(?:\$|[\w-]+@[\w-]+:\S*[#$])\s", re.MULTILINE)
"""A prompt at which only a command can stand."""
TAG = r"</?[A-Za-z][\w.-]*(?=[\s/>])[^<>]*>"
"""A tag of HTML, DocBook, Mallard…, and no address in angle brackets."""
_MARKUP = expression(rf"(?<![\w:])[\w:]*+`+[^`]*`+|{TAG}")
"""Code in the text formats, and tags."""
_ADDRESS = expression(
    rf"(?:https?|ftp)://(?=[\w\[{{%$])[^\s<>\"'«»“”„‘’`{MASK}]+|(?<![\w.+-])[\w.+-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+"
)
_AFTER_ADDRESS = ".,;:!?…)]}*_|、。，；：？！）」』"
"""What follows an address rather than being its end."""
DENSITY = 2.5
"""A Han character, Kana or Hangul says about as much as so many letters (own reviewed catalogs: 2 to 3)."""
_DENSE = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_DIGEST = expression(
    r"(?<![^\W_])(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{8,}(?![^\W_])"
    r"|(?<!\w)[A-Za-z][A-Za-z0-9]*_\w+(?:-\w+)*"
)
"""A checksum, or a name for programs as `ISO_8859-1`, whose digits are no numbers."""
_DIGIT = expression(r"\d")
_LETTERS = expression(r"[^\W\d_]+")
_WORD = expression(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=2048)
def shown(text: str) -> str:
    """A text in the form of `inline` with its codes masked; it is as long as before."""
    return _HIDDEN.sub(_masked, text) if "<" in text or "&" in text else text


@lru_cache(maxsize=2048)
def without_programs(text: str) -> str:
    """A text as `shown` gives it, with code and what programs say masked too."""
    return _PROGRAM.sub(_masked, shown(text)) if "</" in text else shown(text)


@lru_cache(maxsize=2048)
def prose(text: str) -> str:
    """A text as `without_programs` gives it, with tags and the code of text formats masked too."""
    text = without_programs(text)
    return _MARKUP.sub(_masked, text) if "<" in text or "`" in text else text


def addresses(text: str) -> list[str]:
    """The web and e-mail addresses in a text."""
    if "://" not in text and "@" not in text:
        return []
    return [match.rstrip(_AFTER_ADDRESS) for match in _ADDRESS.findall(shown(text))]


def without_addresses(text: str) -> str:
    """A text as `shown` gives it, with its addresses masked too."""
    text = shown(text)
    return _ADDRESS.sub(_masked, text) if "://" in text or "@" in text else text


@lru_cache(maxsize=2048)
def figures(text: str) -> str:
    """A text in which to look for numbers, as long as before; empty where it has no digit."""
    return numerals(_DIGEST.sub(_masked, without_addresses(text))) if _DIGIT.search(text) else ""


def _masked(match: re.Match[str]) -> str:
    return MASK * len(match[0])


def words(text: str) -> list[str]:
    """The words of a text, without its codes."""
    return _WORD.findall(shown(text))


@cache
def little_words(language: str) -> frozenset[str]:
    """The most frequent little words of a language; none where there is no list."""
    path = files("l10n.checks") / "data" / "little-words" / f"{language}.txt"
    if not path.is_file():
        return frozenset()
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def weight(text: str) -> float:
    """How long a text is, in letters of an alphabet."""
    return len(text) + (0 if text.isascii() else (DENSITY - 1) * len(_DENSE.findall(text)))


def is_program(text: str, name: str) -> bool:
    """Whether a text is commands or configuration: it looks so, and has no little word of the language."""
    if _SESSION.search(text) or _COMMAND.fullmatch(text.strip()):
        return True
    looks_so = _AT_WORK.search(text) is not None
    return looks_so and little_words(name).isdisjoint(_LETTERS.findall(text.lower()))


def role(entry: Entry) -> str:
    """What a text is in its article, as its first note says: "title", "description"."""
    kind, _, about = entry.notes[0].partition(": ") if entry.notes else ("", "", "")
    return about or kind


def spliced(text: str, start: int, end: int, piece: str) -> str:
    """A text with the part from `start` to `end` replaced."""
    return text[:start] + piece + text[end:]
