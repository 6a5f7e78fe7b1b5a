# SPDX-License-Identifier: BSL-1.0
"""Calendars from Python: ours beside pandas' CustomBusinessHour, NumPy's busday_count and pybind11's own floor.

pandas' open hours are compared on the span of ten years and on an hour, NumPy's on columns, though it counts days only.
The floor is a module of one empty method and one method that takes a datetime by pybind11's chrono caster.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import sysconfig
import tempfile
import timeit
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np

from plaint import Calendar, Zone

OFF = [f"{year}-{day}" for year in range(2010, 2047) for day in ("01-01", "07-04", "11-11", "12-25")]
FLOOR = """
#include <pybind11/chrono.h>
#include <pybind11/pybind11.h>
struct floor_of { void nothing() {} void take(std::chrono::system_clock::time_point) {}
  std::chrono::system_clock::time_point give() { return {}; } };
PYBIND11_MODULE(calendar_floor, m) {
  pybind11::class_<floor_of>(m, "Floor").def(pybind11::init<>()).def("nothing", &floor_of::nothing)
      .def("take", &floor_of::take).def("give", &floor_of::give);
}
"""


def floor() -> Any:
    """Compiled where this runs, by the compiler and with the flags that extensions get."""
    import pybind11  # noqa: PLC0415

    folder = Path(tempfile.mkdtemp())
    source, module = folder / "floor.cpp", folder / f"calendar_floor{sysconfig.get_config_var('EXT_SUFFIX')}"
    source.write_text(FLOOR)
    includes = [f"-I{pybind11.get_include()}", f"-I{sysconfig.get_path('include')}"]
    subprocess.run(
        ["c++", "-O2", "-std=c++20", "-shared", "-fPIC", "-fvisibility=hidden", *includes, source, "-o", module],
        check=True,
    )
    spec = importlib.util.spec_from_file_location("calendar_floor", module)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made.Floor()


def interleaved(calls: dict[str, Callable[[], object]], rounds: int = 11) -> dict[str, float]:
    """The median time of each in nanoseconds; the calls take turns, so that a busy neighbour hits all of them."""
    timers = {name: timeit.Timer(call) for name, call in calls.items()}
    counts = {name: max(1, timer.autorange()[0] // 8) for name, timer in timers.items()}
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, timer in timers.items():
            taken[name].append(timer.timeit(counts[name]) / counts[name] * 1e9)
    return {name: sorted(times)[rounds // 2] for name, times in taken.items()}


def table(subject: str, calls: dict[str, Callable[[], object]]) -> None:
    times = interleaved(calls)
    for name, ns in times.items():
        ratio = "" if name == "ours" else f"{ns / times['ours']:12.2f} x"
        print(f"  {subject + '/' + name:<56} {ns:14,.0f} ns {ratio}", flush=True)


def main() -> None:
    office = Calendar(zone="America/New_York", hours={"mon-fri": ["09:00-17:00"]}, holidays=OFF)
    start = datetime(2016, 3, 1, 15, 30, tzinfo=timezone.utc)
    end = start + timedelta(days=3652)
    hours = timedelta(hours=20_160)
    try:
        import pandas as pd  # noqa: PLC0415
    except ImportError:
        print("  pandas is not here")
    else:
        theirs = pd.offsets.CustomBusinessHour(start="09:00", end="17:00", holidays=OFF)
        stamp = pd.Timestamp("2016-03-01 10:30")
        for name, n in (("1 h", 1), ("10 years", 20_160)):
            step, open_ = n * theirs, timedelta(hours=n)
            table(f"add {name}", {"ours": lambda: office.add(start, open_), "pandas": lambda: stamp + step})  # noqa: B023

    rng = np.random.default_rng(7)
    first = np.datetime64("2016-01-01", "us") + rng.integers(0, 284_000_000, 1_000_000).astype("m8[s]")
    last = first + np.timedelta64(3652, "D")
    days = np.busdaycalendar(holidays=OFF)
    a, b = first.astype("M8[D]"), last.astype("M8[D]")
    columns = {
        "ours": lambda: office.between_many(first, last),
        "numpy busday_count": lambda: np.busday_count(a, b, busdaycal=days),
    }
    table("between a million rows", columns)

    bare, zone = floor(), Zone("UTC")
    naive = start.replace(tzinfo=None)
    table("a call", {"ours": lambda: office.between(start, end), "pybind11's empty method": bare.nothing})
    table("a call that adds", {"ours": lambda: office.add(start, hours), "pybind11's empty method": bare.nothing})
    table("a datetime in", {"ours": lambda: office.is_open(start), "pybind11 chrono": lambda: bare.take(naive)})
    table("a datetime out", {"ours": lambda: zone.to_wall(start), "pybind11 chrono": bare.give})


if __name__ == "__main__":
    sys.exit(main())
