# SPDX-License-Identifier: BSL-1.0
"""A whole log against a lifecycle."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from plaint import Policy, PolicyError
from plaint._core.analysis import DEPARTURES
from plaint.conformance.xes import read_xes
from plaint.replay.columns import Reader
from plaint.replay.faults import BadRows
from plaint.replay.log import Log, read_log
from plaint.replay.mapping import Mapping

_XES = """\
plaint-mapping: 1
rows: events
case: "case:concept:name"
at: "time:timestamp"
event: "concept:name"
"""


@dataclass(frozen=True)
class Departure:
    """Where one case first departs from the lifecycle."""

    case: str
    position: int  # of the event in the case, from 1; one more than there are where it is unfinished
    kind: str  # "unknown-event", "wrong-state", "role", "condition", "unfinished"
    event: str | None  # as the log calls it; None where it is unfinished
    row: int  # of the log, from 0
    alternatives: list[str]  # what could have come instead
    standing: list[str]  # states in which the complaint can be then


@dataclass
class Conformance:
    """How a log conforms: by case, and as figures."""

    policy: Policy
    log: Log
    cases: list[str]
    events: npt.NDArray[np.int64]  # by case, how many
    first: npt.NDArray[np.int64]  # by case, the place of its first event in `order`
    order: npt.NDArray[np.int64]  # rows of the log, case by case
    names: list[str]  # of the log's events, by row: `codes`
    codes: npt.NDArray[np.int64]
    result: dict[str, Any]

    def __len__(self) -> int:
        return len(self.cases)

    @cached_property
    def kinds(self) -> dict[str, int]:
        """How many cases depart in each way; "none" are those that fit."""
        counts = np.bincount(self.result["kind"], minlength=len(DEPARTURES))
        return {name: int(n) for name, n in zip(DEPARTURES, counts, strict=True)}

    @property
    def fitting(self) -> int:
        return self.kinds["none"]

    @cached_property
    def fitness(self) -> dict[str, float]:
        """Figures of optimal alignments: share of fitting cases, mean fitness of cases, and of the log as a whole."""
        if not self.cases:
            return {"fitting": 1.0, "average": 1.0, "log": 1.0}
        worst = int(self.events.sum()) + len(self) * int(self.result["shortest"])
        whole = 1.0 - float(self.result["cost"].sum()) / worst if worst else 1.0
        return {
            "fitting": float((self.result["cost"] == 0).mean()),
            "average": float(self.result["fitness"].mean()),
            "log": whole,
        }

    @property
    def variants(self) -> int:
        return int(self.result["variant"].max()) + 1 if self.cases else 0

    def departures(self, most: int | None = None) -> list[Departure]:
        """Where each case that does not fit first departs, in the order of cases."""
        found = []
        for c in np.flatnonzero(self.result["kind"])[:most]:
            position = int(self.result["departure"][c])
            variant = int(self.result["variant"][c])
            ended = position >= int(self.events[c])
            place = int(self.first[c]) + min(position, max(int(self.events[c]) - 1, 0))
            row = int(self.order[place]) if self.events[c] else -1
            found.append(
                Departure(
                    self.cases[c],
                    position + 1,
                    DEPARTURES[self.result["kind"][c]],
                    None if ended else self.names[self.codes[place]],
                    row,
                    self.result["alternatives"][variant],
                    self.result["standing"][variant],
                )
            )
        return found

    def common(self, most: int = 20) -> list[tuple[str, str, str, int]]:
        """The most frequent departures: kind, event, states in which it came, and how many cases."""
        counted = Counter((d.kind, d.event or "", ", ".join(d.standing)) for d in self.departures())
        return [(*key, number) for key, number in counted.most_common(most)]

    @cached_property
    def table(self) -> pa.Table:
        """One row per case: events, kind and place of the departure, cost and fitness."""
        kinds = pa.DictionaryArray.from_arrays(pa.array(self.result["kind"].astype(np.int32)), pa.array(DEPARTURES))
        return pa.table(
            {
                "case": pa.array(self.cases),
                "events": pa.array(self.events),
                "departure": kinds,
                "position": pa.array(self.result["departure"] + 1, mask=self.result["kind"] == 0),
                "cost": pa.array(self.result["cost"]),
                "fitness": pa.array(self.result["fitness"]),
                "variant": pa.array(self.result["variant"]),
            }
        )


def conform(
    policy: Policy, log: str | os.PathLike[str], mapping: Mapping | str | os.PathLike[str] | None = None
) -> Conformance:
    """Holds a log, CSV, Parquet or XES, against a policy's lifecycle.

    The mapping has one row per event (`rows: events`); XES needs none where its names are the policy's. Events keep the
    order of the log within a case, or that of time where the mapping says `order: time`. Raises PolicyError where the
    mapping does not fit the policy or the log.
    """
    path = Path(log)
    xes = path.name.removesuffix(".gz").endswith(".xes")
    how = _mapping(mapping, xes)
    how.check_policy(policy)
    read = Log(path, _columns(read_xes(path), how), is_text=False) if xes else _read(path, how)
    reader = Reader(read, how, BadRows(len(read)))
    return _run(policy, read, reader, how)


def _mapping(given: Mapping | str | os.PathLike[str] | None, xes: bool) -> Mapping:
    if isinstance(given, Mapping):
        found = given
    elif given is not None:
        found = Mapping.load(given)
    elif xes:
        found = Mapping.parse(_XES.replace('event: "concept:name"', 'event: { column: "concept:name" }'), "xes")
    else:
        raise ValueError("a mapping is required: how is the log read?")
    if not found.per_event:
        raise ValueError("a log with one row per event is required (rows: events)")
    return found


def _columns(table: pa.Table, how: Mapping) -> pa.Table:
    how.check_columns(table.column_names)
    return table


def _read(path: Path, how: Mapping) -> Log:
    sources = [how.case, how.at, how.event.source if how.event else None]
    role = how.role if how.role is not None and not isinstance(how.role, str) else None
    texts = [s.column for s in (how.case, how.at) if s]
    columns = [s.column for s in (*sources, role) if s]
    return read_log(path, texts=texts, categories=columns, encoding=how.encoding, check=how.check_columns)


def _coded(column: pa.Array) -> tuple[npt.NDArray[np.int64], list[str]]:
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(pc.cast(column, pa.string()))
    codes = pc.fill_null(column.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, [str(v) for v in column.dictionary.to_pylist()]


def _run(policy: Policy, read: Log, reader: Reader, how: Mapping) -> Conformance:
    assert how.event is not None
    owners, ids = _coded(read.column(how.case.column))
    said, names = _coded(read.column(how.event.source.column))
    usable = (owners >= 0) & (said >= 0)
    opening = how.event.opening
    if opening is not None and opening in names:
        usable &= said != names.index(opening)
    ours = dict(how.event.source.names)
    if ours and how.event.others == "skip":
        known = np.array([n in ours for n in names] + [False])
        usable &= known[said]
    rows = np.flatnonzero(usable)
    keys = [rows]
    if how.by_time and how.at is not None:
        keys.append(reader.times(how.at)[rows].astype(np.int64))
    keys.append(owners[rows])
    order = rows[np.lexsort(keys)]
    present, case = np.unique(owners[order], return_inverse=True)
    events = np.bincount(case, minlength=len(present)).astype(np.int64)
    first = np.concatenate([[0], np.cumsum(events)[:-1]]).astype(np.int64) if len(present) else np.zeros(0, np.int64)
    role, roles = _roles(how, read, order)
    result = policy.conform(
        cases=len(present),
        case=case.astype(np.int64),
        event=said[order],
        event_names=[ours.get(n, n) for n in names],
        role=role,
        roles=roles,
    )
    return Conformance(policy, read, [ids[i] for i in present], events, first, order, names, said[order], result)


def _roles(how: Mapping, read: Log, order: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64] | None, list[str]]:
    if how.role is None:
        return None, []
    if isinstance(how.role, str):
        return np.zeros(len(order), np.int64), [how.role]
    codes, names = _coded(read.column(how.role.column))
    ours = dict(how.role.names)
    return codes[order], [ours.get(n, n) for n in names]


__all__ = ["Conformance", "Departure", "PolicyError", "conform"]
