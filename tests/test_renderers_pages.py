"""Pages: what a reader sees of an article, and that nothing in it can change how the page is built."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from l10n.model import Article, Block, Code, CodeKind, Content, Kind, Piece, Span, State
from l10n.renderers import pages
from l10n.renderers.pages import Alternate, Link, Site, Teaser
from tests.strategies import contents

DATA = Path(__file__).parent / "data" / "renderers"
VOID = {"br", "hr", "img", "link", "meta", "wbr"}


def block(kind: Kind, *content: str | Code, **rest: Any) -> Block:
    return Block(kind, rest.pop("span", Span(0, 0)), content, **rest)


def opened(tag: str, **attributes: str) -> Code:
    return Code(CodeKind.OPEN, tag, Span(0, 0), "", tuple(attributes.items()))


def closed(tag: str) -> Code:
    return Code(CodeKind.CLOSE, tag, Span(0, 0), "")


def alone(tag: str, inner: str = "", span: Span | None = None, **attributes: str) -> Code:
    return Code(CodeKind.STANDALONE, tag, span or Span(0, 0), "", tuple(attributes.items()), inner)


def article(blocks: Iterable[Block], locale: str = "en", **metadata: str) -> Article:
    return Article("news/library", "md", locale, "", "en", tuple(blocks), metadata)


def main(*blocks: Block, locale: str = "en") -> str:
    return pages.body(article(blocks, locale)).main


def cell(section: str, row: int, step: str, text: str, **attributes: str) -> Block:
    path = ("table1", section, f"tr{row}", step)
    return block(Kind.CELL, text, path=path, attributes=tuple(attributes.items()))


def every_kind() -> list[Block]:
    return [
        block(Kind.TITLE, "The library that comes by ", opened("em"), "water", closed("em")),
        block(Kind.LABEL, "Category", role="category"),
        block(Kind.METADATA, "Culture", role="category"),
        block(Kind.LABEL, "Publication date", role="date"),
        block(Kind.METADATA, "2026-09-21", role="date"),
        block(Kind.METADATA, "Miriam Aldane", role="author"),
        block(Kind.METADATA, "A barge with books.", role="description"),
        block(Kind.TITLE, "The library that comes by ", opened("em"), "water", closed("em")),
        block(Kind.CAPTION, "Ilka Dorn, skipper"),
        block(Kind.LEAD, "Four villages, 2,300 books & one barge."),
        block(Kind.LABEL, "Points of attention", role="summary"),
        block(Kind.ITEM, "The barge carries books.", path=("ul1", "li1")),
        block(Kind.ITEM, "It comes on Tuesdays.", path=("ul1", "li2")),
        block(Kind.HEADING, "What fits in a hold", level=2),
        block(
            Kind.PARAGRAPH,
            *("No ", opened("strong"), "more", closed("strong"), " than 85 cm.", alone("br")),
            *("Send ", alone("code", "FIND <x>"), " now", alone("sup", "shelves"), " (", alone("ph"), ")."),
        ),
        block(Kind.IMAGE, path=("figure1",), attributes=(("src", "barge.svg"), ("alt", "A green barge"))),
        block(Kind.CAPTION, "At its mooring", path=("figure1", "figcaption1")),
        block(Kind.QUOTE, "I disagree about nine.", path=("blockquote1",)),
        block(Kind.QUOTE, "Dry dogs welcome."),
        block(Kind.HEADING, "A part of the part", level=4),
        block(Kind.ITEM, "books, among them", path=("ul2", "li1")),
        block(Kind.ITEM, "910 for children", path=("ul2", "li1", "ol3", "li1")),
        block(Kind.ITEM, "jigsaws", path=("ul2", "li2"), attributes=(("checked", "true"),)),
        block(Kind.PARAGRAPH, "all complete", path=("ul2", "li2")),
        block(Kind.ITEM, "an item without a list"),
        block(Kind.ITEM, "and another"),
        block(Kind.ITEM, "Heron", path=("dl1", "dt1")),
        block(Kind.ITEM, "a bird, a boat", path=("dl1", "dd1")),
        cell("thead1", 1, "th1", "Stop"),
        cell("thead1", 1, "th2", "Loans", align="right"),
        cell("tbody1", 1, "td1", "Low Ferry"),
        cell("tbody1", 1, "td2", "2,884", align="right"),
        cell("tbody1", 2, "td2", "9,036", align="right"),
        block(Kind.CODE, "> FIND bees\n  3 titles"),
        block(Kind.RULE),
        block(Kind.PARAGRAPH, opened("a", href="/timetable", title="Autumn"), "Timetable", closed("a")),
        block(Kind.NOTE, "They cost £9,120.", attributes=(("label", "shelves"),)),
        block(Kind.NOTE, "Nobody refers to this.", attributes=(("label", "lost"),)),
        block(Kind.CHROME, "By staying online, you consent to the use of cookies."),
    ]


VERSIONS = {
    tag: Alternate(f"{tag}/news/library.html", draft=tag == "uk") for tag in ("ar", "en", "uk", "es-419")
}


def page(shown: Article, site: Site | None = None, words: Mapping[str, str] | None = None) -> str:
    return pages.render_page(
        shown,
        alternates=VERSIONS,
        words=words or {},
        site=site or Site("The Courier", "https://courier.example/news"),
        assets={"prompt.js": "assets/prompt.1.js", "style.css": "assets/style.1.css"},
        home=f"{shown.locale}/index.html",
    )


class Reading(HTMLParser):
    """What a browser would make of HTML: elements, texts, and whether all nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def all(self, tag: str, **wanted: str) -> Iterator[dict[str, str | None]]:
        for name, attributes in zip(self.tags, self.attributes, strict=True):
            if name == tag and wanted.items() <= attributes.items():
                yield attributes


def test_every_kind_of_block_has_its_element() -> None:
    body = pages.body(article(every_kind()))
    parts = ("kicker", "title", "lead", "byline", "caption", "main", "notes")
    html = "\n".join(f"<!-- {part} -->\n{getattr(body, part)}" for part in parts)
    assert html + "\n" == (DATA / "every_kind.html").read_text(encoding="utf-8")


def test_the_words_of_the_site_are_not_part_of_an_article() -> None:
    html = page(article(every_kind()))
    assert "cookies" not in html
    assert html.count("The library that comes by <em>water</em>") == 1


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</p></main></body><h1>",
    "<!-- ",
    "]]> <![CDATA[ &lt;script&gt; &#60;b&#62;",
    "</title></script></style></textarea>",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnirts\u202d \u2066",
    "<\0script>\x0b",
]


def said(text: str) -> list[Block]:
    """Blocks of every kind that all say the same."""
    return [
        replace(each, content=tuple(text if isinstance(item, str) else item for item in each.content))
        for each in every_kind()
        if each.role != "date"
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_make_an_element(text: str) -> None:
    read = Reading(page(article(said(text), author=text)))
    expected = Reading(page(article(said("x"), author="x")))
    assert read.tags == expected.tags
    assert [sorted(each) for each in read.attributes] == [sorted(each) for each in expected.attributes]
    assert text.replace("\0", "\ufffd") in read.text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_word_or_name_can_make_an_element(text: str) -> None:
    words = {message.msgid: text for message in pages.MESSAGES}
    read = Reading(page(article(every_kind()), Site(text, ""), words))
    assert read.tags == Reading(page(article(every_kind()), Site("x", ""))).tags


@pytest.mark.parametrize(
    ("href", "shown"),
    [
        ("https://example.org/a?b=c&d", "https://example.org/a?b=c&d"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("tel:+380441234567", "tel:+380441234567"),
        ("../tram.html#s-2", "../tram.html#s-2"),
        ("//example.org/x", "//example.org/x"),
        ("#note-1", "#note-1"),
        ("  /spaced ", "/spaced"),
        ("javascript:alert(1)", None),
        (" \x01JaVaScRiPt:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\tdata:text/html,<script>", None),
        ("vbscript:x", None),
        ("file:///etc/passwd", None),
        ("", None),
    ],
)
def test_links_go_only_where_a_reader_may_be_sent(href: str, shown: str | None) -> None:
    html = main(block(Kind.PARAGRAPH, opened("a", href=href, onclick="x()"), "word", closed("a")))
    links = list(Reading(html).all("a"))
    assert links == ([{"href": shown}] if shown else [])
    assert Reading(html).text == "word"


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "object", "form", "svg", "base", "h1", "ph"])
def test_other_elements_leave_only_their_text(tag: str) -> None:
    content = (opened(tag, src="x"), "word", closed(tag), alone(tag, "inner", src="x"))
    html = main(block(Kind.PARAGRAPH, *content))
    assert html == "<p>wordinner</p>"


def test_containers_that_a_page_may_not_have_show_nothing() -> None:
    path = ("main1", "script1", "ul1", "li1", "iframe1", "box1")
    assert main(block(Kind.ITEM, "a", path=path[:4]), block(Kind.PARAGRAPH, "b", path=path)) == (
        "<ul><li>a<p>b</p></li></ul>"
    )


def test_there_is_no_link_in_a_link() -> None:
    inner = (opened("a", href="/2"), "two", closed("a"))
    content = (opened("a", href="/1"), "one ", *inner, " three", closed("a"))
    assert main(block(Kind.PARAGRAPH, *content)) == '<p><a href="/1">one two three</a></p>'


def test_addresses_become_those_of_the_page() -> None:
    blocks = [
        block(Kind.IMAGE, attributes=(("src", "images/a.svg"), ("href", "b.md"))),
        block(Kind.PARAGRAPH, opened("a", href="b.md"), "b", closed("a")),
    ]
    links = {"images/a.svg": Link("../assets/a.1.svg"), "b.md": Link("b.html", "en")}
    read = Reading(pages.body(article(blocks), links=links).main)
    assert [each["src"] for each in read.all("img")] == ["../assets/a.1.svg"]
    assert [each["href"] for each in read.all("a")] == ["b.html", "b.html"]


def test_alternative_texts_and_titles_are_shown_in_translation() -> None:
    image = alone("img", span=Span(10, 40), src="a.svg", alt="A barge")
    link = replace(opened("a", href="/t", title="Autumn"), span=Span(50, 51))
    end = replace(closed("a"), span=Span(60, 90))
    alt = (Piece(("Баржа",), "uk", State.REVIEWED),)
    title = (Piece(("Осінь",), "uk", State.REVIEWED),)
    blocks = [
        block(Kind.PARAGRAPH, image, link, "x", end, span=Span(0, 100)),
        block(Kind.ALT, "A barge", span=Span(12, 20), pieces=alt),
        block(Kind.ATTRIBUTE, "Autumn", span=Span(70, 80), role="title", pieces=title),
    ]
    read = Reading(main(*blocks, locale="uk"))
    assert [each["alt"] for each in read.all("img")] == ["Баржа"]
    assert [each["title"] for each in read.all("a")] == ["Осінь"]


def pieced(kind: Kind, *pieces: tuple[str, str, State, str], **rest: Any) -> Block:
    """A block in translation, a space between its sentences."""
    out: list[Piece] = []
    for text, locale, state, reason in pieces:
        out += [Piece((" ",), locale, State.REVIEWED, unit=False)] if out else []
        out.append(Piece((text,), locale, state, reason=reason))
    return block(kind, "source", pieces=tuple(out), **rest)


DRAFT, OLD = ("чернетка", "uk", State.TRANSLATED, "draft"), ("давнє", "uk", State.TRANSLATED, "outdated")
DONE, FOREIGN = ("готове", "uk", State.REVIEWED, ""), ("not yet", "en", State.INITIAL, "")


def test_what_all_of_a_block_shares_stands_on_its_element() -> None:
    foreign = pieced(Kind.PARAGRAPH, FOREIGN, FOREIGN)
    assert main(foreign, locale="uk") == '<p lang="en" dir="ltr">not yet not yet</p>'
    assert main(pieced(Kind.PARAGRAPH, DRAFT), locale="uk") == '<p data-l10n-state="draft">чернетка</p>'
    item = pieced(Kind.ITEM, FOREIGN, path=("ul1", "li1"))
    assert main(item, locale="ar") == '<ul><li><span lang="en" dir="ltr">not yet</span></li></ul>'


def test_sentences_are_marked_one_by_one_where_they_differ() -> None:
    assert main(pieced(Kind.PARAGRAPH, DONE, FOREIGN, DRAFT, OLD), locale="uk") == (
        '<p>готове <span lang="en" dir="ltr">not yet</span> <span data-l10n-state="draft">чернетка</span>'
        ' <span data-l10n-state="outdated">давнє</span></p>'
    )


def test_marks_and_codes_nest_wherever_they_begin_and_end() -> None:
    em, end = opened("em"), closed("em")
    pieces = (
        Piece((em,), "uk", State.REVIEWED, unit=False),
        Piece(("раз",), "uk", State.REVIEWED),
        Piece(("two", end), "en", State.INITIAL),
        Piece((" три",), "uk", State.REVIEWED),
    )
    assert main(block(Kind.PARAGRAPH, "x", pieces=pieces), locale="uk") == (
        '<p><em>раз<span lang="en" dir="ltr">two</span></em> три</p>'
    )


def test_a_page_tells_its_reader_of_drafts_and_of_what_is_missing() -> None:
    words = {message.msgid: f"uk: {message.msgid}" for message in pages.MESSAGES}
    notices = [message.msgid for message in pages.MESSAGES if message.note == "Notice above an article."]
    whole = page(article([pieced(Kind.TITLE, DONE), pieced(Kind.PARAGRAPH, DONE)], "uk"), words=words)
    paragraph = pieced(Kind.PARAGRAPH, DRAFT, OLD, FOREIGN)
    left_out = block(Kind.PARAGRAPH, "source", pieces=(Piece((), "uk", State.TRANSLATED, reason="outdated"),))
    mixed = page(article([pieced(Kind.TITLE, DONE), paragraph, left_out], "uk"), words=words)
    assert len(notices) == 4
    for notice in notices:
        assert f"uk: {notice}" not in whole
        assert f"<p>uk: {notice}</p>" in mixed


def test_right_to_left_pages_say_so_and_set_passages_apart() -> None:
    title = pieced(Kind.TITLE, ("عنوان", "ar", State.REVIEWED, ""))
    html = page(article([title, pieced(Kind.PARAGRAPH, FOREIGN)], "ar"))
    assert '<html lang="ar" dir="rtl">' in html
    assert '<p lang="en" dir="ltr">not yet</p>' in html
    assert next(Reading(html).all("a", hreflang="en"))["dir"] == "ltr"


def test_notes_have_the_number_of_the_source_in_every_language() -> None:
    one, two = alone("sup", "b"), alone("sup", "a")
    pieces = (Piece((two, "x", one, one), "ar", State.REVIEWED),)
    blocks = [
        block(Kind.TITLE, "T"),
        block(Kind.PARAGRAPH, one, "x", two, pieces=pieces),
        block(Kind.NOTE, "first", attributes=(("label", "a"),)),
        block(Kind.NOTE, "second", attributes=(("label", "b"),)),
        block(Kind.NOTE, "second, too", attributes=(("label", "b"),)),
    ]
    read = Reading(page(article(blocks, "ar")))
    ids = [str(each["id"]) for each in read.attributes if "id" in each]
    numbered = [each for each in ids if each.startswith(("ref-", "note-"))]
    assert numbered == ["ref-2", "ref-1", "note-1", "note-2"]
    targets = [each["href"] for each in read.all("a") if str(each["href"]).startswith("#")]
    assert targets == ["#main", "#note-2", "#note-1", "#note-1", "#ref-1", "#ref-2"]
    assert read.text.index("second, too") < read.text.index("first")


@pytest.mark.parametrize(
    ("written", "locale", "shown"),
    [
        ("2024-06-18", "en", '<time datetime="2024-06-18">June 18, 2024</time>'),
        ("2024-06-18T23:30:00+02:00", "uk", '<time datetime="2024-06-18">18 червня 2024\u202fр.</time>'),
        ("2024-06-18", "ja", '<time datetime="2024-06-18">2024年6月18日</time>'),
        ("2024-06-18", "en-XA", '<time datetime="2024-06-18">June 18, 2024</time>'),
        ("2024-13-40", "en", "2024-13-40"),
        ("12 September 2026", "en", "12 September 2026"),
    ],
)
def test_dates_are_written_as_the_locale_writes_them(written: str, locale: str, shown: str) -> None:
    block_of = article([block(Kind.TITLE, "T"), block(Kind.METADATA, written, role="date")], locale)
    for each in (block_of, article([block(Kind.TITLE, "T")], locale, date=written)):
        assert f"<dd>{shown}</dd>" in pages.body(each).byline.replace("\u00a0", "\u202f")


@pytest.mark.parametrize(
    ("locale", "facts", "shown"),
    [
        ("en", {"author": "Ada Lind, Bo Ek, Cy Ro"}, "Ada Lind, Bo Ek, and Cy Ro"),
        ("uk", {"authors": "Ada, Bo"}, "Ada і Bo"),
        ("ja", {"author": "Ada Lind, Bo Ek"}, "Ada Lind、Bo Ek"),
        ("ar", {"author": "Ada Lind, Bo Ek"}, "Ada Lind وBo Ek"),
        ("de", {"author": "Lind, Ada"}, "Lind, Ada"),
        ("en", {"author": "John Smith, Jr."}, "John Smith, Jr."),
    ],
)
def test_authors_are_listed_as_in_the_language(locale: str, facts: dict[str, str], shown: str) -> None:
    made = pages.body(article([block(Kind.TITLE, "T")], locale, **facts))
    assert f"<dd>{shown}</dd>" in made.byline


@pytest.mark.parametrize(
    ("locale", "day", "number"),
    [
        ("bn", "২১ সেপ্টেম্বর, ২০২৬", "১"),
        ("fa", "۲۱ سپتامبر ۲۰۲۶", "۱"),
        ("ar-EG", "٢١ سبتمبر ٢٠٢٦", "١"),
        ("ar", "21 سبتمبر 2026", "1"),
        ("uk", "21 вересня 2026\u202fр.", "1"),
    ],
)
def test_dates_and_numbers_have_the_digits_of_the_locale(locale: str, day: str, number: str) -> None:
    blocks = [
        block(Kind.TITLE, "T"),
        block(Kind.PARAGRAPH, "x", alone("sup", "n")),
        block(Kind.NOTE, "y", attributes=(("label", "n"),)),
    ]
    made = pages.body(article(blocks, locale, date="2026-09-21"))
    assert day in made.byline.replace("\u00a0", "\u202f")
    assert f">{number}</a></sup>" in made.main


def test_headings_leave_out_no_level_and_keep_their_ids() -> None:
    blocks = [block(Kind.HEADING, "x", level=level) for level in (3, 3, 5, 2, 6)]
    ids = ("tram", "tram", "main", "s-1", "a b")
    blocks += [block(Kind.HEADING, "x", level=2, attributes=(("id", name),)) for name in ids]
    found = re.findall(r'<(h\d) id="([^"]*)">', main(*blocks))
    assert [tag for tag, _ in found[:5]] == ["h2", "h2", "h3", "h2", "h3"]
    assert [name for _, name in found[:5]] == ["s-1", "s-2", "s-3", "s-4", "s-5"]
    assert [name for _, name in found[5:]] == ["tram", "s-7", "s-8", "s-9", "s-10"]


def test_the_head_names_every_version_of_the_page() -> None:
    html = page(article(every_kind()))
    read = Reading(html)
    base = "https://courier.example/news/"
    versions = {each["hreflang"]: each["href"] for each in read.all("link", rel="alternate")}
    assert versions == {
        **{tag: f"{base}{tag}/news/library.html" for tag in ("ar", "en", "uk")},
        "es": f"{base}es-419/news/library.html",
        "x-default": f"{base}en/news/library.html",
    }
    assert [each["href"] for each in read.all("link", rel="canonical")] == [f"{base}en/news/library.html"]
    assert [each["content"] for each in read.all("meta", property="og:locale")] == ["en_US"]
    others = [each["content"] for each in read.all("meta", property="og:locale:alternate")]
    assert others == ["ar_EG", "es", "uk_UA"]
    assert [each["content"] for each in read.all("meta", name="description")] == ["A barge with books."]


def test_without_the_address_of_the_site_pages_call_each_other_relatively() -> None:
    read = Reading(page(article(every_kind()), Site("The Courier")))
    assert next(read.all("link", hreflang="uk"))["href"] == "../../uk/news/library.html"
    assert not list(read.all("meta", property="og:url"))


def test_structured_data_says_what_the_page_says() -> None:
    html = page(article(every_kind()))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert found
    data = json.loads(found[1])
    assert data["headline"] == "The library that comes by water"
    assert (data["inLanguage"], data["datePublished"]) == ("en", "2026-09-21")
    assert data["articleSection"] == "Culture"
    assert data["image"] == "https://courier.example/news/en/news/barge.svg"


def test_the_prompt_comes_first_and_knows_the_other_versions() -> None:
    html = page(article(every_kind(), "uk"))
    region = 'id="l10n-prompt" hidden data-nosnippet'
    order = ['class="skip"', 'id="l10n-page"', region, "prompt.1.js", "<header"]
    places = [html.index(part) for part in order]
    assert places == sorted(places)
    found = re.search(r'<script type="application/json" id="l10n-page">(.*?)</script>', html)
    assert found
    data = json.loads(found[1])
    assert data["page"] == "uk"
    assert data["alternates"]["ar"] == {"href": "../../ar/news/library.html", "draft": False}
    assert set(data["alternates"]) == {"ar", "en", "es-419"}


def test_nothing_runs_or_loads_but_the_two_files() -> None:
    read = Reading(page(article(every_kind())))
    policy = next(read.all("meta", **{"http-equiv": "Content-Security-Policy"}))["content"]
    assert policy == (
        "default-src 'none'; img-src 'self' data: https:; style-src 'self'; script-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert [each["src"] for each in read.all("script") if "src" in each] == ["../../assets/prompt.1.js"]
    assert [each["href"] for each in read.all("link", rel="stylesheet")] == ["../../assets/style.1.css"]
    assert not [name for each in read.attributes for name in each if name == "style" or name.startswith("on")]
    assert "style" not in read.tags


def test_ids_are_unique_and_references_lead_to_them() -> None:
    read = Reading(page(article(every_kind())))
    ids = [each["id"] for each in read.attributes if "id" in each]
    assert len(ids) == len(set(ids))
    assert {str(each["href"])[1:] for each in read.all("a") if str(each["href"]).startswith("#")} <= set(ids)
    named = {each["aria-labelledby"] for each in read.attributes if "aria-labelledby" in each}
    assert named <= set(ids)


def test_lists_of_articles_show_what_they_are_about() -> None:
    teaser = pages.teaser(pages.body(article([*every_kind(), pieced(Kind.PARAGRAPH, DRAFT)])))
    assert teaser == Teaser(
        "en", "The library that comes by water", "A barge with books.", "Culture", "2026-09-21", draft=True
    )
    homes = {tag: Alternate(f"{tag}/index.html") for tag in ("en", "ar")}
    index = pages.render_index(
        "ar",
        {"ar/news/library.html": teaser},
        alternates=homes,
        words={"All articles": "كل المقالات"},
        site=Site("The Courier"),
        assets={"prompt.js": "p.js", "style.css": "s.css"},
    )
    read = Reading(index)
    link = next(read.all("a", href="news/library.html"))
    assert (link["lang"], link["dir"]) == ("en", "ltr")
    assert "كل المقالات" in read.text
    assert "Machine translation" in read.text
    assert next(read.all("link", hreflang="x-default"))["href"] == "../index.html"


def test_words_that_the_site_has_not_translated_are_marked_as_english() -> None:
    mark = '<span lang="en" dir="ltr">All articles</span>'
    title = [block(Kind.TITLE, "A bridge")]
    assert mark in page(article(title, "uk"))
    assert mark not in page(article(title, "en"))
    assert mark not in page(article(title, "uk"), words={"All articles": "Усі статті"})


def test_the_root_offers_languages_by_their_own_names() -> None:
    homes = {tag: Alternate(f"{tag}/index.html") for tag in ("en", "uk", "ar")}
    read = Reading(pages.render_languages(homes, site=Site("The Courier"), assets={"style.css": "s.css"}))
    assert [(each["lang"], each["href"]) for each in read.all("a")] == [
        ("ar", "ar/index.html"),
        ("en", "en/index.html"),
        ("uk", "uk/index.html"),
    ]
    assert "Українська" in read.text


def test_an_article_without_blocks_is_still_a_page() -> None:
    assert pages.body(article([])).title == "<h1>library</h1>"
    assert Reading(page(article([]))).tags.count("h1") == 1


LETTERS = st.sampled_from("<>&\"'/ aZі日ن\u200f=-") | st.characters(codec="utf-8")
TEXT = st.text(LETTERS, min_size=1, max_size=40)


@settings(deadline=None, max_examples=300)
@given(TEXT, st.sampled_from([Kind.PARAGRAPH, Kind.QUOTE, Kind.ITEM, Kind.HEADING, Kind.CODE, Kind.CAPTION]))
def test_any_text_shows_as_exactly_that_text(text: str, kind: Kind) -> None:
    body = pages.body(article([block(kind, text)]))
    shown = Reading(body.main + body.caption).text
    assert undirected(shown) == undirected(text).replace("\0", "\ufffd")


def undirected(text: str) -> str:
    """A text without bidirectional controls, which pages keep only where they are in pairs."""
    return re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a\u202eb\u202c"),
        ("\u2067a\u202bb\u2069c", "\u2067a\u202bb\u2069c"),
        ("a\u2068\u202eb", "a\u2068\u202eb\u202c\u2069"),
        ("a\u202c\u2069b", "ab"),
        ("\u202ba\u202c", "\u202ba\u202c"),
    ],
)
def test_no_text_turns_around_what_follows(text: str, shown: str) -> None:
    em = (opened("em"), text, closed("em"))
    assert main(block(Kind.PARAGRAPH, *em)).replace("</em>", "") == f"<p><em>{shown}</p>"
    assert f"<title>{shown} – The Courier</title>" in page(article([block(Kind.TITLE, text)]))


def _path(names: Sequence[str]) -> tuple[str, ...]:
    numbers = count(1)
    return tuple(f"{name}{next(numbers)}" for name in names)


CONTAINERS = [
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "tr", "td", "th", "figure", "figcaption"),
    *("blockquote", "div", "script", "box"),
]
STEPS = st.sampled_from(CONTAINERS)
BLOCKS = st.builds(
    lambda kind, content, path, level: Block(kind, Span(0, 0), content, path=path, level=level),
    st.sampled_from(Kind),
    contents(),
    st.lists(STEPS, max_size=5).map(_path),
    st.integers(0, 6),
)
ALLOWED = {
    *CONTAINERS[:14],
    "caption",
    *("a", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "p", "pre"),
    *("section", "span", "strong", "sup"),
}


@settings(deadline=None, max_examples=300)
@given(st.lists(BLOCKS, max_size=8))
def test_any_blocks_give_elements_that_nest(blocks: list[Block]) -> None:
    body = pages.body(article(blocks))
    html = "".join([body.kicker, body.title, body.lead, body.byline, body.caption, body.main, body.notes])
    assert set(Reading(html).tags) <= ALLOWED


@settings(deadline=None, max_examples=200)
@given(st.lists(st.builds(Piece, contents(), st.sampled_from(["en", "uk", "ar"]), st.sampled_from(State))))
def test_any_pieces_show_all_their_text_and_nest(made: list[Piece]) -> None:
    pieces = (Piece(("x",), "uk", State.REVIEWED), *made)
    html = main(block(Kind.PARAGRAPH, "x", pieces=pieces))
    text = "".join(item for piece in pieces for item in piece.content if isinstance(item, str))
    assert undirected(Reading(html).text) == undirected(text).replace("\0", "\ufffd")


def test_long_and_deep_articles_take_linear_time() -> None:
    links = (opened("a", href="/"), "x", closed("a")) * 20_000
    deep: Content = (*[opened("em")] * 20_000, *links, *[closed("em")] * 20_000)
    many = [block(Kind.ITEM, "x", path=("ul1", f"li{n}")) for n in range(20_000)]
    flat: Content = tuple(part for _ in range(20_000) for part in (opened("em"), "x", closed("em")))
    assert main(block(Kind.PARAGRAPH, *deep), block(Kind.PARAGRAPH, *flat), *many).count("x") == 60_000


def test_the_style_sheet_needs_nothing_else() -> None:
    css = pages.Theme({}).stylesheet()
    assert not re.search(r"url\(|@import|animation|transition|@font-face", css)


@pytest.mark.parametrize("scheme", [0, 1])
def test_colours_have_the_contrast_of_wcag(scheme: int) -> None:
    css = pages.Theme({}).stylesheet()
    colours = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[scheme]
    value = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", colours))
    pairs = [(text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "tint")]
    for text, ground in [*pairs, ("on-accent", "accent")]:
        assert _contrast(value[text], value[ground]) >= 5.5, (text, ground)


def _contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
def test_in_a_browser_pages_fit_a_phone_and_run_nothing(tmp_path: Path) -> None:
    from playwright.sync_api import sync_playwright

    long = "Donaudampfschifffahrtsgesellschaftskapitän" * 2
    cells = [cell("tbody1", 1, f"td{n}", long) for n in range(1, 6)]
    hostile = [block(Kind.PARAGRAPH, text) for text in HOSTILE]
    for locale in ("en", "ar"):
        shown = article([*every_kind(), *cells, *hostile, block(Kind.PARAGRAPH, long)], locale)
        path = tmp_path / locale / "news" / "library.html"
        path.parent.mkdir(parents=True)
        path.write_text(page(shown, Site("The Courier")), encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.1.css").write_text(pages.Theme({}).stylesheet(), encoding="utf-8")
    (tmp_path / "assets" / "prompt.1.js").write_text("", encoding="utf-8")
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport={"width": 320, "height": 640})
        tab.on("console", lambda message: said.append(message.text))
        tab.on("dialog", lambda dialog: said.append(dialog.message))
        for locale in ("en", "ar"):
            tab.goto((tmp_path / locale / "news" / "library.html").as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= 320
            assert tab.evaluate("document.scripts.length") == 3
            assert tab.locator("main h1").count() == 1
        browser.close()
    assert [text for text in said if "barge.svg" not in text and "ERR_FILE_NOT_FOUND" not in text] == []
