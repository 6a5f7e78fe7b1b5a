# SPDX-License-Identifier: BSL-1.0
"""``plaint check``: is this policy sound?"""

from __future__ import annotations

import json as json_text
from pathlib import Path
from typing import Annotated

import typer

from plaint import Finding, Policy, PolicyError, Severity
from plaint._core.documents import Document
from plaint.cli.console import as_json, count, err, out, print_findings
from plaint.proofs import sarif as as_sarif


def check(
    policies: Annotated[list[Path], typer.Argument(help="Policies, YAML or JSON.", metavar="POLICY...")],
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    sarif: Annotated[bool, typer.Option("--sarif", help="Print the findings as SARIF 2.1.0.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> None:
    """Print every finding of a policy with its line; fail if one is an error.

    That what it claims is a property, and speaks of what there is, is checked too; `plaint prove` proves it.
    """
    found: list[Finding] = []
    for path in policies:
        try:
            policy = Policy.load(path)
        except PolicyError as error:
            found += error.findings
        except OSError as error:
            found.append(Finding("unreadable", str(error), file=str(path)))
        else:
            document = Document.load(str(path))
            found += [_placed(f, document) for f in [*policy.findings, *policy.check_claims()]]
            err().print(f"{policy.id}@{policy.version} {policy.digest[:12]}", highlight=False)
    if json:
        print(as_json(found))
    elif sarif:
        print(json_text.dumps(as_sarif(found), ensure_ascii=False, indent=2))
    else:
        print_findings(out(), found)
    errors = sum(f.severity is Severity.ERROR for f in found)
    warnings = sum(f.severity is Severity.WARNING for f in found)
    err().print(f"{count(errors, 'error')}, {count(warnings, 'warning')}", highlight=False)
    if errors or (strict and warnings):
        raise typer.Exit(1)


def _placed(f: Finding, document: Document) -> Finding:
    if f.file:
        return f
    line, column = document.place(f.pointer)
    return Finding(f.code, f.message, f.pointer, f.suggestion, f.severity, document.file, line, column)
