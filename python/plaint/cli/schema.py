# SPDX-License-Identifier: BSL-1.0
"""``plaint schema``: what editors must know to help with policies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from plaint._schema import schema_text
from plaint.cli.console import err, errors_as_exit


def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; standard output by default.")
    ] = None,
) -> None:
    """Print the JSON Schema of policies, by which editors explain, complete and check them."""
    if output is None:
        print(schema_text(), end="")
        return
    with errors_as_exit():
        output.write_text(schema_text(), encoding="utf-8")
    err().print(f"wrote {escape(str(output))}", highlight=False)
