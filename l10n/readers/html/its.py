"""Global rules of ITS 2.0: XPath that tells which elements and attributes of a page are translated.

Source: w3.org/TR/its20, sections 5.3.2 and 8.1. Of XPath 1.0 it knows paths downwards and tests of
attributes, which a page can be asked while it is read from its first byte to its last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from l10n.laziness import expression
from l10n.model import Span
from l10n.readers.html.tokens import Attribute, Token, Type, attributes, tokens

SAYS = {"": True, "yes": True, "no": False}
"""The values of `translate`, as HTML has it."""
_LEXER = expression(
    r"\s*(?:(?P<sign>//|/|\||\[|\]|\(|\)|,|!=|=|@)|(?P<literal>\"[^\"]*\"|'[^']*')"
    r"|(?P<name>(?:[^\W\d][\w.-]*:)?(?:[^\W\d][\w.-]*|\*))|(?P<end>\Z)|(?P<wrong>.))"
)
_HINTS = ("translateRule", "translaterule", "its-rules")
"""Without one of these a page states no rules."""

Named = Mapping[str, Attribute]
Value = str | bool | None
"""Of an expression; None is an attribute that is not there."""
Expression = Callable[[str, Named], Value]
States = tuple[int, ...]
"""How far each path has got above an element: a bit for each of its steps that may come next."""


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a path."""

    deep: bool
    """Whether others may stand between it and the one before."""
    tests: tuple[Expression, ...]

    def meets(self, name: str, named: Named) -> bool:
        return all(_is_true(test(name, named)) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Path:
    """What one path of a selector selects, and what its rule says of it."""

    steps: tuple[Step, ...]
    attribute: str
    """The attribute it is about; empty: the element's text."""
    translate: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the rules say of an element."""

    states: States = ()
    """For the elements in it."""
    text: bool | None = None
    attributes: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page; the last that selects something holds."""

    paths: tuple[Path, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    """Where there is one that we cannot follow, and what about it."""

    def start(self) -> States:
        """The state above the first element."""
        return (1,) * len(self.paths)

    def enter(self, above: States, name: str, named: Named) -> Said:
        """What is said of an element that stands in one with that state."""
        states, text, found = [], None, dict[str, bool]()
        for path, state in zip(self.paths, above, strict=True):
            here = _advanced(path.steps, state, name, named)
            states.append(here)
            if here >> len(path.steps) & 1 and path.attribute:
                found[path.attribute] = path.translate
            elif here >> len(path.steps) & 1:
                text = path.translate
        return Said(tuple(states), text, found)


def _advanced(steps: Sequence[Step], state: int, name: str, named: Named) -> int:
    out = 0
    for number, step in enumerate(steps):
        if state >> number & 1:
            out |= step.deep << number | step.meets(name, named) << number + 1
    return out


def rules_of(page: str) -> Rules:
    """The rules that a page states, in scripts of the type application/its+xml or as elements."""
    if not any(hint in page for hint in _HINTS):
        return Rules()
    paths: list[Path] = []
    unread: list[tuple[int, str]] = []
    for token in _elements(page, tokens(page)):
        named = attributes(page, token)
        if token.name == "link" and "its-rules" in named.get("rel", _NONE).value.lower().split():
            unread.append((token.start, "ITS rules in another file are not read"))
        if not token.name.endswith("translaterule"):
            continue
        selector, says = (named.get(name, _NONE).value.strip() for name in ("selector", "translate"))
        try:
            paths += _Parser(selector).paths(SAYS[says.lower()])
        except (ValueError, LookupError, RecursionError):
            unread.append((token.start, f"the ITS rule for {selector!r} is not understood and passed over"))
    return Rules(tuple(paths), tuple(unread))


_NONE = Attribute("", Span(0, 0), "none")


def _elements(page: str, stream: Iterator[Token]) -> Iterator[Token]:
    """The start tags of a page, those within scripts that state rules among them."""
    for token in stream:
        if token.type is Type.START:
            yield token
        elif token.type is Type.RAW and token.name == "script" and "translateRule" in token.span.of(page):
            yield from _elements(page, tokens(page, token.start, token.end))


def _is_true(value: Value) -> bool:
    return value is not None and value is not False and value != ""


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "true" if value else ""


_FUNCTIONS: dict[str, tuple[int, Callable[..., Value]]] = {
    "not": (1, lambda value: not _is_true(value)),
    "contains": (2, lambda value, part: _text(part) in _text(value)),
    "starts-with": (2, lambda value, part: _text(value).startswith(_text(part))),
    "normalize-space": (1, lambda value: " ".join(_text(value).split())),
    "concat": (0, lambda *values: "".join(map(_text, values))),
}
"""Functions of XPath 1.0 (section 4) that attributes are tested with: the number of arguments, and what."""


class _Parser:
    """A selector, read from its first sign to its last. Raises ValueError for what is none we know."""

    def __init__(self, selector: str) -> None:
        self._tokens = [(m.lastgroup or "", m[m.lastgroup or ""]) for m in _LEXER.finditer(selector)]
        self._at = 0

    def paths(self, translate: bool) -> list[Path]:
        out = self._path(translate)
        while self._took("|"):
            out += self._path(translate)
        if self._tokens[self._at][0] != "end":
            raise ValueError
        return out

    def _path(self, translate: bool) -> list[Path]:
        steps: list[Step] = []
        if self._tokens[self._at] == ("name", "id"):
            self._at += 1
            steps.append(Step(True, (_identified(self._arguments(1)[0]),)))
        while (deep := self._took("//")) or self._took("/"):
            if self._took("@"):
                attribute = self._name().lower()
                within = [Path((*steps, Step(True, ())), attribute, translate)] if deep else []
                return [*within, *([Path(tuple(steps), attribute, translate)] if steps else [])]
            steps.append(Step(deep, (_named(self._name()), *self._predicates())))
        if not steps:
            raise ValueError
        return [Path(tuple(steps), "", translate)]

    def _predicates(self) -> Iterator[Expression]:
        while self._took("["):
            yield self._any()
            self._must("]")

    def _any(self) -> Expression:
        return self._joined("or", self._all, any)

    def _all(self) -> Expression:
        return self._joined("and", self._comparison, all)

    def _joined(
        self, word: str, part: Callable[[], Expression], holds: Callable[[Iterable[bool]], bool]
    ) -> Expression:
        """One expression, or several with the word between them."""
        parts = [part()]
        while self._took(word):
            parts.append(part())
        if len(parts) == 1:
            return parts[0]
        return lambda name, named: holds(_is_true(each(name, named)) for each in parts)

    def _comparison(self) -> Expression:
        left = self._value()
        if (equal := self._took("=")) or self._took("!="):
            right = self._value()
        else:
            return left
        return lambda name, named: _compared(left(name, named), right(name, named), equal)

    def _value(self) -> Expression:
        kind, text = self._tokens[self._at]
        if self._took("@"):
            return _attribute(self._name().lower())
        if self._took("("):
            inner = self._any()
            self._must(")")
            return inner
        self._at += 1
        if kind == "literal":
            return lambda name, named: text[1:-1]
        if text not in _FUNCTIONS:
            raise ValueError
        count, function = _FUNCTIONS[text]
        arguments = self._arguments(count)
        return lambda name, named: function(*(each(name, named) for each in arguments))

    def _arguments(self, count: int) -> list[Expression]:
        """What stands between the brackets of a function; any number where `count` is 0."""
        self._must("(")
        out = [self._any()]
        while self._took(","):
            out.append(self._any())
        self._must(")")
        if count and len(out) != count:
            raise ValueError
        return out

    def _name(self) -> str:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind != "name" or self._tokens[self._at][1] == "(":
            raise ValueError
        return text.rpartition(":")[2]

    def _took(self, sign: str) -> bool:
        kind, text = self._tokens[self._at]
        took = text == sign and kind in ("sign", "name")
        self._at += took
        return took

    def _must(self, sign: str) -> None:
        if not self._took(sign):
            raise ValueError


def _named(wanted: str) -> Expression:
    return lambda name, named: wanted == "*" or name.rpartition(":")[2] == wanted.lower()


def _identified(wanted: Expression) -> Expression:
    return lambda name, named: "id" in named and named["id"].value == wanted(name, named)


def _attribute(wanted: str) -> Expression:
    def value(name: str, named: Named) -> Value:
        return named[wanted].value if wanted in named else None

    return value


def _compared(left: Value, right: Value, equal: bool) -> bool:
    """Nothing equals an attribute that is not there, and nothing differs from it (XPath 1.0, 3.4)."""
    return left is not None and right is not None and (left == right) is equal
