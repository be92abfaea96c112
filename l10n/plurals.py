"""Plural rules: the Plural-Forms of gettext, read and worked out here, and never run as code.

The language is that of C's integers with one variable, n (GNU gettext manual, "Plural forms").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from l10n.laziness import expression

_FIELD = expression(r"\s*nplurals\s*=\s*(\d{1,9})\s*;\s*plural\s*=([^;]*);?\s*")
_TOKEN = expression(r"\s*(\d{1,9}|n|\|\||&&|[=!<>]=|[-+*/%!<>?:()])\s*")
_PRECEDENCE = {"?": 1, ":": 1, "||": 2, "&&": 3, "==": 4, "!=": 4, "<": 5, ">": 5, "<=": 5, ">=": 5}
_PRECEDENCE |= {"+": 6, "-": 6, "*": 7, "/": 7, "%": 7, "!": 8}
_WORD = 1 << 64
"""Numbers are unsigned, and begin anew here."""
NUMBERS = range(301)
"""Rules are tried with these: what they do beyond, they do within."""
_OFTEN = 5
"""A form for fewer numbers than these may say them in words, as `msgfmt --check` has it."""

_BINARY: Mapping[str, Callable[[int, int], int]] = {
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    ">": lambda a, b: int(a > b),
    "<=": lambda a, b: int(a <= b),
    ">=": lambda a, b: int(a >= b),
    "+": lambda a, b: (a + b) % _WORD,
    "-": lambda a, b: (a - b) % _WORD,
    "*": lambda a, b: a * b % _WORD,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}


@dataclass(frozen=True, slots=True)
class PluralRule:
    """How many forms there are, and which one is for a number."""

    count: int
    forms: tuple[int | None, ...]
    """The form for each of `NUMBERS`, which may be one that there is not; None for a division by zero."""

    def rare(self) -> frozenset[int]:
        """The forms that are for few numbers, such as 1 alone, and need not give them in digits."""
        uses = Counter(self.forms)
        return frozenset(form for form in range(self.count) if uses[form] < _OFTEN)

    def fault(self) -> str:
        """What is wrong with the rule; empty where nothing is."""
        for n, found in zip(NUMBERS, self.forms, strict=True):
            if found is None:
                return f"divides by zero for n = {n}"
            if found >= self.count:
                return f"gives form {found} for n = {n}, and the last form is {self.count - 1}"
        return ""


@lru_cache(maxsize=64)
def parse_plural_rule(text: str) -> PluralRule:
    """The value of Plural-Forms -> a rule. Raises ValueError, saying what is wrong, where it is none."""
    field = _FIELD.fullmatch(text)
    if field is None:
        raise ValueError("it is not of the form nplurals=…; plural=…;")
    steps = _postfix(field[2])
    return PluralRule(int(field[1]), tuple(_form(steps, n) for n in NUMBERS))


def _form(steps: tuple[str, ...], n: int) -> int | None:
    """What an expression in postfix notation is for a number."""
    stack: list[int | None] = []
    for step in steps:
        if step == "n":
            stack.append(n)
        elif step.isdigit():
            stack.append(int(step))
        else:
            stack.append(_worked_out(step, stack))
    return stack[-1]


def _postfix(infix: str) -> tuple[str, ...]:
    """An expression in postfix notation, ":" standing for all of "? :"; by Dijkstra's shunting yard, so
    that however deep it is nothing calls itself."""
    out: list[str] = []
    waiting: list[str] = []
    at, operand = 0, True  # whether one is to come
    while at < len(infix.rstrip()):
        match = _TOKEN.match(infix, at)
        if match is None or (match[1] in "(!" or match[1].isalnum()) is not operand:
            raise ValueError(f"{infix[at:].strip()[:10]!r} cannot stand where it does")
        at = match.end()
        operand = _shunt(match[1], out, waiting)
    if operand:
        raise ValueError("it ends too early")
    _drain(out, waiting, "")
    if waiting:
        raise ValueError(f"{waiting[-1]!r} has no partner")
    return tuple(out)


def _shunt(token: str, out: list[str], waiting: list[str]) -> bool:
    """Take in one token; says whether an operand is to come next."""
    if token.isalnum():
        out.append(token)
        return False
    if token == ")" or token == ":":
        partner = "(" if token == ")" else "?"
        _drain(out, waiting, partner)
        if not waiting or waiting.pop() != partner:
            raise ValueError(f"{token!r} has no partner")
        if token == ")":
            return False
    elif token not in "(!?":
        while waiting and _PRECEDENCE.get(waiting[-1], 0) >= _PRECEDENCE[token]:
            out.append(waiting.pop())
    elif token == "?":
        while waiting and _PRECEDENCE.get(waiting[-1], 0) > 1:
            out.append(waiting.pop())
    waiting.append(token)
    return True


def _drain(out: list[str], waiting: list[str], partner: str) -> None:
    """Let out what waits, up to a bracket or a question mark that is not its partner's."""
    while waiting and waiting[-1] not in ("(", "?", partner):
        out.append(waiting.pop())


def _worked_out(step: str, stack: list[int | None]) -> int | None:
    """One step's result; None, a division by zero, spreads only to what C would have worked out."""
    last = stack.pop()
    if step == "!":
        return None if last is None else int(not last)
    middle = stack.pop()
    if step == ":":
        first = stack.pop()
        return None if first is None else (middle if first else last)
    if step in ("&&", "||") and middle is not None and bool(middle) is (step == "||"):
        return int(bool(middle))
    if middle is None or last is None or (step in "/%" and last == 0):
        return None
    return int(bool(last)) if step in ("&&", "||") else _BINARY[step](middle, last)
