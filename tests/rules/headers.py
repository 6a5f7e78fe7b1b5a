# SPDX-License-Identifier: BSL-1.0
"""What every header looks like: one guard, a short page, a name of its own, nothing that older compilers lack."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from _house import INCLUDE, headers, verdict

MOST_LINES = 400
REFUSED = {
    r"std::(?:ranges::)?views?::": "range views do not compile with clang 14",
    r"#\s*include\s*<format>|std::format\b": "std::format came after g++ 12",
    r"std::expected\b": "std::expected came after g++ 12",
    r"\b(?:system_clock|steady_clock|high_resolution_clock)::now\b": "time is passed in, never read",
    r"\busing namespace\b(?! std::(?:literals|chrono_literals|string_view_literals))": "it would reach the includer",
    r"\b(?:std::)?(?:strtod|stod|atof|stoi|stol|atoi|setlocale)\s*\(": "reading text must not depend on the locale",
    r"\b(?:TODO|FIXME|XXX)\b": "nothing is left for later",
}


def code_of(header: Path) -> str:
    """The text without its comments, except what is refused in comments too."""
    return re.sub(r"//(?!.*\b(?:TODO|FIXME|XXX)\b).*", "", header.read_text())


def wrong() -> Iterator[str]:
    named: defaultdict[str, list[str]] = defaultdict(list)
    for header in headers():
        name, text = str(header.relative_to(INCLUDE)), header.read_text()
        named[header.name].append(name)
        if text.splitlines()[1:2] != ["#pragma once"]:
            yield f"{name}: the second line must be #pragma once"
        if (lines := text.count("\n")) > MOST_LINES:
            yield f"{name}: {lines} lines, at most {MOST_LINES} are allowed; split it"
        if not re.fullmatch(r"[a-z][a-z0-9_]*\.hpp", header.name):
            yield f"{name}: names are snake_case"
        code = code_of(header)
        for pattern, why in REFUSED.items():
            if found := re.search(pattern, code):
                yield f"{name}: {found[0]}: {why}"
    for file, places in sorted(named.items()):
        if len(places) > 1:
            yield f"{file} is the name of more than one header: {', '.join(places)}"


verdict(wrong())
