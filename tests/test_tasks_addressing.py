"""Links and pictures of a locale: what leads elsewhere, and what has a version of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from l10n.links import CONTEXT, is_address
from l10n.model import Entry, State
from l10n.readers import default_profile, read
from l10n.tasks.addressing import readdress
from tests.commands import done, failed

ENGLISH, UKRAINIAN = "https://en.example.org/wiki/Tram", "https://uk.example.org/wiki/Трамвай"
ARTICLES = {
    "md": f"# Tram\n\nThe [tram]({ENGLISH} 'Title') runs. ![Harbour](images/harbour.svg)\n",
    "html": f'<h1>Tram</h1>\n<p>The <a class=x href="{ENGLISH}">tram</a> <img src="images/harbour.svg"'
    ' alt="Harbour"> runs.</p>\n',
}


def entries(target: str) -> dict[tuple[str | None, str], Entry]:
    entry = Entry(ENGLISH, target=target, context=CONTEXT, state=State.REVIEWED)
    return {entry.key: entry}


def renamed(text: str, format: str, target: str, folder: Path) -> str:
    article = read(text, id="tram", format=format, locale="en")
    return readdress(article, folder / f"tram.{format}", entries(target), "uk", default_profile()).source


@pytest.fixture
def project(tmp_path: Path) -> Path:
    seeds = tmp_path / "seeds" / "images"
    seeds.mkdir(parents=True)
    (tmp_path / "l10n.toml").write_text(
        'source = "en"\ntargets = ["uk", "de"]\nlinks = ["https://en.example.org/*"]\n'
        "[publish]\ncoverage = 0\nfallback = 'sentence'\n",
        encoding="utf-8",
    )
    links = f"The [tram]({ENGLISH}) and [ship](https://other.example) run."
    article = f"# Tram\n\n{links}\n\n![](images/harbour.svg)\n"
    (tmp_path / "seeds" / "tram.md").write_text(article, encoding="utf-8")
    for name in ("harbour", "harbour.uk"):
        svg = f'<svg xmlns="http://www.w3.org/2000/svg"><title>{name}</title></svg>'
        (seeds / f"{name}.svg").write_text(svg, encoding="utf-8")
    done("update", cwd=tmp_path)
    return tmp_path


def translate(path: Path, source: str, target: str) -> None:
    text = path.read_text(encoding="utf-8")
    before = f'msgid "{source}"\nmsgstr ""\n'
    assert before in text
    path.write_text(text.replace(before, f'msgid "{source}"\nmsgstr "{target}"\n'), encoding="utf-8")


def translate_article(path: Path) -> None:
    """Its title and its lead, without which no page is published."""
    translate(path, "Tram", "T")
    text = "The <a1>tram</a1> and <a2>ship</a2> run."
    translate(path, text, text.replace("The", "T"))


def test_a_page_links_to_what_its_locale_has(project: Path) -> None:
    site = project / "locales" / "uk" / "LC_MESSAGES" / "site.po"
    assert 'msgctxt "link"' in site.read_text(encoding="utf-8")
    assert "other.example" not in site.read_text(encoding="utf-8")
    translate(site, ENGLISH, UKRAINIAN)
    for tag in ("uk", "de"):
        translate_article(project / "locales" / tag / "LC_MESSAGES" / "tram.po")
    done("build", cwd=project)
    for tag, link, picture in (("uk", UKRAINIAN, "harbour.uk.svg"), ("de", ENGLISH, "harbour.svg")):
        page = (project / "dist" / tag / "tram.html").read_text(encoding="utf-8")
        assert f'href="{link}"' in page
        assert f"media/images/{picture}" in page
        assert 'href="https://other.example"' in page
        text = (project / "dist" / "articles" / tag / "tram.md").read_text(encoding="utf-8")
        assert f"]({link})" in text
        assert f"(images/{picture})" in text
    assert (project / "dist" / "media" / "images" / "harbour.uk.svg").is_file()


def test_one_file_by_itself(project: Path) -> None:
    source = project / "seeds" / "tram.md"
    done("extract", source, "-o", "tram.pot", cwd=project)
    text = (project / "tram.pot").read_text(encoding="utf-8").replace("Language: ", "Language: uk", 1)
    (project / "tram.po").write_text(text, encoding="utf-8")
    translate(project / "tram.po", ENGLISH, UKRAINIAN)
    rendered = done("render", source, "--catalog", "tram.po", cwd=project)
    assert rendered == source.read_text(encoding="utf-8").replace(ENGLISH, UKRAINIAN).replace(
        "harbour.svg", "harbour.uk.svg"
    )


def test_what_no_link_may_hold_is_an_error_and_is_not_shown(project: Path) -> None:
    site = project / "locales" / "uk" / "LC_MESSAGES" / "site.po"
    translate(site, ENGLISH, "javascript:alert(1)")
    translate_article(site.with_name("tram.po"))
    failed(1, "check", "--locale", "uk", cwd=project)
    done("build", cwd=project)
    page = (project / "dist" / "uk" / "tram.html").read_text(encoding="utf-8")
    assert "<h1>T</h1>" in page
    assert "javascript:alert" not in page


@pytest.mark.parametrize("format", ARTICLES)
def test_only_the_address_changes(format: str, tmp_path: Path) -> None:
    text = ARTICLES[format]
    first = text.replace(ENGLISH, UKRAINIAN, 1)
    assert renamed(text, format, UKRAINIAN, tmp_path) == first
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "harbour.uk.svg").touch()
    assert renamed(text, format, UKRAINIAN, tmp_path) == first.replace("harbour.svg", "harbour.uk.svg")


@given(
    st.sampled_from(sorted(ARTICLES)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map("https://a.example/".__add__)
    | st.sampled_from(["/uk/a_b_c", "mailto:a@b.example", "tel:+380", "#top", "a?b=c&copy;d&amp=1"]),
)
def test_any_address_leaves_the_article_as_it_is(format: str, target: str) -> None:
    before = read(ARTICLES[format], id="tram", format=format, locale="en")
    article = readdress(before, Path("none/tram"), entries(target), "uk", default_profile())
    texts = [[item for item in block.content if isinstance(item, str)] for block in before.blocks]
    assert [[item for item in block.content if isinstance(item, str)] for block in article.blocks] == texts
    if not is_address(target):
        assert article is before


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        "data:text/html,x",
        "vbscript:x",
        "",
        "a b",
        "a\nb",
        'x"y',
        "a)b",
        "<a>",
    ],
)
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)
