# SPDX-License-Identifier: BSL-1.0
"""Every source file names its licence in its first lines, and no file knows the machine it was written on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from _house import ROOT, files, verdict

SOURCES = {".hpp", ".cpp", ".py", ".pyi", ".cmake", ".sh", ".toml"}
NAMED = {"CMakeLists.txt", "dev", "run"}
LICENCE = "SPDX-License-Identifier: BSL-1.0"
# Spelt in pieces, so that this file does not break its own rule.
MACHINE = re.compile(
    r"(?<![\w.])/(?:" + "|".join(("wo" + "rk", "ro" + "ot", "ho" + "me/[a-z]+", "Us" + "ers")) + r")/\w"
)
DATA = ("tests/data/", "tests/python/released/", "tests/fuzz/corpus/", "examples/")


def wrong() -> Iterator[str]:
    for file in files():
        name = str(file.relative_to(ROOT))
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if not name.startswith(DATA):
                yield f"{name}: text must be UTF-8"
            continue
        if (file.suffix in SOURCES or file.name in NAMED) and LICENCE not in "\n".join(text.splitlines()[:2]):
            yield f"{name}: the first lines must say {LICENCE}"
        for found in MACHINE.finditer(text):
            if not name.startswith(DATA):
                yield f"{name}: {found[0]} is a path of one machine"


verdict(wrong())
