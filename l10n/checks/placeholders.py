"""Placeholders and addresses: `{name}`, `%(count)d`, web and e-mail addresses stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.inline import CODE
from l10n.model import Entry, Severity

_KEPT = re.compile(
    r"\{\{[^{}]*\}\}|\{[\w.:!-]*\}|%\(\w+\)[a-z]|%\d+\$[a-z]|%[sd]\b|\$\{[\w.]+\}"
    r"|https?://[^\s<>\"'«»“”]*[\w/#=&%-]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """What is missing of them, and what is there without being in the source."""
    wanted, given = _kept(entry.source), _kept(entry.target)
    for text in wanted - given:
        yield Problem(f"{text} is missing")
    for text in given - wanted:
        yield Problem(f"{text} is not in the source")


def _kept(text: str) -> Counter[str]:
    return Counter(_KEPT.findall(CODE.sub(" ", text)))


CHECK = Check("placeholders", Severity.ERROR, find)
