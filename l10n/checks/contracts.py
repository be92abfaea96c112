"""What a check is, what it is told, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from l10n.model import Catalog, Entry, Key, Severity, Span
from l10n.terms import Glossary


@dataclass(frozen=True, slots=True)
class Setting:
    """The pair of locales that a catalog translates between, and what the project asks of its texts."""

    source_locale: str
    locale: str
    glossary: Glossary | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    """Role of a text ("title", "description") -> the most characters that it may have."""
    usual: Mapping[Key, str] = field(default_factory=dict)
    """For a text that is translated in several ways in the project, the most frequent one."""
    stopped: tuple[int, int] | None = None
    """How many of how many texts without an end mark have gained a stop, where that is a habit."""
    wide: bool = False
    """Whether two spaces after a stop are usual in the sources of the catalog."""
    unstopped: tuple[int, int] | None = None
    """How many of how many sentences of the catalog have lost their stop, where that is a habit."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a target."""

    message: str
    span: Span | None = None
    """Where in the target."""
    fix: str | None = None
    """The whole target mended, where that is safe."""
    uncounted: bool = False
    """Whether all that is wrong is that one number is not given: plural forms for few numbers may do so."""
    minor: bool = False
    """Whether it is but a note, however bad the findings of the check are else."""


@dataclass(frozen=True, slots=True)
class Check:
    """A check of entries, one by one: its name, how bad its findings are, and what makes them."""

    name: str
    severity: Severity
    find: Callable[[Entry, Setting], Iterable[Problem]]
    """Is called with entries that have a target."""
    hides: frozenset[str] = frozenset()
    """Checks whose findings would only repeat what this one has found: one defect is to give one finding."""
    of_forms: bool = False
    """Whether it also makes sense for one plural form, against the plural of the source."""
    of_code: bool = True
    """Whether it also suits samples of code, and what one types or a program says."""
    of_keys: bool = True
    """Whether it also suits an entry whose source is a mere key: `label_title`."""


@dataclass(frozen=True, slots=True)
class CatalogCheck:
    """A check that has to see a catalog whole."""

    name: str
    severity: Severity
    find: Callable[[Catalog, Setting], Iterable[tuple[Key, Problem]]]


def field_of(catalog: Catalog, name: str) -> str:
    """The value of a field of the header, as gettext looks it up; "" where there is none."""
    return next((value for known, value in catalog.header if known.lower() == name.lower()), "")
