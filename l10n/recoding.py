"""Recoding: the translation of one text -> that of the same text with other codes."""

from __future__ import annotations

from collections.abc import Mapping

from l10n import inline
from l10n.laziness import expression

_SPACE = expression(r"\s+")

Extent = tuple[int, int]


def recode(before: str, after: str, target: str) -> str | None:
    """A translation of `before` with the codes of `after`; all in the form of `inline`.

    In the same words, codes that stand at the same place stand for each other, and those that are gone
    go. In other words, codes stand for each other one by one, where they are of the same kinds; else as
    before. None where some are new, or mark other words, as nobody knows which of the translation's.
    """
    if inline.plain(before) != inline.plain(after):
        names = _one_by_one(inline.marks(before), inline.marks(after))
        if names is not None:
            return renamed(target, names)
    names = _by_extent(_extents(before), _extents(after))
    if names is None:
        return None
    recoded = renamed(target, names)
    return None if inline.problems(after, recoded) else recoded


def renamed(target: str, names: Mapping[str, str]) -> str:
    """A text with other codes, by what each is called now."""
    parts = inline.split(target)
    return "".join(names.get(part, part) if at % 2 else part for at, part in enumerate(parts))


def kind(mark: str) -> tuple[bool, bool]:
    """Whether a code ends a pair, and whether it stands alone."""
    return mark.startswith("</"), mark.endswith("/>")


def _one_by_one(old: list[str], new: list[str]) -> dict[str, str] | None:
    """What each code is called now where both texts have as many of the same kinds; else None."""
    if list(map(kind, old)) != list(map(kind, new)):
        return None
    names = dict(zip(old, new, strict=True))
    return names if [names[mark] for mark in old] == new else None


def _extents(text: str) -> dict[str, Extent]:
    """The codes by their beginning mark, with the letters before them and before their end."""
    out: dict[str, Extent] = {}
    at = 0
    for number, part in enumerate(inline.split(text)):
        if number % 2 == 0:
            at += len(_SPACE.sub("", part))
        elif part.startswith("</"):
            begins = f"<{part[2:]}"
            out[begins] = (out.get(begins, (at, at))[0], at)
        else:
            out[part] = (at, at)
    return out


def _by_extent(old: Mapping[str, Extent], new: Mapping[str, Extent]) -> dict[str, str] | None:
    """What each old mark is called now; "" for those that are gone. None where there are new ones."""
    left = dict(new)
    names: dict[str, str] = {}
    for mark, extent in old.items():
        same = [
            other for other in left if left[other] == extent and other.endswith("/>") == mark.endswith("/>")
        ]
        twin = next((other for other in same if _tag(other) == _tag(mark)), same[0] if same else "")
        left.pop(twin, None)
        names[mark] = twin
    if left:
        return None
    pairs = [(mark, name) for mark, name in names.items() if not mark.endswith("/>")]
    return {**names, **{f"</{mark[1:]}": f"</{name[1:]}" if name else "" for mark, name in pairs}}


def _tag(mark: str) -> str:
    return mark.strip("</>0123456789")
