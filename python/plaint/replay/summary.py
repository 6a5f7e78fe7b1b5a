# SPDX-License-Identifier: BSL-1.0
"""The figures of a replay: how many promises were kept, by group, and where the log disagrees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from plaint.replay.table import MET, MISSED, PAUSED, RUNNING, due_agreement, verdict_agreement

if TYPE_CHECKING:
    from plaint.replay.run import Replay


@dataclass(frozen=True)
class Attainment:
    """Counts of one clock in one group; `late` still run although their due date has passed."""

    group: str
    cases: int
    met: int
    missed: int
    running: int
    late: int

    @property
    def share(self) -> float | None:
        """Kept promises of those decided: met / (met + missed); None where none is decided."""
        decided = self.met + self.missed
        return self.met / decided if decided else None


@dataclass(frozen=True)
class Agreement:
    """How often the log says the same, of the cases in which it says something."""

    compared: int
    agreed: int

    @property
    def share(self) -> float | None:
        return self.agreed / self.compared if self.compared else None


@dataclass
class ClockSummary:
    clock: str
    total: Attainment
    groups: list[Attainment] = field(default_factory=list)
    due: Agreement | None = None
    verdict: Agreement | None = None
    disagreeing: list[tuple[str, int, int]] = field(default_factory=list)  # group, disagreements, compared


@dataclass
class Summary:
    """What `plaint replay` prints."""

    rows: int
    cases: int
    events: int
    bad_rows: int
    rejected_events: int
    clocks: list[ClockSummary] = field(default_factory=list)


def summarise(done: Replay) -> Summary:
    """Counts everything once; groups come in order of size."""
    return Summary(
        rows=len(done.log) + len(done.log.ragged),
        cases=len(done.cases),
        events=int((done.cases.event >= 0).sum()),
        bad_rows=len(done.bad) + len(done.log.ragged),
        rejected_events=len(done.result.rejections["event"]),
        clocks=[_clock(done, clock.id) for clock in done.policy.clocks],
    )


def _clock(done: Replay, clock: str) -> ClockSummary:
    read = done.result.clock(clock)
    verdict = np.asarray(read["verdict"])
    runs = np.isin(verdict, (RUNNING, PAUSED))
    late = runs & ~np.isnat(np.asarray(read["breached_at"]))
    counted = (verdict != 0, verdict == MET, verdict == MISSED, runs & ~late, late)
    told = ClockSummary(clock, Attainment("", *(int(c.sum()) for c in counted)))
    names, codes = _groups(done)
    if names:
        by_group = np.stack([np.bincount(codes[c], minlength=len(names)) for c in counted], axis=1)
        order = sorted(range(len(names)), key=lambda i: (-by_group[i, 0], names[i]))
        told.groups = [Attainment(names[i], *(int(n) for n in by_group[i])) for i in order if by_group[i, 0]]
    said = (done.recorded or {}).get(clock)
    if said is not None and said[1] is not None:
        agrees, compared = due_agreement(done, clock)
        told.due = _agreement(agrees, compared)
        told.disagreeing = _disagreeing(names, codes, ~agrees & compared, compared)
    if said is not None and said[2] is not None:
        told.verdict = _agreement(*verdict_agreement(done, clock))
    return told


def _groups(done: Replay) -> tuple[list[str], npt.NDArray[np.int64]]:
    if done.group is None:
        return [], np.empty(0, dtype=np.int64)
    names = [*done.group.categories, "(none)"]
    codes = done.group.codes.astype(np.int64)
    return names, np.where(codes < 0, len(names) - 1, codes)


def _agreement(agrees: npt.NDArray[np.bool_], compared: npt.NDArray[np.bool_]) -> Agreement:
    return Agreement(int(compared.sum()), int((agrees & compared).sum()))


def _disagreeing(
    names: list[str], codes: npt.NDArray[np.int64], differs: npt.NDArray[np.bool_], compared: npt.NDArray[np.bool_]
) -> list[tuple[str, int, int]]:
    if not names:
        return []
    wrong = np.bincount(codes[differs], minlength=len(names))
    of = np.bincount(codes[compared], minlength=len(names))
    order = sorted(range(len(names)), key=lambda i: (-wrong[i], names[i]))
    return [(names[i], int(wrong[i]), int(of[i])) for i in order if wrong[i]]
