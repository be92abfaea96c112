"""Writing an article so that no translation breaks it: what is written is read again and compared."""

from __future__ import annotations

from dataclasses import dataclass, replace

from l10n.model import Article, Block, Code
from l10n.readers import Profile, read
from l10n.renderers import write
from l10n.renderers.html import is_certain


@dataclass(frozen=True, slots=True)
class Written:
    """An article in its own format, and the blocks whose translation that format cannot hold."""

    text: str
    left: tuple[int, ...] = ()
    """Their numbers in the article; they stand in the source language."""


def write_safely(article: Article, profile: Profile) -> Written:
    """The article in its own format, such that reading it gives the same blocks with the same text.

    Writers escape what their format would take for markup, so nearly always one look is enough, and for
    most pages of HTML none is needed. Some
    texts cannot be escaped: a page text has no way to say that a dash at the start of a line is none of
    a list. Such a block is left in the source language. Where one breaks the shape of the article so
    that others are not found, twice as many are left in each round: even an article full of them takes
    few rounds.
    """
    certain = is_certain if article.format in _PAGES else _never
    left: list[int] = []
    share = 1
    while True:
        text = write(article)
        if all(certain(block) for block in article.blocks if block.changed):
            return Written(text, tuple(sorted(left)))
        again = read(
            text, id=article.id, format=article.format, locale=article.source_locale, profile=profile
        )
        wrong = _wrong(article.blocks, again.blocks, share)
        if not wrong:
            return Written(text, tuple(sorted(left)))
        left += wrong
        share *= 2
        blocks = list(article.blocks)
        for number in wrong:
            blocks[number] = replace(blocks[number], pieces=())
        article = replace(article, blocks=tuple(blocks))


def _never(_: Block) -> bool:
    return False


_PAGES = ("htm", "html", "xhtml")
"""The formats in which escaping leaves no doubt."""


def _wrong(meant: tuple[Block, ...], found: tuple[Block, ...], share: int) -> list[int]:
    """The changed blocks that are not found as meant; where the shape is lost, `share` of those near by."""
    changed = [number for number, block in enumerate(meant) if block.changed]
    if len(meant) == len(found):
        wrong = {n for n, (one, other) in enumerate(zip(meant, found, strict=True)) if not _same(one, other)}
        guilty = [number for number in changed if number in wrong]
        if guilty or not wrong:
            return guilty
    first = next(
        (n for n, pair in enumerate(zip(meant, found, strict=False)) if not _same(*pair)), len(found)
    )
    before = [number for number in changed if number <= first]
    return (before[-share:] + changed[len(before) :][: share - 1]) or changed[:share]


def _same(meant: Block, found: Block) -> bool:
    """Whether a block is found as it was meant.

    A block without a form is one of a text without markup, in which its kind can only be guessed.
    """
    shape = (meant.path, meant.level, meant.kind if meant.form else found.kind)
    return shape == (found.path, found.level, found.kind) and _said(meant) == _said(found)


def _said(block: Block) -> list[str]:
    """The words of a block and the kinds of its codes; formats differ in the white space that they keep."""
    out = []
    for item in block.shown:
        out += [f"\0{item.kind}\0{item.tag}"] if isinstance(item, Code) else item.split()
    return out
