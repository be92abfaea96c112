"""Directions: a text's bidirectional controls kept within it, so that none turns around what follows.

Source: Unicode Standard Annex #9, sections 2 (the controls) and 3.1.2 (which of them belong together).
"""

from __future__ import annotations

from l10n.laziness import expression

_CONTROL = expression("[\u202a-\u202e\u2066-\u2069]")
_PDF, _PDI = "\u202c", "\u2069"
_ISOLATES = "\u2066\u2067\u2068"


class Directions:
    """The controls that are open in a text that comes in parts."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def add(self, text: str) -> str:
        """The next part, without controls that end nothing in the text."""
        return _CONTROL.sub(lambda match: self._control(match[0]), text) if _CONTROL.search(text) else text

    def end(self) -> str:
        """What ends all that is open."""
        closing = "".join(_PDI if each in _ISOLATES else _PDF for each in reversed(self._open))
        self._open.clear()
        return closing

    def _control(self, char: str) -> str:
        if char == _PDF:
            if not self._open or self._open[-1] in _ISOLATES:
                return ""
            self._open.pop()
        elif char == _PDI:
            if not any(each in _ISOLATES for each in self._open):
                return ""
            while self._open.pop() not in _ISOLATES:
                pass
        else:
            self._open.append(char)
        return char


def contained(text: str) -> str:
    """A whole text with every control ended in it."""
    directions = Directions()
    return directions.add(text) + directions.end()
