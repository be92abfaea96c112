"""What of a page is translated: HTML's `translate`, ITS 2.0's rules, classes, passages in other languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from l10n.locales import language
from l10n.model import Span
from l10n.readers.html.tokens import Attribute, Type, attributes, tokens

READ_ATTRIBUTES = ("alt", "title", "placeholder", "aria-label")
"""Attributes that a visitor reads or hears."""
_MORE = {"option": ("label",), "optgroup": ("label",), "track": ("label",)}
_BUTTONS = {"submit", "button", "reset"}
_MARKS = ("translate", "its:translate", "its-translate")
_SCOPED = frozenset((*_MARKS, "class", "lang", "xml:lang"))
"""Attributes that may change what is translated."""
_READ = frozenset((*READ_ATTRIBUTES, "label", "value"))
_SAYS = {"": True, "yes": True, "no": False}
_SELECTOR = re.compile(
    r"//(?:[\w-]+:)?(?P<name>[\w-]+|\*)?"
    r"(?:\[\s*@(?P<key>[\w:-]+)\s*(?:=\s*(?P<quote>[\"'])(?P<value>[^\"']*)(?P=quote)\s*)?\])?"
    r"(?:/?@(?P<attribute>[\w:-]+|\*))?"
)
"""The XPath of selectors that we know: //h:p, //h:p[@class='x'], //h:img/@alt, //@title."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds for the text at some place of a page."""

    translate: bool = True
    lang: str = ""
    """The primary language of the passage; empty: the page's."""

    def active(self, lang: str) -> bool:
        """Whether text here is translated in a page of a language; that of an unknown one is."""
        return self.translate and (not self.lang or not lang or self.lang == language(lang))


@dataclass(frozen=True, slots=True)
class Rule:
    """A global rule of ITS 2.0 (section 8.1): which elements or attributes are translated, or not."""

    name: str
    key: str
    value: str | None
    attribute: str
    """The attribute it is about; empty: the element's text."""
    translate: bool

    def meets(self, name: str, named: Mapping[str, Attribute]) -> bool:
        """Whether it selects an element, or its attribute."""
        if self.name not in ("", "*", name) or (self.key and self.key not in named):
            return False
        return self.value is None or not self.key or named[self.key].value == self.value


def entered(scope: Scope, name: str, named: Mapping[str, Attribute], rules: Sequence[Rule]) -> Scope:
    """The scope within an element: its own word comes first, then the rules, last one first."""
    if not rules and (not named or _SCOPED.isdisjoint(named)):
        return scope
    own = next((_SAYS.get(named[mark].value.strip().lower()) for mark in _MARKS if mark in named), None)
    if own is None and "class" in named and "notranslate" in named["class"].value.split():
        own = False
    if own is None:
        own = next((r.translate for r in reversed(rules) if not r.attribute and r.meets(name, named)), None)
    lang = next((named[key].value for key in ("lang", "xml:lang") if key in named), "")
    if own is None and not lang:
        return scope
    return replace(
        scope, translate=scope.translate if own is None else own, lang=language(lang) or scope.lang
    )


def read_attributes(
    name: str, named: Mapping[str, Attribute], translate: bool, rules: Sequence[Rule] = ()
) -> list[str]:
    """The attributes of an element that hold text to translate."""
    if not rules and _READ.isdisjoint(named):
        return []
    names = [*READ_ATTRIBUTES, *_MORE.get(name, ())]
    if name == "input" and "type" in named and named["type"].value.lower() in _BUTTONS:
        names.append("value")
    names += [rule.attribute for rule in rules if rule.attribute and rule.attribute not in names]
    return [each for each in names if each in named and _is_read(name, named, each, translate, rules)]


def _is_read(
    name: str, named: Mapping[str, Attribute], attribute: str, translate: bool, rules: Sequence[Rule]
) -> bool:
    for rule in reversed(rules):
        if rule.attribute in (attribute, "*") and rule.meets(name, named):
            return rule.translate
    return translate and (attribute in READ_ATTRIBUTES or attribute in _MORE.get(name, ("value",)))


def rules_in(page: str, span: Span) -> list[Rule]:
    """The translate rules in a script of the type application/its+xml; those we cannot read are left out."""
    found = (
        rule_of(attributes(page, token))
        for token in tokens(page, span.start, span.end)
        if token.type is Type.START and token.name.endswith("translaterule")
    )
    return [rule for rule in found if rule]


def rule_of(named: Mapping[str, Attribute]) -> Rule | None:
    """The rule that an element `its:translateRule` states."""
    selector = _SELECTOR.fullmatch(named["selector"].value.strip()) if "selector" in named else None
    says = _SAYS.get(named["translate"].value.strip().lower()) if "translate" in named else None
    if not selector or says is None:
        return None
    key, value = selector["key"] or "", selector["value"]
    return Rule(
        (selector["name"] or "").lower(), key.lower(), value, (selector["attribute"] or "").lower(), says
    )
