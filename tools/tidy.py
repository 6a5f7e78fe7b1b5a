# SPDX-License-Identifier: BSL-1.0
"""clang-tidy over every header and source of ours; what has not changed since it was clean is left out."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INCLUDED = re.compile(r"^\s*#\s*include\s*<(plaint/[^>]+)>", re.MULTILINE)
HEADER = "plaint_verify_interface_header_sets/"


def closure(file: Path, seen: set[Path]) -> set[Path]:
    """The file and every header of ours that it reaches."""
    if file not in seen and file.exists():
        seen.add(file)
        for name in INCLUDED.findall(file.read_text()):
            closure(ROOT / "include" / name, seen)
    return seen


def main() -> int:
    build, only = Path(sys.argv[1]), sys.argv[2:]
    store = build / "tidied"
    store.mkdir(parents=True, exist_ok=True)
    wanted: list[tuple[Path, Path, str]] = []  # what is compiled, what it is about, its stamp
    for entry in json.loads((build / "compile_commands.json").read_text()):
        unit = Path(entry["file"])
        if HEADER in str(unit):
            subject = ROOT / "include" / str(unit).split(HEADER)[1].removesuffix(".cxx")
        elif unit.is_relative_to(ROOT / "src"):
            subject = unit
        else:
            continue
        if only and not any(word in str(subject.relative_to(ROOT)) for word in only):
            continue
        digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
        for file in sorted(closure(subject, set())):
            digest.update(file.read_bytes())
        wanted.append((unit, subject, digest.hexdigest()))

    def tidy(unit: Path, subject: Path, stamp: str) -> str:
        passed = store / hashlib.sha256(f"{subject}{stamp}".encode()).hexdigest()
        if passed.exists():
            return ""
        only_here = f"--header-filter={re.escape(str(subject))}$"
        command = ["clang-tidy", "--quiet", "-p", str(build), only_here, "--extra-arg=-Wno-unknown-warning-option"]
        said = subprocess.run([*command, str(unit)], capture_output=True, text=True, check=False)
        if said.returncode == 0:
            passed.touch()
            return ""
        return said.stdout or said.stderr

    jobs = int(os.environ.get("JOBS") or os.cpu_count() or 1)
    with ThreadPoolExecutor(jobs) as pool:
        faults = list(filter(None, pool.map(lambda w: tidy(*w), wanted)))
    print(*faults, f"clang-tidy: {len(wanted)} files, {len(faults)} with findings", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
