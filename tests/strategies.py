"""Generated inputs for the laws."""

from __future__ import annotations

from hypothesis import strategies as st

from l10n.model import Code, CodeKind, Content, Span, joined

TEXTS = st.text(
    st.sampled_from("ab Z1.!?…。»«\"'<>/&;lt amp a1\u00a0\u200bі日ن)([]\n\t") | st.characters(codec="utf-8"),
    max_size=12,
)
TAGS = st.sampled_from(["a", "em", "strong", "span"])
ALONE = st.sampled_from(["br", "img", "code", "sup", "ph"])


def _code(kind: CodeKind, tag: str) -> Code:
    return Code(kind, tag, Span(0, 0), f"{kind}-{tag}")


def _pair(draw_inner: Content, tag: str) -> Content:
    return (_code(CodeKind.OPEN, tag), *draw_inner, _code(CodeKind.CLOSE, tag))


def contents(texts: st.SearchStrategy[str] = TEXTS) -> st.SearchStrategy[Content]:
    """Running texts with codes, pairs well nested."""
    leaf = texts.map(lambda text: (text,)) | ALONE.map(lambda tag: (_code(CodeKind.STANDALONE, tag),))
    nested = st.recursive(
        leaf,
        lambda inner: st.builds(_pair, inner, TAGS) | st.lists(inner, max_size=4).map(joined),
        max_leaves=8,
    )
    return st.lists(nested, max_size=5).map(joined)
