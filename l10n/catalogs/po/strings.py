"""The strings of gettext catalogs: text <-> what stands between the quotes."""

from __future__ import annotations

import re

from l10n.laziness import expression

_NAMES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}
_ESCAPES = str.maketrans({char: f"\\{name}" for name, char in _NAMES.items()})
_SPECIAL = expression(r'[\a\b\f\n\r\t\v"\\]')
_ESCAPE = expression(r'\\([abfnrtv"\\])|((?:\\(?:[0-7]{1,3}|x[0-9a-fA-F]++))++)')
_CODE = expression(r"\\(x?)([0-9a-fA-F]++)")
_STRING = expression(r'"([^"\\\n]*+(?:\\.[^"\\\n]*+)*+)"')


def escape(text: str) -> str:
    """Text -> the inside of a string, without its quotes."""
    return text.translate(_ESCAPES) if _SPECIAL.search(text) else text


def unescape(inside: str) -> str:
    """The inside of a string -> text.

    Octal and hexadecimal escapes are bytes of UTF-8. Raises ValueError, saying what is wrong, where
    they are not.
    """
    if "\\" not in inside:
        return inside
    if "\\\\" not in inside:
        inside = inside.replace("\\n", "\n").replace('\\"', '"')
    return _ESCAPE.sub(_unescaped, inside) if "\\" in inside else inside


def _unescaped(match: re.Match[str]) -> str:
    return _NAMES[match[1]] if match[1] else _coded(match[2])


def _coded(run: str) -> str:
    """A run of numeric escapes as the text that their bytes spell."""
    codes = [int(digits, 16 if hexadecimal else 8) & 0xFF for hexadecimal, digits in _CODE.findall(run)]
    try:
        text = bytes(codes).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"the escapes {run[:40]} spell no character of UTF-8") from None
    if "\0" in text:
        raise ValueError(f"the escape {run[:40]} stands for a NUL character")
    return text


def parse_strings(strings: str, seam: str) -> str:
    """Adjacent strings, quotes included -> the text that they hold.

    `seam` is what usually stands between two of them: quote, line end, quote. Raises ValueError as
    `unescape` does.
    """
    inside = strings[1:-1]
    if '"' not in inside and "\\" not in inside:  # by far the most common
        return inside
    return unescape(_joined(strings, seam))


def _joined(strings: str, seam: str) -> str:
    """Adjacent strings, quotes included -> their insides as one."""
    inside = strings.replace(seam, "")[1:-1]
    if '"' in inside or "\n" in inside:  # quotes inside, or strings set some other way
        return "".join(_STRING.findall(strings))
    return inside
