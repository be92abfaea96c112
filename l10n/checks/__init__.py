"""Checks: Catalog -> Findings. A check is one file: a function that yields what is wrong with an entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from l10n.checks.contracts import Check, Problem, Setting
from l10n.model import Catalog, Entry, Finding
from l10n.plugins import Registry

__all__ = ["CHECKS", "Check", "Problem", "Setting", "check"]

ORDER = (
    "codes",
    "untouched",
    "placeholders",
    "numbers",
    "formats",
    "controls",
    "scripts",
    "length",
    "ending",
    "edges",
    "doubled",
)
"""The built-in checks. Where one finds something, those after it that look at the same thing do not."""
_SHADOWS = {
    "codes": {"edges", "length"},
    "untouched": set(ORDER),
    "length": {"ending"},
    "controls": {"scripts"},
}
"""What a finding makes superfluous: one mistake is to give one finding."""

CHECKS: Registry[Check] = Registry("checks", {name: f"l10n.checks.{name}:CHECK" for name in ORDER})
"""Checks by name; the docstring of each one's module is its help."""


def check(catalog: Catalog, names: Sequence[str] | None = None) -> list[Finding]:
    """The findings of a catalog's entries that have a target, in their order.

    `names` are those of the checks to run; all when left out. Raises ConfigError for an unknown name.
    """
    setting = Setting(catalog.source_locale, catalog.locale or "und")
    wanted = [CHECKS.get(name) for name in (names if names is not None else _ordered())]
    return [
        found
        for entry in catalog.entries
        if entry.target and not entry.plural
        for found in _entry(entry, setting, wanted)
    ]


def _ordered() -> list[str]:
    return [*ORDER, *(name for name in CHECKS.names() if name not in ORDER)]


def _entry(entry: Entry, setting: Setting, wanted: Sequence[Check]) -> Iterable[Finding]:
    shadowed: set[str] = set()
    for each in wanted:
        if each.name in shadowed:
            continue
        for problem in each.find(entry, setting):
            shadowed |= _SHADOWS.get(each.name, set())
            yield Finding(each.name, each.severity, entry.key, problem.message, problem.span, problem.fix)
