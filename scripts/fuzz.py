"""Fuzz a parser, guided by coverage: whatever it is given, it may raise an L10nError and nothing else.

    FUZZING/bin/python scripts/fuzz.py TARGET [--seconds 600] [--keep FOLDER] [INPUT...]

FUZZING is a virtual environment of its own with this project and `atheris`. A target is the name of one of
the functions below that take bytes: page, markdown, html, rst, front_matter, po, xliff, xliff12, tmx, tbx,
csv, terms_csv, terms, config, srx, accept_language, document, baseline. What breaks it, hangs it for 20
seconds or takes 2 GiB is written to a file in the working folder, whose name is printed; name such files as
INPUT to try them again without fuzzing. --keep takes, and collects, inputs that reach new code.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from xml.sax.saxutils import escape

import atheris

import l10n

BELOW = (
    "readers", "tables", "segmenters", "catalogs", "renderers", "prompts", "exchange", "terms", "project",
)  # fmt: skip
"""Packages whose modules load when they are first used: too late to be guided by what they do."""

with atheris.instrument_imports(include=["l10n", "choppa", "tomllib"]):
    from l10n import read, segment, write
    from l10n.catalogs import decode_po, encode_po, parse_po, serialize_po
    from l10n.errors import L10nError
    from l10n.exchange import FORMATS
    from l10n.project import decode
    from l10n.project.config import parse_config
    from l10n.prompts import negotiate, parse_accept_language
    from l10n.renderers.documents import parse_document
    from l10n.segmenters import find_segmenter
    from l10n.tasks.checking import load_baseline
    from l10n.terms import parse_terms

    for module in walk_packages(l10n.__path__, "l10n."):
        if module.name.split(".")[1] in BELOW:
            import_module(module.name)
    tomllib, _ = import_module("tomllib"), import_module("choppa")

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 4096
"""Bytes of an input."""
SCRATCH = Path(tempfile.mkdtemp(prefix="l10n-fuzz-"))


def article(data: bytes, format: str) -> None:
    """Read, cut into units, and write; what is written is what was read."""
    text, _ = decode(data, html=format == "html")
    found = read(text, id="a", format=format, locale="en")
    segment(found)
    if write(found) != text:
        raise AssertionError("it did not come back as it was")


def page(data: bytes) -> None:
    article(data, "txt")


def markdown(data: bytes) -> None:
    article(data, "md")


def html(data: bytes) -> None:
    article(data, "html")


def rst(data: bytes) -> None:
    article(data, "rst")


def front_matter(data: bytes) -> None:
    for mark in (b"---", b"+++"):
        article(mark + b"\n" + data + b"\n" + mark + b"\ntext\n", "md")


def po(data: bytes) -> None:
    """Read and write; what is written is what was read, or reads the same."""
    catalog = parse_po(decode_po(data))
    if parse_po(decode_po(encode_po(serialize_po(catalog)))) != catalog:
        raise AssertionError("it did not come back as it was")


def exchanged(data: bytes, format: str) -> None:
    """Read; what was read can be written."""
    found = FORMATS.get(format)
    if format in ("tbx", "terms"):
        found.serialize(found.parse(data, "en", "uk"))
    else:
        found.serialize(found.parse(data))


def xliff(data: bytes) -> None:
    exchanged(data, "xliff")


def xliff12(data: bytes) -> None:
    exchanged(data, "xliff12")


def tmx(data: bytes) -> None:
    exchanged(data, "tmx")


def tbx(data: bytes) -> None:
    exchanged(data, "tbx")


def csv(data: bytes) -> None:
    exchanged(data, "csv")


def terms_csv(data: bytes) -> None:
    exchanged(data, "terms")


def terms(data: bytes) -> None:
    parse_terms(data.decode("utf-8", "replace"), "en", "uk")


def config(data: bytes) -> None:
    try:
        table = tomllib.loads(data.decode("utf-8", "replace"))
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    parse_config(table)


def srx(data: bytes) -> None:
    """Half of the inputs are files, the others the pattern of a rule."""
    if data[:1] > b"\x7f":
        data = SPELT["srx"].replace("\\.", escape(data[1:].decode("utf-8", "replace"))).encode()
    path = SCRATCH / f"{sha256(data).hexdigest()}.srx"  # each file's rules are kept
    path.write_bytes(data)
    try:
        find_segmenter(f"srx:{path}")("One. Two.", "en")
    finally:
        path.unlink()


def accept_language(data: bytes) -> None:
    text = data.decode("latin-1")
    parse_accept_language(text)
    negotiate(text, ["en", "uk", "pt-BR", "zh-Hant"], "en")


def document(data: bytes) -> None:
    parse_document(data.decode("utf-8", "replace"))


def baseline(data: bytes) -> None:
    path = SCRATCH / "baseline.json"
    path.write_bytes(data)
    load_baseline(path)


TARGETS = (page, markdown, html, rst, front_matter, po, xliff, xliff12, tmx, tbx, csv, terms_csv, terms)
TARGETS += (config, srx, accept_language, document, baseline)
SEEDS = {
    "page": "tests/data/readers/text/*.txt",
    "markdown": "tests/data/readers/markdown/*.md*",
    "html": "tests/data/readers/html/*.html",
    "rst": "tests/data/readers/rst/*.rst",
    "front_matter": "tests/data/readers/markdown/toml.md",
    "po": "locales/uk/LC_MESSAGES/*.po",
    "terms_csv": "tests/data/exchange/*.terms",
}
"""Files of the repository to begin with; formats of exchange have one of their name."""
SPELT = {
    "terms": '[[term]]\nsource = "a"\ntarget = "b"\nstatus = "forbidden"\n',
    "accept_language": "uk;q=0.8, en-GB, *;q=0, zh-Hant-TW",
    "config": """source = "en"
targets = ["uk", "pt-BR"]
articles = "seeds"
segment = "srx:own.srx"
links = ["https://en.wikipedia.org/*"]

[locales]
"world/*" = "de"

[engines]
"en-uk" = ["argos", "apertium"]

[[models]]
engine = "ctranslate2"
source = "en"
target = "uk"
folder = "models/a"

[publish]
drafts = "labelled"
coverage = 0.5

[publish.locales.uk]
outdated = "hide"

[prompt]
offer = "reviewed"

[checks]
titles = "off"

[limits]
title = 70

[profile]
fields = ["title"]
""",
    "document": """{"version": 1, "id": "a", "format": "md", "source": "en", "pictures": {}, "locales": {
"uk": {"dir": "ltr", "page": "a", "text": "", "coverage": {"words": 2, "reviewed": 1}, "metadata": {"d": "x"},
"blocks": [{"kind": "heading", "level": 1, "role": "r", "path": ["ul1"], "attributes": {"id": "b"}, "units": [
{"state": "draft", "text": "t", "lang": "en", "shown": "reviewed", "content": ["t",
{"code": "open", "tag": "a", "attributes": {"href": "c"}, "text": "d"}]}]}]}}}""",
    "baseline": '{"version": 1, "findings": ["0123456789abcdef"]}',
    "srx": """<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="yes"/>
<body><languagerules><languagerule languagerulename="d"><rule break="yes"><beforebreak>\\.</beforebreak>
<afterbreak>\\s</afterbreak></rule></languagerule></languagerules><maprules>
<languagemap languagepattern=".*" languagerulename="d"/></maprules></body></srx>""",
}
"""Inputs to begin with of which the repository has no file."""


def begin(target: str, folder: Path) -> None:
    """Write the inputs to begin with, long ones in pieces."""
    paths = sorted(ROOT.glob(SEEDS.get(target, f"tests/data/exchange/*.{target}")))
    seeds = [path.read_bytes() for path in paths] + [SPELT.get(target, "").encode()]
    for seed in seeds:
        for piece in {seed[:LONGEST], *seed.split(b"\n\n")}:
            (folder / sha256(piece).hexdigest()).write_bytes(piece)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("target", choices=[each.__name__ for each in TARGETS])
    parser.add_argument("inputs", nargs="*")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    corpus = given.keep or SCRATCH / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    begin(given.target, corpus)
    limits = ["-timeout=20", "-rss_limit_mb=2048", f"-max_len={LONGEST}", f"-max_total_time={given.seconds}"]
    target = next(each for each in TARGETS if each.__name__ == given.target)

    def once(data: bytes) -> None:
        with suppress(L10nError):
            target(data)

    atheris.Setup([sys.argv[0], *limits, *(given.inputs or [str(corpus)])], once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
