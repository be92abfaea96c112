"""Inline codes on their way into XML: what the formats' elements are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from l10n import inline


class Role(Enum):
    """What a piece of a text is."""

    TEXT = auto()
    OPEN = auto()
    """The beginning of a pair that nests with all others."""
    CLOSE = auto()
    ALONE = auto()
    BEGIN = auto()
    """The beginning of a pair in a text whose pairs do not nest."""
    END = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A text without codes, or a code."""

    role: Role
    text: str
    """Plain text, or the form of the code: "<a1>"."""
    name: str = ""
    """The code's name: "a1"."""
    copy: int = 1
    """The how-manieth code of this name and role it is."""

    @property
    def tag(self) -> str:
        """The letters of the name."""
        return self.name.rstrip("0123456789")


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a textual form, in order; empty texts are left out."""
    nests = not inline.problems(text, text)
    counts: Counter[str] = Counter()
    for at, part in enumerate(inline.split(text)):
        if at % 2 == 0:
            if part:
                yield Piece(Role.TEXT, inline.unescape(part))
            continue
        counts[part] += 1
        yield Piece(_role(part, nests), part, part.strip("<>/"), counts[part])


def _role(mark: str, nests: bool) -> Role:
    if mark.endswith("/>"):
        return Role.ALONE
    if mark.startswith("</"):
        return Role.CLOSE if nests else Role.END
    return Role.OPEN if nests else Role.BEGIN
