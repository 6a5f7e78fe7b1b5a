# SPDX-License-Identifier: BSL-1.0
"""How commands print: results to standard output, everything else to standard error."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.markup import escape

from plaint import Finding, PolicyError, Severity

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def out() -> Console:
    # Made anew: the streams may have been replaced since.
    return Console(soft_wrap=True)


def err() -> Console:
    return Console(stderr=True, soft_wrap=True)


def place(finding: Finding) -> str:
    """file:line:column of a finding, as editors jump to it."""
    parts = [finding.file or "(memory)"]
    if finding.line:
        parts += [str(finding.line), str(finding.column)]
    return ":".join(parts)


def print_findings(console: Console, findings: Iterable[Finding]) -> None:
    for f in findings:
        text = f"[bold]{escape(place(f))}[/]: [{_COLOURS[f.severity]}]{f.severity.name.lower()}[/]: {escape(f.message)}"
        if f.suggestion:
            text += f'; did you mean "{escape(f.suggestion)}"?'
        console.print(f"{text} [dim]({escape(f.code)} at {escape(f.pointer or '/')})[/]", highlight=False)


def as_json(findings: Iterable[Finding]) -> str:
    """The findings as a JSON list, for editors and other programs."""
    names = ("code", "message", "pointer", "suggestion", "file", "line", "column")
    rows = [{**{n: getattr(f, n) for n in names}, "severity": f.severity.name.lower()} for f in findings]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def count(number: int, one: str, many: str = "") -> str:
    """ "1 case", "1,000 cases"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


@contextmanager
def errors_as_exit() -> Iterator[None]:
    """What is wrong with the input ends the command with 1 and says where, without a traceback."""
    try:
        yield
    except PolicyError as error:
        print_findings(err(), error.findings)
        errors = sum(f.severity is Severity.ERROR for f in error.findings)
        err().print(f"[red]{count(errors, 'error')}[/]", highlight=False)
        raise typer.Exit(1) from None
    except (OSError, ValueError) as error:
        err().print(f"[red]error[/]: {escape(str(error))}", highlight=False)
        raise typer.Exit(1) from None
