# SPDX-License-Identifier: BSL-1.0
"""``plaint draw calendar``: one year as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plaint.cli.calendar import load_calendar
from plaint.cli.console import err, errors_as_exit


def draw_calendar(
    file: Annotated[Path, typer.Argument(help="A calendar or a policy (YAML, JSON), or an iCalendar file.")],
    year: Annotated[int, typer.Option(help="Which year.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where to, .svg. [default: to the terminal]")
    ] = None,
    name: Annotated[str, typer.Option(help="Which calendar of a policy.")] = "",
) -> None:
    """Draw a year of a calendar: open hours by shade, holidays and other hours by colour (SVG)."""
    with errors_as_exit():
        picture = load_calendar(file, name, str(year)).svg(year)
        if output is None:
            print(picture, end="")
        else:
            output.write_text(picture, encoding="utf-8")
            err().print(f"wrote {output}", highlight=False)
