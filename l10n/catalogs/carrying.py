"""Carrying: the translation of an older text -> that of a newer one, as far as that can be made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from l10n import inline, numerals, recoding
from l10n.catalogs.grading import URL, Grade, difference
from l10n.catalogs.po import digest
from l10n.laziness import expression
from l10n.model import Entry, Origin, State

_SPACE = expression(r"\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """The languages that a catalog is between."""

    source: str
    target: str


def carried(entry: Entry, text: Entry, grade: Grade, pair: Pair) -> Entry:
    """A text of the template with the translation of an older one.

    It stays reviewed where only codes, URLs or spelling differ; new numbers are carried over, as a
    draft; else it stands as it was, outdated. `previous_source` says what it translates.
    """
    target = _carried_target(entry, text, grade, pair)
    if target is None or grade in (Grade.EDITED, Grade.PUNCTUATION, Grade.CONTEXT):
        return _outdated(entry, text, grade)
    if grade is Grade.NUMBERS:
        return _draft(entry, text, target)
    return _as_reviewed(entry, text, target)


def _carried_target(entry: Entry, text: Entry, grade: Grade, pair: Pair) -> str | None:
    """The target with the codes, URLs and numbers of the newer text, or None where that cannot be made."""
    if entry.plural_targets or entry.plural != text.plural:
        return None
    target = recoding.recode(entry.source, text.source, entry.target)
    if target is None or grade is Grade.SPELLING:
        return target
    if grade is Grade.CODES:
        return _relinked(entry.source, text.source, target)
    if grade is Grade.NUMBERS and entry.state is State.REVIEWED:
        return numerals.carry(entry.source, text.source, target, pair.source, pair.target)
    return None


def _as_reviewed(entry: Entry, text: Entry, target: str) -> Entry:
    """The text with a target that is as good as it was for the older one."""
    origin = entry.origin
    if origin and origin.digest == digest(entry.target):
        origin = replace(origin, digest=digest(target))
    return replace(
        text,
        target=target,
        state=entry.state,
        origin=origin,
        comments=entry.comments,
        previous_source=entry.previous_source,
        previous_context=entry.previous_context,
        previous_plural=entry.previous_plural,
    )


def _draft(entry: Entry, text: Entry, target: str) -> Entry:
    said = f"{Grade.NUMBERS}: {difference(entry.source, text.source)}"
    return _unreviewed(entry, text, (target,), Origin("draft", said, digest(target)))


def _outdated(entry: Entry, text: Entry, grade: Grade) -> Entry:
    """The text with the target as it was: to be revised."""
    reason = "merged" if grade is Grade.CONTEXT else "outdated"
    before = _translated(entry)
    if grade is Grade.CONTEXT:
        said = f"{grade}: {before.context or 'none'}"
    else:
        said = f"{grade}: {difference(before.source, text.source)}"
    origin = Origin(reason, said, digest(entry.target))
    return _unreviewed(entry, text, entry.plural_targets or (entry.target,), origin)


def _translated(entry: Entry) -> Entry:
    """The text that an entry's target translates, as an entry: an older one, where the entry is outdated."""
    if entry.previous_source is None or entry.state is State.REVIEWED:
        return entry
    return replace(
        entry, source=entry.previous_source, context=entry.previous_context, plural=entry.previous_plural
    )


def _unreviewed(entry: Entry, text: Entry, targets: Sequence[str], origin: Origin) -> Entry:
    before = _translated(entry)
    return replace(
        text,
        target=targets[0],
        plural_targets=tuple(targets) if entry.plural_targets else (),
        state=State.TRANSLATED,
        origin=origin,
        previous_source=before.source,
        previous_context=before.context,
        previous_plural=before.plural,
        comments=entry.comments,
    )


def merged(entries: Sequence[Entry], text: Entry, joiner: str) -> Entry:
    """A text that was several, with their translations joined.

    It stays reviewed where the text is theirs letter by letter, and all of them are reviewed.
    """
    source = " ".join(entry.source for entry in entries)
    names = _renamings(entries, text)
    targets = [recoding.renamed(entry.target, name) for entry, name in zip(entries, names, strict=True)]
    target = joiner.join(targets)
    whole = replace(entries[0], source=source, target=target, plural_targets=(), state=State.REVIEWED)
    whole = replace(whole, comments=tuple(line for entry in entries for line in entry.comments))
    reviewed = all(entry.state is State.REVIEWED for entry in entries)
    exact = _SPACE.sub("", inline.plain(source)) == _SPACE.sub("", inline.plain(text.source))
    if reviewed and exact and not inline.problems(text.source, target):
        return replace(text, target=target, state=State.REVIEWED, comments=whole.comments)
    origin = Origin("merged", f"of {len(entries)} texts", digest(target))
    return _unreviewed(whole, text, (target,), origin)


def _renamings(entries: Sequence[Entry], text: Entry) -> Iterator[Mapping[str, str]]:
    """For each of several texts, the codes that stand for its own in the text that they make up."""
    marks = iter(inline.marks(text.source))
    for entry in entries:
        yield {mark: next(marks, mark) for mark in inline.marks(entry.source)}


def split(entry: Entry, parts: Sequence[Entry], targets: Sequence[str]) -> Iterator[Entry]:
    """The parts of a text, each with its sentence of the translation where those are as many.

    Else the first part has all of it, for a translator to divide, and the others nothing.
    """
    aligned = len(targets) == len(parts)
    marks = iter(inline.marks(entry.source))
    for at, part in enumerate(parts):
        names = {next(marks, mark): mark for mark in inline.marks(part.source)} if aligned else {}
        target = recoding.renamed(targets[at], names) if aligned else entry.target if at == 0 else ""
        origin = Origin("split", f"part {at + 1} of {len(parts)}", digest(target))
        yield _unreviewed(replace(entry, plural_targets=()), part, (target,), origin)


def _relinked(before: str, after: str, target: str) -> str | None:
    """A translation with the URLs of the newer text; None where it has not those of the older one."""
    old, new, given = URL.findall(before), URL.findall(after), URL.findall(target)
    names = dict(zip(old, new, strict=True))
    changed = {one for one, other in names.items() if one != other}
    if any(given.count(each) != old.count(each) or [names[o] for o in old] != new for each in changed):
        return None
    return URL.sub(lambda match: names.get(match[0], match[0]), target)
