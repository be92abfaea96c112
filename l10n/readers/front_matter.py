"""Front matter: the table of facts before an article's text, in YAML or TOML.

It is read by line, as an editor would change it: a value is taken out where it stands and the rest
keeps its bytes. What is not understood (anchors, tags, broken lines) is passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from l10n.errors import ConfigError
from l10n.laziness import expression
from l10n.locales import normalize
from l10n.model import Block, Kind, Span
from l10n.readers.profiles import Profile

_OPENING = expression(r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|\n|\r)")
_CLOSING = {
    "---": expression(r"(?<![^\r\n])(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)"),
    "+++": expression(r"(?<![^\r\n])\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)"),
}
_MAPPING = expression(r"""(?<![^\r\n])(?:["']?[^\W\d][^\r\n:=]*["']?)[ \t]*(?::(?=[ \t\r\n])|=)""")
_LINE = expression(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_YAML_KEY = expression(
    r"""(?P<indent>[ ]*)(?P<dash>(?:-[ ]+)*)"""
    r"""(?:(?P<key>[\w][\w./+-]*|"[^"\\\r\n]*"|'[^'\r\n]*')[ \t]*:(?=[ \t\r\n]|\Z)[ \t]*)?"""
)
_QUOTED = {
    '"': expression(r'"((?:[^"\\]|\\(?:\r\n|[\s\S]))*+)"'),
    "'": expression(r"'((?:[^']|'')*+)'"),
}
_REST = expression(r"[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r|\Z)")
_COMMENT = expression(r"[ \t]+#")
_BLOCK_SCALAR = expression(r"(?P<style>[|>])[-+]?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_FOLD = expression(r"[ \t]*((?:\r\n|\n|\r)[ \t]*)+")
_BREAK = expression(r"\r\n|\n|\r")
_INDICATOR = expression(r"[\[\]{}&*!|>%@`,]|[-?:](?:[ \t]|$)|[^\r\n]*:(?:[ \t]|$)")
"""What begins, or stands in, a line that is no plain scalar (YAML 1.2.2, 7.3.3)."""
_NOT_TEXT = expression(
    r"~|null|true|false|yes|no|on|off|[-+]?[.\d][\d_.,:eExoa-fA-F+-]*|[-+]?\.(?:inf|nan)"
    r"|\d{4}-\d\d?-\d\d?(?:[Tt \t].*)?",
    re.IGNORECASE,
)
_YAML_ESCAPES = {
    **{"0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r"},
    **{"e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0"},
    **{"L": "\u2028", "P": "\u2029"},
}
_ESCAPE = expression(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|((?:\r\n|[\s\S])[ \t]*))")
_TOML_TABLE = expression(r"[ \t]*\[\[?[ \t]*(?P<name>[^\]\r\n]+?)[ \t]*\]\]?")
_TOML_KEY = expression(
    r"""[ \t]*(?P<key>(?:[\w-]+|"[^"\\\r\n]*"|'[^'\r\n]*')(?:[ \t]*\.[ \t]*[\w-]+)*)[ \t]*=[ \t]*"""
)
_TOML_STRINGS = (
    ("toml-basic-lines", expression(r'"""(?:\r\n|\n)?((?:[^"\\]|\\(?:\r\n|[\s\S])|"(?!""))*+"{0,2})"""')),
    ("toml-literal-lines", expression(r"'''(?:\r\n|\n)?((?:[^']|'(?!''))*+'{0,2})'''")),
    ("toml-basic", expression(r'"((?:[^"\\\r\n]|\\.)*+)"')),
    ("toml-literal", expression(r"'([^'\r\n]*+)'")),
)
_TOML_OTHER = expression(r"#[^\r\n]*|[^\s,\[\]{}]+")
_FLOW_KEY = expression(r"""(?P<key>"[^"\\\r\n]*"|'[^'\r\n]*'|\w[\w./+ -]*?)[ \t]*:(?=[\s,\[\]{}"']|\Z)""")
_INDENTED = expression(r"[\r\n]+(?P<indent>[ ]*)(?=[^\s\]}])")
_FLOW_STOP = expression(r"[,\[\]{}]|[ \t\r\n]#")
_BROKEN = "broken"
_NameAt = Callable[[str, int, int], tuple[str, int] | None]
"""Of a text, a position and an end: the key that stands there, and where what follows its sign begins."""
_LANGUAGE_KEYS = ("lang", "locale", "language")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What stands before the text of an article: blocks to translate, other facts, and where it ends."""

    blocks: tuple[Block, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    end: int = 0


@dataclass(frozen=True, slots=True)
class _Value:
    """A scalar: the dotted key it belongs to, what it says, and how it is written."""

    key: str
    text: str
    span: Span
    form: str
    """Names the writer's rule; empty for what is not text."""


_ScalarAt = Callable[[str, int, int, str], tuple[_Value | None, int]]
"""Of the same and a key: the scalar that stands there, and where it ends."""


def read_front_matter(text: str, start: int, profile: Profile) -> FrontMatter:
    """Read the front matter that begins at `start`, if there is any.

    The keys that `profile.fields` names, whole or by their last step, are text to translate; every
    other scalar is a fact. Front matter that is not closed, or holds no key, is none; one that is
    broken is passed over.
    """
    opening = _OPENING.match(text, start)
    if not opening:
        return FrontMatter(end=start)
    closing = _CLOSING[opening["mark"]].search(text, opening.end())
    if not closing or not _MAPPING.search(text, opening.end(), closing.start()):
        return FrontMatter(end=start)
    inside = Span(opening.end(), closing.start())
    values = list(_yaml(text, inside) if opening["mark"] == "---" else _toml(text, inside))
    if any(value.form == _BROKEN for value in values):
        return FrontMatter(end=closing.end())
    blocks = tuple(_block(value) for value in values if _is_field(value, profile))
    facts: dict[str, str] = {}
    for value in values:
        if not _is_field(value, profile) and value.text:
            facts[value.key] = f"{facts[value.key]}, {value.text}" if value.key in facts else value.text
    return FrontMatter(blocks, _with_language(facts), closing.end())


def _is_field(value: _Value, profile: Profile) -> bool:
    wanted = value.key in profile.fields or value.key.rpartition(".")[2] in profile.fields
    return wanted and bool(value.form) and bool(value.text.strip())


def _block(value: _Value) -> Block:
    kind = Kind.TITLE if value.key == "title" else Kind.METADATA
    return Block(kind, value.span, (value.text,), value.form, role=value.key)


def _with_language(facts: dict[str, str]) -> dict[str, str]:
    """The facts, `lang` being a well-formed tag or missing."""
    named = next((facts[key] for key in _LANGUAGE_KEYS if key in facts), "")
    facts.pop("lang", None)
    try:
        return {**facts, "lang": normalize(named)} if named else facts
    except ConfigError:
        return facts


def _yaml(text: str, inside: Span) -> Iterator[_Value]:
    """The scalars of block mappings and sequences, as YAML 1.2.2 chapters 7 and 8 write them."""
    parents: list[tuple[int, str]] = []
    at = inside.start
    while at < inside.end:
        line = _YAML_KEY.match(text, at)
        assert line is not None, "matches the empty text"
        if text[line.end() : line.end() + 1] in ("\r", "\n", "#") and not line["key"] and not line["dash"]:
            at = _next_line(text, line.end())
            continue
        column = len(line["indent"]) + len(line["dash"])
        limit = column if line["key"] else len(line["indent"]) + 1
        while parents and parents[-1][0] >= limit:
            parents.pop()
        key = ".".join([name for _, name in parents] + ([line["key"].strip("\"'")] if line["key"] else []))
        values, at = _yaml_value(text, line.end(), inside.end, key, len(line["indent"]))
        if line["key"]:
            parents.append((column, line["key"].strip("\"'")))
        if line["key"] or line["dash"]:
            yield from values


def _yaml_value(text: str, at: int, end: int, key: str, indent: int) -> tuple[list[_Value], int]:
    """The scalars of the value at `at`, if one stands there, and the beginning of the line after it."""
    first = text[at : at + 1]
    if first in ("[", "{"):
        values, stop = _collection(text, at, end, key, indent, _yaml_flow_key, _yaml_flow_scalar)
        if stop and (rest := _REST.match(text, stop, end)):
            return values, rest.end()
    if first in ("\r", "\n", "#", "") or not text[at : _line_end(text, at, end)].strip(" \t"):
        return _yaml_below(text, _next_line(text, at), end, key, indent)
    value, at = _yaml_scalar(text, at, end, key, indent)
    return [value], at


def _yaml_below(text: str, at: int, end: int, key: str, indent: int) -> tuple[list[_Value], int]:
    """The scalar that stands in the line below its key, if one does."""
    line = _YAML_KEY.match(text, at)
    assert line is not None, "matches the empty text"
    first = text[line.end() : line.end() + 1]
    deeper = len(line["indent"]) > indent and not line["key"] and not line["dash"]
    if at >= end or not deeper or first in ("\r", "\n", "#", ""):
        return [], at
    return _yaml_value(text, line.end(), end, key, indent)


def _yaml_scalar(text: str, at: int, end: int, key: str, indent: int) -> tuple[_Value, int]:
    first = text[at]
    quoted = _QUOTED[first].match(text, at, end) if first in _QUOTED else None
    if quoted:
        rest = _REST.match(text, quoted.end(), end)
        said = _yaml_unquoted(quoted[1], first)
        if rest and said is not None:
            style = "yaml-double" if first == '"' else "yaml-single"
            return _Value(key, said, Span(*quoted.span()), style), rest.end()
    if first in _QUOTED:
        return _Value(key, "", Span(at, at), _BROKEN), _next_line(text, at)
    header = _BLOCK_SCALAR.match(text, at, end) if first in ("|", ">") else None
    if header:
        return _yaml_block(text, header, end, key, indent)
    return _yaml_plain(text, at, end, key, indent)


def _collection(
    text: str, at: int, end: int, key: str, indent: int, name_at: _NameAt, scalar_at: _ScalarAt
) -> tuple[list[_Value], int]:
    """The scalars of the collection in brackets that begins at `at`, and where it ends; 0 if it does not.

    Its lines are indented deeper than that of its key.
    """
    out: list[_Value] = []
    opened: list[tuple[str, str]] = []
    name = key
    while at < end:
        sign = text[at]
        if sign in "[{":
            opened.append(("]" if sign == "[" else "}", name))
        elif sign in "]}":
            if opened.pop()[0] != sign:
                break
            if not opened:
                return out, at + 1
        elif sign == ",":
            name = opened[-1][1]
        elif sign in "\r\n" and _is_out(text, at, indent):
            break
        elif not sign.isspace():
            names = opened[-1] == ("}", name)
            if named := name_at(text, at, end) if names else None:
                name, at = f"{name}.{named[0]}", named[1]
            else:
                value, at = scalar_at(text, at, end, name)
                out += [value] if value else []
            continue
        at += 1
    return [], 0


def _is_out(text: str, at: int, indent: int) -> bool:
    """Whether the line that begins after `at` is indented no deeper than that."""
    line = _INDENTED.match(text, at)
    return line is not None and len(line["indent"]) <= indent


def _yaml_flow_key(text: str, at: int, end: int) -> tuple[str, int] | None:
    match = _FLOW_KEY.match(text, at, end)
    return (match["key"].strip("\"'"), match.end()) if match else None


def _yaml_flow_scalar(text: str, at: int, end: int, key: str) -> tuple[_Value | None, int]:
    """A scalar of a flow collection (YAML 1.2.2, 7.3 and 7.4), or a comment."""
    quoted = _QUOTED[text[at]].match(text, at, end) if text[at] in _QUOTED else None
    if quoted:
        said = _yaml_unquoted(quoted[1], text[at])
        style = "yaml-double" if text[at] == '"' else "yaml-single"
        broken = said is None
        return _Value(key, said or "", Span(*quoted.span()), _BROKEN if broken else style), quoted.end()
    if text[at] == "#" and text[at - 1].isspace():
        return None, _next_line(text, at)
    sign = _FLOW_STOP.search(text, at + 1, end)
    stop = sign.start() if sign else end
    raw = text[at:stop].rstrip()
    is_text = not _INDICATOR.match(raw) and not _NOT_TEXT.fullmatch(raw)
    return _Value(key, _fold(raw), Span(at, at + len(raw)), "yaml-flow" if is_text else ""), stop


def _yaml_unquoted(text: str, quote: str) -> str | None:
    if quote == "'":
        return _fold(text).replace("''", "'")
    said = _ESCAPE.sub(_yaml_escape, _fold(text.replace("\\\\", "\\x5c")))
    return None if "\ud800" in said else said


def _yaml_escape(match: re.Match[str]) -> str:
    """What an escape means; a lone surrogate, which nothing can hold, for one that means nothing."""
    code = match[1] or match[2] or match[3]
    if code:
        number = int(code, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ud800"
    name, spaces = match[4][0], match[4][1:]
    return _YAML_ESCAPES[name] + spaces if name in _YAML_ESCAPES else "\ud800"


def _fold(text: str) -> str:
    """Lines of a flow scalar made one: a break is a space, an empty line a break (YAML 1.2.2, 6.5)."""
    return _FOLD.sub(lambda m: "\n" * (len(_BREAK.findall(m[0])) - 1) or " ", text)


def _yaml_plain(text: str, at: int, end: int, key: str, indent: int) -> tuple[_Value, int]:
    """A plain scalar with the lines that continue it, which are indented deeper than its key."""
    stop = next_line = _line_end(text, at, end)
    comment = _COMMENT.search(text, at, stop)
    stop = comment.start() if comment else stop
    next_line = _next_line(text, next_line)
    while not comment and next_line < end and (line := _continuation(text, next_line, end, indent)):
        stop, next_line = line, _next_line(text, line)
    raw = text[at:stop].rstrip(" \t")
    is_text = not _INDICATOR.match(raw) and not _NOT_TEXT.fullmatch(raw)
    said = raw.strip("[]") if raw[0] == "[" else raw
    return _Value(key, _fold(said), Span(at, at + len(raw)), "yaml-plain" if is_text else ""), next_line


def _continuation(text: str, at: int, end: int, indent: int) -> int:
    """The end of the line at `at`, where it goes on with a plain scalar; else 0."""
    stop = _line_end(text, at, end)
    line = text[at:stop]
    deeper = len(line) - len(line.lstrip(" ")) > indent
    return stop if deeper and line.strip() and not _COMMENT.search(line) and ": " not in line else 0


def _yaml_block(text: str, header: re.Match[str], end: int, key: str, indent: int) -> tuple[_Value, int]:
    """A literal or folded block scalar (YAML 1.2.2, 8.1)."""
    lines, at = [], header.end()
    while at < end:
        stop = _line_end(text, at, end)
        line = text[at:stop]
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            break
        lines.append((at, line))
        at = _next_line(text, stop)
    while lines and not lines[-1][1].strip():
        lines.pop()
    if not lines or not lines[0][1].strip():
        return _Value(key, "", Span(header.end(), header.end()), ""), at
    width = len(lines[0][1]) - len(lines[0][1].lstrip(" "))
    texts = [line[width:].rstrip(" \t") for _, line in lines]
    span = Span(lines[0][0] + width, lines[-1][0] + len(lines[-1][1].rstrip(" \t")))
    straight = all(line[:width].isspace() or not line for _, line in lines)
    if header["style"] == "|":
        return _Value(key, "\n".join(texts), span, f"yaml-literal {width}" if straight else ""), at
    straight &= not any(line[:1] in (" ", "\t") for line in texts)
    return _Value(key, _fold("\n".join(texts)), span, f"yaml-folded {width}" if straight else ""), at


def _toml(text: str, inside: Span) -> Iterator[_Value]:
    """The scalars of a TOML 1.0 document; nothing where it is none."""
    try:
        table = tomllib.loads(inside.of(text).replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    strings = list(_toml_strings(text, inside))
    seen = {value.key for value in strings}
    yield from strings
    for key, said in _flat(table, ""):
        if key not in seen:
            yield _Value(key, said, inside, "")


def _toml_strings(text: str, inside: Span) -> Iterator[_Value]:
    table, at = "", inside.start
    while at < inside.end:
        header = _TOML_TABLE.match(text, at, inside.end)
        line = None if header else _TOML_KEY.match(text, at, inside.end)
        table = f"{header['name']}." if header else table
        at = line.end() if line else at
        if line:
            key = table + re.sub(r"[ \t\"']", "", line["key"])
            if text[at : at + 1] in ("[", "{"):
                values, stop = _collection(text, at, inside.end, key, -1, _toml_key_at, _toml_scalar)
                yield from values
                at = stop or at
            else:
                value, at = _toml_scalar(text, at, inside.end, key)
                yield from [value] if value else []
        at = _next_line(text, at)


def _toml_key_at(text: str, at: int, end: int) -> tuple[str, int] | None:
    match = _TOML_KEY.match(text, at, end)
    return (re.sub(r"[ \t\"']", "", match["key"]), match.end()) if match else None


def _toml_scalar(text: str, at: int, end: int, key: str) -> tuple[_Value | None, int]:
    """The string at `at`; what is none is passed over."""
    for form, pattern in _TOML_STRINGS:
        if match := pattern.match(text, at, end):
            return _Value(key, _toml_said(match[1], form), Span(*match.span()), form), match.end()
    other = _TOML_OTHER.match(text, at, end)
    return None, other.end() if other else at + 1


def _toml_said(raw: str, form: str) -> str:
    raw = raw.replace("\r\n", "\n")
    if form.startswith("toml-literal"):
        return raw
    said: Any = tomllib.loads(f'v = """{raw}"""')["v"]
    return str(said)


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    """The facts of nested tables by dotted key, lists joined."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        elif isinstance(value, list):
            yield prefix + key, ", ".join([str(item) for item in value if not isinstance(item, dict | list)])
        else:
            yield prefix + key, str(value).lower() if isinstance(value, bool) else str(value)


def _line_end(text: str, at: int, end: int) -> int:
    match = _BREAK.search(text, at, end)
    return match.start() if match else end


def _next_line(text: str, at: int) -> int:
    match = _LINE.match(text, at)
    return match.end() if match else len(text)
