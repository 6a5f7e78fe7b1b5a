# SPDX-License-Identifier: BSL-1.0
"""``plaint replay``: a log of another system run through a policy."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from plaint import Journal, Policy, parse_instant, to_iso8601
from plaint.cli.console import count, err, errors_as_exit, out

if TYPE_CHECKING:
    from plaint.replay import Replay

_SHOWN = 10


def _instant(text: str) -> datetime:
    try:
        return parse_instant(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def instant_option(text: str) -> Any:
    """An option that takes an instant, with a zone or an offset."""
    return typer.Option(parser=_instant, metavar="INSTANT", help=text)


def replay(
    policy: Annotated[Path, typer.Argument(help="The policy, YAML or JSON.")],
    log: Annotated[
        Path, typer.Argument(help="The log: CSV (also .gz) or Parquet; or one complaint's journal, .jsonl.")
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="How the log is read: a mapping document. A journal needs none.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write one row per case: .csv, .csv.gz or .parquet.")
    ] = None,
    bad: Annotated[Path | None, typer.Option(help="Write every bad row with line and reason: .csv.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write an HTML report.")] = None,
    as_of: Annotated[
        datetime | None, instant_option("Run every case up to here; else the mapping's, else the log's end.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail if a row is bad or an event is rejected.")] = False,
    groups: Annotated[int, typer.Option(min=0, help="How many groups to print, largest first.")] = 20,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar and no summary.")] = False,
) -> None:
    """Run recorded complaints through a policy: what was due when, what was late, does the log agree?

    Bad rows are counted and listed; they stop nothing unless --strict is given.
    """
    with errors_as_exit():
        if log.suffix == ".jsonl":
            _replay_journal(Policy.load(policy), log)
            return
        if mapping is None:
            raise ValueError(f"{log}: a log needs --mapping; only a journal (.jsonl) says by itself what it holds")
        from plaint.cli.summary import print_summary  # noqa: PLC0415 - pyarrow loads when it is needed
        from plaint.replay import replay as run  # noqa: PLC0415
        from plaint.replay.table import write_table  # noqa: PLC0415

        with progress(quiet) as stage:
            done = run(Policy.load(policy), log, mapping, as_of=as_of, stage=stage)
        if output:
            write_table(done.table, output)
        if bad:
            _write_bad(done, bad)
        if report:
            from plaint.report import write_report  # noqa: PLC0415

            write_report(done, report)
        if not quiet:
            print_summary(out(), done, groups)
        _print_bad(done)
        for path in (output, bad, report):
            if path:
                err().print(f"wrote {escape(str(path))}", highlight=False)
    if strict and (done.summary.bad_rows or done.summary.rejected_events):
        raise typer.Exit(1)


def _replay_journal(policy: Policy, file: Path) -> None:
    """Runs a journal again, checks it against what it says it did, and tells each step."""
    journal = Journal.from_json_lines(file.read_text(encoding="utf-8"))
    report = journal.verify(policy)
    case = None
    for record in (journal[i] for i in range(len(journal))):
        at, who, data = record["effective_at"], record.get("actor") or None, record.get("data", {})
        at = parse_instant(at) if isinstance(at, str) else at
        if case is None:
            case = policy.open(journal.complaint, at=at, actor=who, **data)
            did = case.state
        else:
            taken = case.try_apply(record["event"], at=at, actor=who, **data)
            did = case.state if taken.accepted else "refused"
        here = did if isinstance(did, str) else ", ".join(did)
        out().print(f"{to_iso8601(at)}  {record['event']} -> {escape(here)}", highlight=False)
    for name, clock in case.clocks.items() if case else ():
        for run in clock.cycles:
            due = f", due {to_iso8601(run.due)}" if run.due else ""
            out().print(f"clock {name}: {run.verdict or 'running'}{due}", highlight=False)
    if not report.ok:
        raise ValueError(f"{file}: record {report.record}: {report.why}")
    out().print(f"{journal.complaint}: {count(len(journal), 'record')}, as the policy does them", highlight=False)


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None] | None]:
    if quiet or not err().is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description:9}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err(), transient=True) as bar:
        task = bar.add_task("reading", total=1)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=max(of, 1))


def _write_bad(done: Replay, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["line", "kind", "reason"])
        writer.writerows((line, "row", reason) for line, reason in done.bad_rows())
        writer.writerows((line, "event", reason) for line, reason in done.rejections())


def _print_bad(done: Replay) -> None:
    told = done.summary
    for number, what, listed in (
        (told.bad_rows, "bad row", done.bad_rows),
        (told.rejected_events, "rejected event", done.rejections),
    ):
        if not number:
            continue
        err().print(f"[yellow]{count(number, what)}[/]", highlight=False)
        for line, reason in listed(_SHOWN):
            err().print(f"  {escape(str(done.log.path))}:{line}: {escape(reason)}", highlight=False)
        if number > _SHOWN:
            err().print(f"  and {number - _SHOWN:,} more; --bad FILE lists them all", highlight=False)
