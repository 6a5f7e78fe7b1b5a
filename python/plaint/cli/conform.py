# SPDX-License-Identifier: BSL-1.0
"""``plaint conform``: where does a recorded history depart from the lifecycle?"""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plaint import Policy
from plaint.cli.console import count, err, errors_as_exit, out

if TYPE_CHECKING:
    from plaint.conformance import Conformance


def conform(
    policy: Annotated[Path, typer.Argument(help="The policy, YAML or JSON.")],
    log: Annotated[Path, typer.Argument(help="The log: CSV or XES (also .gz), or Parquet.")],
    mapping: Annotated[
        Path | None, typer.Option(help="How the log is read: a mapping document; XES needs none.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write one row per case: .csv, .csv.gz or .parquet.")
    ] = None,
    departures: Annotated[
        Path | None, typer.Option(help="Write where each case departs, with alternatives: .csv.")
    ] = None,
    most: Annotated[int, typer.Option(min=0, help="How many kinds of departure to print.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail if a case departs.")] = False,
) -> None:
    """Hold a log of another system against a policy's lifecycle: first departures by kind, and fitness."""
    with errors_as_exit():
        from plaint.conformance import conform as run  # noqa: PLC0415 - pyarrow loads when it is needed
        from plaint.replay.table import write_table  # noqa: PLC0415

        done = run(Policy.load(policy), log, mapping)
        if output:
            write_table(done.table, output)
        if departures:
            _write(done, departures)
        if as_json:
            print(json.dumps(_figures(done), indent=2, ensure_ascii=False))
        else:
            _print(out(), done, most)
        for path in (output, departures):
            if path:
                err().print(f"wrote {escape(str(path))}", highlight=False)
    if strict and done.fitting < len(done):
        raise typer.Exit(1)


def _figures(done: Conformance) -> dict[str, object]:
    return {
        "cases": len(done),
        "events": int(done.events.sum()),
        "variants": done.variants,
        "departures": done.kinds,
        "fitness": done.fitness,
    }


def _print(console: Console, done: Conformance, most: int) -> None:
    events, variants = count(int(done.events.sum()), "event"), count(done.variants, "variant")
    console.print(f"{count(len(done), 'case')}, {events}, {variants}", highlight=False)
    share, average, whole = (done.fitness[name] for name in ("fitting", "average", "log"))
    console.print(
        f"fitness: {share:.2%} of cases fit, {average:.6f} on average, {whole:.6f} of the whole log", highlight=False
    )
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("first departure")
    table.add_column("cases", justify="right")
    for kind, number in done.kinds.items():
        if number:
            table.add_row("fits" if kind == "none" else kind, f"{number:,}")
    console.print(table)
    common = done.common(most)
    if common:
        table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left")
        for name in ("departure", "event", "standing in"):
            table.add_column(name)
        table.add_column("cases", justify="right")
        for kind, event, standing, number in common:
            table.add_row(kind, escape(event), escape(standing), f"{number:,}")
        console.print(table)


def _write(done: Conformance, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    found = done.departures()
    lines = done.log.lines(d.row for d in found if d.row >= 0)
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["case", "position", "kind", "event", "line", "alternatives", "standing"])
        for d in found:
            rows.writerow(
                [
                    d.case,
                    d.position,
                    d.kind,
                    d.event or "",
                    lines.get(d.row, ""),
                    " ".join(d.alternatives),
                    " ".join(d.standing),
                ]
            )
