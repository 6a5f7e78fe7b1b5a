# SPDX-License-Identifier: BSL-1.0
"""The summary of a replay as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from plaint.cli.console import count

if TYPE_CHECKING:
    from plaint.replay import Attainment, Replay
    from plaint.replay.summary import Agreement, ClockSummary


def print_summary(console: Console, done: Replay, groups: int) -> None:
    """Attainment by clock and group, and where the log disagrees."""
    told = done.summary
    policy = done.policy
    console.print(f"[bold]{escape(policy.id)}@{escape(policy.version)}[/] {policy.digest[:12]}", highlight=False)
    counted = f"{count(told.rows, 'row')}, {count(told.cases, 'case')}, {count(told.events, 'event')}"
    if done.as_of is not None:
        counted += f", as of {done.as_of:%Y-%m-%d %H:%M} UTC"
    console.print(counted, highlight=False)
    for clock in told.clocks:
        console.print(_table(done.group_name, clock, groups))
        for what, agreement in (("due date", clock.due), ("verdict", clock.verdict)):
            if agreement is not None:
                console.print(_agreement(what, agreement), highlight=False)
        if clock.disagreeing:
            _print_disagreeing(console, clock, groups)


def percent(share: float | None, digits: int = 1) -> str:
    """A share in percent, cut off: 100.0 % only where it is all."""
    if share is None:
        return "-"
    scale = 10 ** (digits + 2)
    return f"{int(share * scale + 1e-9) * 100 / scale:.{digits}f} %"


def _table(group_name: str, clock: ClockSummary, groups: int) -> Table:
    table = Table(title=escape(clock.clock), title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    table.add_column(escape(group_name))
    for name in ("cases", "met", "missed", "running", "late", "attained"):
        table.add_column(name, justify="right")
    for row in clock.groups[:groups]:
        _add(table, escape(row.group), row)
    left = clock.groups[groups:]
    if left:
        table.add_row(f"[dim]{count(len(left), 'more group')}[/]", f"[dim]{sum(r.cases for r in left):,}[/]")
    if clock.groups and groups:
        table.add_section()
    _add(table, "all", clock.total, "bold")
    return table


def _add(table: Table, name: str, row: Attainment, style: str = "") -> None:
    counts = (row.cases, row.met, row.missed, row.running, row.late)
    table.add_row(name, *(f"{n:,}" for n in counts), percent(row.share), style=style)


def _agreement(what: str, told: Agreement) -> str:
    return f"recorded {what} agrees in {told.agreed:,} of {told.compared:,}: {percent(told.share, 2)}"


def _print_disagreeing(console: Console, clock: ClockSummary, groups: int) -> None:
    table = Table(
        show_edge=False, pad_edge=False, title="due dates that disagree most", title_justify="left", title_style="dim"
    )
    table.add_column("")
    table.add_column("differ", justify="right")
    table.add_column("of", justify="right")
    for name, wrong, of in clock.disagreeing[: min(groups, 10)]:
        table.add_row(escape(name), f"{wrong:,}", f"{of:,}")
    console.print(table)
