"""The two pure stages by hand, for scripts and measuring: segment, negotiate."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from l10n.cli.app import Json, app
from l10n.cli.output import say, show_json


@app.command(epilog="Example: echo 'Dr. Kos came. He spoke.' | l10n segment --locale en")
def segment(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Texts, a paragraph a line; standard input when left out.")
    ] = None,
    locale: Annotated[str, typer.Option(help="The language of the text, as a BCP 47 tag.")] = "en",
    segmenter: Annotated[
        str, typer.Option(help="sentence, paragraph, or srx:FILE for SRX rules of your own.")
    ] = "sentence",
    json: Annotated[
        bool, typer.Option("--json", help="For each paragraph a line with its [start, end) spans.")
    ] = False,
) -> None:
    """Split paragraphs into sentences."""
    from l10n.segmenters import find_segmenter

    find = find_segmenter(segmenter)
    for paragraph in _paragraphs(files or []):
        spans = find(paragraph, locale)
        if json:
            sys.stdout.write(f"{[list(span) for span in spans]}\n")
        else:
            for start, end in spans:
                say(paragraph[start:end])
            say()


def _paragraphs(files: list[Path]) -> Iterator[str]:
    from l10n.errors import SourceError
    from l10n.project import decode, read_bytes

    if not files:
        sources = [("standard input", sys.stdin.buffer.read())]
    else:
        sources = [(str(path), read_bytes(path, SourceError)) for path in files]
    for name, data in sources:
        try:
            text, _ = decode(data, html=False)
        except SourceError as error:
            raise error.at(name) from error
        yield from (line.removesuffix("\r") for line in text.removesuffix("\n").split("\n"))


@app.command(epilog="Example: l10n negotiate --available en,uk,pl --desired 'uk;q=0.8, en-GB' --page uk")
def negotiate(
    available: Annotated[str, typer.Option(help="The locales there are, with commas between.")],
    desired: Annotated[str, typer.Option(help="An Accept-Language header, or a plain list with commas.")],
    page: Annotated[str, typer.Option(help="The locale of the page that the visitor is on.")] = "",
    json: Json = False,
) -> None:
    """Find the best locale for a visitor. And whether to offer it."""
    from l10n.prompts import negotiate as decide

    answer = decide(desired, [tag.strip() for tag in available.split(",") if tag.strip()], page or None)
    if json:
        show_json(answer)
    else:
        say(f"match: {answer.match or 'none'}")
        say(f"offer: {answer.offer or 'none'}")
        say(f"why:   {answer.reason}")
