# SPDX-License-Identifier: BSL-1.0
"""Zone bytes from the folders that zoneinfo searches, else from the package tzdata, handed to C++."""

from __future__ import annotations

import zoneinfo
from importlib import resources
from pathlib import Path

from plaint._core.time import is_zone_name

_LIMIT = 1 << 20


def read(name: str) -> bytes | None:
    """The TZif bytes of an IANA zone; None where no source knows it."""
    if not is_zone_name(name):
        return None
    for folder in zoneinfo.TZPATH:
        data = _file(Path(folder, name))
        if data is not None:
            return data
    try:
        packaged = resources.files("tzdata").joinpath("zoneinfo", *name.split("/"))
        if not packaged.is_file():
            return None
        data = packaged.read_bytes()
    except (ModuleNotFoundError, OSError):
        return None
    return data if data.startswith(b"TZif") else None


def _file(path: Path) -> bytes | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(_LIMIT + 1)
    except (OSError, ValueError):
        return None
    return data if data.startswith(b"TZif") and len(data) <= _LIMIT else None
