# SPDX-License-Identifier: BSL-1.0
"""clang-tidy over every header and source of ours, a folder at a time; what was clean and is unchanged is left out."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INCLUDE = ROOT / "include"
INCLUDED = re.compile(r"^\s*#\s*include\s*<(plaint/[^>]+)>", re.MULTILINE)


def closure(file: Path, seen: set[Path]) -> set[Path]:
    """The file and every header of ours that it reaches."""
    if file not in seen and file.exists():
        seen.add(file)
        for name in INCLUDED.findall(file.read_text()):
            closure(INCLUDE / name, seen)
    return seen


def rooms() -> dict[str, list[Path]]:
    """The headers by the folder that they stand in: a room, or the details of one."""
    found: dict[str, list[Path]] = {}
    for header in sorted(INCLUDE.rglob("*.hpp")):
        found.setdefault(str(header.parent.relative_to(INCLUDE)), []).append(header)
    return found


def main() -> int:
    build, only = Path(sys.argv[1]).resolve(), sys.argv[2:]
    store, units = build / "tidied", build / "units"
    store.mkdir(parents=True, exist_ok=True)
    units.mkdir(exist_ok=True)
    entries = [e for e in json.loads((build / "compile_commands.json").read_text()) if f"{ROOT}/src/" in e["file"]]
    words = shlex.split(entries[0]["command"])
    flags = [
        w for i, w in enumerate(words) if w.startswith(("-I", "-isystem", "-std", "-D")) or words[i - 1] == "-isystem"
    ]
    wanted: list[tuple[Path, str, list[Path]]] = []  # what is compiled, which headers it is about, what it reaches
    for room, headers in rooms().items():
        unit = units / (room.replace("/", "_") + ".cpp")
        unit.write_text("".join(f"#include <{h.relative_to(INCLUDE)}>\n" for h in headers))
        wanted.append((unit, re.escape(f"{INCLUDE / room}/") + r"[^/]+$", [*headers]))
    wanted += [(source, "^$", [source]) for source in sorted((ROOT / "src").glob("*.cpp"))]
    wanted = [w for w in wanted if not only or any(word in str(w[0].relative_to(ROOT)) for word in only)]

    def tidy(unit: Path, about: str, files: list[Path]) -> str:
        digest = hashlib.sha256((ROOT / ".clang-tidy").read_bytes())
        reached: set[Path] = set()
        for file in files:
            closure(file, reached)
        for file in sorted(reached):
            digest.update(str(file).encode() + file.read_bytes())
        passed = store / digest.hexdigest()
        if passed.exists():
            return ""
        command = ["clang-tidy", "--quiet", f"--header-filter={about}", str(unit), "--", *flags]
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if said.returncode == 0:
            passed.touch()
            return ""
        return said.stdout or said.stderr

    jobs = int(os.environ.get("JOBS") or os.cpu_count() or 1)
    with ThreadPoolExecutor(jobs) as pool:
        faults = list(filter(None, pool.map(lambda w: tidy(*w), wanted)))
    print(*faults, f"clang-tidy: {len(wanted)} units, {len(faults)} with findings", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
