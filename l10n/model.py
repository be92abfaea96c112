"""The data that flows from stage to stage: frozen, and free of any format or disk.

The names are XLIFF 2's where it has them: our `Block` is its *unit*, our `Unit` its *segment*,
a `Code` its *pc* or *ph* with the *originalData*.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from l10n.records import record

if TYPE_CHECKING:
    from pathlib import Path

Attributes = tuple[tuple[str, str], ...]
"""Names and values, in the order of the source."""


class Kind(StrEnum):
    """The role of a block in its article."""

    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CAPTION = "caption"
    CELL = "cell"
    NOTE = "note"
    ALT = "alt"
    ATTRIBUTE = "attribute"
    METADATA = "metadata"
    LABEL = "label"
    CHROME = "chrome"
    IMAGE = "image"
    CODE = "code"
    RULE = "rule"


class CodeKind(StrEnum):
    """Whether a code begins a pair, ends one, or stands alone."""

    OPEN = "open"
    CLOSE = "close"
    STANDALONE = "standalone"


class State(StrEnum):
    """How far a translation has come; three values, because a gettext catalog can hold three."""

    INITIAL = "initial"
    """No target."""
    TRANSLATED = "translated"
    """A target that no human has confirmed for this source ("fuzzy"): `Entry.origin` says why."""
    REVIEWED = "reviewed"


@record(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The part of `text` in this range."""
        return text[self.start : self.end]


@record(frozen=True, slots=True)
class Code:
    """A piece of markup inside running text: what a translator may move but not edit."""

    kind: CodeKind
    tag: str
    """What it is, in the vocabulary of HTML: "a", "em", "br", "img", "code", "sup"…; letters only."""
    span: Span
    """Where its original text stands in `Article.source`."""
    text: str
    """Its original text."""
    attributes: Attributes = ()
    """What a renderer of another format needs: ("href", …), ("src", …), ("alt", …)."""
    inner: str = ""
    """The plain text that a standalone code shows, such as that of a code span."""
    can_delete: bool = False
    can_copy: bool = False
    number: int = field(default=0, compare=False)
    """Its number within its unit, from 1; `segment` gives it."""

    def counted(self, number: int) -> Code:
        """The same code with a number; `replace` would take ten times as long, and codes are many."""
        return Code(
            self.kind,
            self.tag,
            self.span,
            self.text,
            self.attributes,
            self.inner,
            self.can_delete,
            self.can_copy,
            number,
        )


Content = tuple["str | Code", ...]
"""Running text: plain text (decoded, white space as a reader sees it) and codes, pairs well nested."""


@record(frozen=True, slots=True)
class Piece:
    """A stretch of a localized block that came from one unit, or from between two."""

    content: Content
    locale: str
    state: State
    unit: bool = True
    """False for what stands between units: white space and codes."""
    reason: str = ""
    """What it is that nobody has confirmed: `Origin.reason`. A draft that a policy shows as if it were
    reviewed keeps it."""


@record(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a cell…: a run of text that stands by itself in its article."""

    kind: Kind
    span: Span
    """What `content` was read from; nothing of it is structure."""
    content: Content
    form: str = ""
    """How text is written at this place of the source: names a rule of the format's writer."""
    path: tuple[str, ...] = ()
    """The containers around it as numbered HTML elements, outermost first: ("ul1", "li2")."""
    level: int = 0
    """The level of a heading, 1 to 6."""
    role: str = ""
    """What a label, a piece of metadata or an attribute is about: "category", "date", "description"."""
    attributes: Attributes = ()
    translate: bool = True
    pieces: tuple[Piece, ...] = ()
    """The block in another locale, when `localize` made it; empty as read."""

    @property
    def shown(self) -> Content:
        """What a reader of the article sees here."""
        return joined(piece.content for piece in self.pieces) if self.pieces else self.content

    @property
    def hidden(self) -> bool:
        """Whether a policy leaves this block out of the localized article."""
        return bool(self.pieces) and not self.shown

    @property
    def changed(self) -> bool:
        """Whether what is shown differs from the source."""
        return bool(self.pieces) and self.shown != self.content


@record(frozen=True, slots=True)
class Remark:
    """Something in an article that could not be followed."""

    at: int
    """Where in the source text."""
    message: str


@record(frozen=True, slots=True)
class Article:
    """One article in one locale, with its source text whole."""

    id: str
    """Its path below the folder of articles, without the suffix: "world/tram"."""
    format: str
    """The suffix that names its reader: "md", "html", "txt"."""
    locale: str
    """BCP 47 tag of what is shown."""
    source: str
    """The text as read; localized articles keep that of the original."""
    source_locale: str
    blocks: tuple[Block, ...]
    metadata: Mapping[str, str] = field(default_factory=dict)
    """Facts that are not translated: "date", "author", "lang"…"""
    encoding: str = "utf-8"
    """How its file holds the text."""
    remarks: tuple[Remark, ...] = ()
    """What its reader passed over that its author should know of."""


@record(frozen=True, slots=True)
class Place:
    """Where a unit stands in an article."""

    article: str
    block: int
    index: int
    """Which unit of the block, from 0."""


@record(frozen=True, slots=True)
class Unit:
    """What is translated at once: a sentence, or a block.

    A block's content is `before + source + after` of its units, one after another.
    """

    place: Place
    source: Content
    before: Content = ()
    after: Content = ()
    context: str | None = None
    note: str = ""
    site: bool = False
    """Whether it belongs to the site's own words and not to the article."""


@record(frozen=True, slots=True)
class Origin:
    """Why a target stands in a catalog without a human having confirmed it."""

    reason: str
    """"draft"; "outdated"; "merged" of several texts or from another context; "split" off a longer text."""
    source: str = ""
    """Where it came from: "apertium eng-spa 0.8.1", "memory 92%", "edited: in [-May-]{+June+}."."""
    digest: str = ""
    """`digest()` of the target as written, to tell later whether a human changed it."""


def digest(text: str) -> str:
    """What a target is recognized by: eight hexadecimal digits of its SHA-256."""
    from hashlib import sha256  # OpenSSL is behind it, and to load that takes as long as to read an article

    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


Key = tuple[str | None, str]
"""(context, source): what an entry is known by. The context None and "" differ in gettext."""

Neighbours = tuple[str, str]
"""The sources before and after a text; empty where the catalog begins or ends."""


@record(frozen=True, slots=True)
class Entry:
    """One message of a catalog."""

    source: str
    target: str = ""
    context: str | None = None
    state: State = State.INITIAL
    origin: Origin | None = None
    plural: str | None = None
    """The source's plural form (msgid_plural)."""
    plural_targets: tuple[str, ...] = ()
    """All forms, `target` being the first; empty when there is no plural."""
    previous_source: str | None = None
    previous_context: str | None = None
    previous_plural: str | None = None
    places: tuple[str, ...] = ()
    """References as gettext writes them: "seeds/tram.md", or "seeds/tram.md:12"."""
    notes: tuple[str, ...] = ()
    """Extracted comments, a line each."""
    comments: tuple[str, ...] = ()
    """Translators' comments, a line each, less the line that holds `origin`."""
    flags: tuple[str, ...] = ()
    """Flags other than fuzzy."""

    @property
    def key(self) -> Key:
        return (self.context, self.source)


class Verbatim:
    """The text of a file, and which piece of it holds which entry, in order.

    The text is held whole and cut when a piece is asked for: that takes half the memory of pieces.
    """

    __slots__ = ("_ends", "_entries", "_numbers", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._numbers: dict[Key, int] = {}
        self._entries: list[Entry] = []
        self._ends = array("q", [0])

    def add(self, key: Key, entry: Entry, end: int) -> bool:
        """Take in the piece from the last one's end to `end`; False where there is one of that key."""
        if self._numbers.setdefault(key, len(self._entries)) != len(self._entries):
            return False
        self._entries.append(entry)
        self._ends.append(end)
        return True

    @property
    def end(self) -> int:
        """Where the last piece ends."""
        return self._ends[-1]

    def __contains__(self, key: Key) -> bool:
        return key in self._numbers

    def __iter__(self) -> Iterator[Key]:
        return iter(self._numbers)

    def entry(self, key: Key) -> Entry | None:
        """What an entry was when it was read."""
        number = self._numbers.get(key)
        return None if number is None else self._entries[number]

    def start(self, key: Key) -> int:
        """Where the piece that holds an entry begins."""
        return self._ends[self._numbers[key]]

    def lines(self, key: Key) -> str:
        """The piece of the text that holds an entry; empty where none does."""
        number = self._numbers.get(key)
        return "" if number is None else self.text[self._ends[number] : self._ends[number + 1]]


@record(frozen=True, slots=True)
class Catalog:
    """The messages of one domain in one locale, or none yet: a template."""

    source_locale: str
    locale: str | None
    entries: tuple[Entry, ...] = ()
    obsolete: tuple[Entry, ...] = ()
    header: tuple[tuple[str, str], ...] = ()
    """Header fields in order, as they stand in the file."""
    header_comments: tuple[str, ...] = ()
    verbatim: Verbatim = field(default_factory=lambda: Verbatim(""), compare=False, repr=False)
    """The file that it was read from: an unchanged entry keeps its bytes."""

    def by_key(self) -> dict[Key, Entry]:
        """The entries that are in use, by key."""
        return {entry.key: entry for entry in self.entries}

    def neighbours(self) -> dict[Key, Neighbours]:
        """What stands before and after each entry in use, by key."""
        sources = ["", *(entry.source for entry in self.entries), ""]
        return {entry.key: (sources[at], sources[at + 2]) for at, entry in enumerate(self.entries)}


class MatchKind(StrEnum):
    """In what way a source that was translated before is like the one that is asked for; best first."""

    CONTEXT = "context"
    """The same text between the same neighbours."""
    EXACT = "exact"
    """The same text."""
    CODES = "codes"
    """The same words with other codes; the target has the codes asked for."""
    NUMBERS = "numbers"
    """The same but for numbers; the target has the numbers asked for."""
    FUZZY = "fuzzy"
    """A similar text."""


@record(frozen=True, slots=True)
class Match:
    """A translation found in a memory."""

    source: str
    """The text that was translated."""
    target: str
    """Its translation, with the codes or numbers asked for where `kind` says so."""
    score: int
    """100 for the same text, less for what a human has to look at, in per cent."""
    kind: MatchKind
    origin: str = ""
    """The file that gave it."""
    ambiguous: bool = False
    """Whether the same text has been translated in another way too, and nothing tells which one fits."""

    @property
    def certain(self) -> bool:
        """Whether it can stand as reviewed without a look: the same text, and no other translation of it."""
        return self.score == 100 and not self.ambiguous


@record(frozen=True, slots=True)
class Draft:
    """A target proposed for an entry."""

    key: Key
    target: str
    origin: Origin


@record(frozen=True, slots=True)
class Undrafted:
    """An entry that could not be drafted, and why."""

    key: Key
    reason: str


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@record(frozen=True, slots=True)
class Finding:
    """Something about a translation that someone should look at."""

    check: str
    severity: Severity
    key: Key
    message: str
    span: Span | None = None
    """Where in the target."""
    fix: str | None = None
    """The whole target as it would be once mended, where that is safe."""


@record(frozen=True, slots=True)
class Coverage:
    """How much of an article is translated, in words of the source."""

    words: int = 0
    reviewed: int = 0
    drafts: int = 0
    outdated: int = 0

    @property
    def untranslated(self) -> int:
        return self.words - self.reviewed - self.drafts - self.outdated


@record(frozen=True, slots=True)
class Bundle:
    """A localized article ready to publish."""

    article: str
    locale: str
    direction: str
    files: Mapping[str, bytes]
    """Path below the bundles' folder -> what it holds."""
    coverage: Coverage
    alternates: Mapping[str, str]
    """Locale -> path of the same article in it."""


@record(frozen=True, slots=True)
class Prompt:
    """The offer to switch to another language."""

    current: str
    suggested: str
    reason: str


@record(frozen=True, slots=True)
class ModelFolder:
    """A model on disk that the configuration describes."""

    engine: str
    """The name of the engine that it is for."""
    source: str
    target: str
    folder: Path
    source_prefix: str = ""
    """What the model wants before every source: ">>ukr<<" for OPUS-MT's models into several languages."""
    target_prefix: str = ""
    """What every target begins with, and is taken off again: "ukr_Cyrl" for NLLB."""
    version: str = ""
    licence: str = ""


def joined(contents: Iterable[Content]) -> Content:
    """Contents one after another, neighbouring texts made one and empty ones dropped."""
    out: list[str | Code] = []
    for content in contents:
        for item in content:
            if isinstance(item, str) and out and isinstance(out[-1], str):
                out[-1] += item
            elif item:
                out.append(item)
    return tuple(out)


def plain(content: Content) -> str:
    """The text of a content without its codes."""
    return "".join(item for item in content if isinstance(item, str))
