"""What of a page is translated: HTML's `translate`, ITS 2.0's rules, classes, passages in other languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from l10n.locales import language
from l10n.readers.html.its import SAYS
from l10n.readers.html.tokens import Attribute

READ_ATTRIBUTES = (
    "alt",
    "title",
    "placeholder",
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
)
"""Attributes that a visitor reads or hears (WAI-ARIA 1.3, section 6, and HTML, 3.2.6.2 "translatable")."""
_MORE = {
    "option": ("label",),
    "optgroup": ("label",),
    "track": ("label",),
    "th": ("abbr",),
    "table": ("summary",),
}
_BUTTONS = {"submit", "button", "reset"}
_MARKS = ("translate", "its:translate", "its-translate")
_SCOPED = frozenset((*_MARKS, "class", "lang", "xml:lang"))
"""Attributes that may change what is translated."""
_NO_RULES: Mapping[str, bool] = MappingProxyType({})
_READ = frozenset((*READ_ATTRIBUTES, "value", *(name for names in _MORE.values() for name in names)))


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for the text at some place of a page."""

    translate: bool = True
    lang: str = ""
    """The primary language of the passage; empty: the page's."""

    def active(self, lang: str) -> bool:
        """Whether text here is translated in a page of a language; that of an unknown one is."""
        return self.translate and (not self.lang or not lang or self.lang == language(lang))


def entered(scope: Scope, named: Mapping[str, Attribute], ruled: bool | None = None) -> Scope:
    """The scope within an element: its own word comes first, then what the page's rules say of it."""
    if ruled is None and (not named or _SCOPED.isdisjoint(named)):
        return scope
    own = next((SAYS.get(named[mark].value.strip().lower()) for mark in _MARKS if mark in named), None)
    if own is None and "class" in named and "notranslate" in named["class"].value.split():
        own = False
    own = ruled if own is None else own
    lang = next((named[key].value for key in ("lang", "xml:lang") if key in named), "")
    if own is None and not lang:
        return scope
    return replace(
        scope, translate=scope.translate if own is None else own, lang=language(lang) or scope.lang
    )


def read_attributes(
    name: str, named: Mapping[str, Attribute], translate: bool, ruled: Mapping[str, bool] = _NO_RULES
) -> list[str]:
    """The attributes of an element that are translated; `ruled`: what the page's rules say of them."""
    if not ruled and (not translate or _READ.isdisjoint(named)):
        return []
    names = [*READ_ATTRIBUTES, *_MORE.get(name, ())]
    if name == "input" and "type" in named and named["type"].value.lower() in _BUTTONS:
        names.append("value")
    if not ruled:
        return [each for each in names if each in named]
    others = [each for each in ruled if each not in names]
    default = ruled.get("*", translate)
    return [
        *(each for each in names if each in named and ruled.get(each, default)),
        *(each for each in others if each in named and ruled[each]),
    ]
