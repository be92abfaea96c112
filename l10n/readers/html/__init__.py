"""The HTML reader: what a visitor of the page reads becomes blocks; every byte else stays where it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import NamedTuple

from l10n.errors import ConfigError
from l10n.laziness import expression
from l10n.locales import normalize
from l10n.model import Attributes, Block, Code, CodeKind, Kind, Remark, Span, plain
from l10n.readers import Reading
from l10n.readers.html.drawings import drawn_blocks
from l10n.readers.html.head import data_blocks, meta_block, meta_fact
from l10n.readers.html.its import Rules, Said, States, rules_of
from l10n.readers.html.runs import Run, code, is_blank, is_seen, run, tag_of
from l10n.readers.html.tokens import VOID, Attribute, Token, Type, attributes, tokens
from l10n.readers.html.translating import Scope, entered, read_attributes
from l10n.readers.positions import in_order
from l10n.readers.profiles import Profile

_INLINE_NAMES = """
a abbr acronym b bdi bdo big br cite code data del dfn em font i img input ins kbd label map mark meter nobr
output progress q rp rt ruby s samp small span strike strong sub sup time tt u var wbr
"""
_CONTAINER_NAMES = "ul ol li blockquote table thead tbody tfoot tr td th figure figcaption caption dl dt dd"
_INLINE = frozenset(_INLINE_NAMES.split())
"""Elements that are part of running text; every other begins and ends a block."""
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_CLOSED_BY: dict[str, set[str]] = {
    "li": {"li", "p"},
    "dt": {"dt", "dd", "p"},
    "dd": {"dt", "dd", "p"},
    "td": {"td", "th", "p"},
    "th": {"td", "th", "p"},
    "tr": {"td", "th", "tr", "p"},
    "option": {"option"},
}
"""What a start tag ends that has no end tag of its own (13.1.2.4, optional tags), innermost first."""
_CELLS = {"td", "th"}
"""Containers that are numbered within their row: an empty cell is no block, but leaves a gap."""
_CHROME = {"nav", "header", "footer", "aside", "form", "menu", "dialog"}
_CONTENT = {"main", "article"}
_HIDDEN = {
    "script",
    "style",
    "head",
}
_FALLBACKS = {"object", "canvas", "audio", "video"}
"""Their text is for whoever cannot see them, and no part of the article's own."""
_UNTOUCHED = {"pre", "template"}
_FOREIGN = {"svg", "math"}
_BREAKOUT_NAMES = """
b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu
meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var
"""
_BREAKOUTS = frozenset(_BREAKOUT_NAMES.split())
_INTEGRATIONS = ("foreignobject", "desc", "title", "annotation-xml", "mtext", "mi", "mo", "mn", "ms")
"""Elements of drawings and formulas in which HTML may stand."""
_SHADOW_ROOTS = {"shadowrootmode", "shadowroot"}
"""They make of a template what a page shows at once."""
_KINDS = {
    "li": Kind.ITEM,
    "dt": Kind.ITEM,
    "dd": Kind.ITEM,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    "legend": Kind.CAPTION,
}
_LINE = expression(r"[^\r\n]+")
_NOTED = frozenset(("html", "body", "meta", "link", "time", "script"))
"""Elements that say something about the page."""
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_LEADS = frozenset(("lead", "lede", "standfirst"))
_BYLINES = frozenset(("byline", "author", "dateline"))
_MAY_HAVE_LEAD = expression(
    rf"""\bclass\s*=\s*(?:"[^"]*|'[^']*|[^\s"'<>]{{0,99}})\b(?:{"|".join(sorted(_LEADS))})\b""", re.IGNORECASE
)
_MAY_HAVE_CONTENT = expression(r"<(?:main|article)[\s/>]", re.IGNORECASE)
_KEPT = (
    "href",
    "src",
    "width",
    "height",
    "title",
    "alt",
    "datetime",
    "colspan",
    "rowspan",
    "cite",
    "lang",
    "dir",
)


class _Frame(NamedTuple):
    """An open element."""

    name: str
    path: tuple[str, ...]
    scope: Scope
    chrome: bool
    hidden: bool = False
    """Whether nothing within it is seen as text."""
    attributes: Attributes = ()
    classes: frozenset[str] = frozenset()
    states: States = ()


@dataclass
class _Reader:
    """The page so far."""

    page: str
    has_content: bool
    """Whether the page says by an element which part of it is the article."""
    names_lead: bool
    """Whether it says so of the lead by a class."""
    lang: str = ""
    rules: Rules = field(default_factory=Rules)
    inlines: list[tuple[str, States]] = field(default_factory=list)
    """The elements that are open within running text, where there are rules."""
    frames: list[_Frame] = field(default_factory=list)
    open: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    items: list[Span | Code] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    titled: bool = False
    led: bool = False
    holds_data: bool = False
    """Whether the script under way is no program but JSON-LD."""

    @property
    def top(self) -> _Frame:
        return self.frames[-1]

    @property
    def translates(self) -> bool:
        """Whether text is translated at this place of the page."""
        return self.top.scope.active(self.lang)


def read_html(text: str, profile: Profile) -> Reading:
    """Read a page, or a fragment of one. Nothing about it is an error: browsers read anything."""
    has_content, names_lead = (
        _says(text, _MAY_HAVE_CONTENT, _is_content),
        _says(text, _MAY_HAVE_LEAD, _is_lead),
    )
    reader = _Reader(text, has_content, names_lead, profile.locale)
    reader.frames.append(_Frame("", (), Scope(), reader.has_content))
    blocks = tuple(_walked(reader))
    return Reading(blocks, reader.facts, tuple(Remark(*each) for each in reader.rules.unread))


class Fragments:
    """HTML that stands in pieces within a text of another format: all of it is content.

    What one piece leaves open holds for what follows, the text of the other format too.
    """

    def __init__(self, lang: str) -> None:
        self._reader = _Reader("", True, False, lang)
        self._reader.frames.append(_Frame("", (), Scope(), False))
        self._reader.open["article"] = 1

    @property
    def translates(self) -> bool:
        """Whether text after the last piece is translated."""
        return self._reader.translates

    @property
    def counts(self) -> Counter[str]:
        """How many of each container there have been, by which paths number them."""
        return self._reader.counts

    def read(self, piece: str, titled: bool) -> list[Block]:
        """The blocks of the next piece, their spans counted from its start; `titled`: there was a title."""
        self._reader.page, self._reader.titled, self._reader.led = piece, titled, True
        return _walked(self._reader)


def _walked(reader: _Reader) -> list[Block]:
    """The blocks of the page, or of the piece of it, that the reader has."""
    _take_rules(reader)
    stream = tokens(reader.page)
    for token in stream:
        _HANDLERS[token.type](reader, token, stream)
    _flush(reader)
    blocks, reader.blocks = reader.blocks, []
    return in_order(blocks)


def _take_rules(reader: _Reader) -> None:
    """Let the rules that the page states hold from here on."""
    found = rules_of(reader.page)
    if found.paths or found.unread:
        reader.rules = Rules(reader.rules.paths + found.paths, found.unread)
        start = found.start()
        reader.frames = [frame._replace(states=frame.states + start) for frame in reader.frames]


def _says(text: str, hint: re.Pattern[str], test: Callable[[str, Token], bool]) -> bool:
    """Whether some element passes a test; only a page with the hint is looked through."""
    return bool(hint.search(text)) and any(
        test(text, token) for token in tokens(text) if token.type is Type.START
    )


def _is_content(text: str, token: Token) -> bool:
    return token.name in _CONTENT


def _is_lead(text: str, token: Token) -> bool:
    if not _MAY_HAVE_LEAD.search(text, token.start, token.end):
        return False
    return bool(_LEADS & _classes(attributes(text, token)))


def _text(reader: _Reader, token: Token, _: Iterator[Token]) -> None:
    """Text joins the run under way; white space begins none."""
    if reader.items or not is_blank(reader.page, token.start, token.end):
        reader.items.append(token.span)


def _other(reader: _Reader, token: Token, _: Iterator[Token]) -> None:
    """A comment or an instruction: between words it is a code, elsewhere nothing."""
    if reader.items:
        reader.items.append(code(CodeKind.STANDALONE, "ph", token.span, reader.page))


def _raw(reader: _Reader, token: Token, _: Iterator[Token]) -> None:
    if token.name == "script" and reader.holds_data and reader.translates:
        reader.blocks += data_blocks(reader.page, token.span)
    elif token.name == "title":
        found = run(reader.page, [token.span])
        if found:
            block = Block(Kind.METADATA, found.span, found.content, form="rcdata", role="title")
            reader.blocks.append(replace(block, translate=reader.translates))
    elif token.name == "textarea":
        for line in _LINE.finditer(reader.page, token.start, token.end):
            if found := run(reader.page, [Span(*line.span())]):
                _add_text(reader, found, "rcdata")


def _start(reader: _Reader, token: Token, stream: Iterator[Token]) -> None:
    named = attributes(reader.page, token)
    if token.name in _NOTED:
        _note(reader, token, named)
    inline = token.name in _INLINE or token.name in _FOREIGN
    if not inline:
        _flush(reader)
        _close_implied(reader, token.name)
    said = _ruled(reader, token.name, named) if reader.rules.paths else _UNRULED
    scope = entered(reader.top.scope, named, said.text)
    translates = scope.active(reader.lang)
    if inline and _is_freed(reader, token.name, translates):
        inline = False
        _flush(reader)
    after = None
    if not inline:
        _open(reader, token, named, scope, said.states, stream)
    elif token.name in _FOREIGN:
        after = _foreign(reader, token, scope, stream)
    elif token.name not in VOID and (token.name == "code" or (reader.translates and not translates)):
        _skip(reader, token, stream)
    else:
        kind = CodeKind.STANDALONE if token.name in VOID else CodeKind.OPEN
        reader.items.append(code(kind, tag_of(token.name), token.span, reader.page, _plain(named)))
        if said.states and kind is CodeKind.OPEN:
            reader.inlines.append((token.name, said.states))
    if named and not _says_nothing(token.name, named):
        _read_attributes(reader, token, named, translates, said)
    if after:
        _HANDLERS[after.type](reader, after, stream)


_UNRULED = Said()


def _says_nothing(name: str, named: dict[str, Attribute]) -> bool:
    """Whether the title of an element is a name for programs: that of a sheet of styles."""
    return name == "meta" or (name == "link" and "stylesheet" in named.get("rel", _NONE).value.lower())


def _ruled(reader: _Reader, name: str, named: dict[str, Attribute]) -> Said:
    """What the page's rules say of an element at this place."""
    above = reader.inlines[-1][1] if reader.inlines else reader.top.states
    return reader.rules.enter(above, name, named)


def _is_freed(reader: _Reader, name: str, translates: bool) -> bool:
    """Whether an inline element is translated within text that is not: it is a block of its own then.

    So are those of its name within it, which keeps its end apart from theirs.
    """
    return translates and name not in VOID | _FOREIGN and (not reader.translates or reader.open[name] > 0)


def _end(reader: _Reader, token: Token, _: Iterator[Token]) -> None:
    if token.name in _INLINE and not reader.open[token.name]:
        reader.items.append(code(CodeKind.CLOSE, tag_of(token.name), token.span, reader.page))
        if any(name == token.name for name, _ in reader.inlines):
            while reader.inlines.pop()[0] != token.name:
                pass
        return
    _flush(reader)
    if reader.open[token.name]:
        while _pop(reader) != token.name:
            pass


def _open(
    reader: _Reader,
    token: Token,
    named: dict[str, Attribute],
    scope: Scope,
    states: States,
    stream: Iterator[Token],
) -> None:
    if token.name == "hr":
        reader.blocks.append(Block(Kind.RULE, token.span, (), path=reader.top.path, translate=False))
    if token.name in VOID:
        return
    if token.name in _UNTOUCHED and _SHADOW_ROOTS.isdisjoint(named):
        _untouched(reader, token, stream)
        return
    path = reader.top.path
    if token.name in _CONTAINERS:
        counted = " ".join(path) if token.name in _CELLS else token.name
        reader.counts[counted] += 1
        path = (*path, f"{token.name}{reader.counts[counted]}")
    chrome = _is_chrome(reader, token.name)
    hidden = reader.top.hidden or token.name in _HIDDEN
    frame = _Frame(token.name, path, scope, chrome, hidden, _plain(named), _classes(named), states)
    reader.frames.append(frame)
    reader.inlines.clear()
    reader.open[token.name] += 1


def _is_chrome(reader: _Reader, name: str) -> bool:
    """Whether what stands in an element is the site's and not the article's."""
    if name in _CONTENT:
        return False
    if name in _FALLBACKS:
        return True
    return reader.top.chrome or (name in _CHROME and not any(reader.open[each] for each in _CONTENT))


_NONE = Attribute("", Span(0, 0), "none")


def _classes(named: dict[str, Attribute]) -> frozenset[str]:
    return frozenset(named["class"].value.lower().split()) if "class" in named else frozenset()


def _close_implied(reader: _Reader, name: str) -> None:
    closes = _CLOSED_BY.get(name, {"p"})
    while len(reader.frames) > 1 and reader.top.name in closes:
        if _pop(reader) == name and name != "p":
            return


def _pop(reader: _Reader) -> str:
    name = reader.frames.pop().name
    reader.inlines.clear()
    reader.open[name] -= 1
    return name


def _foreign(reader: _Reader, token: Token, scope: Scope, stream: Iterator[Token]) -> Token | None:
    """A drawing or a formula: one code, the texts of a drawing blocks within it.

    Where its own end is missing it ends before a tag of the page around it, which is returned.
    """
    texts: list[Span] = []
    end, after = token.end, None
    opened = [token.name] if reader.page[token.end - 2] != "/" else []
    within = Counter(opened)
    while opened and (inner := next(stream, None)):
        if _breaks_out(reader, inner, within):
            after = inner
            break
        end = inner.end
        if inner.type is Type.TEXT:
            texts.append(inner.span)
        elif inner.type is Type.START and inner.name not in VOID and reader.page[inner.end - 2] != "/":
            opened.append(inner.name)
            within[inner.name] += 1
        while inner.type is Type.END and within[inner.name]:
            within[opened[-1]] -= 1
            if opened.pop() == inner.name:
                break
    span, named = Span(token.start, end), _plain(attributes(reader.page, token))
    said = run(reader.page, list(texts)) if token.name == "math" else None
    shown = plain(said.content) if said else ""
    reader.items.append(code(CodeKind.STANDALONE, token.name, span, reader.page, named, shown))
    if token.name == "svg":
        reader.blocks += drawn_blocks(reader.page, span, scope, reader.lang, reader.top.path)
    return after


def _breaks_out(reader: _Reader, token: Token, within: Counter[str]) -> bool:
    """Whether a tag cannot stand in a drawing or a formula (13.2.6.5), and so ends it."""
    if token.type is Type.START:
        return token.name in _BREAKOUTS and not any(within[name] for name in _INTEGRATIONS)
    return token.type is Type.END and not within[token.name] and reader.open[token.name] > 0


def _skip(reader: _Reader, token: Token, stream: Iterator[Token]) -> None:
    """An inline element that is kept whole: one code from its start to its end."""
    depth, end, text = 1, token.end, []
    for inner in stream:
        end = inner.end
        if inner.type is Type.TEXT:
            text.append(inner.span.of(reader.page))
        depth += (inner.type is Type.START) - (inner.type is Type.END) if inner.name == token.name else 0
        if not depth:
            break
    shown = run("".join(text), [Span(0, len("".join(text)))])
    inner_text = "".join(item for item in shown.content if isinstance(item, str)) if shown else ""
    span = Span(token.start, end)
    attrs = _plain(attributes(reader.page, token))
    reader.items.append(code(CodeKind.STANDALONE, tag_of(token.name), span, reader.page, attrs, inner_text))


def _untouched(reader: _Reader, token: Token, stream: Iterator[Token]) -> None:
    """A block that is kept whole; preformatted text is shown as it is."""
    start = end = token.end
    depth = 1
    for inner in stream:
        end = inner.start
        depth += (inner.type is Type.START) - (inner.type is Type.END) if inner.name == token.name else 0
        if not depth:
            break
    if token.name == "pre":
        text = unescape(re.sub(r"<[^>]*>", "", reader.page[start:end]))
        content, span = (text,) if text else (), Span(start, end)
        reader.blocks.append(Block(Kind.CODE, span, content, path=reader.top.path, translate=False))


def _flush(reader: _Reader) -> None:
    """End the run under way: its text becomes a block, a picture without text another."""
    if not reader.items:
        return
    items, reader.items = reader.items, []
    found = None if reader.top.hidden else run(reader.page, items)
    if found is None:
        return
    if is_seen(found.content):
        _add_text(reader, found)
        return
    for item in found.content:
        if isinstance(item, Code) and item.tag == "img" and not reader.top.chrome:
            picture = Block(Kind.IMAGE, item.span, (), path=reader.top.path, translate=False)
            reader.blocks.append(replace(picture, attributes=item.attributes))


def _add_text(reader: _Reader, found: Run, form: str = "text") -> None:
    frame = reader.top
    kind = _kind(reader, frame)
    level = _LEVELS.get(frame.name, 0)
    attrs: Attributes = ()
    if kind is Kind.CELL and frame.attributes:
        attrs = tuple([pair for pair in frame.attributes if pair[0] in ("colspan", "rowspan")])
    role = "byline" if kind is Kind.METADATA else ""
    translate = reader.translates
    reader.blocks.append(
        Block(kind, found.span, found.content, form, frame.path, level, role, attrs, translate)
    )


def _kind(reader: _Reader, frame: _Frame) -> Kind:
    if frame.chrome:
        return Kind.CHROME
    if frame.name == "h1" and not reader.titled:
        reader.titled = True
        return Kind.TITLE
    if frame.name in _LEVELS:
        return Kind.HEADING
    if frame.name in _KINDS:
        return _KINDS[frame.name]
    if any(step.startswith("blockquote") for step in frame.path):
        return Kind.QUOTE
    if _BYLINES & frame.classes:
        return Kind.METADATA
    if _leads(reader, frame):
        reader.led = True
        return Kind.LEAD
    return Kind.PARAGRAPH


def _leads(reader: _Reader, frame: _Frame) -> bool:
    """Whether a paragraph is the lead: the page says so, or it is the first after the title."""
    if reader.names_lead:
        return bool(_LEADS & frame.classes)
    return reader.titled and not reader.led and not frame.path and frame.name == "p"


def _note(reader: _Reader, token: Token, named: dict[str, Attribute]) -> None:
    """What the head and the times of a page say about it."""
    if token.name == "script":
        reader.holds_data = named.get("type", _NONE).value.strip().lower() == "application/ld+json"
    elif token.name in ("html", "body") and "lang" in named and "lang" not in reader.facts:
        try:
            reader.facts["lang"] = reader.lang = normalize(named["lang"].value)
        except ConfigError:
            return  # not a language tag: nothing is known of the page's language
    elif token.name == "time" and "datetime" in named:
        reader.facts.setdefault("date", named["datetime"].value)
    elif token.name == "link" and named.get("rel", _NONE).value == "canonical":
        reader.facts.setdefault("canonical", named.get("href", _NONE).value)
    elif token.name == "meta":
        if reader.translates and (block := meta_block(named)):
            reader.blocks.append(block)
        reader.facts |= meta_fact(named)


def _read_attributes(
    reader: _Reader, token: Token, named: dict[str, Attribute], translates: bool, said: Said
) -> None:
    """Attributes that a visitor reads or hears are blocks of their own."""
    for name in read_attributes(token.name, named, translates, said.attributes):
        found = named[name]
        text = " ".join(found.value.split())
        if text and found.span.end > found.span.start:
            kind = Kind.ALT if name == "alt" else Kind.ATTRIBUTE
            role = "" if name == "alt" else name
            path = reader.top.path
            reader.blocks.append(Block(kind, found.span, (text,), found.form, path, role=role))


def _plain(named: dict[str, Attribute]) -> Attributes:
    return tuple([(name, named[name].value) for name in _KEPT if name in named]) if named else ()


_HANDLERS: dict[Type, Callable[[_Reader, Token, Iterator[Token]], None]] = {
    Type.TEXT: _text,
    Type.OTHER: _other,
    Type.RAW: _raw,
    Type.START: _start,
    Type.END: _end,
}
