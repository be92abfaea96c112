"""The application object, the options that all commands share, and the order of the help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

_ORDER = (
    "init",
    "extract",
    "update",
    "draft",
    "check",
    "status",
    "build",
    "serve",
    "redirects",
    "render",
    "export",
    "import",
    "merge-po",
    "import-translation",
    "memory",
    "terms",
    "engines",
    "evaluate",
    "segment",
    "negotiate",
)


class _InOrder(TyperGroup):
    """Commands in the order of the work, not of the alphabet."""

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(super().list_commands(ctx), key=lambda name: (_ORDER.index(name), name))


app = typer.Typer(
    cls=_InOrder,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich would take longer to load than all the rest
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Articles in every language: read them, keep their translations in gettext catalogs, draft what "
    "is missing offline, publish localized bundles.",
    epilog="A first walk: l10n init --target uk · l10n update · l10n draft · l10n check · l10n build",
)

Articles = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ARTICLE]...", help="Ids or paths of articles; all when left out."),
]
Locales = Annotated[
    list[str] | None,
    typer.Option("--locale", "-l", metavar="TAG", help="Only this target locale; may be repeated."),
]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]
DryRun = Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would change; change nothing.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"l10n {version('l10n-articles')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    project: Annotated[
        Path, typer.Option("--project", "-C", metavar="FOLDER", help="The project's folder.")
    ] = Path(),
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options before the command."""
    context.obj = project


def project_of(context: typer.Context) -> Any:
    """The project that the command works on. Raises ConfigError where there is none."""
    from l10n.project import open_project

    return open_project(Path(context.obj).resolve())
