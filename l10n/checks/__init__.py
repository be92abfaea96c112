"""Checks: Catalog -> Findings. A check is one file: a function that yields what is wrong with an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from l10n.checks.contracts import CatalogCheck, Check, Problem, Setting, field_of
from l10n.checks.habits import adds_stops, drops_stops, sets_stops_wide
from l10n.checks.kinds import is_code, is_credit, is_key
from l10n.checks.waivers import waived
from l10n.model import Catalog, Entry, Finding, Key, Severity
from l10n.plugins import Registry
from l10n.plurals import parse_plural_rule

__all__ = ["CHECKS", "CatalogCheck", "Check", "Problem", "Setting", "check", "mend"]

ORDER = (
    "header",
    "plurals",
    "waivers",
    "untranslated",
    "mojibake",
    "untouched",
    "codes",
    "placeholders",
    "addresses",
    "language",
    "loops",
    "leftovers",
    "numbers",
    "formats",
    "invented",
    "terms",
    "controls",
    "normal",
    "scripts",
    "length",
    "limits",
    "ending",
    "inverted",
    "quotes",
    "brackets",
    "spacing",
    "edges",
    "spaces",
    "doubled",
    "titles",
    "consistency",
)
"""The built-in checks in the order in which they run: one hides only those after it."""

CHECKS: Registry[Check | CatalogCheck] = Registry(
    "checks", {name: f"l10n.checks.{name}:CHECK" for name in ORDER}
)
"""Checks by name; the docstring of each one's module is its help."""

_MOST_FIXES = 20
"""So many fixes of one target, one after another, are enough for any."""


def check(
    catalog: Catalog,
    setting: Setting | None = None,
    names: Sequence[str] | None = None,
    severities: Mapping[str, Severity | None] = MappingProxyType({}),
) -> list[Finding]:
    """The findings of a catalog, in the order of its entries; what concerns it whole comes first.

    `names` are those of the checks to run; all when left out. `severities` change how bad the findings of
    a check are; None switches it off. A comment of a translator may waive a check for an entry
    (`l10n.checks.waivers`). Raises ConfigError for an unknown name.
    """
    setting = setting or Setting(catalog.source_locale, catalog.locale or "und")
    wanted = [CHECKS.get(name) for name in (names if names is not None else _ordered())]
    wanted = [_graded(each, severities) for each in wanted if severities.get(each.name, each.severity)]
    setting = _with_habits(setting, catalog)
    whole = [
        found for each in wanted if isinstance(each, CatalogCheck) for found in _whole(each, catalog, setting)
    ]
    single = [each for each in wanted if isinstance(each, Check)]
    rare = _rare_forms(catalog)
    return whole + [found for entry in catalog.entries for found in _entry(entry, setting, single, rare)]


def mend(entry: Entry, setting: Setting, names: Sequence[str] | None = None) -> Entry:
    """An entry with all the safe fixes of its findings."""
    catalog = Catalog(setting.source_locale, setting.locale, (entry,))
    for _ in range(_MOST_FIXES):
        fixes = [found.fix for found in check(catalog, setting, names) if found.fix is not None]
        if not fixes:
            break
        catalog = replace(catalog, entries=(replace(catalog.entries[0], target=fixes[0]),))
    return catalog.entries[0]


def _with_habits(setting: Setting, catalog: Catalog) -> Setting:
    return replace(
        setting,
        unstopped=drops_stops(catalog),
        stopped=adds_stops(catalog),
        wide=sets_stops_wide(catalog),
    )


@cache
def _ordered() -> list[str]:
    """All checks; which packages there are is looked up once."""
    return [*ORDER, *(name for name in CHECKS.names() if name not in ORDER)]


def _graded(each: Check | CatalogCheck, severities: Mapping[str, Severity | None]) -> Check | CatalogCheck:
    return replace(each, severity=severities.get(each.name) or each.severity)


def _whole(each: CatalogCheck, catalog: Catalog, setting: Setting) -> Iterator[Finding]:
    waivers: dict[Key, frozenset[str]] = {
        entry.key: waived(entry) for entry in catalog.entries if entry.comments
    }
    for key, problem in each.find(catalog, setting):
        if each.name not in waivers.get(key, ()):
            yield _finding(each, key, problem)


def _rare_forms(catalog: Catalog) -> frozenset[int] | None:
    """The plural forms that are for few numbers; None where nothing tells."""
    if not any(entry.plural for entry in catalog.entries):
        return None
    try:
        return parse_plural_rule(field_of(catalog, "Plural-Forms")).rare()
    except ValueError:
        return None


def _entry(
    entry: Entry, setting: Setting, wanted: Sequence[Check], rare: frozenset[int] | None
) -> Iterable[Finding]:
    if entry.plural:
        return _forms(entry, setting, [each for each in wanted if each.of_forms], rare)
    return _findings(entry, setting, wanted) if entry.target and not is_credit(entry) else ()


def _findings(
    entry: Entry, setting: Setting, wanted: Sequence[Check], uncounted: bool = False
) -> Iterator[Finding]:
    """The findings of an entry, which need not give its number where it is `uncounted`."""
    hidden = set(waived(entry)) if entry.comments else set()
    code, key = is_code(entry), is_key(entry)
    for each in wanted:
        if each.name in hidden or (code and not each.of_code) or (key and not each.of_keys):
            continue
        for problem in each.find(entry, setting):
            if uncounted and problem.uncounted:
                continue
            hidden |= each.hides
            yield _finding(each, entry.key, problem)


def _forms(
    entry: Entry, setting: Setting, wanted: Sequence[Check], rare: frozenset[int] | None
) -> Iterator[Finding]:
    """The findings of an entry's plural forms; their fixes are left to the translator.

    A form is held against the plural of the source, and one that is for few numbers against the singular
    too where that suits it better. What is wrong in several forms is said once.
    """
    faults: dict[tuple[str, str], list[tuple[int, Finding]]] = {}
    for number, target in enumerate(entry.plural_targets):
        free = rare is None or number in rare
        found: list[Finding] = []
        for source in (entry.plural or "", entry.source)[: 1 + free] if target else ():
            form = replace(entry, source=source, target=target, plural=None, plural_targets=())
            other = list(_findings(form, setting, wanted, free))
            found = other if source == entry.plural or len(other) < len(found) else found
        for each in found:
            faults.setdefault((each.check, each.message), []).append((number, each))
    for same in faults.values():
        numbers = ", ".join(dict.fromkeys(str(number) for number, _ in same))
        first = same[0][1]
        yield replace(first, key=entry.key, message=f"form {numbers}: {first.message}", fix=None)


def _finding(each: Check | CatalogCheck, key: Key, problem: Problem) -> Finding:
    severity = Severity.NOTE if problem.minor else each.severity
    return Finding(each.name, severity, key, problem.message, problem.span, problem.fix)
