# SPDX-License-Identifier: BSL-1.0
"""Whoever changes a stored journal, a snapshot or a desk is found out, and the first bad record is named."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

import pytest

import plaint

ROOT = Path(__file__).resolve().parents[2]
HOTLINE = ROOT / "tests/data/policies/hotline.yaml"
START = datetime(2026, 3, 2, 10, tzinfo=timezone.utc)
Records = list[dict[str, Any]]


def _story(policy: plaint.Policy, chance: Random) -> plaint.Complaint:
    """Registered, answered and objected to, with all that may go along with it."""
    at = START + timedelta(minutes=chance.randrange(10_000))
    case = policy.open(f"C-{chance.randrange(1000)}", at=at, actor={"id": "web", "role": "customer"})
    for event, role in (
        ("register", "hotline"),
        ("answer", "lead"),
        ("object", "customer"),
        ("answer", "lead"),
        ("object", "customer"),
        ("answer", "lead"),
    ):
        at += timedelta(minutes=1 + chance.randrange(20_000 if event == "answer" else 2_000))
        data = {"problem": "noise", "severity": chance.choice(["minor", "severe"])} if event == "register" else {}
        case.apply(event, at=at, actor={"id": "someone", "role": role}, key=f"k-{at:%j%H%M}", **data)
    return case


def _lines_of(records: Records) -> str:
    def canonical(value: Any) -> str:
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    return "".join(canonical(r) + "\n" for r in records)


def _sealed_anew(records: Records) -> Records:
    """What a forger does who knows how seals are made: numbers, seals and the end fit again."""
    previous = ""
    for number, record in enumerate(records[:-1]):
        record |= {"record": number, "previous": previous}
        bare = {k: v for k, v in record.items() if k != "seal"}
        previous = record["seal"] = hashlib.sha256(_lines_of([bare])[:-1].encode()).hexdigest()
    records[-1] |= {"records": len(records) - 1, "head": previous}
    return records


def _record_named(policy: plaint.Policy, text: str) -> int | None:
    return plaint.verify(policy, text).record


@pytest.fixture(scope="module")
def policy() -> plaint.Policy:
    return plaint.Policy.load(HOTLINE)


def test_the_seals_of_this_test_are_those_of_the_journal(policy: plaint.Policy) -> None:
    text = _story(policy, Random(0)).journal.to_json_lines()
    records = [json.loads(line) for line in text.splitlines()]
    assert _lines_of(_sealed_anew(records)) == text
    assert plaint.verify(policy, text)


def test_an_edited_line_is_named_whatever_was_edited_in_it(policy: plaint.Policy) -> None:
    chance = Random(1)
    for turn in range(40):
        text = _story(policy, Random(turn)).journal.to_json_lines()
        lines = text.splitlines(keepends=True)
        which = chance.randrange(len(lines))
        at = chance.randrange(len(lines[which]))
        old = lines[which][at]
        other = chance.choice([c for c in 'x0"{ ' if c != old])
        changes: list[Callable[[str], str]] = [
            lambda line, at=at, other=other: line[:at] + other + line[at + 1 :],  # type: ignore[misc]
            lambda line, at=at: line[:at] + line[at + 1 :],  # type: ignore[misc]
            lambda line, at=at: line[:at] + "é" + line[at:],  # type: ignore[misc]
            lambda line, at=at: line[:at],  # type: ignore[misc]
        ]
        for change in changes:
            changed = "".join([*lines[:which], change(lines[which]), *lines[which + 1 :]])
            assert _record_named(policy, changed) == which, (turn, which, at, changed)


def test_lines_that_were_taken_out_doubled_or_exchanged_are_named(policy: plaint.Policy) -> None:
    lines = _story(policy, Random(2)).journal.to_json_lines().splitlines(keepends=True)
    last = len(lines) - 1
    for i in range(last):
        assert _record_named(policy, "".join(lines[:i])) == i
        assert _record_named(policy, "".join(lines[:i] + lines[i + 1 :])) == i
        assert _record_named(policy, "".join([*lines[: i + 1], *lines[i:]])) == i + 1
        for j in range(i + 1, last):
            swapped = lines.copy()
            swapped[i], swapped[j] = swapped[j], swapped[i]
            assert _record_named(policy, "".join(swapped)) == i
    stranger = _story(policy, Random(3)).journal.to_json_lines().splitlines(keepends=True)
    for i in range(1, last):
        assert _record_named(policy, "".join([*lines[:i], stranger[i], *lines[i + 1 :]])) == i


FORGERIES: dict[str, Callable[[dict[str, Any]], object]] = {
    "other states": lambda r: r.update(states=["closed"]),
    "no states": lambda r: r.update(states=[]),
    "effects left out or added": lambda r: r.update(effects=[] if r["effects"] else [r.get("key", "C") + "/9/0"]),
    "an event that was not possible": lambda r: r.update(event="shout"),
    "a role that may not": lambda r: r.update(actor={"id": "someone", "role": "nobody"}),
    "an attribute that there is not": lambda r: r.update(data={"colour": "red"}),
    "a value out of range": lambda r: r.update(data={"severity": "huge"}),
    "long before the opening": lambda r: r.update(effective_at="2020-01-01T00:00:00Z"),
    "past the calendar's end": lambda r: r.update(effective_at="2040-01-01T00:00:00Z"),
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forged_record_is_named_though_all_seals_were_made_anew(policy: plaint.Policy, kind: str) -> None:
    for turn in range(6):
        case = _story(policy, Random(turn))
        for which in range(1, 7):
            records = [json.loads(line) for line in case.journal.to_json_lines().splitlines()]
            FORGERIES[kind](records[which])
            named = _record_named(policy, _lines_of(_sealed_anew(records)))
            assert named == which, (kind, turn, which)


def test_records_that_were_left_out_or_exchanged_are_named_though_all_seals_were_made_anew(
    policy: plaint.Policy,
) -> None:
    for turn in range(6):
        text = _story(policy, Random(turn)).journal.to_json_lines()
        for i in range(1, 6):
            records = [json.loads(line) for line in text.splitlines()]
            del records[i]
            assert _record_named(policy, _lines_of(_sealed_anew(records))) == i
            records = [json.loads(line) for line in text.splitlines()]
            records[i], records[i + 1] = records[i + 1], records[i]
            assert _record_named(policy, _lines_of(_sealed_anew(records))) == i
        records = [json.loads(line) for line in text.splitlines()]
        records[0]["policy"] = records[0]["policy"].replace("hotline", "coldline")
        assert _record_named(policy, _lines_of(_sealed_anew(records))) == 0


def test_a_journal_without_its_last_records_is_another_than_the_complaint(policy: plaint.Policy) -> None:
    case = _story(policy, Random(4))
    records = [json.loads(line) for line in case.journal.to_json_lines().splitlines()]
    del records[-2]
    shortened = _lines_of(_sealed_anew(records))
    assert plaint.verify(policy, shortened)  # it is a journal of its own …
    assert plaint.verify(policy, shortened, case).record == 6  # … but not that of the complaint
    assert plaint.Journal.from_json_lines(shortened).head != case.journal.head


def test_a_snapshot_that_was_changed_is_refused_or_the_same(policy: plaint.Policy) -> None:
    chance = Random(5)
    case = _story(policy, Random(5))
    text, packed = case.to_json(), case.to_bytes()
    refused = 0
    for _ in range(400):
        at = chance.randrange(len(text))
        changed = text[:at] + chance.choice('{}[]",:x0 ') + text[at + chance.randrange(3) :]
        flipped = bytearray(packed)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        for read, written in (
            (plaint.Complaint.from_json, changed),
            (plaint.Complaint.from_json, text[:at]),
            (plaint.Complaint.from_bytes, bytes(flipped)),
            (plaint.Complaint.from_bytes, packed[: at % len(packed)]),
        ):
            try:
                assert read(written, policy).to_json(journal=False) == case.to_json(journal=False)  # type: ignore[operator]
            except plaint.PolicyError as error:
                assert error.findings
                refused += 1
    assert refused > 1500
    other = plaint.Policy.from_dict({**policy.to_dict(), "version": "2"})
    for read, written in ((plaint.Complaint.from_json, text), (plaint.Complaint.from_bytes, packed)):
        with pytest.raises(plaint.PolicyError):
            read(written, other)  # type: ignore[operator]


SAVER = """
import sys
import plaint
policy = plaint.Policy.load(sys.argv[1])
desk = plaint.Desk.load(sys.argv[2], policy)
print("ready", flush=True)
while True:
    desk.save(sys.argv[2])
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_who_is_killed_while_saving_a_desk_leaves_the_old_file_whole(policy: plaint.Policy, tmp_path: Path) -> None:
    file = tmp_path / "complaints.desk"
    desk = plaint.Desk(policy)
    rows = 60_000
    times = [START + timedelta(seconds=i) for i in range(rows)]
    desk.apply_table({"complaint": list(range(rows)), "event": ["opened"] * rows, "at": times})
    desk.save(file)
    chance = Random(6)
    for _ in range(4):
        saver = subprocess.Popen([sys.executable, "-c", SAVER, HOTLINE, file], stdout=subprocess.PIPE)
        assert saver.stdout is not None
        assert saver.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.02))
        os.kill(saver.pid, signal.SIGKILL)
        saver.wait()
        saver.stdout.close()
        assert plaint.Desk.load(file, policy).digest == desk.digest
