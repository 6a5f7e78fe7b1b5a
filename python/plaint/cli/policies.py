# SPDX-License-Identifier: BSL-1.0
"""``plaint policies``, ``plaint new``, ``plaint lint-text``: what comes ready, to start from and to hold texts to."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from plaint import Finding, Severity, policies
from plaint.cli.console import as_json, count, err, errors_as_exit, out
from plaint.wording import lint_text as lint

app = typer.Typer(
    help="The ready policies: of the practice manuals and of the regulators.", invoke_without_command=True
)


def _title(titles: Any, language: str) -> str:
    if isinstance(titles, str):
        return titles
    return str(titles.get(language) or next(iter(titles.values()), "")) if titles else ""


@app.callback()
def policies_list(
    context: typer.Context,
    language: Annotated[str, typer.Option("--language", "-l", help="The language of titles.")] = "en",
) -> None:
    """List the ready policies; `show ID` says more about one."""
    if context.invoked_subcommand:
        return
    table = Table(show_edge=False, pad_edge=False)
    for name in ("policy", "version", "where", "confidence", "title"):
        table.add_column(name)
    for name in policies.names():
        said = policies.document(name)
        where = said.get("jurisdiction", "")
        where = ", ".join(where) if isinstance(where, list) else str(where)
        table.add_row(
            name,
            str(said["version"]),
            where,
            str(said.get("confidence", "")),
            escape(_title(said.get("title"), language)),
        )
    out().print(table, highlight=False)


def _received(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter("a date such as 2026-01-31 is required") from None


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(help="The policy, such as uk-fca-disp.", metavar="ID")],
    received: Annotated[
        date | None,
        typer.Option(parser=_received, metavar="DATE", help="The version that takes complaints of this day."),
    ] = None,
    language: Annotated[str, typer.Option("--language", "-l", help="The language of titles.")] = "en",
    yaml: Annotated[bool, typer.Option("--yaml", help="Print the document as it was written.")] = False,
) -> None:
    """Print what a ready policy promises by when, from which sources, and how it reads them."""
    with errors_as_exit():
        if yaml:
            print(policies.text(name), end="")
            return
        policy = policies.load(name, received)
        said = policy.to_dict()
    console = out()
    console.print(f"[bold]{escape(policy.id)}@{escape(policy.version)}[/] {policy.digest[:12]}", highlight=False)
    console.print(escape(_title(said.get("title"), language)), highlight=False)
    table = Table(show_edge=False, pad_edge=False, title="clocks", title_justify="left", title_style="bold")
    for column in ("clock", "starts", "stops", "goal", "source"):
        table.add_column(column)
    for clock, rules in said["clocks"].items():
        table.add_row(
            clock, _lines(rules["start"]), _lines(rules["stop"]), _goals(rules["goals"]), rules.get("source", "")
        )
    console.print(table, highlight=False)
    if said.get("properties"):
        console.print("[bold]properties[/], proven by plaint prove", highlight=False)
        for claim in said["properties"]:
            console.print(f"  {escape(claim if isinstance(claim, str) else claim['claim'])}", highlight=False)
    console.print("[bold]sources[/]", highlight=False)
    for source, words in said["sources"].items():
        console.print(f"  {escape(source)}: {escape(words['title'])} ({words.get('confidence', '')})", highlight=False)
    if said.get("readings"):
        console.print("[bold]readings[/]", highlight=False)
        for topic, words in said["readings"].items():
            console.print(f"  {escape(topic)}: {escape(_title(words, language))}", highlight=False)
    console.print(f"[dim]{escape(_title(said.get('legal_note'), language))}[/]", highlight=False)


def _lines(triggers: list[Any]) -> str:
    return escape("\n".join(t if isinstance(t, str) else f"{t['on']} if {t['if']}" for t in triggers))


def _goals(rows: list[dict[str, str]]) -> str:
    return escape("\n".join((f"{r['if']}: " if "if" in r else "") + r["goal"] for r in rows))


def new(
    source: Annotated[str, typer.Option("--from", help="The ready policy to start from.", metavar="ID")],
    own: Annotated[str, typer.Option("--id", help="The id of the copy; my- and the first one's by default.")] = "",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file to write; ID.yaml by default.")
    ] = None,
) -> None:
    """Write a copy of a ready policy to edit; what it extends stays with plaint."""
    with errors_as_exit():
        text = policies.text(source)
        own = own or f"my-{source.replace('@', '-')}"
        if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", own):
            raise ValueError(f'an id of small letters, digits, ".", "_" and "-" is required, not "{own}"')
        file = output or Path(f"{own}.yaml")
        if file.exists():
            raise FileExistsError(f"{file} is there already")
        file.write_text(re.sub(r"^id: .*$", f"id: {own}", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    err().print(f"wrote {escape(str(file))}", highlight=False)


def lint_text(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Texts; standard input if none.", metavar="[FILE]...")
    ] = None,
    language: Annotated[
        str, typer.Option("--language", "-l", help="Ask the rules of this language only: en, zh.")
    ] = "",
    wording: Annotated[Path | None, typer.Option(help="Rules of your own: a document with a section wording.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
) -> None:
    """Say what a text to a complainant should not say, with what to say instead; fail if it is forbidden."""
    found: list[Finding] = []
    with errors_as_exit():
        texts = [(str(file), file.read_text(encoding="utf-8")) for file in files or []]
        for name, text in texts or [("(text)", sys.stdin.read())]:
            for f in lint(text, language, wording=wording):
                place = Finding(
                    f.code,
                    f.message,
                    suggestion=f.suggestion,
                    severity=f.severity,
                    file=name,
                    line=f.line,
                    column=f.column,
                )
                found.append(place)
    if json:
        print(as_json(found))
    else:
        for f in found:
            where = f"[bold]{escape(f.file)}:{f.line}:{f.column}[/]"
            say = f" Instead: {escape(f.suggestion)}" if f.suggestion else ""
            out().print(
                f"{where}: {f.severity.name.lower()}: {escape(f.message)}{say} [dim]({escape(f.code)})[/]",
                highlight=False,
            )
    errors = sum(f.severity is Severity.ERROR for f in found)
    warnings = sum(f.severity is Severity.WARNING for f in found)
    err().print(f"{count(errors, 'error')}, {count(warnings, 'warning')}", highlight=False)
    if errors or (strict and warnings):
        raise typer.Exit(1)
