# SPDX-License-Identifier: BSL-1.0
"""What the rules share: the rooms in their order, the files of the checkout, how a rule ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOMS = ("time", "calendar", "expr", "lifecycle", "clock", "ladder", "policy", "complaint", "desk", "analysis", "io")
ROOT = Path(sys.argv[1] if len(sys.argv) > 1 and Path(sys.argv[1]).is_dir() else Path(__file__).parents[2]).resolve()
INCLUDE = ROOT / "include/plaint"
NOT_OURS = {"build", "dist", "__pycache__"}


def headers() -> list[Path]:
    return sorted(INCLUDE.rglob("*.hpp"))


def room_of(header: Path) -> str | None:
    """The room of a header; nothing on the ground floor."""
    parts = header.relative_to(INCLUDE).parts
    return parts[0] if len(parts) > 1 else None


def files() -> list[Path]:
    """What git tracks, or, where there is no git (an unpacked sdist), every file that is not built."""
    git = ("git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    try:
        names = subprocess.run(git, capture_output=True, check=True, text=True).stdout.split("\0")
        found = [ROOT / name for name in names if name]
    except (OSError, subprocess.CalledProcessError):
        found = [p for p in ROOT.rglob("*") if is_ours(p.relative_to(ROOT))]
    return sorted({p for p in found if p.is_file()})


def is_ours(name: Path) -> bool:
    """False for what tools leave behind: folders that start with a dot (but .ci), builds, extensions."""
    hidden = any(part.startswith(".") and part != ".ci" for part in name.parts[:-1])
    return not hidden and not NOT_OURS & set(name.parts) and name.suffix not in {".so", ".pyd", ".pyc"}


def verdict(wrong: Iterable[str]) -> None:
    """Ends a rule: prints what breaks it, one line each."""
    lines = list(wrong)
    print(*lines, sep="\n")
    sys.exit(1 if lines else 0)
