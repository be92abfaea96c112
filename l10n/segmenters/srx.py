"""A team's own rules: a file in SRX 2.0, applied through choppa-srx (extra `srx`).

SRX is the Segmentation Rules eXchange of GALA-LISA (2008). A file's language maps are asked with the BCP 47
tag of the text; where none of them fits, a paragraph is one segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from l10n.errors import ConfigError

if TYPE_CHECKING:
    from l10n.segmenters import Segmenter

SETUP = "pip install 'l10n-articles[srx]'"


@cache
def srx_segmenter(path: Path) -> Segmenter:
    """The segmenter that a file's rules make. Raises ConfigError where there is none, or it is no SRX 2.0."""
    document = _document(path)

    def spans(text: str, locale: str) -> list[tuple[int, int]]:
        import regex
        from choppa import SrxTextIterator

        try:
            return list(_stripped(SrxTextIterator(document, locale, text)))
        except regex.error as error:
            raise _broken(path, error) from error

    return spans


def _document(path: Path) -> Any:
    try:
        from choppa import SRX_2_XSD, SrxDocument
    except ImportError as error:
        raise ConfigError("SRX rules need the package choppa-srx", hint=SETUP) from error
    from xml.sax import SAXException

    from xmlschema import XMLSchemaException

    if not path.is_file():
        raise ConfigError("there is no such file of SRX rules", where=str(path))
    try:
        document = SrxDocument(ruleset=path, validate_ruleset=SRX_2_XSD)
        if not all(each.language_rule for each in document.language_map_list):
            raise ValueError("a language map names rules that are not there")
        return document
    except (OSError, ValueError, SyntaxError, SAXException, XMLSchemaException) as error:
        raise _broken(path, error) from error


def _broken(path: Path, error: Exception) -> ConfigError:
    reason = str(getattr(error, "reason", None) or error).strip().partition("\n")[0]
    return ConfigError(f"not a file of SRX 2.0 rules: {reason}", where=str(path))


def _stripped(segments: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The spans of segments that joined are the text, without the white space at their edges."""
    at = 0
    for segment in segments:
        body = segment.strip()
        if body:
            start = at + segment.index(body)
            yield start, start + len(body)
        at += len(segment)
