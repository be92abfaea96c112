"""The textual form of inline codes: `Aid rose in <a1>Lviv</a1>.<br2/>`

A code is written as the letters of its tag and its number within the unit. In catalogs, drafts and
exchange files this is the only form, and this module the only place that knows it. Text that looks
like a code is escaped with `&lt;`, and text that looks like that escape with `&amp;`, so that every
content has exactly one textual form and `decode(encode(c), codes(c)) == c`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from l10n.laziness import expression
from l10n.model import Code, CodeKind, Content, joined

CODE = expression(r"<(?P<close>/?)(?P<name>[A-Za-z]+[0-9]+)(?P<alone>/?)>")
_LITERAL = expression(r"<(?=/?[A-Za-z]+[0-9]+/?>)|&(?=(?:amp;)*lt;)")
_ESCAPED = expression(r"&lt;|&amp;(?=(?:amp;)*lt;)")


def name(code: Code) -> str:
    """What a translator sees of a code: "a1"."""
    return f"{code.tag}{code.number}"


def mark(code: Code) -> str:
    """The textual form of one code: "<a1>", "</a1>" or "<br2/>"."""
    return _mark(code.kind, code.tag, code.number)


@lru_cache(maxsize=4096)
def _mark(kind: CodeKind, tag: str, number: int) -> str:
    slash = "/" if kind is CodeKind.CLOSE else ""
    alone = "/" if kind is CodeKind.STANDALONE else ""
    return f"<{slash}{tag}{number}{alone}>"


def escape(text: str) -> str:
    """Plain text as it stands between codes."""
    if "<" not in text and "&" not in text:
        return text
    return _LITERAL.sub(lambda m: "&lt;" if m[0] == "<" else "&amp;", text)


def unescape(text: str) -> str:
    """The reverse of `escape`."""
    return _ESCAPED.sub(lambda m: "<" if m[0] == "&lt;" else "&", text)


def encode(content: Content) -> str:
    """Content -> its textual form."""
    return "".join(mark(item) if isinstance(item, Code) else escape(item) for item in content)


def numbered(content: Content) -> Content:
    """The same content, its codes numbered from 1 in the order in which they begin."""
    if len(content) == 1 and isinstance(content[0], str):
        return content
    out: list[str | Code] = []
    opened: list[int] = []
    count = 0
    for item in content:
        if isinstance(item, str):
            out.append(item)
        elif item.kind is CodeKind.CLOSE:
            out.append(item.counted(opened.pop()))
        else:
            count += 1
            out.append(item.counted(count))
            if item.kind is CodeKind.OPEN:
                opened.append(count)
    return tuple(out)


def split(text: str) -> list[str]:
    """The textual form cut at its codes: texts at even places, codes ("<a1>") at odd ones."""
    out, at = [], 0
    for match in CODE.finditer(text):
        out += [text[at : match.start()], match[0]]
        at = match.end()
    return [*out, text[at:]]


def marks(text: str) -> list[str]:
    """The codes of a textual form, in order."""
    return [match[0] for match in CODE.finditer(text)]


def plain(text: str) -> str:
    """What a reader sees of a textual form: its codes taken out, its escapes undone."""
    return unescape(CODE.sub("", text)) if "<" in text or "&" in text else text


def problems(source: str, target: str, codes: Iterable[Code] = ()) -> list[str]:
    """What is wrong with the codes of a target, a sentence each; empty when it can be rendered.

    `codes` are the source's, where known: they say what may be left out or repeated.
    """
    if "<" not in source and "<" not in target:
        return []
    given, expected = marks(target), marks(source)
    if given == expected:
        return _nesting(given)
    known = {mark(code): code for code in codes}
    wanted, there = Counter(expected), Counter(given)
    out = [f"{m} is not in the source" for m in there if m not in wanted]
    for m, want in wanted.items():
        have, code = there[m], known.get(m)
        if have < want and not (code and code.can_delete):
            out.append(f"{m} is missing")
        elif have > want and not (code and code.can_copy):
            out.append(f"{m} stands {have} times, in the source {want}")
    return out or _nesting(given)


def _nesting(given: list[str]) -> list[str]:
    opened: list[str] = []
    for m in given:
        if m.startswith("</"):
            if not opened or opened.pop() != f"<{m[2:]}":
                return [f"{m} ends nothing that is open here"]
        elif not m.endswith("/>"):
            opened.append(m)
    return [f"{m} is never closed" for m in opened]


def decode(text: str, codes: Iterable[Code]) -> Content:
    """A textual form -> content, its codes taken from `codes` (those of the source).

    Raises ValueError, saying what is wrong, where a code is unknown or the pairs do not nest.
    """
    if "<" not in text:
        return (unescape(text),) if text else ()
    known = {mark(code): code for code in codes}
    parts = split(text)
    unknown = [m for m in parts[1::2] if m not in known]
    wrong = [f"{m} is not in the source" for m in unknown] or _nesting(parts[1::2])
    if wrong:
        raise ValueError(wrong[0])
    return joined((known[part],) if at % 2 else (unescape(part),) for at, part in enumerate(parts))


def codes(content: Content) -> list[Code]:
    """The codes of a content, in order."""
    return [item for item in content if isinstance(item, Code)]
