# SPDX-License-Identifier: BSL-1.0
"""``plaint prove``: does this policy keep what it claims?"""

from __future__ import annotations

import enum
import json as json_text
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plaint import Policy, Proof, Verdict
from plaint._core.documents import Document
from plaint.cli.console import count, err, errors_as_exit, out
from plaint.proofs import as_dict, findings_of, sarif, tell, write_counterexample

_COLOURS = {
    Verdict.HOLDS: "green",
    Verdict.FAILS: "red",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.UNDECIDED: "yellow",
}


class Which(str, enum.Enum):
    """Which properties to prove."""

    claims = "claims"
    catalogue = "catalogue"
    all = "all"


def prove(
    policy: Annotated[Path, typer.Argument(help="The policy, YAML or JSON.")],
    properties: Annotated[
        Which, typer.Option(help="What the policy claims, the catalogue P-01 to P-38, or both.")
    ] = Which.claims,
    property_texts: Annotated[
        list[str] | None,
        typer.Option("--property", "-p", metavar="TEXT", help="A property to prove instead; repeatable."),
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(metavar="OLD", help="Prove what an older policy claims as well: is the change no weaker?"),
    ] = None,
    counterexamples: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write each counterexample as a log that `plaint replay` accepts."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the proofs as JSON.")] = False,
    as_sarif: Annotated[bool, typer.Option("--sarif", help="Print what failed as SARIF 2.1.0.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only what does not hold.")] = False,
) -> None:
    """Prove properties of a policy; print each that fails with the shortest history on which it fails.

    Ends with 0 if nothing fails, and with 1 if something does or could not be decided.
    """
    with errors_as_exit():
        rules = Policy.load(policy)
        older = Policy.load(against) if against else None
        proofs = _proofs(rules, properties, property_texts)
        if older:
            proofs += [*rules.prove(older.claims), *rules.prove([], against=older)]
        document = Document.load(str(policy))
        if as_json:
            print(json_text.dumps([as_dict(p) for p in proofs], ensure_ascii=False, indent=2))
        elif as_sarif:
            print(json_text.dumps(sarif(findings_of(proofs, document)), ensure_ascii=False, indent=2))
        else:
            _print(out(), proofs, quiet)
        if counterexamples:
            for i, p in enumerate(proofs):
                if p.counterexample and p.counterexample.steps:
                    for path in write_counterexample(rules, p, counterexamples, f"{i + 1}-{p.id}-{p.claim}"):
                        err().print(f"wrote {escape(str(path))}", highlight=False)
    told = [sum(p.verdict is v for p in proofs) for v in Verdict]
    err().print(
        f"{count(told[0], 'property holds', 'properties hold')}, {told[1]:,} fail, "
        f"{told[2]:,} not applicable, {told[3]:,} undecided",
        highlight=False,
    )
    if told[1] or told[3]:
        raise typer.Exit(1)


def _proofs(rules: Policy, which: Which, texts: list[str] | None) -> list[Proof]:
    if texts:
        return rules.prove(texts)
    if which is Which.catalogue or (which is Which.claims and not rules.claims):
        return rules.prove([], catalogue=True)
    return rules.prove(catalogue=which is Which.all)


def _print(console: Console, proofs: list[Proof], quiet: bool) -> None:
    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    table.add_column("property", ratio=3)
    table.add_column("verdict", no_wrap=True)
    table.add_column("because", ratio=4)
    shown = [p for p in proofs if not quiet or p.verdict in {Verdict.FAILS, Verdict.UNDECIDED}]
    for p in shown:
        verdict = p.verdict.name.lower().replace("_", " ") + (", vacuously" if p.vacuous else "")
        name = f"[bold]{escape(p.id)}[/] {escape(p.claim)}" if p.id else escape(p.claim)
        table.add_row(name, f"[{_COLOURS[p.verdict]}]{verdict}[/]", escape(p.because))
    if shown:
        Console(file=console.file, width=max(console.width, 100)).print(table)
    for p in proofs:
        if p.counterexample and p.counterexample.steps:
            console.print(f"\n[red]{escape(p.id + ' ' if p.id else '')}{escape(p.claim)}[/]", highlight=False)
            for line in tell(p.counterexample):
                console.print("  " + escape(line), highlight=False)
    assumed = list(dict.fromkeys(a for p in proofs if p.verdict is Verdict.HOLDS for a in p.assumptions))
    if assumed and not quiet:
        console.print("\nassumed: " + escape("; ".join(assumed)), style="dim", highlight=False)
