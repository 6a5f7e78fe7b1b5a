# SPDX-License-Identifier: BSL-1.0
"""The indicators that a replay tells by itself, each with its definition; see docs/indicators.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from plaint import metrics
from plaint.replay.columns import Categorical
from plaint.replay.table import MET, MISSED
from plaint.report.figures import open_cases, opened_at

if TYPE_CHECKING:
    from plaint.replay import Replay

_DAY = np.timedelta64(1, "D")
_CAUSES = ("root_cause", "cause", "category")


@dataclass(frozen=True)
class Indicator:
    """One figure: what it is, its value as text, by what definition, where it comes from."""

    name: str
    value: str
    definition: str
    source: str = ""


@dataclass(frozen=True)
class Causes:
    """Why customers complain, the most frequent cause first: name, count, cumulative share, one of the vital few."""

    attribute: str
    rows: list[tuple[str, int, float, bool]]


def indicators(done: Replay) -> list[Indicator]:
    """Those for which the log has something to count."""
    told = [_handling_time(done), _backlog(done), *_rates(done), *_service_quality(done)]
    return [each for each in told if each]


def causes(done: Replay) -> Causes | None:
    """By the last value that each case has of the first attribute that names causes."""
    for name in _CAUSES:
        column = done.cases.data.get(name, done.cases.attributes.get(name))
        if not isinstance(column, Categorical):
            continue
        owner = done.cases.case if len(column) == len(done.cases.case) else np.arange(len(done.cases))
        last = np.full(len(done.cases), -1, dtype=np.int64)
        there = column.codes >= 0
        last[owner[there]] = column.codes[there]
        counts = np.bincount(last[last >= 0], minlength=len(column.categories))
        counted = {column.categories[i]: int(n) for i, n in enumerate(counts) if n}
        if counted:
            return Causes(name, metrics.pareto(counted))
    return None


def _accepted(done: Replay) -> npt.NDArray[np.bool_]:
    good = np.ones(len(done.cases.event), dtype=bool)
    good[np.asarray(done.result.rejections["event"]).astype(np.int64)] = False
    return good


def _cases_with(done: Replay, *events: str) -> npt.NDArray[np.int64]:
    """By case: how often one of these events was accepted."""
    wanted = [i for i, name in enumerate(done.cases.event_names) if name in events]
    hit = np.isin(done.cases.event, wanted) & _accepted(done)
    return np.bincount(done.cases.case[hit], minlength=len(done.cases))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%} ({part:,} of {whole:,})" if whole else "-"


def _rates(done: Replay) -> list[Indicator]:
    names = done.cases.event_names
    again = _cases_with(done, "redispatch")
    found = []
    sent = _cases_with(done, *(n for n in names if n.startswith("dispatch"))) + again > 0
    if sent.any():
        once = int((sent & (again == 0)).sum())
        found += [
            Indicator(
                "one-time resolution",
                _share(once, int(sent.sum())),
                "complaints dispatched that needed no second dispatch; the manual asks for 85 %",
                "S-110",
            ),
            Indicator("redispatch rate", _share(int(sent.sum()) - once, int(sent.sum())), "the others of these"),
        ]
    climbed = _cases_with(done, *(n for n in names if n.startswith(("escalate", "refer_external"))))
    if any(n.startswith(("escalate", "refer_external")) for n in names):
        found.append(
            Indicator(
                "escalation rate",
                _share(int((climbed > 0).sum()), len(done.cases)),
                "complaints with an event that escalates or goes outside; the manual asks for none",
                "S-111",
            )
        )
    if "reopen" in names:
        reopened = _cases_with(done, "reopen") > 0
        closed = ~open_cases(done) | reopened
        found.append(
            Indicator(
                "reopen rate",
                _share(int(reopened.sum()), int(closed.sum())),
                "complaints opened again of those that were ever closed",
            )
        )
    return found


def _handling_time(done: Replay) -> Indicator | None:
    ended = ~open_cases(done)
    last = np.full(len(done.cases), np.datetime64("NaT", "us"))
    good = _accepted(done)
    last[done.cases.case[good]] = done.cases.at[good]
    took = ((last - opened_at(done)) / _DAY)[ended]
    days = [float(d) for d in took if not np.isnan(d)]
    if not days:
        return None
    half, most = metrics.percentile(days, 50), metrics.percentile(days, 90)
    return Indicator(
        "handling time", f"{half:.1f} days, 90 %: {most:.1f}", "from opening to the last event, of closed complaints"
    )


def _backlog(done: Replay) -> Indicator:
    return Indicator("backlog", _share(int(open_cases(done).sum()), len(done.cases)), "complaints that are open")


def _service_quality(done: Replay) -> list[Indicator]:
    silent = metrics.silent_customers(len(done.cases))
    kept = missed = 0
    for clock in done.policy.clocks:
        verdict = np.asarray(done.result.clock(clock.id)["verdict"])
        kept, missed = max(kept, int((verdict == MET).sum())), max(missed, int((verdict == MISSED).sum()))
    least, most, bad = metrics.word_of_mouth(kept, missed)
    found = [
        Indicator(
            "silent customers", f"{silent:,.0f}", "those behind the complaints: 4 % of the dissatisfied say so", "S-114"
        ),
        Indicator(
            "word of mouth",
            f"{least:,.0f} to {most:,.0f} hear good of it, {bad:,.0f} bad",
            "if who was answered in time is satisfied and tells 2 to 5 people, and who was not tells 25",
            "S-115",
        ),
    ]
    gap = _gap(done)
    return [*found, gap] if gap else found


def _gap(done: Replay) -> Indicator | None:
    both: list[Any] = [done.cases.data.get(n, done.cases.attributes.get(n)) for n in ("expectation", "perception")]
    if any(c is None or isinstance(c, Categorical) for c in both):
        return None
    means = []
    for column in both:
        values, there = column if isinstance(column, tuple) else (column, np.ones(len(column), dtype=bool))
        if not np.any(there):
            return None
        means.append(float(np.mean(np.asarray(values, dtype=float)[there])))
    value = metrics.satisfaction_gap(*means)
    return Indicator("satisfaction gap", f"{value:+.2f} points", "mean expectation less mean perception", "S-113")
