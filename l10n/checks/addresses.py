"""Addresses: web and e-mail addresses stay as they are, or lead to the same in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import addresses
from l10n.laziness import expression
from l10n.links import CONTEXT, is_address
from l10n.locales import language
from l10n.model import Entry, Severity

_EXAMPLE = expression(
    r"example|localhost|//(?:your|server|host|user)|@(?:your|domain|server|host)\b", re.IGNORECASE
)
_PRIVATE = expression(r"//(?:10|127|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.")
"""Addresses of no public host (RFC 1918) are examples too."""
_PARTS = expression(r"[.!?。！？…]+(?=\s|$)|[^\s.!?]\s*\n|\(")
_SLASHES = expression(r"(?<!:)/+")
_OF_COUNTRY = expression(r"(?:(?<=//)|(?<=//ftp\.)|(?<=//www\.))[a-z]{2}\.")
"""The part of a host that stands for a country: ftp.de.debian.org."""
_HOST = expression(r"(?:\w+://)?(?:[^@/]*@)?([^/:]+)")


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """What is missing of them, and what is there without being in the source."""
    if entry.context == CONTEXT:
        if not is_address(entry.target):
            yield Problem(f"{entry.target!r} is no address that a link may have")
        return
    wanted, given = addresses(entry.source), addresses(entry.target)
    lost = [one for one in dict.fromkeys(wanted) if one not in given]
    gained = [one for one in dict.fromkeys(given) if one not in wanted]
    for one, other in zip_longest(lost, gained):
        if other is None:
            yield Problem(f"the address {one} is missing")
        elif one is None and not _EXAMPLE.search(entry.source) and not _is_said_besides(other, entry):
            yield Problem(f"the address {other} is not in the source")
        elif one is not None and not _localized(one, other, entry, setting):
            yield Problem(f"the address {other} is {one} in the source")


def _is_said_besides(address: str, entry: Entry) -> bool:
    """Whether an address stands in a line or sentence more than the source has: where to report mistakes of
    the translation, say. What a reader is led to, or a browser loads, is never said by the way.
    """
    if re.search(rf"(?:\]\(|=\s*[\"']?){re.escape(address)}", entry.target):
        return False
    source, target = (len(_PARTS.findall(text)) for text in (entry.source, entry.target))
    return source < target


def _localized(one: str, other: str, entry: Entry, setting: Setting) -> bool:
    """Whether an address may stand for another: an example, another site, the same in another language."""
    if _EXAMPLE.search(one) or _PRIVATE.search(one) or "[" in one:
        return True  # whoever reads it puts in what is theirs
    here, there = language(setting.source_locale), language(setting.locale)
    joined = "".join(entry.source.split())  # the source may have it broken across lines
    if _neutral(other, there) in (_neutral(one, here), _neutral(_from(joined, one, len(other)), here)):
        return True
    hosts = [match[1].removeprefix("www.") if (match := _HOST.match(each)) else "" for each in (one, other)]
    if hosts[0] == hosts[1] and re.search(rf"[/._-]{there}(?:[-_]\w+)?\.\w+$", other):
        return True  # a page in that language
    if re.search(rf"^{there}\.", hosts[1]) and re.search(rf"^{here}\.", hosts[0]):
        return not any(map(_misspells, _folders(one), _folders(other)))
    return hosts[0] != hosts[1] and _unlike(*hosts)


def _from(text: str, start: str, length: int) -> str:
    """So many characters of a text from where a piece of it starts."""
    at = max(text.find(start), 0)
    return text[at : at + length]


def _neutral(address: str, language: str) -> str:
    """An address without the code of a language and a mark of encryption, which only one of two may have."""
    without = re.sub(rf"(?<![a-z]){language}(?![a-z])", "", address.lower().replace("https:", "http:"))
    without = _OF_COUNTRY.sub("", without, count=1)
    return _SLASHES.sub("/", without).rstrip("/")


def _folders(address: str) -> list[str]:
    """The names in an address between its host and its last slash."""
    return address.partition("//")[2].split("/")[1:-1]


def _misspells(one: str, other: str) -> bool:
    return one != other and not _unlike(one, other)


def _unlike(one: str, other: str) -> bool:
    """Whether two names are so different that one is no misspelling of the other."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(one, other) > 2


CHECK = Check("addresses", Severity.ERROR, find, of_keys=False)
