"""Reading and writing Markdown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from l10n import inline
from l10n.model import Article, Code, Piece, State, joined, plain
from l10n.project import load_article_file
from l10n.readers import default_profile, parse_profile, read
from l10n.renderers import write
from tests.golden import FOLDER, agree, detail


def reading(text: str, format: str = "md") -> Article:
    return read(text, id="a", format=format, locale="en")


def coded(text: str) -> list[str]:
    """The translatable blocks as a translator sees them."""
    return [inline.encode(inline.numbered(b.content)) for b in reading(text).blocks if b.translate]


def rewritten(text: str, target: str, at: int = 0) -> str:
    """The article with the text of one block replaced; `<a1>` and such are its codes."""
    article = reading(text)
    blocks = list(article.blocks)
    codes = inline.codes(inline.numbered(blocks[at].content))
    content = joined([inline.decode(target, codes)])
    blocks[at] = replace(blocks[at], pieces=(Piece(content, "uk", State.REVIEWED),))
    return write(replace(article, blocks=tuple(blocks)))


@pytest.mark.parametrize("name", ["everything.md", "extensions.md", "toml.md", "expressions.mdx"])
def test_an_article_has_the_blocks_that_we_expect(name: str) -> None:
    article = load_article_file(FOLDER / "readers" / "markdown" / name, "en", default_profile())
    agree(f"readers/markdown/{name.partition('.')[0]}.blocks", detail(article))


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("One", "# Two", "\\# Two"),
        ("One", "1. Two", "1\\. Two"),
        ("One", "- Two", "\\- Two"),
        ("One", "> Two", "\\> Two"),
        ("One", "    Two", "&#32;   Two"),
        ("One", "*Two* _and_ `three`", "\\*Two\\* \\_and\\_ \\`three\\`"),
        ("One", "a * b and snake_case", "a * b and snake_case"),
        ("One", "[Two](/x)", "[Two\\](/x)"),
        ("One", "<b> & &amp; a < b", "\\<b> & &amp;amp; a < b"),
        ("One", "Two\n\nThree", "Two  Three"),
        ("One", "It costs $5 or $6", "It costs $5 or $6"),
        ("One", "$a$ {{ b }}", "\\$a\\$ &#123;{ b }}"),
        ("One", "https://example.org", "https&#58;//example.org"),
        ("# One", "Two #", "# Two \\#"),
        ("One\n===", "Two {#x}", "Two &#123;#x&#125;\n==="),
        ("| a |\n|---|\n| b |", "c | d", "| c \\| d |\n|---|\n| b |"),
        ("- [ ] One", "[x] Two", "- [ ] \\[x] Two"),
        ("> One\n> two", "Three\nfour", "> Three four"),
        ("- One\n  two", "Three", "- Three"),
        ("**One**two", "<strong1>Два,</strong1>три", "**Два,**&#1090;ри"),
        ("[One][], two\n\n[one]: /x", "<a1>Три</a1>: чотири", "[Три][One]: чотири\n\n[one]: /x"),
        ("See https://example.org/a.", "<a1/>のため", "<https://example.org/a>のため"),
        ("See https://example.org/a.", "Див. <a1/>, так", "Див. https://example.org/a, так"),
        ("$x$ is", "<math1/>2", "$x$&#50;"),
        ("See https://example.org/a.", "[x](<a1/>)", "[x\\](<https://example.org/a>)"),
        ("$x$ is", "<math1/>ми", "$x$&#1084;и"),
        ("Див. https://uk.wikipedia.org/wiki/Львів.", "<a1/>。", "<https://uk.wikipedia.org/wiki/Львів>。"),
        ("---\ntitle: One\n---\n", "Two: three", '---\ntitle: "Two: three"\n---\n'),
        ("---\ntitle: One\n---\n", "2026-01-01 at noon", '---\ntitle: "2026-01-01 at noon"\n---\n'),
        ("---\ntitle: One\n---\n", "yes", '---\ntitle: "yes"\n---\n'),
        ("---\ntitle: 'One'\n---\n", "It's", "---\ntitle: 'It''s'\n---\n"),
        ("---\ntitle: >\n  One\n  two\n---\n", "Three", "---\ntitle: >\n  Three\n---\n"),
        ("+++\ntitle = 'One'\n+++\n", "It's", '+++\ntitle = "It\'s"\n+++\n'),
        ("<div>\nOne *two*\n</div>", "<b> & *x*", "<div>\n&lt;b&gt; &amp; *x*\n</div>"),
        ("::: note One\nText\n:::", "A [b] {c}", "::: note A \\[b\\] {c}\nText\n:::"),
    ],
)
def test_a_target_is_written_in_the_plainest_way_that_is_read_as_meant(
    source: str, target: str, expected: str
) -> None:
    assert rewritten(source, target) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("A `x` b [c](/d 'e f')", ["A <code1/> b <a2>c</a2>", "e f"]),
        ("A[^1]\n\n[^1]: B", ["A<sup1/>", "B"]),
        ("![a *b* c](/d)", ["a b c"]),
        ("<span translate=no>A *b*</span> c <code>d</code>", ["<span1/> c <code2/>"]),
        ("<div translate='no'>\n\nA\n\n</div>\n\nB", ["B"]),
        ("<p>A</p>\n<pre>b</pre>\n<script>c</script>\n\n<!-- d\n\ne -->\n\nf", ["A", "f"]),
        ("<details><summary>A</summary>\n\nB\n</details>", ["A", "B"]),
        ("> <p>A\n> b</p>", ["A b"]),
        ("```\nA\n```\n\n    b\n\nC", ["C"]),
        ("{% highlight x %}\nA\n\nB\n{% endhighlight %}\n\nC", ["C"]),
        ("{% raw %}\nA", ["<ph1/> A"]),
        ("import a from 'b'\n\nexport const c = {\n  d: 1\n}\n\nimport duties rose", ["import duties rose"]),
        ("!!! note\n\n    A\n\n        b\n\nC", ["A", "C"]),
        ("Text\n!!! note", ["Text !!! note"]),
        ("- A\n\n  B\n- C", ["A", "B", "C"]),
        ("A\\\nB  \nC", ["A<br1/>B<br2/>C"]),
        ("H~2~O ^x^ ==y==", ["H~2~O ^x^ ==y=="]),
        ("[a]: /b 'Title'\n\n[a]", ["Title", "<a1>a</a1>"]),
        ("Див. https://uk.wikipedia.org/wiki/Львів, далі.", ["Див. <a1/>, далі."]),
        ("Див. https://президент.рф/а^б «www.укр.нет»", ["Див. <a1/> «<a2/>»"]),
        ("見よ https://ja.wikipedia.org/wiki/日本。次", ["見よ <a1/>。次"]),
        (
            "The [$http service](/$http), `$A` or $B and $x^2$",
            ["The <a1>$http service</a1>, <code2/> or $B and <math3/>"],
        ),
        ("A http://127.0.0.1:80, [b](/c) or https://d.e", ["A <a1/>, <a2>b</a2> or <a3/>"]),
        ("A\n:) B", ["A :) B"]),
        ("A\n: B", ["A", "B"]),
    ],
)
def test_all_that_a_reader_sees_is_translated_and_nothing_else(source: str, expected: list[str]) -> None:
    assert coded(source) == expected
    assert write(reading(source)) == source


def test_the_keys_of_front_matter_are_data() -> None:
    text = "---\ntitle: One\nkicker: Two\nog:\n  headline: Three\nslug: four\n---\n"
    profile = parse_profile({"fields": ["kicker", "og.headline"]}, default_profile())
    blocks = read(text, id="a", format="md", locale="en", profile=profile).blocks
    assert [(block.role, plain(block.content)) for block in blocks] == [
        ("kicker", "Two"),
        ("og.headline", "Three"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: One\n",
        "---\ntitle: One\ntext",
        "---\n\nA rule, and text.\n\n---\n\nMore: text\n",
        "--- \n---\nText",
        "---\ntitle: [a, \n---\nText",
        "---\ntitle: 'open\n---\nText",
        "---\ntitle: !!python/object/apply:os.system ['x']\n---\nText",
        "---\nanchor: &a x\ntitle: *a\n---\nText",
        "---\ntitle:\n \t\n---\nText",
        "+++\ntitle = \n+++\nText",
        "\ufeff---\ntitle: One\n---\nText",
    ],
)
def test_front_matter_that_is_odd_or_broken_comes_back(text: str) -> None:
    article = reading(text)
    assert write(article) == text
    assert plain(article.blocks[-1].content)


def test_types_of_front_matter_stay() -> None:
    """A translation of one value changes no other, and never turns text into a date, a number or a list."""
    import tomllib

    yaml = "---\ndate: 2026-03-03\ndraft: false\ntitle: One\nweight: 10\n---\n"
    for target in (
        "2026-03-03",
        "null",
        "[a]",
        "{a: b}",
        "- a",
        "# a",
        "a: b",
        "1e3",
        "0x1F",
        "~",
        "'",
        '"',
        "&a",
        "*a",
    ):
        made = rewritten(yaml, target)
        assert made.replace(made.splitlines()[3], "title: One") == yaml
        assert plain(reading(made).blocks[0].content) == target
        toml = rewritten('+++\ndate = 2026-03-03\ntitle = "One"\n+++\n', target)
        assert tomllib.loads(toml.replace("+++", ""))["title"] == target


def test_codes_say_what_a_translator_may_do() -> None:
    (block,) = reading("*A* [b](/c) `d`  \ne[^1]\n\n[^1]: f").blocks[:1]
    rights = {code.tag: (code.can_delete, code.can_copy) for code in block.content if isinstance(code, Code)}
    assert rights == {
        "em": (True, False),
        "a": (False, False),
        "code": (False, False),
        "br": (True, True),
        "sup": (False, False),
    }


def test_a_changed_address_leaves_the_unit_alone() -> None:
    assert coded("See [it](/a).") == coded("See [it](/b 'title').")[:1]


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("---\ncover: {src: a.png, alt: One}\n---\n", {"cover.alt": "One"}),
        (
            "---\ncover: {\"alt\":\"One\", caption: 'Tw''o', width: 3}\n---\n",
            {"cover.alt": "One", "cover.caption": "Tw'o"},
        ),
        (
            "---\na: [{title: One, b: [x, {alt: Two}]},\n  {title: Three}\n]\nd: 1\n---\n",
            {"a.title": "Three", "a.b.alt": "Two"},
        ),
        ("---\ntitle:\n  One\n  two\nsummary:\n  'Three'\n---\n", {"title": "One two", "summary": "Three"}),
        ("---\nalt: {title: One\nb: 1\n---\n", {}),
        (
            '+++\ncover = { src = "a.png", alt = "One" }\na = [ { title = "Two" }, # {\n  3 ]\n+++\n',
            {"cover.alt": "One", "a.title": "Two"},
        ),
    ],
)
def test_what_stands_in_brackets_in_front_matter_is_read(front: str, expected: dict[str, str]) -> None:
    article = reading(front)
    assert {block.role: plain(block.content) for block in article.blocks} == expected
    assert write(article) == front


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("Два", "Два"),
        ("a, b", '"a, b"'),
        ("a: b", '"a: b"'),
        ("{a}", '"{a}"'),
        ("3", '"3"'),
        ("# a", '"# a"'),
    ],
)
def test_a_target_in_brackets_stays_one_text(target: str, written: str) -> None:
    assert (
        rewritten("---\na: {alt: One, b: [c]}\n---\n", target) == f"---\na: {{alt: {written}, b: [c]}}\n---\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> [!NOTE]\n> One\n", ["One"]),
        ("> [!question]- Two *b*\n> One\n", ["Two *b*", "One"]),
        ("> > [!tip] Two\n> > One\n", ["Two", "One"]),
        ("> One\n> [!tip] two\n", ["One [!tip] two"]),
        ("- a\n- > [!tip] Two\n  > One\n\n  > [!tip]\n  > b\n", ["a", "Two", "One", "b"]),
        ("One\n> [!tip] Two\n", ["One", "Two"]),
        ('::: {.callout-note title="Two"}\nOne\n:::\n', ["Two", "One"]),
        ('=== "Two"\n\n    One\n\n=== "Four"\n\n    Three\n', ["Two", "One", "Four", "Three"]),
        ("One [two]{.small} ![](a.png){width=50%}\n", ["One [two] "]),
        ('!!! note "Two: $5"\n    One\n', ["Two: $5", "One"]),
        ("One {# no #} two {#a}\n\n{# no #}\n", ["One  two {#a}"]),
        ("One {{{ no }}} <%= no %>\n", ["One  "]),
        ("*[HTML]: Two\n\nOne HTML\n", ["Two", "One HTML"]),
        ("[TOC]\n\n[[_TOC_]]\n\nOne [TOC]\n", ["One [TOC]"]),
        ("* TOC\n{:toc}\n\n1. One\n{: .x}\n", ["One"]),
        (
            "/// note | *One*\n    open: true\n\nTwo\n///\n\nThree // four\n",
            ["*One*", "Two", "Three // four"],
        ),
        ('--8<-- "a.md"\n\nOne\n{ .annotate }\n\n[two](b){ .c }\n', ["One", "two"]),
        ("`[TOC]`\n\n    [TOC]\n    *[A]: b\n    > [!note] a\n\nOne\n", ["One"]),
    ],
)
def test_what_extensions_show_is_read_and_nothing_else(text: str, expected: list[str]) -> None:
    assert [plain(block.content) for block in reading(text).blocks if block.translate] == expected
    assert write(reading(text)) == text


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("[TOC]", "\\[TOC]"),
        ("/// note", "\\/// note"),
        ("[[toc]]", "\\[[toc]]"),
        ("*[HTML]: b", "\\*[HTML\\]: b"),
        ('=== "a"', '\\=== "a"'),
        ("{# a #}", "&#123;# a #}"),
        ("<%= a %>", "\\<%= a %>"),
        ("f(x){a=b}", "f(x)&#123;a=b}"),
    ],
)
def test_a_target_that_extensions_would_take_for_markup_is_escaped(target: str, written: str) -> None:
    assert rewritten("One\n", target) == f"{written}\n"


def test_the_title_of_a_callout_stays_one() -> None:
    text = "> [!note] One\n> Two\n"
    assert rewritten(text, "> [x] `a") == "> [!note] > \\[x\\] &#96;a\n> Two\n"
