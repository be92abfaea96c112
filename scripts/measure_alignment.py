"""How well translated articles are aligned: articles made of parallel sentences, and spoiled as articles are.

    scripts/measure_alignment.py FOLDER SOURCE TARGET

The folder holds files of the same number of lines, `*.SOURCE` and `*.TARGET`, a sentence in each. Made of
them are articles of paragraphs in which sentences are left out and joined. Printed are precision and recall
of what would become drafts, of the same by length alone and by position, and how often drafts of each score
are right.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from l10n.aligning import align, likenesses
from l10n.model import Article, Unit, plain
from l10n.readers import default_profile, read
from l10n.segmenters import segment

SIZE = 40
"""Sentences in an article."""
LOST, JOINED, PARAGRAPH = 0.04, 0.05, 0.35
LEAST = 0.5
"""The probability from which on there is a draft."""
NAMES = ("all", "length", "position")
Side = tuple[Article, tuple[Unit, ...]]
Found = tuple[int, int, float]
"""Which parallel sentence became the draft of which, and how probable that is."""


def main() -> None:
    folder, one, other = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    scores: dict[int, Counter[bool]] = {}
    for name, (precision, recall) in measured(folder, one, other, scores=scores).items():
        print(f"{one}-{other} {name:9} precision {precision:6.1%}  recall {recall:6.1%}")
    for score in sorted(scores):
        seen = scores[score]
        print(f"    score {score:3}..  {seen[True]:4} of {seen.total():4} right")


def measured(
    folder: Path,
    one: str,
    other: str,
    lines: int | None = None,
    scores: dict[int, Counter[bool]] | None = None,
) -> dict[str, tuple[float, float]]:
    """Precision and recall by name of the way, over the first `lines` sentences or all."""
    texts = [next(folder.glob(f"*.{tag}")).read_text(encoding="utf-8").splitlines() for tag in (one, other)]
    pairs = list(islice(zip(*texts, strict=True), lines))
    chance = random.Random(1993)
    counts = {name: Counter[str]() for name in NAMES}
    for start in range(0, len(pairs) - SIZE + 1, SIZE):
        made = list(spoiled(pairs[start : start + SIZE], chance))
        sides = [side(made, at, tag) for at, tag in enumerate((one, other))]
        places = [[line_of(made, at, unit) for unit in each[1]] for at, each in enumerate(sides)]
        for name in NAMES:
            found = list(drafts(name, sides, places))
            right = {one for one, other, _ in found if one == other}
            wrong = [one for one, other, _ in found if one != other]
            counts[name].update(
                gold=len(set(places[0]) & set(places[1])), found=len(right) + len(wrong), right=len(right)
            )
            if scores is not None and name == "all":
                for a, b, probability in found:
                    scores.setdefault(int(probability * 10) * 10, Counter())[a == b] += 1
    return {name: (c["right"] / c["found"], c["right"] / c["gold"]) for name, c in counts.items()}


def spoiled(pairs: list[tuple[str, str]], chance: random.Random) -> Iterator[tuple[str, str, bool]]:
    """(source, target, whether a paragraph begins): some left out on either side, some joined."""
    at = 0
    while at < len(pairs):
        one, other = pairs[at]
        begins, dice = chance.random() < PARAGRAPH, chance.random()
        if dice < LOST:
            yield (one, "", begins) if chance.random() < 0.5 else ("", other, begins)
        elif dice < LOST + JOINED and at + 1 < len(pairs):
            at += 1
            joint = other.rstrip(".!?。") + ", " + pairs[at][1][:1].lower() + pairs[at][1][1:]
            yield f"{one} {pairs[at][0]}", joint, begins
        else:
            yield one, other, begins
        at += 1


def side(made: list[tuple[str, str, bool]], at: int, locale: str) -> Side:
    """One of the two articles, as read and segmented."""
    text = "# Title\n"
    for sentence in made:
        if sentence[at]:
            text += ("\n\n" if sentence[2] else " ") + str(sentence[at])
    article = read(text, id="x", format="md", locale=locale, profile=default_profile())
    return article, segment(article)


def line_of(made: list[tuple[str, str, bool]], at: int, unit: Unit) -> int:
    """Which of the parallel sentences a unit is, or is a part of; -1 for the title."""
    text = plain(unit.source)
    return next((number for number, each in enumerate(made) if text in str(each[at])), -1)


def drafts(name: str, sides: list[Side], places: list[list[int]]) -> Iterator[Found]:
    """What becomes a draft of what."""
    if name == "position":
        yield from ((a, b, 1.0) for a, b in zip(*places, strict=False))
        return
    by_unit = [
        {id(unit): line for unit, line in zip(each[1], lines, strict=True)}
        for each, lines in zip(sides, places, strict=True)
    ]
    gain, loss = dict(likenesses._GAIN), dict(likenesses._LOSS)
    if name == "length":
        likenesses._GAIN.update(dict.fromkeys(gain, 0.0))
        likenesses._LOSS.update(dict.fromkeys(loss, 0.0))
    for each in align(*sides):
        if len(each.source) == 1 and each.target and each.probability >= LEAST:
            there = {by_unit[1][id(unit)] for unit in each.target}
            yield by_unit[0][id(each.source[0])], there.pop() if len(there) == 1 else -2, each.probability
    likenesses._GAIN.update(gain)
    likenesses._LOSS.update(loss)


if __name__ == "__main__":
    main()
