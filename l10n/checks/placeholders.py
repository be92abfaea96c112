"""Placeholders: `{name}`, `%(count)d`, `%s`, `${total}` and tags of other formats stay as they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.texts import prose, shown
from l10n.laziness import expression
from l10n.model import Entry, Severity

_NAMED = (
    r"\{\{[^{}]*\}\}|\$\{[\w.]+\}|\{(?:\w[\w.]*)?(?:![a-z])?(?::[\w.<>^+-]*)?\}"
    r"|%\(\w+\)[-+#0-9.]*[a-zA-Z]"
)
_LENGTH = r"(?:hh|h|ll|l|q|j|z|t)?"
_PLACED = rf"%\d+\$[-+#0-9.']*{_LENGTH}[sdiufgcxXeEGoapb@]"
_BARE = rf"%[-+#I']?\d*(?:\.\d+)?{_LENGTH}[sdiufgcxX]"
_KEPT = expression(rf"{_NAMED}|{_PLACED}|{_BARE}(?![A-Za-z])")
_WITH_UNITS = expression(rf"{_NAMED}|{_PLACED}|{_BARE}")
"""Also those that a unit follows at once: %lis for seconds."""
_QUOTING = {"cite", "citetitle", "firstterm", "foreignphrase", "q", "quote"}
"""Tags for which a translation may have other words, as it may for quotation marks."""
_SET_OFF = {"b", "em", "emphasis", "i", "strong", "u"} | _QUOTING
"""Tags that set words off, in HTML and DocBook: languages do so in other ways, also by quotation marks."""
_MARKING = {"abbr", "code", "kbd", "s", "small", "sub", "sup", "tt", "var"} | _SET_OFF
_MARKING |= {"command", "filename", "guimenu", "guimenuitem", "literal", "option", "replaceable", "userinput"}
_MARKING |= {"app", "cmd", "file", "gui", "input", "key", "output", "sys"}  # Mallard
"""Tags that a translator may add: they say what a word is, and do nothing."""
_QUOTATION = expression(r"[\"“”„«»「」『』]")
_DATE = expression(r"%[-_]?[YmHMByIj](?![A-Za-z])")
"""A conversion that only dates have: they are written otherwise in every language."""
_TAG = expression(r"<(/?[A-Za-z][\w:-]*)(?:\s[^<>]*)?/?>")
_ALTERED = expression(r"%\d+\$I?|%I")
"""What a target may add: the place of an argument, and glibc's flag for the digits of the locale."""
_BY_NAME = expression(r"\{\{|\$\{|\{\w|%\(")
"""What a name fills: where a text repeats it, a translation may have a pronoun."""
_WIDTH = expression(r"%[-+ ']?\d*(?=[.a-zA-Z])")
"""How much room there is for a value, which a target may change."""
_SIGN = expression(r"(?<!\w)@[a-zA-Z](?!\w)")
_TEXINFO = expression(r"@(?:[a-zA-Z]+|[^\w\s{])\{[^{}]*\}")
"""Commands of Texinfo, whose braces hold no placeholder."""
_PRINTF = {"c-format", "objc-format", "php-format", "perl-format", "gcc-internal-format", "tcl-format"}
"""Flags of texts in whose formats braces are but braces."""
_UNFORMATTED = {"no-c-format", "no-python-format", "no-python-brace-format"}


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """What is missing of them, and what is there without being in the source."""
    both = entry.source + entry.target
    if not ("{" in both or "%" in both or "</" in both):
        return
    free = _is_free(entry)
    wanted, given = (Counter[str]() if free else _kept(text) for text in (entry.source, entry.target))
    if _PRINTF & set(entry.flags):
        wanted, given = (Counter({k: n for k, n in each.items() if k[0] != "{"}) for each in (wanted, given))
    if wanted != given and _fill_the_same(entry):
        given = wanted
    wanted = Counter({each: _needed(each, count, given[each]) for each, count in wanted.items()})
    tags, new = _tag_changes(entry) if "</" in both else (set(), set())
    lost, gained = [*(wanted - given).elements(), *sorted(tags)], [*(given - wanted).elements(), *sorted(new)]
    for one, other in zip(lost, gained, strict=False):
        yield Problem(f"{other} stands for {one}")
    if missing := lost[len(gained) :]:
        message = f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        message += " or without a partner" if missing[-1][0] == "<" else ""
        yield Problem(message, uncounted=len(lost) == 1 and lost[0][0] != "<")
    if more := gained[len(lost) :]:
        yield Problem(f"{', '.join(more)}: not in the source, or not so often")


def _is_free(entry: Entry) -> bool:
    """Whether nothing of a text need stay: no format, a date, or shorthand as "@E" (e2fsck)."""
    if _UNFORMATTED & set(entry.flags) or _DATE.search(entry.source.replace("%%", "")):
        return True
    return "@" in entry.source and len(_SIGN.findall(entry.source)) > len(_SIGN.findall(entry.target))


def _fill_the_same(entry: Entry) -> bool:
    """Whether two texts differ only in units right after a placeholder, or in the room for what fills it."""
    texts = entry.source, entry.target
    if _kept(texts[0], _WITH_UNITS) == _kept(texts[1], _WITH_UNITS):
        return True
    sizes = [sorted(_WIDTH.sub("%", each) for each in _kept(text).elements()) for text in texts]
    return sizes[0] == sizes[1] and "$" not in "".join(texts)


def _needed(each: str, wanted: int, given: int) -> int:
    """How often a target needs a placeholder that its source has so often."""
    return min(wanted, given) if given and _BY_NAME.match(each) else wanted


def _tag_changes(entry: Entry) -> tuple[set[str], set[str]]:
    """The tags that a target lost, or left without a partner, and those that it gained."""
    tags = _tags(entry.source) - _tags(entry.target)
    if not _open(entry.source):
        tags |= _open(entry.target, entry.source) - {f"</{tag[1:]}" for tag in tags}
    new = _tags(entry.target) - _tags(entry.source)
    if _marked(entry.source) <= _marked(entry.target):  # as another kind of word, if it be the same number
        tags -= {f"<{name}>" for name in _MARKING.difference(_names(entry.target))}
    free_to_go = _MARKING if _sets_off(entry, new) else _QUOTING
    tags -= {f"<{name}>" for name in free_to_go.difference(_names(entry.target))}
    return tags, new - {f"<{name}>" for name in _MARKING if not tags}


def _marked(text: str) -> int:
    """How many words a text marks by a tag that says what they are."""
    return sum(name in _MARKING for name in _names(text))


def _sets_off(entry: Entry, new: set[str]) -> bool:
    """Whether a target sets words off in a way that its source does not."""
    marks = [len(_QUOTATION.findall(prose(text))) for text in (entry.source, entry.target)]
    return marks[0] < marks[1] or any(tag[1:-1] in _SET_OFF for tag in new)


def _kept(text: str, pattern: re.Pattern[str] = _KEPT) -> Counter[str]:
    if "{" not in text and "%" not in text:
        return Counter()
    seen = _TEXINFO.sub(" ", shown(text)) if "@" in text else shown(text)
    return Counter(_ALTERED.sub("%", match) for match in pattern.findall(seen.replace("%%", "  ")))


def _names(text: str) -> list[str]:
    """The names of all tags of a text, opening or closing."""
    return [name.lstrip("/") for name in _TAG.findall(shown(text))]


def _tags(text: str) -> set[str]:
    """The tags that a text opens and closes; `<file>` alone may be a word to translate."""
    names = set(_TAG.findall(shown(text))) if "</" in text else set()
    return {f"<{name}>" for name in names if f"/{name}" in names}


def _open(text: str, source: str = "") -> set[str]:
    """The tags, of those that a text or its source closes, that the text does not open as often."""
    if "</" not in text + source:
        return set()
    found = Counter(_TAG.findall(shown(text)))
    names = {name[1:] for name in (*found, *_TAG.findall(shown(source))) if name.startswith("/")}
    return {f"</{name}>" for name in names if found[name] != found[f"/{name}"]}


CHECK = Check(
    "placeholders",
    Severity.ERROR,
    find,
    hides=frozenset(("addresses", "brackets", "numbers", "invented")),
    of_forms=True,
    of_keys=False,
)
