# SPDX-License-Identifier: BSL-1.0
"""Policies compared, complaints moved between them, logs asked what would have been, complaints explained."""

from __future__ import annotations

import os
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import plaint

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("PLAINT_DATA") or ROOT / ".." / "shared" / "data")
UTC = timezone.utc
FRIDAY = datetime(2026, 11, 20, 15, tzinfo=UTC)


def _worker(**changes: str) -> plaint.Policy:
    """The rules of examples/worker with another version, and another goal of its one clock."""
    rules = plaint.Policy.load(Path("examples/worker/policy.yaml").resolve()).to_dict()
    rules["version"] = changes.get("version", "1")
    rules["clocks"]["answer"]["goals"][0]["goal"] = changes.get("goal", "2 business days")
    return plaint.Policy.from_dict(rules)


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_two_policies_are_compared_in_words_and_data() -> None:
    changes = plaint.diff(_worker(), _worker(version="2", goal="5 business days"))
    goal = next(c for c in changes if "goal" in c.pointer)
    assert (goal.kind, goal.before, goal.after) == ("changed", "2 business days", "5 business days")
    assert str(goal).startswith('clock "answer"')
    assert plaint.diff(_worker(), _worker()) == []


@pytest.mark.parametrize(
    ("mode", "due"),
    [
        ("automatic", "2026-11-27T15:00"),
        ("carry", "2026-11-27T15:00"),
        ("ratchet", "2026-11-24T15:00"),
        ("ratchet later", "2026-11-27T15:00"),
        ("keep", "2026-11-24T15:00"),
        ("restart", "2026-11-30T16:00"),
    ],
)
def test_a_complaint_moves_and_each_mode_gives_its_due_date(mode: str, due: str) -> None:
    case = _worker().open("C-1", at=FRIDAY)
    case.advance(datetime(2026, 11, 23, 16, tzinfo=UTC))
    to = _worker(version="2", goal="5 business days")
    moved = case.migrate(to, clocks={"answer": mode})
    assert moved.policy == to
    assert moved.clocks["answer"].due == datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert case.clocks["answer"].due == datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert plaint.Complaint.from_json(moved.to_json(), to) == moved


def test_a_dry_run_tells_what_would_move_and_what_could_not() -> None:
    cases = [_worker().open(name, at=FRIDAY) for name in ("C-1", "C-2")]
    cases[1].apply("answer", at=FRIDAY + timedelta(minutes=5), actor="agent")
    seen = plaint.dry_run(_worker(), _worker(version="2", goal="1 business day"), cases)
    moved = {p["complaint"]: [r["after"]["due"] for r in p["revisions"]] for p in seen}
    assert moved["C-1"] == ["2026-11-23T15:00:00Z"]
    hours = _worker(version="3", goal="8h")
    (stuck,) = plaint.dry_run(_worker(), hours, cases, clocks={"answer": "carry"})
    assert [f.code for f in stuck["faults"]] == ["not-movable"]
    with pytest.raises(plaint.PolicyError, match="consumed"):
        cases[0].migrate(hours, clocks={"answer": "carry"})
    with pytest.raises(ValueError, match="no mode; there are automatic"):
        cases[0].migrate(hours, clocks={"answer": "bend"})


def test_a_complaint_explains_itself() -> None:
    case = _worker().open("C-1", at=FRIDAY, actor="customer")
    due = case.clocks["answer"].due
    said = case.explain(actor="agent")
    assert [(h["what"], h["by"], h["entered"]) for h in said.history] == [("opened", "customer", ["open"])]
    assert said.coming == [(due, "threshold(answer, late)"), (due, "breach(answer)")]
    assert said.possible["answer"]["enabled"]
    assert "2 business days" in said.clocks["answer"]
    (late,) = case.advance(due + timedelta(hours=1)).effects
    assert case.is_wanted(late)
    assert case.explain().history[-1]["what"] == "threshold(answer, late), breach(answer)"
    case.apply("answer", at=due + timedelta(hours=2), actor="agent")
    assert case.explain(language="zh").text.startswith("C-1 现为 answered")


def _boston(shorter: bool) -> plaint.Policy:
    """The rules of Boston's 311 desk; of goals in business days one day is taken."""
    rules = plaint.Policy.load(ROOT / "examples/boston311/policy.yaml").to_dict()
    for row in rules["clocks"]["service_level"]["goals"] if shorter else []:
        days, _, rest = row["goal"].partition(" business day")
        if rest and int(days) > 1:
            row["goal"] = f"{int(days) - 1} business days" + rest.removeprefix("s")
    rules["version"] = "shorter" if shorter else rules["version"]
    return plaint.Policy.from_dict(rules)


def test_what_if_over_the_log_of_boston_says_what_plain_replays_say() -> None:
    log = DATA / "civic/boston311_2015.csv.gz"
    if not log.is_file():
        pytest.skip("skipped: PLAINT_DATA has no log of Boston")
    from plaint.replay import Mapping, replay

    mapping = Mapping.load(ROOT / "examples/boston311/mapping.yaml")
    now, other = _boston(False), _boston(True)
    done, edited = (replay(rules, log, mapping) for rules in (now, other))
    journals = [case.journal for case in _cases(now, done, 4_000)]
    seen = plaint.what_if(now, other, journals, as_of=done.as_of)
    assert seen["impossible"] == []
    assert seen["complaints"] == len(journals)
    for side, plain in (("before", done), ("after", edited)):
        verdicts = Counter(np.asarray(plain.result.clock("service_level")["verdict"])[: len(journals)].tolist())
        tally = seen[side]["service_level"]
        assert (tally["open"], tally["met"], tally["missed"]) == (verdicts[1], verdicts[2], verdicts[3])
    assert seen["before"] != seen["after"]


def _cases(rules: plaint.Policy, done: Any, most: int) -> list[plaint.Complaint]:
    """The first cases of a log, event by event."""
    cases, columns = done.cases, done.cases.attributes
    open_cases: list[plaint.Complaint] = []
    for i in range(len(cases.event)):
        owner = int(cases.case[i])
        if owner == most:
            break
        at = cases.at[i].astype("datetime64[us]").item().replace(tzinfo=UTC)
        role = cases.roles[cases.role[i]] if cases.role is not None and cases.role[i] >= 0 else None
        if cases.event[i] < 0:
            given = {name: _value(column, owner) for name, column in columns.items()}
            known = {name: value for name, value in given.items() if value is not None}
            open_cases.append(rules.open(f"B-{owner}", at=at, actor=role, **known))
        else:
            latest = max(at, open_cases[-1].last_at)
            open_cases[-1].try_apply(cases.event_names[cases.event[i]], at=latest, actor=role)
    return open_cases


def _value(column: Any, row: int) -> Any:
    if hasattr(column, "codes"):
        return column.categories[column.codes[row]] if column.codes[row] >= 0 else None
    value = column[row]
    return None if np.isnat(value) else value.astype("datetime64[us]").item().replace(tzinfo=UTC)
