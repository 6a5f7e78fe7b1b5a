# SPDX-License-Identifier: BSL-1.0
"""One row per case, as an Arrow table, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet

from plaint.replay.columns import Categorical, Times

if TYPE_CHECKING:
    from plaint.replay.run import Replay

VERDICTS = ["running", "met", "missed", "cancelled", "superseded", "paused"]
RUNNING, MET, MISSED, CANCELLED, SUPERSEDED, PAUSED = range(1, 7)
_UTC = pa.timestamp("us", tz="UTC")
_NEVER_OPENED = 65535


def result_table(done: Replay) -> pa.Table:
    """The table of a replay: case, group, state, and for each clock its due date, verdict, breach and agreement."""
    columns: dict[str, Any] = {"case": done.cases.ids}
    if done.group is not None:
        columns[done.group_name] = as_dictionary(done.group)
    columns["state"] = _states(done)
    for clock in done.policy.clocks:
        read = done.result.clock(clock.id)
        columns[f"{clock.id}_due"] = as_instants(read["due"])
        columns[f"{clock.id}_verdict"] = _verdicts(read["verdict"])
        columns[f"{clock.id}_breached_at"] = as_instants(read["breached_at"])
        said = (done.recorded or {}).get(clock.id)
        if said is None:
            continue
        _, due, verdict = said
        if due is not None:
            columns[f"{clock.id}_recorded_due"] = as_instants(due)
            columns[f"{clock.id}_due_agrees"] = _truths(due_agreement(done, clock.id))
        if verdict is not None:
            columns[f"{clock.id}_recorded_verdict"] = as_dictionary(verdict)
            columns[f"{clock.id}_verdict_agrees"] = _truths(verdict_agreement(done, clock.id))
    return pa.table(columns)


def write_table(table: pa.Table, path: str | os.PathLike[str]) -> None:
    """Parquet where the name ends in .parquet, else CSV (gzipped where it ends in .gz)."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.suffix in (".parquet", ".pq"):
        pa_parquet.write_table(
            table, file, compression="snappy", use_dictionary=_dictionaries(table), write_statistics=False
        )
        return
    texts = _as_texts(table)
    try:
        _write_csv(texts, file, "none")
    except pa.ArrowInvalid:  # a text with commas, quotes or line ends
        _write_csv(texts, file, "needed")


def due_agreement(done: Replay, clock: str) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Where our due date is the recorded one within its tolerance, and where the log has one to compare."""
    said, recorded, _ = (done.recorded or {})[clock]
    assert recorded is not None
    due = np.asarray(done.result.clock(clock)["due"])
    agrees = np.abs(due - recorded) <= np.timedelta64(said.within)
    return agrees, ~np.isnat(recorded)


def verdict_agreement(done: Replay, clock: str) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Where both verdicts are the same, and where both are there; a clock that still runs has none."""
    _, _, recorded = (done.recorded or {})[clock]
    assert recorded is not None
    read = done.result.clock(clock)
    ours = np.asarray(read["verdict"])
    compared = np.isin(ours, (MET, MISSED)) & ~np.isnat(np.asarray(read["stopped_at"])) & (recorded.codes >= 0)
    return (ours == MET) == (recorded.codes == 0), compared


def as_instants(times: Any) -> pa.Array:
    values: Times = np.ascontiguousarray(times, dtype="datetime64[us]")
    return pa.array(values, type=pa.timestamp("us")).view(_UTC)


def as_dictionary(labels: Categorical) -> pa.DictionaryArray:
    codes = pa.array(labels.codes, mask=labels.codes < 0) if (labels.codes < 0).any() else pa.array(labels.codes)
    return pa.DictionaryArray.from_arrays(codes, pa.array(labels.categories, pa.string()))


def _verdicts(codes: Any) -> pa.DictionaryArray:
    return as_dictionary(Categorical(np.asarray(codes).astype(np.int32) - 1, VERDICTS))


def _states(done: Replay) -> pa.DictionaryArray:
    codes = np.asarray(done.result.state).astype(np.int32)
    codes[codes == _NEVER_OPENED] = -1
    return as_dictionary(Categorical(codes, list(done.policy.states)))


def _truths(compared: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]) -> pa.Array:
    values, there = compared
    return pa.array(values, mask=~there)


def _dictionaries(table: pa.Table) -> list[str]:
    return [f.name for f in table.schema if pa.types.is_dictionary(f.type)]


def _write_csv(texts: pa.Table, file: Path, quotes: str) -> None:
    with pa.output_stream(str(file), compression="gzip" if file.suffix == ".gz" else None) as stream:
        names = io.StringIO()  # Arrow would quote every name
        csv.writer(names, lineterminator="\n").writerow(texts.column_names)
        stream.write(names.getvalue().encode())
        pa_csv.write_csv(texts, stream, pa_csv.WriteOptions(include_header=False, quoting_style=quotes))


def _as_texts(table: pa.Table) -> pa.Table:
    """Instants as ISO 8601 and categories as their texts: what a spreadsheet reads."""
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        elif pa.types.is_timestamp(column.type):
            column = pc.strftime(_shortest(column), format="%Y-%m-%dT%H:%M:%SZ")
        columns[name] = column
    return pa.table(columns)


def _shortest(instants: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole seconds where all are."""
    whole = instants.cast(pa.timestamp("s", tz="UTC"), safe=False)
    return whole if whole.cast(instants.type).equals(instants) else instants
