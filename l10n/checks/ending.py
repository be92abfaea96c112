"""Endings: a statement stays a statement, a question a question, in the marks of the target language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from l10n.checks.contracts import Check, Problem, Setting
from l10n.checks.habits import is_statement
from l10n.checks.texts import CLOSERS, MASK, TAG, role, shown, weight, words
from l10n.laziness import expression
from l10n.locales import PSEUDO, language
from l10n.model import Entry, Severity

_MARKS = {
    "stop": ".。．｡۔।॥։።။។๚།༎᙮᠃᱾෴…",
    "question": "?？؟՞፧",
    "exclamation": "!！",
    "colon": ":：",
    "semicolon": ";；؛·\u0387",  # in Greek a raised dot
}
_CLASSES = {mark: name for name, marks in _MARKS.items() for mark in marks}
_NAMES = {"stop": "full stop", "question": "question mark", "exclamation": "exclamation mark"}
_TAGS = expression(TAG)
_WITHIN, _QUOTATION = _MARKS["colon"] + _MARKS["semicolon"], set("\"'”’»›」』“‘")
_CALLING, _BEFORE_SIGN = set("!?"), set("#/\\=@$")
_ALONE = expression(r"[\"'`„“”«‘‚][!?][\"'“”»’]$")
_NO_STOP = {"th", "lo", "km", "my"}
"""Languages that end a sentence without a mark."""
_PHRASES = {"bo", "dz"}
"""Languages that end every phrase with the mark of a sentence."""
_ASKS = ("か", "吗", "呢", "の")
_GREEK_QUESTION = ";\u037e"
_ARMENIAN_QUESTION = "\u055e"
"""Stands over the word that is asked for; the sentence ends with its usual mark."""
_PREDICATE = {"ja": expression(r"[ぁ-ん]$"), "ko": expression(r"[다요까오자죠]$")}
"""How a sentence ends in languages where one can tell it from a mere name or noun, which has no stop.

They also turn what others put in a few words into a sentence, say "as follows." where others set a colon,
and set no stop in brackets.
"""
_SHORT_FORM = expression(
    r"(?:^\S{1,5}|-[^\W\d_]{1,4}|[^\W\d_]\.[^\W\d_]+|\d\s?[^\W\d_]{1,3}|(?<![^\W\d_])[^\W\d_]{1,5}(?=\.[)\]）]))\.[)\]）]?$"
)
"""What ends with the stop of an abbreviation or ordinal: "Feb.", "U.S.", "2024 г.", "(not conf.)"."""
_OPTION = expression(r"^\s+--?\w[^\n]*\s*\Z", re.MULTILINE)
"""The help of a program whose last line is about an option."""
_SET_IN = expression(r"\n[ \t]{2,}\S[^\n]*\s*\Z")
"""A last line that is set in: a command, or an item of a list."""
_SIGNS = expression(r"[/\\@+=-]_?$")
"""The end of a list of characters: "@/./+/-/_"."""
_VISARGA = ("\u0903", "\u0983", "\u0a83")
"""Letters that look like a colon, and are typed for one."""
_ABBREVIATED = expression(
    r"[^\W\d_]\. ?[^\W\d_]+\.$"
    r"|(?<![^\W\d_])[^\W\d_A-ZА-Я]{1,4}[b-df-hj-np-tv-zбвгґджзклмнпрстфхцчшщ]\.$"
)
"""What ends with an abbreviation in a label: "máx. seg."; a short word without its last vowel, "%s godz."."""
_LEAD = 2
"""A label that only gained a colon has so many words at the most; more lead up to something on purpose."""
_CLAUSES = expression(r"[.;:!?—][\s\u00a0]+\w")
"""What parts one clause from the next: in a text of several, one may well be put as a question."""
_LABEL = 4
"""So many words at the most make a mere label."""
_WORD = 8
"""Characters of a word, where none are parted by spaces."""
_BRACKETED = expression(r"[?？؟][)）]\W*$")
_ASIDE = expression(r"(?:\s*[(（\[][^()（）\[\]]*[)）\]])+$")
_TITLES = {"title", "heading"}


def find(entry: Entry, setting: Setting) -> Iterator[Problem]:
    """A question that became something else or the reverse, and a final mark lost or gained."""
    wanted, given = _ending(entry.source, setting.source_locale), _ending(entry.target, setting.locale)
    if wanted == given or _is_usual(entry, wanted, given, setting.locale):
        return
    if not given and wanted == "stop" and setting.unstopped and is_statement(entry.source):
        lost, every = setting.unstopped
        yield Problem(f"ends without the full stop of the source, as do {lost} of {every} here", minor=True)
    elif not given:
        yield Problem(f"ends without the {_NAMES.get(wanted, wanted)} of the source")
    elif not wanted and given == "stop" and setting.stopped:
        gained, every = setting.stopped
        yield Problem(f"ends with a full stop, as do {gained} of {every} here without one", minor=True)
    elif not wanted:
        yield Problem(f"ends with a {_NAMES.get(given, given)}, the source does not")
    elif "question" in (wanted, given) or (wanted, given) == ("colon", "stop"):
        yield Problem(
            f"ends with a {_NAMES.get(given, given)}, the source with a {_NAMES.get(wanted, wanted)}"
        )


def _is_usual(entry: Entry, wanted: str, given: str, locale: str) -> bool:
    """Whether a language, or any good translation, may well end so."""
    name = language(locale)
    if locale in PSEUDO or name in _PHRASES:
        return True
    if not wanted:
        return _may_gain(entry, given, name)
    if wanted == "question" and (_BRACKETED.search(entry.source) or _asks_before(entry, locale)):
        return True
    if wanted == "question":  # Japanese and Chinese can ask without the mark
        return shown(entry.target).rstrip(CLOSERS + " 。").endswith(_ASKS)
    if not given:
        return _may_lose(entry, wanted, name)
    if given == "question":
        return _CLAUSES.search(entry.source) is not None
    lead = name in _PREDICATE or len(words(entry.source)) > _LABEL  # which may be a sentence of its own
    return (wanted, given) == ("colon", "stop") and lead


def _asks_before(entry: Entry, locale: str) -> bool:
    """Whether the question stands before something in brackets: "Sure? (yes/no)"."""
    body = _ASIDE.sub("", shown(entry.target).rstrip())
    return body != entry.target and _ending(body, locale) == "question"


def _may_gain(entry: Entry, given: str, name: str) -> bool:
    """Whether a target may have a mark that the source has not."""
    if given == "question" or not words(entry.target) or entry.source.endswith("  "):
        return True  # a title may be put as a question; ordinals end so, and what is cut to fit a column
    if given == "colon":  # words may stand in another order, and lead up to what follows
        return ":" in entry.source or entry.source[-1:].isspace() or len(words(entry.target)) > _LEAD
    if given == "exclamation" and not _is_label(entry.target):  # which nobody sets by mistake
        return True
    if given == "stop" and role(entry) not in _TITLES and (name in _PREDICATE or not _is_label(entry.target)):
        return True  # what the source says in note form may be a whole sentence
    return _ends_an_item(entry.source, given, name) or _is_shortened(entry)


def _is_label(target: str) -> bool:
    """Whether a text is but a few words."""
    return len(words(target)) <= _LABEL and (" " in target or weight(target) <= _LABEL * _WORD)


def _is_shortened(entry: Entry) -> bool:
    """Whether a target ends with an abbreviation: any short one, or that of the source, "Min. length"."""
    last = entry.target.rpartition(" ")[2]
    if _SHORT_FORM.search(entry.target) or last.lower() in entry.source.lower().split():
        return True
    return _ABBREVIATED.search(entry.target.rstrip()) is not None


def _may_lose(entry: Entry, wanted: str, name: str) -> bool:
    """Whether a target needs no stop, or no colon, where the source has one."""
    if name in _NO_STOP or _SHORT_FORM.search(entry.source) or _OPTION.search(entry.source):
        return True
    if _SET_IN.search(entry.target) or _SIGNS.search(entry.target.rstrip()):
        return True
    if wanted == "colon" and entry.target.rstrip().endswith(_VISARGA):
        return True
    return name in _PREDICATE and (wanted == "colon" or _is_name(entry.target, name) or _aside(entry))


def _ends_an_item(source: str, given: str, name: str) -> bool:
    """Whether what ends is an item of a list: many mark all but the last by a comma, French by semicolons."""
    if source.endswith(",") or (name == "fr" and given == "semicolon"):
        return given in ("stop", "semicolon")
    return name == "fr" and given == "stop" and not source[:1].isupper()


def _is_name(target: str, name: str) -> bool:
    """Whether a text in a language of `_PREDICATE` is no sentence."""
    return not _PREDICATE[name].search(shown(target).rstrip(CLOSERS + " "))


def _aside(entry: Entry) -> bool:
    """Whether both texts end with what stands in brackets."""
    return all(text.rstrip(".。 ").endswith((")", "）")) for text in (entry.source, entry.target))


def _ending(text: str, locale: str) -> str:
    """The class of the last mark of a text; "" where it has none."""
    whole = _TAGS.sub(MASK, shown(text)).rstrip()
    body = whole.rstrip(CLOSERS + "\u00a0\u202f ")
    last = body[-1:]
    if last in _CALLING and (body[-2:-1] in _BEFORE_SIGN or _ALONE.search(whole)):
        return ""  # a mark that is a sign among others: „#!“
    if last in _WITHIN and set(whole[len(body) :]) & _QUOTATION:
        return ""  # what is quoted ends with it: 'Template:'
    if last and last in _GREEK_QUESTION and language(locale) == "el":
        return "question"
    if _ARMENIAN_QUESTION in body.rpartition("։ ")[2] and language(locale) == "hy":
        return "question"
    return _CLASSES.get(last, "")


CHECK = Check("ending", Severity.WARNING, find, of_forms=True, of_code=False, of_keys=False)
