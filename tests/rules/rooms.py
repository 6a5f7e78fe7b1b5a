# SPDX-License-Identifier: BSL-1.0
"""Every include goes down the house, never up, and each part of Boost stays in its room."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from _house import INCLUDE, ROOMS, ROOT, headers, room_of, verdict

INCLUDED = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)
BOOST = {"graph": {"analysis"}, "date_time": {"calendar"}, "json": {"io"}}


def wrong_in(header: Path) -> Iterator[str]:
    name, room = header.relative_to(INCLUDE), room_of(header)
    umbrella = name == Path("plaint.hpp")
    for quote, target in INCLUDED.findall(header.read_text()):
        parts = target.split("/")
        if quote == '"':
            yield f'{name}: write <{target}> with its whole path, not "{target}"'
        elif parts[0] == "plaint" and len(parts) > 2 and not umbrella:
            if parts[1] not in ROOMS:
                yield f"{name}: {target} is in no room"
            elif room is None:
                yield f"{name}: the ground floor must not include a room, {target}"
            elif ROOMS.index(parts[1]) > ROOMS.index(room):
                yield f"{name}: {room} stands before {parts[1]}, it must not include {target}"
        elif parts[0] == "boost":
            part = parts[1].removesuffix(".hpp")
            if room not in BOOST.get(part, {room}):
                yield f"{name}: Boost's {part} belongs to {', '.join(BOOST[part])}"


def wrong() -> Iterator[str]:
    graphs = []
    for header in headers():
        if room_of(header) not in (*ROOMS, None):
            yield f"{header.relative_to(INCLUDE)}: {room_of(header)} is no room"
            continue
        yield from wrong_in(header)
        if re.search(r"#\s*include\s*<boost/graph/", header.read_text()):
            graphs.append(header.relative_to(INCLUDE))
    if [g for g in graphs if g != Path("analysis/graph.hpp")]:
        yield f"only analysis/graph.hpp includes Boost.Graph, not {', '.join(map(str, graphs))}"
    for source in [*ROOT.glob("src/**/*.cpp"), *ROOT.glob("bindings/*")]:
        if source.is_file() and re.search(r"#\s*include\s*<boost/graph/", source.read_text()):
            yield f"{source.relative_to(ROOT)}: only analysis/graph.hpp includes Boost.Graph"


verdict(wrong())
