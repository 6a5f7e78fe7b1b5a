# SPDX-License-Identifier: BSL-1.0
"""Every public header has its test: include/plaint/<room>/x.hpp is mirrored by tests/cpp/<room>/x_test.cpp.

A folder inside a room may be mirrored or not: the names of headers are unique.
"""

from __future__ import annotations

from collections.abc import Iterator

from _house import INCLUDE, ROOMS, ROOT, headers, room_of, verdict

TESTS = ROOT / "tests/cpp"


def wrong() -> Iterator[str]:
    for header in headers():
        name = header.relative_to(INCLUDE)
        if "detail" in name.parts or name.name in {"fwd.hpp", "plaint.hpp"}:
            continue
        folder = TESTS / (room_of(header) or "ground")
        tests = [folder.joinpath(*inner, f"{header.stem}_test.cpp") for inner in ((), name.parts[1:-1])]
        if not any(test.exists() for test in tests):
            yield f"{name} has no test {tests[0].relative_to(ROOT)}"
    for test in sorted(TESTS.rglob("*_test.cpp")):
        if test.relative_to(TESTS).parts[0] not in (*ROOMS, "ground"):
            yield f"{test.relative_to(ROOT)} is in the folder of no room, so it would never be built"


verdict(wrong())
