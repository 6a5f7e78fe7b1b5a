# SPDX-License-Identifier: BSL-1.0
"""What the pictures of a report show, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from plaint.replay.table import PAUSED, RUNNING

if TYPE_CHECKING:
    from plaint.replay import Replay

_DAY = np.timedelta64(1, "D")
AGES = (("up to a day", 1), ("2-3 days", 3), ("4-7 days", 7), ("2 weeks", 14), ("4 weeks", 28), ("8 weeks", 56))
OLDER = "older"


@dataclass(frozen=True)
class Ageing:
    """Open cases by age, and how many of them have a clock that is overdue."""

    labels: list[str]
    in_time: list[int]
    overdue: list[int]

    @property
    def total(self) -> int:
        return sum(self.in_time) + sum(self.overdue)


@dataclass(frozen=True)
class Breaches:
    """Breaches of one clock by the week (from Monday, UTC) or month in which they happened."""

    clock: str
    starts: npt.NDArray[np.datetime64]
    counts: npt.NDArray[np.int64]


def ageing(done: Replay) -> Ageing:
    """The open cases as of the end of the replay; a case is open until it is in a final state or one tagged closed."""
    is_open = open_cases(done)
    now = np.datetime64(done.as_of.replace(tzinfo=None), "us") if done.as_of else done.cases.last_instant()
    age = now - opened_at(done)
    late = np.zeros(len(done.cases), dtype=bool)
    for clock in done.policy.clocks:
        read = done.result.clock(clock.id)
        runs = np.isin(np.asarray(read["verdict"]), (RUNNING, PAUSED))
        late |= runs & ~np.isnat(np.asarray(read["breached_at"]))
    edges = np.array([days * _DAY for _, days in AGES], dtype="timedelta64[us]")
    bucket = np.searchsorted(edges, age.astype("timedelta64[us]"), side="left")
    size = len(AGES) + 1
    return Ageing(
        [name for name, _ in AGES] + [OLDER],
        np.bincount(bucket[is_open & ~late], minlength=size).tolist(),
        np.bincount(bucket[is_open & late], minlength=size).tolist(),
    )


def breaches(done: Replay) -> list[Breaches]:
    """For each clock that was ever breached; weeks where the log spans up to a year, else months."""
    at = {c.id: _times(done.result.clock(c.id)["breached_at"]) for c in done.policy.clocks}
    at = {name: times[~np.isnat(times)] for name, times in at.items()}
    everything = np.concatenate([*at.values(), np.empty(0, "datetime64[us]")])
    if not len(everything):
        return []
    first, last = everything.min(), everything.max()
    by_week = last - first <= 371 * _DAY
    starts = _weeks(first, last) if by_week else _months(first, last)
    ends = np.r_[starts[1:], np.datetime64("9999-01-01", "us")]
    told = []
    for name, times in at.items():
        if len(times):
            place = np.searchsorted(ends, times, side="right")
            told.append(Breaches(name, starts, np.bincount(place, minlength=len(starts))))
    return told


def open_cases(done: Replay) -> npt.NDArray[np.bool_]:
    closed = closed_states(done.policy)
    names = list(done.policy.states)
    ended = np.array([name in closed for name in names] + [True])
    state = np.minimum(np.asarray(done.result.state).astype(np.int64), len(names))
    return ~ended[state]


def opened_at(done: Replay) -> npt.NDArray[np.datetime64]:
    first = np.flatnonzero(done.cases.event == -1)
    times = np.full(len(done.cases), np.datetime64("NaT", "us"))
    times[done.cases.case[first]] = done.cases.at[first]
    return times


def closed_states(policy: Any) -> set[str]:
    """The states in which a case is over: final ones, and those tagged "closed"."""
    found: set[str] = set()

    def walk(states: dict[str, Any]) -> None:
        for name, written in states.items():
            state = written or {}
            if state.get("type") == "final" or "closed" in (state.get("tags") or []):
                found.add(name)
            walk(state.get("states") or {})

    walk(policy.lifecycle.to_dict().get("states") or {})
    return found


def _times(values: Any) -> npt.NDArray[np.datetime64]:
    return np.asarray(values, dtype="datetime64[us]")


def _weeks(first: np.datetime64, last: np.datetime64) -> npt.NDArray[np.datetime64]:
    day = first.astype("datetime64[D]")
    monday = day - (day.astype(np.int64) + 3) % 7  # 1970-01-01 was a Thursday
    return np.arange(monday, last.astype("datetime64[D]") + 1, np.timedelta64(7, "D")).astype("datetime64[us]")


def _months(first: np.datetime64, last: np.datetime64) -> npt.NDArray[np.datetime64]:
    return np.arange(first.astype("datetime64[M]"), last.astype("datetime64[M]") + 1).astype("datetime64[us]")
