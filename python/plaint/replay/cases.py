# SPDX-License-Identifier: BSL-1.0
"""From the rows of a log to cases with their events in order, as the engine's bulk call takes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from plaint.replay.columns import Column, Reader, Times, spread, take
from plaint.replay.mapping import EventNames, Mapping

Places = npt.NDArray[np.int64]
OPENING = -1


@dataclass
class Cases:
    """Events of one case are contiguous and in order; each case begins with its opening."""

    ids: pa.Array
    rows: Places  # the row of the log that a case comes from; its first one where it has several
    case: npt.NDArray[np.uint32]
    event: npt.NDArray[np.int32]
    at: Times
    event_row: Places  # the row of the log that an event comes from
    event_names: list[str]
    roles: list[str] = field(default_factory=list)
    role: npt.NDArray[np.int32] | None = None
    attributes: dict[str, Column] = field(default_factory=dict)
    data: dict[str, Column] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids)

    def last_instant(self) -> np.datetime64:
        """The latest instant that the log has."""
        return self.at.max() if len(self.at) else np.datetime64("NaT", "us")


def read_cases(reader: Reader, policy: Any) -> Cases:
    """The cases of a log; rows that can't be used are noted in the reader."""
    return _of_events(reader, policy) if reader.mapping.per_event else _of_cases(reader, policy)


def _of_cases(reader: Reader, policy: Any) -> Cases:
    mapping, bad = reader.mapping, reader.bad
    assert mapping.opened is not None
    ids = _ids(reader)
    _refuse_repeated(reader, ids)
    opened = reader.times(mapping.opened, required=True)
    columns = [opened]
    for event in mapping.events:
        at = reader.times(event.at)
        for source, texts in event.only_if:
            labels = reader.labels(source)
            wanted = [i for i, name in enumerate(labels.categories) if name in texts]
            at = np.where(np.isin(labels.codes, wanted), at, np.datetime64("NaT"))
        early = np.flatnonzero(at < opened - np.timedelta64(mapping.slack))
        bad.add(f"{event.name} comes before the opening", early)
        columns.append(at)
    attributes = _attributes(reader, policy)
    good = np.flatnonzero(~bad.mask)
    whole = len(good) == len(bad.mask)
    grid = np.stack(columns, axis=1) if whole else np.stack(columns, axis=1)[good]
    order = _order(grid)
    there = ~np.isnat(grid)
    if order is not None:
        grid, there = np.take_along_axis(grid, order, 1), np.take_along_axis(there, order, 1)
    counts = there.sum(axis=1)
    names = np.arange(-1, len(mapping.events), dtype=np.int32)
    which = np.broadcast_to(names, grid.shape) if order is None else names[order]
    cases = Cases(
        ids=ids if whole else ids.take(pa.array(good)),
        rows=good,
        case=np.repeat(np.arange(len(good), dtype=np.uint32), counts),
        event=np.ascontiguousarray(which[there]),
        at=grid[there],
        event_row=np.repeat(good, counts),
        event_names=[e.name for e in mapping.events],
        attributes=attributes if whole else {name: take(c, good) for name, c in attributes.items()},
    )
    _roles_of_columns(mapping, cases)
    return cases


def _order(grid: npt.NDArray[Any]) -> npt.NDArray[np.int64] | None:
    """The events of each case by time, the opening first and ties as the mapping lists them; None: they are."""
    if grid.shape[1] < 3:
        return None
    keys = grid.view(np.int64).copy()
    keys[np.isnat(grid)] = np.iinfo(np.int64).max
    keys[:, 0] = np.iinfo(np.int64).min
    return np.argsort(keys, axis=1, kind="stable")


def _roles_of_columns(mapping: Mapping, cases: Cases) -> None:
    roles = [e.role for e in mapping.events]
    common = mapping.role if isinstance(mapping.role, str) else None
    cases.roles = sorted({r for r in (*roles, common) if r})
    if cases.roles:
        places = [cases.roles.index(r) if (r := role or common) else -1 for role in roles]
        places.append(cases.roles.index(common) if common else -1)  # of the opening: place -1
        cases.role = np.array(places, dtype=np.int32)[cases.event]


def _of_events(reader: Reader, policy: Any) -> Cases:
    mapping, bad = reader.mapping, reader.bad
    assert mapping.at is not None
    assert mapping.event is not None
    ids = _ids(reader)
    at = reader.times(mapping.at, required=True)
    event_names, event = _event_codes(reader, mapping.event, list(policy.events))
    role = (
        reader.words(mapping.role, list(policy.roles)) if mapping.role and not isinstance(mapping.role, str) else None
    )
    attributes = _attributes(reader, policy)
    data = {name: _column(reader, source, name, policy) for name, source in mapping.data.items()}
    encoded = ids.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    rows = _in_order(codes, at, ~bad.mask, mapping.by_time)
    _refuse_late(reader, codes, at, rows)
    rows = rows[~bad.mask[rows]]
    case_of_row = codes[rows]
    first = np.flatnonzero(np.r_[True, case_of_row[1:] != case_of_row[:-1]]) if len(rows) else np.empty(0, np.int64)
    happens = event[rows] >= 0
    number = np.cumsum(np.r_[False, case_of_row[1:] != case_of_row[:-1]]) if len(rows) else np.empty(0, np.int64)

    # Each case begins with an opening at the time of its first row; the row's own event comes right after it.
    source = np.concatenate([rows[first], rows[happens]])
    owner = np.concatenate([np.arange(len(first)), number[happens]])
    what = np.concatenate([np.full(len(first), OPENING, np.int32), event[rows[happens]].astype(np.int32)])
    turn = np.argsort(owner, kind="stable")
    total = len(turn)
    own = np.flatnonzero(what[turn] != OPENING)
    cases = Cases(
        ids=encoded.dictionary.take(pa.array(case_of_row[first])),
        rows=rows[first],
        case=owner[turn].astype(np.uint32),
        event=what[turn],
        at=at[source[turn]],
        event_row=source[turn],
        event_names=event_names,
        attributes={name: take(column, rows[first]) for name, column in attributes.items()},
        data={name: spread(take(column, source[turn][own]), own, total) for name, column in data.items()},
    )
    if role is not None:
        cases.roles, cases.role = role.categories, role.codes[source[turn]]
    elif mapping.role:
        cases.roles, cases.role = [str(mapping.role)], np.zeros(total, dtype=np.int32)
    return cases


def _event_codes(reader: Reader, names: EventNames, known: list[str]) -> tuple[list[str], npt.NDArray[np.int32]]:
    """The event of each row, -1 where the row only opens or is skipped."""
    codes, texts = reader.codes(names.source.column)
    places = {name: i for i, name in enumerate(known)}
    lookup = np.full(len(texts) + 1, -2, dtype=np.int32)
    for i, text in enumerate(texts):
        lookup[i] = -1 if text == names.opening else places.get(names.source.names.get(text, text), -2)
    lookup[-1] = -2
    event = lookup[codes]
    unknown = np.flatnonzero(event == -2)
    if len(unknown) and names.others == "reject":
        told = [texts[code] if code >= 0 else "" for code in codes[unknown]]
        reader.bad.add(f"{names.source.column} names no event", unknown, told)
    return known, np.where(event == -2, -1, event).astype(np.int32)


def _in_order(codes: Places, at: Times, good: npt.NDArray[np.bool_], by_time: bool) -> Places:
    """The good rows, case by case in the order of their first rows, by time or as the file has them."""
    order = np.lexsort((at.view(np.int64), codes)) if by_time else np.argsort(codes, kind="stable")
    return order[good[order]]


def _refuse_late(reader: Reader, codes: Places, at: Times, rows: Places) -> None:
    """Rows that lie further back than the slack behind the one before them in their case are bad."""
    slack = np.timedelta64(reader.mapping.slack)
    times, owner = at[rows], codes[rows]
    back = np.flatnonzero((times[1:] < times[:-1] - slack) & (owner[1:] == owner[:-1]))
    late: list[int] = []
    for case in np.unique(owner[back + 1]):
        begin, end = np.searchsorted(owner, [case, case + 1])
        latest = times[begin]
        for i in range(begin + 1, end):
            if times[i] < latest - slack:
                late.append(int(rows[i]))
            else:
                latest = max(latest, times[i])
    if late:
        reader.bad.add("lies before the row above it of the same case", np.array(late))


def _ids(reader: Reader) -> pa.Array:
    mapping = reader.mapping
    column = reader.log.column(mapping.case.column)
    ids = column if pa.types.is_large_string(column.type) else column.cast(pa.large_string())
    empty = np.flatnonzero(reader._is_absent(ids))
    if len(empty):
        reader.bad.add(f"{mapping.case.column} is empty", empty)
        ids = ids.fill_null("")
    return ids


def _refuse_repeated(reader: Reader, ids: pa.Array) -> None:
    if _are_other_numbers(ids):
        return
    encoded = ids.dictionary_encode()
    if len(encoded.dictionary) == len(ids):
        return
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    seen = np.zeros(len(ids), dtype=bool)
    seen[np.unique(codes, return_index=True)[1]] = True
    again = np.flatnonzero(~seen)
    told = [str(v) for v in ids.take(pa.array(again)).to_pylist()]
    reader.bad.add(f"{reader.mapping.case.column} came before", again, told)


def _are_other_numbers(ids: pa.Array) -> bool:
    """True if all are numbers and no two the same, which is quicker to find out than that texts differ."""
    try:
        numbers = np.sort(ids.cast(pa.int64()).to_numpy(zero_copy_only=False))
    except pa.ArrowInvalid:
        return False
    return bool((numbers[1:] != numbers[:-1]).all())


def _attributes(reader: Reader, policy: Any) -> dict[str, Column]:
    return {name: _column(reader, source, name, policy) for name, source in reader.mapping.attributes.items()}


def _column(reader: Reader, source: Any, name: str, policy: Any) -> Column:
    for attribute in policy.attributes:
        if attribute.name == name:
            return reader.attribute(source, attribute.type, list(attribute.members))
    return reader.labels(source)
