# SPDX-License-Identifier: BSL-1.0
"""plaint.hpp lists every public header of the rooms that any program wants, and says what it leaves out.

`python3 tests/rules/umbrella.py --write` writes it anew.
"""

from __future__ import annotations

import sys

from _house import INCLUDE, ROOMS, headers, room_of, verdict

LEFT_OUT = {"analysis": "it brings Boost.Graph", "io": "it brings Boost.JSON"}
UMBRELLA = INCLUDE / "plaint.hpp"


def expected() -> str:
    lines = ["// SPDX-License-Identifier: BSL-1.0", "#pragma once", ""]
    lines += ["// In the order of the rooms:", "// clang-format off", ""]
    lines += ["// The whole library but two rooms, whose headers are included by name:"]
    lines += [f"// plaint/{room}/, since {why}." for room, why in LEFT_OUT.items()]
    for room in (None, *ROOMS):
        if room in LEFT_OUT:
            continue
        names = [h.relative_to(INCLUDE) for h in headers() if room_of(h) == room and h != UMBRELLA]
        names = [n for n in names if "detail" not in n.parts]
        if names:
            lines += ["", *(f"#include <plaint/{name}>" for name in names)]
    return "\n".join(lines) + "\n"


if "--write" in sys.argv:
    UMBRELLA.write_text(expected())
verdict([] if UMBRELLA.read_text() == expected() else ["plaint.hpp is not complete: umbrella.py --write"])
