"""Retagging: the codes of a translation made elsewhere -> those of the source that they stand for."""

from __future__ import annotations

from l10n.model import Code, CodeKind, Content, joined


def retag(content: Content, source: Content) -> Content:
    """The content with the codes of the source in the place of its own; what has no counterpart is left out.

    A code stands for the first one of the source not used yet that is of the same sort and leads to
    the same address, else of the same sort.
    """
    free = [item for item in source if isinstance(item, Code) and item.kind is not CodeKind.CLOSE]
    ends = {code.number: code for code in source if isinstance(code, Code) and code.kind is CodeKind.CLOSE}
    out: list[str | Code] = []
    opened: list[Code | None] = []
    for item in content:
        if isinstance(item, str):
            out.append(item)
        elif item.kind is CodeKind.CLOSE:
            begun = opened.pop() if opened else None
            out += [ends[begun.number]] if begun else []
        else:
            found = _counterpart(item, free)
            out += [found] if found else []
            if item.kind is CodeKind.OPEN:
                opened.append(found)
    return joined((item,) for item in out)


def _counterpart(code: Code, free: list[Code]) -> Code | None:
    """The code of the source that a code stands for; it is free no more."""
    same = [other for other in free if (other.kind, other.tag) == (code.kind, code.tag)]
    best = next((other for other in same if _address(other) == _address(code)), same[0] if same else None)
    if best:
        free.remove(best)
    return best


def _address(code: Code) -> str:
    known = dict(code.attributes)
    return known.get("href") or known.get("src") or code.inner
