# SPDX-License-Identifier: BSL-1.0
"""Prints each header with the largest of a few bases that it includes, at whatever distance: "base header" a line.

That a header compiles alone may be checked behind a precompiled base that it includes itself: its own text comes after
all of its includes anyway, and each of those is checked in turn.
"""

from __future__ import annotations

import re
from functools import cache

from _house import INCLUDE, headers

BASES = (  # larger ones first; chosen so that little is parsed twice
    "policy/policy.hpp",
    "clock/detail/check_clock.hpp",
    "lifecycle/detail/build_chart.hpp",
    "calendar/detail/compile_calendar.hpp",
    "calendar/detail/hours_plan.hpp",
    "lifecycle/detail/chart.hpp",
    "expr/compile.hpp",
    "expr/detail/machine.hpp",
    "expr/detail/code.hpp",
    "time/instant.hpp",
    "error.hpp",
)
INCLUDED = re.compile(r"^\s*#\s*include\s*<plaint/([^>]+)>", re.MULTILINE)


@cache
def included(name: str) -> frozenset[str]:
    """The header itself, and all that it leads to."""
    file, found = INCLUDE / name, {name}
    for inner in INCLUDED.findall(file.read_text()) if file.exists() else []:
        found |= included(inner)
    return frozenset(found)


for header in headers():
    name = str(header.relative_to(INCLUDE))
    base = next((b for b in BASES if b != name and (INCLUDE / b).exists() and b in included(name)), "none")
    print(base, f"plaint/{name}")
