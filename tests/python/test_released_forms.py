# SPDX-License-Identifier: BSL-1.0
"""What earlier versions have stored stays readable, and C++ and Python store the same bytes."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import plaint

KEPT = Path(__file__).resolve().parent / "released/1"
KEPT_2 = KEPT.parent / "2"  # another format of desks


def _story(policy: plaint.Policy) -> plaint.Complaint:
    """The events of tests/cpp/support/fixed_story.hpp, one after the other."""

    def said(text: str, role: str) -> dict[str, Any]:
        at = datetime.fromisoformat(text).replace(tzinfo=timezone.utc)
        return {"at": at, "actor": {"id": "someone", "role": role}}

    case = policy.open("C-1", **said("2026-11-20T15:00", "customer"))
    case.apply("register", **said("2026-11-20T15:30", "hotline"), problem="noise")
    case.apply("answer", **said("2026-11-23T10:00", "lead"))
    case.apply("object", **said("2026-11-24T10:00", "customer"))
    case.apply("answer", **said("2026-12-01T10:00", "lead"))
    return case


def test_what_was_stored_by_format_1_is_read_as_it_was() -> None:
    policy = plaint.Policy.load(KEPT / "policy.yaml")
    case = plaint.Complaint.from_json((KEPT / "case.json").read_text(encoding="utf-8"), policy)
    journal = (KEPT / "journal.jsonl").read_text(encoding="utf-8")
    assert plaint.verify(policy, journal, case)
    assert case.journal == plaint.Journal.from_json_lines(journal)
    packed = plaint.Complaint.from_bytes((KEPT / "snapshot.bin").read_bytes(), policy)
    assert packed.to_json(journal=False) == case.to_json(journal=False)
    for kept in (KEPT, KEPT_2):
        desk = plaint.Desk.load(kept / "desk.bin", policy)
        assert len(desk) == 2
        assert desk["C-1"].to_json() == packed.to_json()


def test_python_stores_the_bytes_that_cpp_stores(tmp_path: Path) -> None:
    policy = plaint.Policy.load(KEPT / "policy.yaml")
    case = _story(policy)
    assert case.to_json().encode() == (KEPT / "case.json").read_bytes()
    assert case.to_bytes() == (KEPT / "snapshot.bin").read_bytes()
    assert case.journal.to_json_lines().encode() == (KEPT / "journal.jsonl").read_bytes()
    desk = plaint.Desk(policy, threads=2)
    desk.put(case)
    desk.put(plaint.Policy.load(KEPT / "policy.yaml").open("C-2", at=case.opened_at, actor="customer"))
    desk.save(tmp_path / "desk.bin")
    assert (tmp_path / "desk.bin").read_bytes() == (KEPT_2 / "desk.bin").read_bytes()
