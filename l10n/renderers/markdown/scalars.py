"""Values of front matter, each in the style of quoting that its source has, where that can hold it."""

from __future__ import annotations

import re
from collections.abc import Callable

from l10n.laziness import expression

_LOOKS_TYPED = expression(
    r"~|null|true|false|yes|no|on|off|y|n|[-+.]?[0-9.][0-9A-Fa-f_.,:xoeETtZz \t+-]*|[-+]?\.?(?:inf|nan)"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t].*)?",
    re.IGNORECASE,
)
"""What YAML 1.1 or 1.2 may read as no text: null, truth values, numbers, dates, times."""
_INDICATOR = expression(r"[\[\]{}&*!|>%@`,#\"']|[-?:](?:[ \t]|$)|---|\.\.\.|<<$")
_FLOW_SIGN = expression(r"[\[\]{},]|:(?:$|[\s\"'])|^[-?:]")
_UNPRINTABLE = expression("[\0-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SURROGATE = expression("[\ud800-\udfff]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
_DOUBLE = expression(r'["\\]|' + _UNPRINTABLE.pattern)
_LINE_END = expression(r"\r\n|\r|\n")


def _double(text: str) -> str:
    """A double-quoted scalar of YAML 1.2.2 (7.3.1) and a basic string of TOML 1.0 alike."""
    return f'"{_DOUBLE.sub(_escaped, _SURROGATE.sub(chr(0xFFFD), text))}"'


def _escaped(match: re.Match[str]) -> str:
    return _SHORT.get(match[0]) or f"\\u{ord(match[0]):04x}"


def _yaml_plain(text: str) -> str:
    unsafe = (
        _LOOKS_TYPED.fullmatch(text)
        or _INDICATOR.match(text)
        or ": " in text
        or ":\t" in text
        or " #" in text
        or "\t#" in text
        or text.endswith(":")
        or text != text.strip()
    )
    return _double(text) if unsafe or not text or not _is_printable(text) else text


def _yaml_flow(text: str) -> str:
    """A plain scalar within brackets (YAML 1.2.2, 7.3.3), where that can hold it."""
    return _double(text) if _FLOW_SIGN.search(text) else _yaml_plain(text)


def _yaml_single(text: str) -> str:
    return "'{}'".format(text.replace("'", "''")) if _is_printable(text) else _double(text)


def _yaml_literal(text: str, indent: str) -> str:
    """The lines of a literal block scalar; it cannot begin with white space."""
    lines = [_block_line(line) for line in _LINE_END.split(text.strip())]
    return "\n".join([lines[0], *(" " * int(indent) + line if line else "" for line in lines[1:])])


def _yaml_folded(text: str, indent: str) -> str:
    """The lines of a folded block scalar: a line end is an empty line, and no line begins with a space."""
    lines = [_block_line(line.strip()) for line in _LINE_END.split(text.strip())]
    return f"\n\n{' ' * int(indent)}".join([line for line in lines if line])


def _block_line(line: str) -> str:
    return _SURROGATE.sub(chr(0xFFFD), _UNPRINTABLE.sub(" ", line))


def _toml_literal(text: str) -> str:
    return f"'{text}'" if "'" not in text and _is_printable(text) else _double(text)


def _toml_basic_lines(text: str) -> str:
    """A basic string over several lines; its line ends stay as they are."""
    lines = [_double(line)[1:-1] for line in _LINE_END.split(text)]
    return '"""{}{}"""'.format("\n" if len(lines) > 1 else "", "\n".join(lines))


def _toml_literal_lines(text: str) -> str:
    lines = _LINE_END.split(text)
    if "''" in text or text.endswith("'") or not all(_is_printable(line) for line in lines):
        return _toml_basic_lines(text)
    return "'''{}{}'''".format("\n" if len(lines) > 1 else "", "\n".join(lines))


def _is_printable(text: str) -> bool:
    return not _UNPRINTABLE.search(text) and not _SURROGATE.search(text)


SCALARS: dict[str, Callable[..., str]] = {
    "yaml-plain": _yaml_plain,
    "yaml-flow": _yaml_flow,
    "yaml-single": _yaml_single,
    "yaml-double": _double,
    "yaml-literal": _yaml_literal,
    "yaml-folded": _yaml_folded,
    "toml-basic": _double,
    "toml-literal": _toml_literal,
    "toml-basic-lines": _toml_basic_lines,
    "toml-literal-lines": _toml_literal_lines,
}
"""Writers by the form of a block: a text, and the words that follow in the form."""
