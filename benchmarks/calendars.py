# SPDX-License-Identifier: BSL-1.0
"""Calendars from Python: ours beside pandas' CustomBusinessHour, NumPy's busday_count and pybind11's own floor.

pandas' open hours are compared on the span of ten years and on an hour, NumPy's on columns, though it counts days only.
The floor is a module that pybind11 made: an empty method without arguments, one that takes what ours takes and does
nothing, and methods that take and give a datetime by pybind11's chrono caster. Calls are statements, so that neither
side has a function of Python around it.
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
from zoneinfo import ZoneInfo

import numpy as np

from plaint import Calendar, Goal, Zone

OFF = [f"{year}-{day}" for year in range(2010, 2047) for day in ("01-01", "07-04", "11-11", "12-25")]
FLOOR = """
#include <pybind11/chrono.h>
#include <pybind11/pybind11.h>
struct floor_of { void nothing() {} void nothing_with(pybind11::object, pybind11::object) {}
  void take(std::chrono::system_clock::time_point) {} std::chrono::system_clock::time_point give() { return {}; } };
PYBIND11_MODULE(calendar_floor, m) {
  pybind11::class_<floor_of>(m, "Floor").def(pybind11::init<>()).def("nothing", &floor_of::nothing)
      .def("nothing_with", &floor_of::nothing_with).def("take", &floor_of::take).def("give", &floor_of::give);
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


Calls = dict[str, Callable[[], object]] | dict[str, str]


def interleaved(calls: Calls, names: dict[str, Any], rounds: int = 11) -> dict[str, float]:
    """The median time of each in nanoseconds; the calls take turns, so that a busy neighbour hits all of them."""
    timers = {name: timeit.Timer(call, globals=names) for name, call in calls.items()}
    counts = {name: max(1, timer.autorange()[0] // 8) for name, timer in timers.items()}
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, timer in timers.items():
            taken[name].append(timer.timeit(counts[name]) / counts[name] * 1e9)
    return {name: sorted(times)[rounds // 2] for name, times in taken.items()}


def table(subject: str, calls: Calls, **names: Any) -> None:
    times = interleaved(calls, names)
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

    names = {"bare": floor(), "zone": Zone("UTC"), "office": office, "a": start, "b": end, "open": hours}
    names |= {"naive": start.replace(tzinfo=None), "goal": Goal("3 business days"), "day": start.date()}
    names |= {"here": start.astimezone(ZoneInfo("America/New_York"))}
    nothing = {"pybind11's empty method": "bare.nothing()", "pybind11's with as many": "bare.nothing_with(a, b)"}
    for call in (
        "office.add(a, open)",
        "office.subtract(a, open)",
        "office.between(a, b)",
        "office.is_open(a)",
        "office.next_open(a)",
        "office.is_business_day(day)",
        "office.add_business_days(day, 30)",
        "goal.due(a, office)",
        "office.add(here, open)",
    ):
        table(call, {"ours": call, **nothing}, **names)
    table("a datetime in", {"ours": "office.is_open(a)", "pybind11 chrono": "bare.take(naive)"}, **names)
    table("a datetime out", {"ours": "zone.to_wall(a)", "pybind11 chrono": "bare.give()"}, **names)


if __name__ == "__main__":
    sys.exit(main())
