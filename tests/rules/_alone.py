# SPDX-License-Identifier: BSL-1.0
"""Each header compiles alone: `_alone.py CHECKOUT STORE COMPILER FLAG...`, run by ctest.

A compiler spends nine tenths of its time on a header in making the templates of everything that it includes, after the
last line. So each header is followed by an assertion that fails, and that has to be the first thing that is wrong with
it: what comes after is not reached. (The rule "odr" makes those templates, once for all headers.)

Headers with a base in common are parsed behind it, precompiled, if they include it at whatever distance: their own text
comes after all of their includes anyway, and each of those is checked in turn. A header that passed is tried again when
it, something that it includes, or the compiler changes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

from _house import INCLUDE, headers, verdict

BASES = (  # larger ones first; chosen so that little is parsed twice
    "analysis/prove.hpp",
    "analysis/graph.hpp",
    "complaint/apply.hpp",
    "policy/policy.hpp",
    "clock/detail/check_clock.hpp",
    "lifecycle/detail/build_chart.hpp",
    "calendar/detail/compile_calendar.hpp",
    "lifecycle/detail/chart.hpp",
    "expr/compile.hpp",
    "time/instant.hpp",
)
INCLUDED = re.compile(r"^\s*#\s*include\s*<plaint/([^>]+)>", re.MULTILINE)
WHOLE = "static assertion failed"
STORE, COMPILER, FLAGS = Path(sys.argv[2]), sys.argv[3], sys.argv[4:]
ONLY_PARSED = ("-fsyntax-only", "-Wfatal-errors", "-Werror")


@cache
def included(name: str) -> frozenset[str]:
    """The header itself, and all of ours that it leads to."""
    file, found = INCLUDE / name, {name}
    for inner in INCLUDED.findall(file.read_text()) if file.exists() else []:
        found |= included(inner)
    return frozenset(found)


@cache
def compiler() -> str:
    return subprocess.run((COMPILER, "--version"), capture_output=True, text=True, check=True).stdout


def digest(name: str) -> str:
    seen = hashlib.sha256("\0".join((compiler(), *FLAGS, Path(__file__).read_text())).encode())
    for inner in sorted(included(name)):
        seen.update(inner.encode() + (INCLUDE / inner).read_bytes())
    return seen.hexdigest()


def base_of(name: str) -> str | None:
    return next((b for b in BASES if b != name and (INCLUDE / b).exists() and b in included(name)), None)


def file_of(base: str) -> Path:
    return STORE / f"{base.replace('/', '_')}"


def precompile(base: str) -> None:
    """Leaves no base where it does not compile; its own check says why, and so do those of the headers behind it."""
    file = file_of(base)
    file.write_text(f"#include <plaint/{base}>\n")
    command = (COMPILER, *FLAGS, "-x", "c++-header", str(file), "-o", f"{file}.gch")
    subprocess.run(command, capture_output=True, check=False)


def fault(name: str) -> str | None:
    base = base_of(name)
    behind = ("-include", str(file_of(base))) if base else ()
    text = f'#include <plaint/{name}>\nstatic_assert(sizeof(char) == 2, "the header is whole");\n'
    command = (COMPILER, *FLAGS, *ONLY_PARSED, *behind, "-x", "c++", "-")
    said = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    first = next((line for line in said.stderr.splitlines() if "error: " in line), "")
    whole = first.startswith("<stdin>:2:") and WHOLE in first and said.returncode != 0
    return None if whole else f"{name} does not compile alone\n{said.stderr or 'the compiler found nothing to parse'}"


def main() -> None:
    STORE.mkdir(parents=True, exist_ok=True)
    book = STORE / "passed.json"
    passed = json.loads(book.read_text()) if book.exists() else {}
    now = {str(h.relative_to(INCLUDE)): "" for h in headers()}
    now = {name: digest(name) for name in now}
    todo = [name for name in now if passed.get(name) != now[name]]
    with ThreadPoolExecutor(int(os.environ.get("JOBS") or os.cpu_count() or 1)) as workers:
        list(workers.map(precompile, sorted({b for b in map(base_of, todo) if b})))
        faults = dict(zip(todo, workers.map(fault, todo), strict=True))
    for base in BASES:  # hundreds of megabytes each
        Path(f"{file_of(base)}.gch").unlink(missing_ok=True)
    book.write_text(json.dumps({name: now[name] for name in now if not faults.get(name)}, indent=0))
    verdict(f for f in faults.values() if f)


main()
