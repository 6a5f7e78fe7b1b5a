# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmarks and prints how we stand beside our peers.

A C++ benchmark named `subject/ours` is compared with every `subject/<peer>`; a peer that is not here is skipped with
the error "not installed". A Python one is a script that prints its own table.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNITS = ((1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns"))
COUNTED = ("bytes_each", "MB", "fired", "effects", "accepted")  # what a benchmark may count beside the time
IN_NS = {"ns": 1.0, "us": 1e3, "ms": 1e6, "s": 1e9}


def spell(ns: float) -> str:
    size, unit = next((u for u in UNITS if ns >= u[0]), UNITS[-1])
    return f"{ns / size:.3g} {unit}"


def table(times: dict[str, float]) -> None:
    for name, ns in times.items():
        if math.isnan(ns):
            print(f"  {name:<52} not installed")
            continue
        subject, _, who = name.rpartition("/")
        ours = times.get(f"{subject}/ours")
        ratio = f"{ns / ours:8.2f} x" if ours and who != "ours" else ""
        print(f"  {name:<52} {spell(ns):>10} {ratio}")


def medians(program: Path) -> dict[str, float]:
    """ns of CPU time, per item where a benchmark counts items; repetitions of all benchmarks take turns at random."""
    turns = ("--benchmark_repetitions=7", "--benchmark_enable_random_interleaving=true")
    options = ("--benchmark_format=json", "--benchmark_min_time=0.05", *turns)
    said = subprocess.run((program, *options), cwd=ROOT, check=True, capture_output=True, text=True)
    times: dict[str, list[float]] = {}
    counts: dict[str, str] = {}
    for r in json.loads(said.stdout)["benchmarks"]:
        if r.get("error_message") == "not installed":
            times[r["run_name"]] = [math.nan]
            continue
        if r.get("error_occurred"):
            sys.exit(f"{r['name']}: {r['error_message']}")
        if r["run_type"] == "iteration":
            per_item = 1e9 / r["items_per_second"] if "items_per_second" in r else None
            # How often it was run is no part of its name.
            parts = (
                p for p in r["run_name"].split("/") if not p.startswith(("iterations:", "repeats:", "manual_time"))
            )
            name = "/".join(parts)
            times.setdefault(name, []).append(per_item or r["cpu_time"] * IN_NS[r["time_unit"]])
            counts |= {f"{name} {c}": f"{r[c]:,.0f}" for c in COUNTED if c in r}
    for name, counted in counts.items():
        print(f"  {name:<52} {counted:>10}")
    return {name: statistics.median(all_) for name, all_ in times.items()}


def main() -> None:
    picked = sys.argv[1] if len(sys.argv) > 1 else ""
    found = False
    for program in sorted((ROOT / "build/bench/benchmarks").glob("benchmark_*")):
        if not program.is_file() or not os.access(program, os.X_OK) or picked not in program.name:
            continue
        found = True
        print(f"== {program.name.removeprefix('benchmark_')}", flush=True)
        table(medians(program))
    for script in sorted((ROOT / "benchmarks").glob("*.py")):
        if picked in script.stem and not script.stem.startswith("_"):
            found = True
            print(f"== {script.stem}", flush=True)
            environment = os.environ | {"PYTHONPATH": str(ROOT / "python")}
            subprocess.run((sys.executable, script), cwd=ROOT, check=True, env=environment)
    if not found:
        sys.exit(f"no benchmark is named like {picked!r}" if picked else "there are no benchmarks")


if __name__ == "__main__":
    main()
