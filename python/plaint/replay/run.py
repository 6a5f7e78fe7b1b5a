# SPDX-License-Identifier: BSL-1.0
"""A whole log through a policy."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plaint.replay.cases import Cases, read_cases
from plaint.replay.columns import Categorical, Reader, Times
from plaint.replay.faults import BadRows
from plaint.replay.log import Log, read_log
from plaint.replay.mapping import Mapping, Recorded
from plaint.replay.summary import Summary, summarise
from plaint.replay.table import result_table

Stage = Callable[[str, int, int], None]  # what is done, how much of it, of how much


@dataclass
class Replay:
    """What came out: the cases, what the policy made of each, and the rows that could not be used."""

    policy: Any
    mapping: Mapping
    log: Log
    cases: Cases
    bad: BadRows
    result: Any
    as_of: datetime | None
    group_name: str = ""
    group: Categorical | None = None
    recorded: dict[str, tuple[Recorded, Times | None, Categorical | None]] | None = None

    @cached_property
    def table(self) -> pa.Table:
        """One row per case: due dates, verdicts, breaches, what the log has recorded, and whether both agree."""
        return result_table(self)

    @cached_property
    def summary(self) -> Summary:
        """The figures of it all."""
        return summarise(self)

    def bad_rows(self, most: int | None = None) -> list[tuple[int, str]]:
        """Line and reason of rows that were left out, in the order of the log."""
        listed = list(self.bad.listed(most))
        lines = self.log.lines(row for row, _ in listed)
        found = [(lines.get(row, row + 1), reason) for row, reason in listed]
        return sorted([*found, *self.log.ragged])[:most]

    def rejections(self, most: int | None = None) -> list[tuple[int, str]]:
        """Line and reason of events that the policy did not accept."""
        refused = self.result.rejections
        events = np.asarray(refused["event"])[:most]
        rows = self.cases.event_row[events]
        lines = self.log.lines(int(row) for row in rows)
        return [(lines.get(int(row), int(row) + 1), str(refused["message"][i])) for i, row in enumerate(rows)]


def replay(
    policy: Any,
    log: str | os.PathLike[str],
    mapping: Mapping | str | os.PathLike[str],
    *,
    as_of: datetime | None = None,
    stage: Stage | None = None,
    threads: bool = False,
) -> Replay:
    """Runs every case of a log through a policy, up to `as_of` (else the mapping's, else the log's last instant).

    Raises PolicyError where the mapping does not fit the policy or the log; rows that do not fit are left out and
    noted in `bad`.
    """
    if not isinstance(mapping, Mapping):
        mapping = Mapping.load(mapping)
    mapping.check_policy(policy)
    tell = stage or (lambda what, done, of: None)
    read = _read(log, mapping, policy, tell, threads)
    reader = Reader(read, mapping, BadRows(len(read)))
    tell("sorting", 0, 1)
    cases = read_cases(reader, policy)
    until = as_of or mapping.as_of or _instant(cases.last_instant())
    tell("running", 0, len(cases))
    result = policy.replay(
        cases=len(cases),
        case=cases.case,
        event=cases.event,
        at=cases.at,
        event_names=cases.event_names,
        roles=cases.roles or None,
        role=cases.role,
        attributes=cases.attributes,
        data=cases.data,
        as_of=until,
        slack=mapping.slack,
    )
    tell("running", len(cases), len(cases))
    done = Replay(policy, mapping, read, cases, reader.bad, result, until)
    _add_group(done, reader)
    done.recorded = {said.clock: _recorded(reader, said, cases.rows) for said in mapping.recorded}
    return done


def _read(log: str | os.PathLike[str], mapping: Mapping, policy: Any, tell: Stage, threads: bool) -> Log:
    stamps = {a.name for a in policy.attributes if a.type == "timestamp"}
    texts = [mapping.case, mapping.opened, mapping.at, *(e.at for e in mapping.events)]
    texts += [said.due for said in mapping.recorded]
    texts += [s for name, s in (*mapping.attributes.items(), *mapping.data.items()) if name in stamps]
    return read_log(
        log,
        texts=[s.column for s in texts if s],
        categories=[s.column for s in mapping.sources()],
        encoding=mapping.encoding,
        check=mapping.check_columns,
        progress=lambda done, of: tell("reading", done, of),
        threads=threads,
    )


def _add_group(done: Replay, reader: Reader) -> None:
    source = done.mapping.group_by
    if source is None:
        return
    labels = reader.labels(source)
    done.group_name = source.column
    done.group = labels.take(done.cases.rows)


def _recorded(
    reader: Reader, said: Recorded, rows: npt.NDArray[np.int64]
) -> tuple[Recorded, Times | None, Categorical | None]:
    due = reader.times(said.due)[rows] if said.due else None
    verdict = reader.words(said.verdict, ["met", "missed"], skip=True).take(rows) if said.verdict else None
    return said, due, verdict


def _instant(at: np.datetime64) -> datetime | None:
    return None if np.isnat(at) else at.astype("datetime64[us]").item().replace(tzinfo=timezone.utc)
