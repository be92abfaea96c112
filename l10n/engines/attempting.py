"""Attempting: texts translated whole, with everything marked, or in pieces, until a result passes.

Every result is made by `masking`, `projecting` and `mending`, and judged by `verifying`, which shares
no code with them. What passes in no way stays undone, with the reason why the first result was refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from l10n import inline
from l10n.engines import mending
from l10n.engines.batching import Sender
from l10n.engines.contracts import Hypothesis
from l10n.engines.masking import ATOM, Masked, Sentinel, mark_up, mask, pieces
from l10n.engines.probing import safe_words
from l10n.engines.projecting import project
from l10n.engines.verifying import fault
from l10n.engines.wording import Wording
from l10n.laziness import expression

_CHOICE = expression(r"\{[^{},]*,\s*(?:plural|select|selectordinal)\s*,")
"""How a choice begins in ICU's message format."""
Done = Callable[[int], None]


@dataclass
class Attempts:
    """Some texts of a pair of locales, in the form of `inline`, on their way through an engine."""

    source_locale: str
    locale: str
    wording: Wording
    done: dict[str, str] = field(default_factory=dict)
    """Source -> verified target."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Source -> why its first target was refused."""
    unmet: dict[str, list[str]] = field(default_factory=dict)
    """Source -> the terms that its target should have and has not."""

    def copy(self, source: str) -> bool:
        """Take a text that holds no words as it is, its numbers as the locale writes them.

        True where there is nothing for an engine to do, be it that nothing can be done.
        """
        if reason := _untranslatable(source):
            self.reasons[source] = reason
        elif not any(map(str.isalpha, ATOM.sub("", inline.plain(source)))):
            whole = "".join(piece for _, piece in pieces(source, self._localized))
            self._take(source, [(whole, [])])
        return source in self.reasons or source in self.done

    def translate(self, sources: Sequence[str], sender: Sender, done: Done) -> None:
        """Translate texts; `done` is told how many more are. Raises what `Sender.translate` does."""
        sentinel = self._sentinel(sources, sender)
        self._whole(sources, sentinel, sender, done)
        waiting = self._left(sources)
        marked = [source for source in waiting if _is_marked(source)]
        if marked and sentinel(0) is None:
            sentinel = self._probed(sources, sender)
        self._marked_up(marked, sentinel, sender)
        self._in_pieces(self._left(waiting), sender)

    def give_up(self, sources: Iterable[str], reason: str) -> None:
        """Leave the texts that are not done yet, for a reason."""
        for source in self._left(sources):
            self.reasons[source] = reason

    def _left(self, sources: Iterable[str]) -> list[str]:
        return [source for source in sources if source not in self.done]

    def _sentinel(self, sources: Sequence[str], sender: Sender) -> Sentinel:
        """The words that may stand for atoms. The engine is probed for some where there are atoms."""
        if sender.engine.sentinel(0) is not None or not any(map(ATOM.search, sources)):
            return sender.engine.sentinel
        return self._probed(sources, sender)

    def _probed(self, sources: Sequence[str], sender: Sender) -> Sentinel:
        plain = (inline.plain(source) for source in sources if not ATOM.search(source))
        return safe_words(plain, lambda texts: sender.translate(texts, _untold))

    def _whole(self, sources: Sequence[str], sentinel: Sentinel, sender: Sender, done: Done) -> None:
        masked = {source: mask(source, sentinel, self.wording.kept) for source in sources}
        self._judge(masked, sender, done)

    def _marked_up(self, sources: Sequence[str], sentinel: Sentinel, sender: Sender) -> None:
        """Translate texts with a word for each code, atom, term and number."""
        kept, number = self.wording.kept, self._localized
        masked = {source: mark_up(source, sentinel, kept, number) for source in sources}
        self._judge({source: each for source, each in masked.items() if each}, sender, _untold)

    def _judge(self, masked: Mapping[str, Masked], sender: Sender, done: Done) -> None:
        found = sender.translate([each.plain for each in masked.values()], done)
        for source, each in masked.items():
            if hypothesis := found.get(each.plain):
                self._take(source, self._results(each, hypothesis))
            else:
                reason = sender.failures.get(each.plain, "the engine gave nothing")
                self.reasons.setdefault(source, reason)

    def _results(self, masked: Masked, best: Hypothesis) -> Iterator[tuple[str | None, list[str]]]:
        """What each translation of a text comes to, and the terms that are not in it."""
        for each in (best, *best.others):
            mended = mending.numbers(masked.plain, each, self.source_locale, self.locale)
            mended, unmet = self.wording.mended(masked.plain, mended)
            yield project(masked, mended), unmet

    def _take(self, source: str, results: Iterable[tuple[str | None, list[str]]]) -> None:
        """Take the first result with which nothing is wrong, better one that has all the terms."""
        for target, unmet in results:
            reason = self._fault(source, target) if target is not None else "its codes found no place"
            if reason:
                self.reasons.setdefault(source, reason)
            elif target is not None and (source not in self.done or len(unmet) < len(self.unmet[source])):
                self.done[source], self.unmet[source] = target, unmet
            if source in self.done and not self.unmet[source]:
                break

    def _fault(self, source: str, target: str) -> str:
        return fault(source, target, self.source_locale, self.locale)

    def _in_pieces(self, sources: Sequence[str], sender: Sender) -> None:
        """Translate what stands between codes by itself: worse to read, but no code can get lost."""
        parts = {source: pieces(source, self._localized) for source in sources}
        parts = {source: each for source, each in parts.items() if len(each) > 1}
        texts = {piece.strip() for each in parts.values() for said, piece in each if said}
        found = sender.translate(sorted(texts), _untold) if texts else {}
        for source, each in parts.items():
            self._take(source, [self._assembled(each, found)])

    def _assembled(
        self, parts: Sequence[tuple[bool, str]], found: Mapping[str, Hypothesis]
    ) -> tuple[str | None, list[str]]:
        """A text of which each piece was translated by itself."""
        out, unmet = list[str](), list[str]()
        for said, piece in parts:
            body = piece.strip()
            if said and body not in found:
                return None, []
            if said:
                hypothesis = mending.numbers(body, found[body], self.source_locale, self.locale)
                hypothesis, missing = self.wording.mended(body, hypothesis)
                piece = piece.replace(body, inline.escape(hypothesis.text.strip()))
                unmet += missing
            out.append(piece)
        return "".join(out), unmet

    def _localized(self, text: str) -> str:
        return mending.localized(text, self.source_locale, self.locale)


def _untold(count: int) -> None:
    """A `done` that tells nobody."""


def _untranslatable(source: str) -> str:
    """Why no engine can do anything with a text; empty where one may."""
    if not source.strip():
        return "there is nothing in it to translate"
    if _CHOICE.search(source):
        return "it has forms to choose from"
    return next(iter(inline.problems(source, source)), "")


def _is_marked(source: str) -> bool:
    """Whether a text has anything that a word could stand for."""
    return bool(inline.CODE.search(source) or ATOM.search(source) or re.search(r"\d", source))
