"""Commands about translation engines: which there are, installing models, measuring them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from l10n.cli.app import Json, Locales, app
from l10n.cli.output import finish, meter, say, show_json, track
from l10n.cli.tables import table

engines = typer.Typer(help="The translation engines of this machine.", invoke_without_command=True)
app.add_typer(engines, name="engines")


@engines.callback(epilog="Examples: l10n engines · l10n engines install en uk")
def engines_list(context: typer.Context, json: Json = False) -> None:
    """Show which engines and pairs of languages are installed, or install some."""
    if context.invoked_subcommand:
        return
    from l10n.tasks.equipping import installed

    found = installed(_config_around(context).models)
    if json:
        show_json(found)
        return
    table(
        ["engine", "pair", "what translates it", "licence"],
        [
            [each.name, f"{pair.source} → {pair.target}", pair.description, pair.licence]
            for each in found
            for pair in each.pairs
        ],
    )
    for each in found:
        for line in each.help.splitlines():
            say(f"{each.name}: {line}")


def _config_around(context: typer.Context) -> Any:
    """The configuration of the project that the command runs in; the default one outside of any."""
    from l10n.project.config import Config, find_config, load_config

    path = find_config(Path(context.obj).resolve())
    return load_config(path) if path else Config()


@engines.command(
    "install", epilog="Examples: l10n engines install en uk · l10n engines install en_uk.argosmodel"
)
def engines_install(
    what: Annotated[
        list[str], typer.Argument(metavar="SOURCE TARGET | FILE", help="A pair, or a package file.")
    ],
) -> None:
    """Install an Argos package. The pair's newest one from the index, or a file."""
    from l10n.tasks.equipping import install

    if len(what) not in (1, 2):
        raise typer.BadParameter("give two languages or one file", param_hint="SOURCE TARGET | FILE")
    with meter("download") as progress:
        done = install(what, progress)
    say(f"installed {done}")


@app.command(epilog="Example: l10n evaluate --engine apertium --reference tests/news -l es --limit 500")
def evaluate(
    context: typer.Context,
    reference: Annotated[
        Path,
        typer.Option(
            exists=True,
            help="A reviewed catalog; or a folder of catalogs, or of files such as news.en, news.uk.",
        ),
    ],
    engine: Annotated[str, typer.Option(help="An engine's name, or `auto`.")] = "auto",
    source: Annotated[
        str, typer.Option(help="The source language of parallel files; the project's when left out.")
    ] = "",
    locales: Locales = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many sentences of each pair.")] = None,
    json: Json = False,
) -> None:
    """Measure an engine against human translations. chrF2, BLEU and TER with 95% intervals."""
    from l10n.tasks.evaluating import Request
    from l10n.tasks.evaluating import evaluate as measure

    config = _config_around(context)
    request = Request(
        engine, reference, source or config.source, locales or (), limit, config.models, config.engines
    )
    report = measure(request, track)
    if json:
        show_json(report)
    else:
        table(
            ["engine", "pair", "sentences", "chrF2", "BLEU", "TER", "failed", "a second"],
            [_measured(each) for each in report.evaluations],
            ("sentences", "chrF2", "BLEU", "TER", "failed", "a second"),
        )
    finish(report.failures)


def _measured(found: Any) -> list[str]:
    scores = [f"{score.value:.1f} ± {score.margin:.1f}" for score in (found.chrf, found.bleu, found.ter)]
    rate = found.sentences / max(found.seconds, 0.001)
    pair = f"{found.source} → {found.target}"
    return [found.engine, pair, f"{found.sentences:,}", *scores, str(found.failed), f"{rate:,.0f}"]
