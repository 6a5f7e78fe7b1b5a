# SPDX-License-Identifier: BSL-1.0
"""No row of the practice manuals got lost on the way into the ready policies."""

import re
from pathlib import Path

import pytest

from plaint import policies

ROOT = Path(__file__).resolve().parents[2]

ROWS = [f"S-{n:02}" for n in (*range(1, 45), *range(50, 74), *range(80, 106), *range(110, 124))]
TABLE = re.compile(r"^\| (S-\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str]]:
    return TABLE.findall((ROOT / "docs/seeds.md").read_text(encoding="utf-8"))


def test_every_row_of_the_manuals_is_there_once() -> None:
    assert [row for row, _, _ in rows()] == ROWS
    assert len(ROWS) == 108


@pytest.mark.parametrize(("row", "where"), [(row, where) for row, _, where in rows()])
def test_the_row_is_in_a_policy_or_has_a_reason_why_not(row: str, where: str) -> None:
    if where.startswith("not encoded: "):
        assert len(where) > len("not encoded: ") + 20
        return
    places = re.findall(r"`([^`:]+):(/[^`]*)`", where)
    assert places, row
    for name, pointer in places:
        here = policies.document(name)
        for step in pointer.split("/")[1:]:
            assert step in here if isinstance(here, dict) else int(step) < len(here), f"{row}: {name} has no {pointer}"
            here = here[int(step)] if isinstance(here, list) else here[step]
