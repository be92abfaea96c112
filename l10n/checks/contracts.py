"""What a check is, what it is told, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from l10n.model import Entry, Severity, Span


@dataclass(frozen=True, slots=True)
class Setting:
    """The pair of locales that a catalog translates between."""

    source_locale: str
    locale: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a target."""

    message: str
    span: Span | None = None
    """Where in the target."""
    fix: str | None = None
    """The whole target mended, where that is safe."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its name, how bad its findings are, and the function that makes them."""

    name: str
    severity: Severity
    find: Callable[[Entry, Setting], Iterable[Problem]]
