# SPDX-License-Identifier: BSL-1.0
"""A gzipped CSV in, due dates and verdicts as Parquet out, on one core, beside a plain pandas loop on a sample.

Reads the 311 requests of Boston where PLAINT_DATA has them, else a made-up log of the same shape.
"""

from __future__ import annotations

import csv
import gzip
import os
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
from pandas.tseries.offsets import CustomBusinessHour

from plaint import Policy
from plaint.replay import replay
from plaint.replay.table import write_table

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "examples/boston311"
# Business days of 8.5 hours: an even number of them is a whole number of hours, as CustomBusinessHour counts.
EVEN = {
    "Missed Trash/Recycling/Yard Waste/Bulk Item": 2,
    "Improper Storage of Trash (Barrels)": 2,
    "Street Light Outages": 10,
    "Sign Repair": 10,
    "General Comments For a Program or Policy": 10,
    "Abandoned Vehicles": 12,
}
SAMPLE = 500


def main() -> None:
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with tempfile.TemporaryDirectory() as folder:
        log = Path(os.environ.get("PLAINT_DATA", "")) / "civic/boston311_2015.csv.gz"
        if not log.is_file():
            log = _made_up(Path(folder) / "made_up.csv.gz")
        policy = Policy.load(RULES / "policy.yaml")

        def ours() -> Any:
            done = replay(policy, log, RULES / "mapping.yaml")
            write_table(done.table, Path(folder) / "out.parquet")
            return done

        took, done = _best(ours, 7)
        rows = len(done.log)
        _tell("replay, CSV to Parquet", rows, took)
        reading, _ = _best(lambda: _read(log), 5)
        _tell("Arrow reads every column as text, no more", rows, reading)
        peer, agreed, sample = _pandas(done)
        _tell("pandas, CustomBusinessHour row by row", sample, peer)
        print(f"  {log.name}: {rows:,} rows; of {sample} in the sample {agreed} due dates are the same")
        print(f"  ratio to pandas {took / rows and (peer / sample) / (took / rows):,.0f} x")


def _tell(what: str, rows: int, took: float) -> None:
    print(f"  {what:<44} {rows / took:>12,.0f} rows/s")


def _best(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    best, made = float("inf"), None
    for _ in range(times):
        begun = time.process_time()
        made = work()
        best = min(best, time.process_time() - begun)
    return best, made


def _read(log: Path) -> Any:
    with log.open("rb") as raw:
        stream = pa.input_stream(raw, compression="gzip")
        return pa_csv.read_csv(stream, read_options=pa_csv.ReadOptions(use_threads=False))


def _pandas(done: Any) -> tuple[float, int, int]:
    """How long the loop takes for a sample of rows, and how often it comes to our due date."""
    hour = CustomBusinessHour(start="08:30", end="17:00", holidays=_holidays())
    codes, types = done.group.codes, done.group.categories
    even = np.isin(codes, [i for i, name in enumerate(types) if name in EVEN])
    new = done.cases.at[np.flatnonzero(done.cases.event == -1)] > np.datetime64("2015-02-17T05:00")
    picked = np.flatnonzero(even & new)
    picked = picked[:: max(1, len(picked) // SAMPLE)][:SAMPLE]
    opened = pd.to_datetime(done.cases.at[np.flatnonzero(done.cases.event == -1)][picked]).tz_localize("UTC")
    local = list(opened.tz_convert("America/New_York").tz_localize(None))
    days = [EVEN[types[codes[i]]] for i in picked]
    begun = time.process_time()
    due = [at + hour * (days_each * 17 // 2) for at, days_each in zip(local, days, strict=True)]
    took = time.process_time() - begun
    ours = pd.to_datetime(done.result.clock("service_level")["due"][picked]).tz_localize("UTC")
    same = sum(a == b for a, b in zip(due, ours.tz_convert("America/New_York").tz_localize(None), strict=True))
    return took, same, len(picked)


def _holidays() -> list[str]:
    days = ("01-01", "01-19", "02-16", "04-20", "05-25", "09-07", "10-12", "11-11", "11-26", "12-25")
    return [f"2015-{day}" for day in days] + ["2016-01-01", "2016-01-18"]


def _made_up(path: Path) -> Path:
    chance = Random(1)
    header = ["CASE_ENQUIRY_ID", "OPEN_DT", "TARGET_DT", "CLOSED_DT", "OnTime_Status", "TYPE"]
    begin = datetime(2015, 3, 1)  # noqa: DTZ001 - wall times of Boston
    with gzip.open(path, "wt", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for number in range(60_000):
            opened = begin + timedelta(seconds=chance.randrange(86_400 * 300))
            closed = opened + timedelta(seconds=chance.randrange(86_400 * 20))
            times = [f"{t:%m/%d/%Y %I:%M:%S %p}" for t in (opened, opened + timedelta(days=9), closed)]
            writer.writerow([number, *times, "ONTIME", chance.choice(list(EVEN))])
    return path


if __name__ == "__main__":
    main()
