"""One file at a time: `l10n extract FILE -o POT` and `l10n render FILE --catalog PO`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from l10n.tasks.converting import extract_file, render_file, write_rendered
from tests.commands import done, failed, l10n

HEADER = 'msgid ""\nmsgstr ""\n"Language: uk\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def filled(template: Path, output: Path, *, mark: bool) -> None:
    """A catalog in which every target is its source, between marks or not."""
    text = template.read_text(encoding="utf-8")
    body = text.partition("\n\n")[2]
    entry = re.compile(r'msgid ((?:".*"\n)+)msgstr ""\n')
    made = entry.sub(lambda m: f"msgid {m[1]}msgstr {_marked(m[1]) if mark else m[1]}", body)
    output.write_text(HEADER + made, encoding="utf-8")


def _marked(lines: str) -> str:
    first, last = lines.index('"'), lines.rindex('"')
    return f'{lines[:first]}"⟦{lines[first + 1 : last]}⟧{lines[last:]}'


@pytest.fixture
def articles(shared: Path) -> list[Path]:
    folder = shared / "data" / "articles"
    return [next((folder / "md").glob("18f__posts_2014*")), next((folder / "html").glob("readability__001*"))]


def test_extract_fill_render_gives_back_every_byte(articles: list[Path], tmp_path: Path) -> None:
    for path in articles:
        done("extract", path, "-o", "a.pot", cwd=tmp_path)
        filled(tmp_path / "a.pot", tmp_path / "uk.po", mark=False)
        done("render", path, "--catalog", "uk.po", "-o", path.name, cwd=tmp_path)
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_a_rendered_article_has_the_units_of_its_source(
    articles: list[Path], suffix: str, tmp_path: Path
) -> None:
    (tmp_path / "l10n.toml").write_text('segment = "paragraph"\n', encoding="utf-8")
    path = tmp_path / f"a{suffix}"
    path.write_bytes(next(each for each in articles if each.suffix == suffix).read_bytes())
    extract_file(path, tmp_path / "a.pot", "en")
    filled(tmp_path / "a.pot", tmp_path / "uk.po", mark=True)
    write_rendered(render_file(path, tmp_path / "uk.po", drafts=True), path)
    extract_file(path, tmp_path / "b.pot", "en")
    before, after = (_sources(tmp_path / name) for name in ("a.pot", "b.pot"))
    assert [text.replace("⟦", "").replace("⟧", "") for text in after] == before
    assert sum("⟦" in text for text in after) == len(before)


def _sources(template: Path) -> list[str]:
    text = template.read_text(encoding="utf-8").partition("\n\n")[2]
    return [
        "".join(re.findall(r'"(.*)"', m))
        for m in re.findall(r"^msgid ((?:.*\n)+?)msgstr", text, re.MULTILINE)
    ]


def test_a_translation_that_the_format_cannot_hold_is_named_and_the_source_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\n\nIt was late.\n\nThe bus came.\n", encoding="utf-8")
    entries = 'msgid "It was late."\nmsgstr "- Пізно."\n\nmsgid "The bus came."\nmsgstr "Автобус."\n'
    (tmp_path / "uk.po").write_text(HEADER + entries, encoding="utf-8")
    said = failed(1, "render", "a.txt", "-c", "uk.po", "-o", "b.txt", cwd=tmp_path)
    assert "'It was late.'" in said
    assert "cannot hold this translation" in said
    assert (tmp_path / "b.txt").read_text(encoding="utf-8") == "Title\n\nIt was late.\n\nАвтобус.\n"


def test_a_rule_that_is_not_understood_is_a_warning(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text('<p>One</p>\n<its:translateRule selector="//p[1]" translate="no"/>\n', encoding="utf-8")
    made = extract_file(page, tmp_path / "a.pot", "en")
    assert made.written
    assert made.remarks == (
        f"{page.as_posix()}:2:1: the ITS rule for '//p[1]' is not understood and passed over",
    )
    said = l10n("extract", page, "-o", tmp_path / "b.pot", cwd=tmp_path)
    assert (said.returncode, said.stderr) == (0, f"warning: {made.remarks[0]}\n")
