# SPDX-License-Identifier: BSL-1.0
"""``plaint check``: is this policy sound?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plaint import Finding, Policy, PolicyError, Severity
from plaint.cli.console import as_json, count, err, out, print_findings


def check(
    policies: Annotated[list[Path], typer.Argument(help="Policies, YAML or JSON.", metavar="POLICY...")],
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> None:
    """Print every finding of a policy with its line; fail if one is an error."""
    found: list[Finding] = []
    for path in policies:
        try:
            policy = Policy.load(path)
        except PolicyError as error:
            found += error.findings
        except OSError as error:
            found.append(Finding("unreadable", str(error), file=str(path)))
        else:
            found += policy.findings
            err().print(f"{policy.id}@{policy.version} {policy.digest[:12]}", highlight=False)
    if json:
        print(as_json(found))
    else:
        print_findings(out(), found)
    errors = sum(f.severity is Severity.ERROR for f in found)
    warnings = sum(f.severity is Severity.WARNING for f in found)
    err().print(f"{count(errors, 'error')}, {count(warnings, 'warning')}", highlight=False)
    if errors or (strict and warnings):
        raise typer.Exit(1)
