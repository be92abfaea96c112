"""Elements of HTML: which may stand on a page, with which attributes, and the stream that nests them.

Whatever an article or a translation holds, only the elements and attributes named here come out, and
text is always escaped. The rules are those of the HTML standard (html.spec.whatwg.org) and, for what
a browser does to an address before it reads the scheme, of the URL standard (url.spec.whatwg.org).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape

from l10n.laziness import expression
from l10n.model import Attributes
from l10n.renderers.pages.directions import contained

INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
    }
)
"""Elements that may stand in running text, besides br, wbr and img."""

_ATTRIBUTES = {
    "a": ("href", "hreflang", "title"),
    "abbr": ("title",),
    "dfn": ("title",),
    "img": ("src", "alt", "title", "width", "height"),
    "ol": ("start", "reversed", "type"),
    "li": ("value",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
    "time": ("datetime",),
}
_ALWAYS = ("lang", "dir")
_ADDRESSES = {"href", "src"}
_NUMBERS = {"width", "height", "start", "value", "colspan", "rowspan"}
_VALUES = {
    "dir": {"ltr", "rtl", "auto"},
    "scope": {"col", "row", "colgroup", "rowgroup"},
    "type": {"1", "a", "A", "i", "I"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = expression(r"([A-Za-z][A-Za-z0-9+.-]*):")
_STRIPPED = expression(r"^[\x00-\x20]+|[\x00-\x20]+$|[\t\n\r]+")
_NUMBER = expression(r"[0-9]{1,5}")
_LANG = expression(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def text(value: str) -> str:
    """A whole plain text as it stands between tags."""
    return part(contained(value))


def part(value: str) -> str:
    """A part of a text as it stands between tags; what HTML cannot hold (NUL) becomes U+FFFD."""
    return escape(value.replace("\0", "\ufffd"), quote=False)


def start(tag: str, attributes: Iterable[tuple[str, str]] = ()) -> str:
    """A start tag; attributes without a value are written by their name alone."""
    return f"<{tag}{''.join(_attribute(name, value) for name, value in attributes)}>"


def element(tag: str, attributes: Iterable[tuple[str, str]], inner: str) -> str:
    """A whole element around inner HTML."""
    return f"{start(tag, attributes)}{inner}</{tag}>"


def allowed(tag: str, attributes: Attributes) -> Attributes:
    """Those of the attributes that the tag may have and whose values are harmless, each once."""
    names = (*_ATTRIBUTES.get(tag, ()), *_ALWAYS)
    found: dict[str, str] = {}
    for name, value in attributes:
        if name in names and name not in found and _harmless(name, value):
            found[name] = address(value) if name in _ADDRESSES else value
    return tuple(found.items())


def address(value: str) -> str:
    """An address as a browser reads it, or "" where its scheme is none that a reader may be sent to.

    http, https, mailto and tel are allowed, and addresses without a scheme.
    """
    clean = _STRIPPED.sub("", value)
    scheme = _SCHEME.match(clean)
    return clean if scheme is None or scheme[1].lower() in _SCHEMES else ""


def _attribute(name: str, value: str) -> str:
    escaped = escape(contained(value).replace("\0", "\ufffd"), quote=True)
    return f' {name}="{escaped}"' if value or name == "alt" else f" {name}"


def _harmless(name: str, value: str) -> bool:
    if name in _ADDRESSES:
        return bool(address(value))
    if name in _NUMBERS:
        return _NUMBER.fullmatch(value) is not None
    if name in {"lang", "hreflang"}:
        return _LANG.fullmatch(value) is not None
    return value in _VALUES[name] if name in _VALUES else True


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """An element while it is open; it is one with itself only. Empty tags hold a place and show nothing."""

    name: str
    """What it is asked for by: a tag, or the step of a path."""
    start: str = ""
    end: str = ""


@dataclass(slots=True)
class Stream:
    """HTML as it is written, with the elements that should be open now.

    Elements are opened only when something comes to stand in them. One may be closed while others
    are open inside it: those are closed before and opened again after, so that whatever the order of
    calls the output nests.
    """

    out: list[str] = field(default_factory=list)
    opened: list[Element] = field(default_factory=list)
    """What should be open, outermost first."""
    _names: Counter[str] = field(default_factory=Counter)
    """How many of each name are open: to look for one that is not costs nothing."""
    _written: list[Element] = field(default_factory=list)
    _same: int = 0
    """How many elements at the beginning of `opened` and `_written` are the same."""

    def open(self, element: Element) -> Element:
        """Let an element be open from here on, inside the others."""
        self.opened.append(element)
        self._names[element.name] += 1
        return element

    def close(self, at: int) -> None:
        """Let the element at that place of `opened` be closed from here on."""
        self._names[self.opened.pop(at).name] -= 1
        self._same = min(self._same, at)

    def leave(self, depth: int) -> None:
        """Let only the outermost `depth` elements be open from here on."""
        for at in range(len(self.opened) - 1, depth - 1, -1):
            self.close(at)

    def find(self, name: str) -> int | None:
        """The place of the innermost open element of that name."""
        if not self._names[name]:
            return None
        return next(at for at in range(len(self.opened) - 1, -1, -1) if self.opened[at].name == name)

    def add(self, html: str) -> None:
        """Write HTML that is whole in itself."""
        for gone in reversed(self._written[self._same :]):
            self.out.append(gone.end)
        new = self.opened[self._same :]
        self.out += [element.start for element in new]
        self._written[self._same :] = new
        self._same = len(self._written)
        self.out.append(html)

    def finish(self) -> str:
        """Everything written, with all elements closed."""
        self.leave(0)
        self.add("")
        return "".join(self.out)
