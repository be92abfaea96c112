"""Reading and writing HTML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from l10n.model import Article, Kind, Piece, State, plain
from l10n.project import load_article_file
from l10n.readers import default_profile, read
from l10n.renderers import write
from tests.golden import FOLDER, agree, detail


def reading(text: str) -> Article:
    return read(text, id="a", format="html", locale="en")


def texts(text: str) -> list[str]:
    return [plain(block.content) for block in reading(text).blocks if block.translate]


def rewritten(text: str, target: str) -> str:
    """The page with its one text replaced."""
    article = reading(text)
    blocks = list(article.blocks)
    (at,) = [number for number, block in enumerate(blocks) if block.translate]
    blocks[at] = replace(blocks[at], pieces=(Piece((target,), "uk", State.REVIEWED),))
    return write(replace(article, blocks=tuple(blocks)))


def test_a_page_has_the_blocks_that_we_expect() -> None:
    article = load_article_file(FOLDER / "readers" / "html" / "page.html", "en", default_profile())
    agree("readers/html/page.blocks", detail(article))


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>One<p>Two</p>Three", ["One", "Two", "Three"]),
        ("<b><p>One</b>Two", ["OneTwo"]),
        ("</p>One</div>", ["One"]),
        ("<table><td>One<td>Two<tr><td>Three", ["One", "Two", "Three"]),
        ("One<!-->Two", ["OneTwo"]),
        ("One<!-- -- > --!>Two", ["OneTwo"]),
        ("One<!--Two", ["One"]),
        ("One</", ["One</"]),
        ("1 < 2 &lt 3 &notit; &#x41; &#0;", ["1 < 2 < 3 ¬it; A \ufffd"]),
        ("<p title=One Two>Three", ["One", "Three"]),
        ("<p title='a\"b' title=second>One", ['a"b', "One"]),
        ("<script><!--<script></script>--></script>One", ["-->", "One"]),
        ("<style></p></style><title><b>T</b></title>One", ["<b>T</b>", "One"]),
        ("<a b='>'>One</a>", ["One"]),
        ("<a b = '>' c=\"<b\" d=e'f>One</a>", ["One"]),
        ("<a ='>'>One", ["'>One"]),
        ("<a b/c='/'/>One", ["One"]),
        ("One<a b='Two>Three", ["One"]),
        ("One<a", ["One"]),
        ("One</3 x>Two</>", ["OneTwo"]),
        ("One <% if a > b %>Two<% end", ["One Two<% end"]),
        ("One<?php $a->b ?>Two<?x?>", ["OneTwo"]),
        ("<p\n>One", ["One"]),
        ("<select><option>One<option>Two</select>", ["One", "Two"]),
        ("<p>One<br/>Two<img/>", ["OneTwo"]),
        ("<?php echo 'x' ?>One<%= y %>", ["One"]),
        ("One\0", ["One\ufffd"]),
        ("<p>\u200b</p>", []),
    ],
)
def test_broken_markup_is_read_as_browsers_do(page: str, expected: list[str]) -> None:
    assert texts(page) == expected
    assert write(reading(page)) == page


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("<p>One</p>", "<b>&amp;", "<p>&lt;b&gt;&amp;amp;</p>"),
        ("<title>T</title>", "</title><script>", "<title>&lt;/title&gt;&lt;script&gt;</title>"),
        ('<img alt="a">', "a \"b\" 'c'", '<img alt="a &quot;b&quot; &#x27;c&#x27;">'),
        ("<img alt='a'>", "a 'b'", "<img alt='a &#x27;b&#x27;'>"),
        ("<img alt=a>", "a b>", "<img alt=a&#32;b&#62;>"),
        (
            '<meta name=description content="d">',
            '"><script>',
            '<meta name=description content="&quot;&gt;&lt;script&gt;">',
        ),
        (
            '<script type="application/ld+json">{"headline": "h"}</script>',
            'a "b" </script>',
            '<script type="application/ld+json">{"headline": "a \\"b\\" \\u003c/script>"}</script>',
        ),
    ],
)
def test_a_target_is_escaped_for_the_place_where_it_stands(page: str, target: str, expected: str) -> None:
    assert rewritten(page, target) == expected
    assert texts(expected) == [target]


def test_a_changed_address_or_attribute_leaves_the_unit_alone() -> None:
    one, two = (reading(f'<p>See <a href="{href}" class=x>it</a>.</p>') for href in ("/a", "/b"))
    assert [plain(block.content) for block in one.blocks] == [plain(block.content) for block in two.blocks]


def test_space_around_what_is_kept_stays() -> None:
    (block,) = reading("<p>A <code>x</code> b <span translate=no>y</span> c</p>").blocks
    assert [item if isinstance(item, str) else item.inner for item in block.content] == [
        "A ",
        "x",
        " b ",
        "y",
        " c",
    ]


def test_only_markup_says_what_is_content() -> None:
    for text in ("&lt;main&gt;", "<!-- <main> -->", "<title><article></title>", "<img alt='<main>'>"):
        assert all(block.kind is not Kind.CHROME for block in reading(f"<p>One</p>{text}").blocks)


def test_the_language_of_a_passage_ends_with_it() -> None:
    page = (
        '<html lang="en"><div lang="fr">Un<p lang="en-GB">Two</p>Trois</div><p>Four<p translate=no>No<p>Six'
    )
    assert texts(page) == ["Two", "Four", "Six"]


def test_the_pages_of_real_sites_hold_no_script(shared: Path) -> None:
    for path in sorted((shared / "data" / "articles" / "html").iterdir()):
        article = load_article_file(path, "en", default_profile())
        for block in article.blocks:
            assert not block.translate or "function(" not in plain(block.content), path.name


def test_what_is_translated_within_what_is_not_is_a_text_of_its_own() -> None:
    page = (
        '<p translate="no">ACME <span translate="yes">the firm of <span>all</span> things</span> Ltd</p>'
        "<p>One <b>two</b></p>"
    )
    assert texts(page) == ["the firm of", "all", "things", "One two"]
    assert write(reading(page)) == page


def test_entities_of_preformatted_text_are_decoded() -> None:
    (block,) = reading("<pre>a &quot;b&quot; &#60;c&#62;</pre>").blocks
    assert (block.kind, block.content) == (Kind.CODE, ('a "b" <c>',))


def ruled(selector: str, translate: str = "no", body: str = "") -> str:
    body = body or (
        '<html><body><div id="a" class="one two"><p title="T">One <b lang="en">two</b></p>'
        "<h2>Three</h2></div>"
        '<p class="x" title="U">Four</p><img alt="Five"></body></html>'
    )
    rule = f'<its:translateRule selector="{selector}" translate="{translate}"/>'
    return f'{body}<script type="application/its+xml"><its:rules version="2.0">{rule}</its:rules></script>'


@pytest.mark.parametrize(
    ("selector", "kept"),
    [
        ("//h:p", {"One two", "Four", "T", "U"}),
        ("//P[@class='x']", {"Four", "U"}),
        ("//h:p[@class]", {"Four", "U"}),
        ("//h:p[not(@class)]", {"One two", "T"}),
        ("//h:p[@class!='y']", {"Four", "U"}),
        ("//h:div/h:p/h:b", {"two"}),
        ("//h:div//h:b[@lang = 'en' and not(@id)]", {"two"}),
        ("/h:html/h:body/h:p", {"Four", "U"}),
        ("/h:body/h:p", set()),
        ("/html//div/*", {"One two", "T", "Three"}),
        ("//*[contains(concat(' ', normalize-space(@class), ' '), ' two ')]/h:h2", {"Three"}),
        ("//h:h2 | //h:p[starts-with(@class, 'x')]", {"Three", "Four", "U"}),
        ("id('a')/h:h2", {"Three"}),
        ("//h:p/@title", {"T", "U"}),
        ("//h:div//@title", {"T"}),
        ("//@*", {"T", "U", "Five"}),
        ("//h:img/@alt", {"Five"}),
    ],
)
def test_rules_of_its_keep_what_their_xpath_selects(selector: str, kept: set[str]) -> None:
    everything = ["T", "One two", "Three", "U", "Four", "Five"]
    expected = ["One " if text == "One two" and kept == {"two"} else text for text in everything]
    assert texts(ruled(selector)) == [text for text in expected if text not in kept]
    assert reading(ruled(selector)).remarks == ()


def test_the_last_rule_holds_and_an_element_has_the_last_word() -> None:
    page = (
        '<its:rules><its:translateRule selector="//*" translate="no"/>'
        '<its:translateRule selector="//h:p" translate="yes"/></its:rules>'
        "<h2>No</h2><p>Yes<b>no</b></p><p translate=no>No</p><h2 translate=yes>Yes</h2>"
    )
    assert texts(page) == ["Yes", "Yes"]


@pytest.mark.parametrize(
    "selector", ["//h:p[1]", "//h:p/text()", "//h:p/..", "h:p", "", "//h:p[", "$x", "//h:p[@a=]"]
)
def test_a_rule_that_is_not_understood_is_named_with_its_place(selector: str) -> None:
    (remark,) = reading(ruled(selector, body="<p>One</p>\n")).remarks
    assert repr(selector) in remark.message
    assert remark.at == len('<p>One</p>\n<script type="application/its+xml"><its:rules version="2.0">')


def test_rules_in_another_file_are_named() -> None:
    (remark,) = reading('<link rel="its-rules" href="its.xml" type="application/its+xml">').remarks
    assert "another file" in remark.message


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<textarea>One\nTwo</textarea>", ["One", "Two"]),
        ("<textarea translate=no>One</textarea>", []),
        ("<input type=Submit value=One><input value=no><input type=image alt=Two>", ["One", "Two"]),
        ("<optgroup label=One><option label=Two>Three</optgroup>", ["One", "Two", "Three"]),
        ("<video><track label=One>Two</video><canvas>Three</canvas>", ["One", "Two", "Three"]),
        ("<table summary=One><th abbr=Two>Three</table>", ["One", "Two", "Three"]),
        (
            "<p aria-label=One aria-description=Two aria-valuetext=Three aria-describedby=no>",
            ["One", "Two", "Three"],
        ),
        ("<svg><title>One</title><text>Two <tspan>2</tspan></text><style>no</style></svg>", ["One", "Two 2"]),
        ("<p>One <svg><desc>Two</desc></svg> three</p>", ["One  three", "Two"]),
        ("<div><svg><g>no</div>One<svg><p>Two<math><mi>x<b>y</b><p>no</math>", ["One", "Two"]),
        ("<svg><foreignObject><div>One <b>two</b></div></foreignObject></svg>", ["One two"]),
        ("<svg/>One<svg translate=no><text>no</text></svg>", ["One"]),
        ("<p>Let <math><mi>x</mi></math> be</p>", ["Let  be"]),
        ("<template>no</template><div><template shadowrootmode=open>One</template></div>", ["One"]),
        ("<link rel=alternate title=One><link rel=stylesheet title=no>", ["One"]),
        ('<meta name="twitter:label1" content=One><meta itemprop=headline content=Two>', ["One", "Two"]),
        ("<html translate=no><title>no</title><meta name=description content=no><p>no", []),
        ('<script type="application/json">{"headline": "no"}</script>One', ["One"]),
        (
            '<script type="application/ld+json">{"@graph": [{"headline": "One"}, {"name": "no"}]}</script>',
            ["One"],
        ),
        ("<iframe title=One srcdoc='<p>no</p>'>no</iframe>", ["One"]),
        ("<p>One <i lang=fr>non</i></p><p lang=de>nein</p>", ["One "]),
        ("<body lang=de><p>Eins <i lang=en>no</i>", ["Eins "]),
    ],
)
def test_what_a_visitor_reads_or_hears_is_translated_and_nothing_else(page: str, expected: list[str]) -> None:
    assert texts(page) == expected
    assert write(reading(page)) == page


def test_a_formula_and_a_drawing_are_codes_of_the_text_around_them() -> None:
    page = "<p>Let <math><mi>x</mi></math> be <svg><text>one</text></svg>.</p>"
    article = reading(page)
    blocks = tuple(
        replace(block, pieces=(Piece(tuple(reversed(block.content)), "uk", State.REVIEWED),))
        for block in article.blocks
    )
    written = write(replace(article, blocks=blocks))
    assert written == "<p>.<svg><text>one</text></svg> be <math><mi>x</mi></math>Let </p>"
