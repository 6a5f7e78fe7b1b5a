# SPDX-License-Identifier: BSL-1.0
"""``plaint report``: what became of the complaints of a log, as one page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from plaint import Policy
from plaint.cli.console import count, err, errors_as_exit
from plaint.cli.replay import instant_option, progress


def report(
    policy: Annotated[Path, typer.Argument(help="The policy, YAML or JSON.")],
    log: Annotated[Path, typer.Argument(help="The log: CSV (also .gz) or Parquet.")],
    mapping: Annotated[Path, typer.Option(help="How the log is read: a mapping document.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The page, .html.")] = Path("report.html"),
    as_of: Annotated[
        datetime | None, instant_option("Run every case up to here; else the mapping's, else the log's end.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")] = False,
) -> None:
    """Run recorded complaints through a policy and write one page of HTML that needs nothing else.

    Attainment, ageing, indicators, causes, the life of one complaint, the lifecycle, proofs and findings.
    """
    with errors_as_exit():
        from plaint.replay import replay  # noqa: PLC0415 - pyarrow and Matplotlib load when they are needed
        from plaint.report import write_report  # noqa: PLC0415

        with progress(quiet) as stage:
            done = replay(Policy.load(policy), log, mapping, as_of=as_of, stage=stage)
        write_report(done, output)
        told = done.summary
        for number, what in ((told.bad_rows, "bad row"), (told.rejected_events, "rejected event")):
            if number:
                err().print(f"[yellow]{count(number, what)}[/]; plaint replay --bad FILE lists them", highlight=False)
        err().print(f"wrote {escape(str(output))}", highlight=False)
