# SPDX-License-Identifier: BSL-1.0
"""``plaint draw timeline`` and ``plaint draw counterexample``: a complaint's life as a picture."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plaint import Journal, Policy, parse_instant
from plaint.cli.console import err, errors_as_exit
from plaint.timeline import Timeline, timeline_of, timeline_of_journal

_Output = Annotated[Path | None, typer.Option("--output", "-o", help="Where to, .svg. [default: to the terminal]")]


def draw_timeline(
    policy: Annotated[Path, typer.Argument(help="The policy, YAML or JSON.")],
    journal: Annotated[Path, typer.Argument(help="The complaint's journal, JSON Lines.")],
    output: _Output = None,
    until: Annotated[
        str, typer.Option(metavar="INSTANT", help="Let time pass to this instant. [default: the last event]")
    ] = "",
) -> None:
    """Draw a complaint's life (SVG): its states, clocks with due dates, pauses and thresholds, levels and events."""
    with errors_as_exit():
        rules = Policy.load(policy)
        read = Journal.from_json_lines(journal.read_text(encoding="utf-8"))
        _write(timeline_of_journal(rules, read, until=parse_instant(until) if until else None), output)


def draw_counterexample(
    policy: Annotated[Path, typer.Argument(help="The policy, YAML or JSON.")],
    text: Annotated[str, typer.Option("--property", "-p", metavar="TEXT", help="The property that fails.")],
    output: _Output = None,
) -> None:
    """Draw the shortest history on which a property fails (SVG)."""
    with errors_as_exit():
        rules = Policy.load(policy)
        for proof in rules.prove(text):
            if proof.counterexample and proof.counterexample.steps:
                _write(timeline_of(rules, proof.counterexample, f"{proof.claim} - {proof.because}"), output)
                return
        raise ValueError(f'"{text}" has no counterexample')


def _write(told: Timeline, output: Path | None) -> None:
    if output is None:
        print(told.svg(), end="")
        return
    if output.suffix != ".svg":
        raise ValueError(f"{output}: a timeline is drawn as .svg")
    output.write_text(told.svg(), encoding="utf-8")
    err().print(f"wrote {output}", highlight=False)
