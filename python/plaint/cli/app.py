# SPDX-License-Identifier: BSL-1.0
"""The list of commands; one file each."""

from __future__ import annotations

import typer

from plaint import __version__
from plaint.cli.calendar import calendar
from plaint.cli.check import check
from plaint.cli.conform import conform
from plaint.cli.console import out
from plaint.cli.draw import draw
from plaint.cli.draw_calendar import draw_calendar
from plaint.cli.draw_timeline import draw_counterexample, draw_timeline
from plaint.cli.policies import app as policies_app
from plaint.cli.policies import lint_text, new
from plaint.cli.prove import prove
from plaint.cli.replay import replay
from plaint.cli.report import report
from plaint.cli.schema import schema

app = typer.Typer(
    name="plaint",
    help="Complaint handling by checked policies.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(calendar)
app.command()(check)
app.command()(conform)
app.command()(prove)
app.command()(replay)
app.command()(report)
app.add_typer(draw)
draw.command("calendar")(draw_calendar)
draw.command("timeline")(draw_timeline)
draw.command("counterexample")(draw_counterexample)
app.add_typer(policies_app, name="policies")
app.command()(new)
app.command()(schema)
app.command("lint-text")(lint_text)


def _version(asked: bool) -> None:
    if asked:
        out().print(f"plaint {__version__}", highlight=False)
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
) -> None:
    pass


def main() -> None:
    """The entry point of the program."""
    app(prog_name="plaint")
