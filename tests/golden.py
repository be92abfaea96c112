"""Golden files: what a stage gave when somebody last read it through and agreed.

`GOLDEN=write scripts/test` writes them anew; read the diff before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

from l10n import inline
from l10n.model import Article, Block, plain

FOLDER = Path(__file__).parent / "data"


def agree(name: str, text: str) -> None:
    """Assert that the golden file of that name holds the text."""
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden file {name}: write it with GOLDEN=write, read it, commit it"
    assert text == path.read_text(encoding="utf-8")


def outline(article: Article, words: int = 0) -> str:
    """An article's blocks, a line each: kind, role, path and text (only its ends, with `words`)."""
    return "".join(f"{_head(block):34} {_text(block, words)}\n" for block in article.blocks)


def detail(article: Article) -> str:
    """An article's blocks, a line each: kind, role, path, form, text with codes; "-": it is kept as it is."""
    facts = "".join(f"{name} = {value!r}\n" for name, value in article.metadata.items())
    return facts + "".join(
        f"{' ' if block.translate else '-'} {_head(block):34} {_form(block):24} {_coded(block)}\n"
        for block in article.blocks
    )


def _form(block: Block) -> str:
    return f"[{block.form}]"


def _coded(block: Block) -> str:
    return repr(inline.encode(inline.numbered(block.content)))


def _head(block: Block) -> str:
    level = str(block.level or "")
    role = f" {block.role}" if block.role else ""
    path = f" {'/'.join(block.path)}" if block.path else ""
    return f"{block.kind}{level}{role}{path}"


def _text(block: Block, words: int) -> str:
    text = plain(block.content)
    if not words:
        return repr(text)
    parts = text.split()
    return f"{len(text):4} {' '.join(parts[:words])} … {parts[-1]}"
