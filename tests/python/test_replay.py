# SPDX-License-Identifier: BSL-1.0
"""Logs run through a policy: made-up ones here, Boston's where the data is."""

from __future__ import annotations

import gzip
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pa_parquet
import pytest
from typer.testing import CliRunner

import plaint
from plaint.cli.app import app
from plaint.replay import Mapping, replay
from plaint.replay.table import write_table

UTC = timezone.utc
ROOT = Path(__file__).resolve().parents[2]
RULES: dict[str, Any] = {
    "plaint": 1,
    "id": "helpdesk",
    "version": "1",
    "title": {"en": "A help desk"},
    "calendars": {
        "office": {
            "zone": "Europe/Berlin",
            "hours": {"mon-fri": ["09:00-17:00"]},
            "horizon": {"from": 2025, "to": 2027},
        }
    },
    "attributes": {"kind": {"enum": ["noise", "smell", "other"]}, "loss": "double", "hits": {"int": {"max": 9}}},
    "roles": {"agent": {}, "customer": {"class": "customer"}},
    "lifecycle": {
        "initial": "open",
        "states": {
            "open": {"on": {"answer": {"target": "answered", "by": "agent"}, "note": {}}},
            "answered": {"on": {"object": {"target": "open", "by": "customer"}, "close": {"target": "closed"}}},
            "closed": {"type": "final"},
        },
    },
    "clocks": {
        "reply": {
            "start": "enter(open)",
            "stop": "event(answer)",
            "cycles": "independent",
            "retarget": "restart",
            "goals": [{"if": 'kind == "noise"', "goal": "4h"}, {"goal": "2 business days"}],
        }
    },
}
BY_CASE = """
plaint-mapping: 1
rows: cases
zone: Europe/Berlin
times: ["%d.%m.%Y %H:%M", iso]
case: nr
opened: came
events:
  answer: { column: went, role: agent }
  close: { column: went, if: { status: Closed } }
attributes:
  kind: { column: what, names: { Lärm: noise, Geruch: smell }, others: other }
  loss: loss
  hits: hits
recorded:
  reply: { due: due, within: 60 s, verdict: { column: kept, met: "yes", missed: "no" } }
group_by: what
"""
LOG_BY_CASE = """nr,came,went,what,loss,hits,due,kept,status
1,16.11.2026 10:00,16.11.2026 14:00,Lärm,1.5,3,16.11.2026 14:00,yes,Closed
2,16.11.2026 10:00,16.11.2026 14:01,Lärm,,,16.11.2026 14:02,no,Open
3,2026-11-16T10:00:00Z,,Geruch,0,1,,,
4,soon,,Lärm,,,,,
5,16.11.2026 10:00,15.11.2026 10:00,Staub,,,,,
2,16.11.2026 10:00,,Lärm,,,,,
6,16.11.2026 10:00,17.11.2026 09:00,Staub,x,,,,
7,16.11.2026 10:00,17.11.2026 09:00,Staub,,77,,,
8,16.11.2026 10:00
9,16.11.2029 10:00,,Staub,,,,,
"""


@pytest.fixture
def rules() -> plaint.Policy:
    return plaint.Policy.from_dict(RULES)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with the policy, the log by case and its mapping."""
    (tmp_path / "policy.json").write_text(__import__("json").dumps(RULES))
    (tmp_path / "mapping.yaml").write_text(BY_CASE)
    (tmp_path / "log.csv").write_text(LOG_BY_CASE)
    with gzip.open(tmp_path / "log.csv.gz", "wt") as zipped:
        zipped.write(LOG_BY_CASE)
    return tmp_path


def at(text: str) -> np.datetime64:
    return np.datetime64(text, "us")


def test_a_policy_tells_what_it_declares(rules: plaint.Policy) -> None:
    assert rules.title == {"en": "A help desk"}
    assert [(a.name, a.type) for a in rules.attributes] == [("kind", "enum"), ("loss", "double"), ("hits", "int")]
    assert rules.attributes[0].members == ["noise", "smell", "other"]
    assert rules.events == ["answer", "note", "object", "close"]
    assert rules.roles == ["agent", "customer"]
    assert rules.states == ["open", "answered", "closed"]
    assert [c.id for c in rules.clocks] == ["reply"]
    assert list(rules.lifecycle.to_dict()["states"]) == ["open", "answered", "closed"]


def test_columns_come_out_as_complaints_do_one_by_one(rules: plaint.Policy) -> None:
    opened = datetime(2026, 11, 16, 9, tzinfo=UTC)
    done = rules.replay(
        cases=2,
        case=[0, 0, 1],
        event=[-1, 0, -1],
        at=np.array(["2026-11-16T09:00", "2026-11-17T09:00", "2026-11-16T09:00"], "datetime64[us]"),
        event_names=["answer"],
        roles=["agent"],
        role=np.array([-1, 0, -1]),
        attributes={"loss": np.array([0.5, np.nan]), "hits": (np.array([1, 0]), np.array([True, False]))},
        as_of=datetime(2026, 12, 1, tzinfo=UTC),
    )
    alone = rules.open("C-1", at=opened, loss=0.5, hits=1)
    alone.apply("answer", at=opened + timedelta(days=1), actor="agent")
    reply = done.clock("reply")
    assert reply["due"].tolist() == [alone.clocks["reply"].due.replace(tzinfo=None)] * 2
    assert reply["verdict"].tolist() == [2, 1]
    assert np.isnat(reply["breached_at"][0])
    assert reply["breached_at"][1] == reply["due"][1]
    assert np.isnat(reply["stopped_at"][1])
    assert done.accepted.tolist() == [1, 0]
    assert done.state.tolist() == [1, 0]
    assert done.rejections["event"].tolist() == done.rejections["message"] == []
    with pytest.raises(KeyError, match="did you mean"):
        done.clock("replay")


@pytest.mark.parametrize("name", ["log.csv", "log.csv.gz", "log.parquet"])
def test_a_log_by_case_is_read_whatever_it_is_kept_in(rules: plaint.Policy, files: Path, name: str) -> None:
    if name == "log.parquet":
        good = "\n".join(line for line in LOG_BY_CASE.splitlines() if line.count(",") == 8)
        texts = pa_csv.ConvertOptions(column_types=dict.fromkeys(LOG_BY_CASE.splitlines()[0].split(","), pa.string()))
        pa_parquet.write_table(pa_csv.read_csv(pa.BufferReader(good.encode()), convert_options=texts), files / name)
    done = replay(rules, files / name, files / "mapping.yaml", as_of=datetime(2026, 12, 1, tzinfo=UTC))
    assert done.cases.ids.to_pylist() == ["1", "2", "3", "7", "9"]
    table = done.table.to_pydict()
    assert table["reply_verdict"] == ["met", "missed", "running", None, None]
    assert table["reply_due"][:2] == [datetime(2026, 11, 16, 13, tzinfo=UTC)] * 2
    assert table["reply_due"][2] == datetime(2026, 11, 18, 10, tzinfo=UTC)
    assert table["reply_breached_at"][2] == table["reply_due"][2]
    assert table["reply_due_agrees"][:3] == [True, False, None]
    assert table["reply_verdict_agrees"][:3] == [True, True, None]
    assert table["state"][:3] == ["closed", "answered", "open"]
    told = done.summary
    assert (told.cases, told.bad_rows) == (5, 4 + (name != "log.parquet"))
    assert told.clocks[0].total.share == 0.5
    assert [(g.group, g.cases) for g in told.clocks[0].groups] == [("Lärm", 2), ("Geruch", 1)]


def test_bad_rows_are_told_with_line_and_reason(rules: plaint.Policy, files: Path) -> None:
    done = replay(rules, files / "log.csv", files / "mapping.yaml")
    reasons = dict(done.bad_rows())
    assert reasons == {
        5: 'came is no time: "soon"',
        6: "answer comes before the opening",
        7: 'nr came before: "2"',
        8: 'loss has no known value: "x"',
        10: "2 values where 9 are named",
    }
    rejected = done.rejections()
    assert [line for line, _ in rejected] == [9, 9, 11]
    assert rejected[0][1] == '"hits" must be at most 9'
    assert "2029" in rejected[2][1] or "horizon" in rejected[2][1]


BY_EVENT = """
plaint-mapping: 1
rows: events
case: id
at: time
event: { column: what, opening: start, names: { replied: answer, reopened: object }, others: skip }
role: { column: who, names: { A: agent, C: customer } }
data:
  hits: hits
order: time
slack: 1 min
"""
LOG_BY_EVENT = """id,time,what,who,hits
a,2026-11-16T09:00:00Z,start,C,
a,2026-11-16T10:00:00Z,replied,A,
b,2026-11-16T09:00:00Z,note,A,2
a,2026-11-17T10:00:00Z,reopened,C,
a,2026-11-18T10:00:00Z,replied,C,
b,2026-11-16T08:00:00Z,start,C,
a,2026-11-19T10:00:00Z,sneezed,A,
"""


def test_a_log_by_event_is_sorted_into_cases(rules: plaint.Policy, tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text(LOG_BY_EVENT)
    done = replay(rules, tmp_path / "log.csv", Mapping.parse(BY_EVENT))
    assert done.cases.ids.to_pylist() == ["a", "b"]
    assert done.result.accepted.tolist() == [2, 1]
    assert done.table.to_pydict()["state"] == ["open", "open"]
    assert done.result.clock("reply")["started_at"].tolist()[0] == datetime(2026, 11, 17, 10)
    ((line, why),) = done.rejections()
    assert line == 6
    assert "agent" in why


def test_a_mapping_that_fits_neither_policy_nor_log_is_told_at_its_lines(rules: plaint.Policy, files: Path) -> None:
    wrong = BY_CASE.replace("went, role: agent", "went, role: agnt").replace("loss: loss", "lss: loss")
    with pytest.raises(plaint.PolicyError) as raised:
        replay(rules, files / "log.csv", Mapping.parse(wrong))
    assert [(f.line, f.suggestion) for f in raised.value.findings] == [(9, "agent"), (13, "loss")]
    with pytest.raises(plaint.PolicyError) as raised:
        replay(rules, files / "log.csv", Mapping.parse(BY_CASE.replace("case: nr", "case: number")))
    assert [f.code for f in raised.value.findings] == ["unknown-column"]


def run(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(a) for a in arguments])


def test_the_command_writes_tables_a_report_and_a_list_of_bad_rows(files: Path) -> None:
    inputs = [files / "policy.json", files / "log.csv.gz", "--mapping", files / "mapping.yaml"]
    outputs = ["-o", files / "out.parquet", "--bad", files / "bad.csv", "--report", files / "report.html"]
    said = run("replay", *inputs, *outputs)
    assert said.exit_code == 0, said.output
    assert "10 rows, 5 cases" in said.stdout
    assert "recorded due date agrees in 1 of 2: 50.00 %" in said.stdout
    assert pa_parquet.read_table(files / "out.parquet").num_rows == 5
    bad = (files / "bad.csv").read_text().splitlines()
    assert bad[:2] == ["line,kind,reason", '5,row,"came is no time: ""soon"""']
    assert len(bad) == 1 + 5 + 3
    page = (files / "report.html").read_text()
    assert "<svg" in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert run("replay", *inputs, "-o", files / "out.csv", "-q").exit_code == 0
    first, second = (files / "out.csv").read_text().splitlines()[:2]
    assert first.startswith("case,what,state,reply_due,")
    assert second.startswith("1,Lärm,closed,2026-11-16T13:00:00Z,met,")


def test_strict_fails_after_it_has_told_everything(files: Path) -> None:
    said = run("replay", files / "policy.json", files / "log.csv", "--mapping", files / "mapping.yaml", "--strict")
    assert said.exit_code == 1
    assert "10 rows" in said.stdout


def test_a_text_with_commas_and_quotes_survives_csv(tmp_path: Path) -> None:
    write_table(pa.table({"case": ['a "b", c', "d"]}), tmp_path / "out.csv")
    assert pa_csv.read_csv(tmp_path / "out.csv").column("case").to_pylist() == ['a "b", c', "d"]


BOSTON = Path(os.environ.get("PLAINT_DATA", "")) / "civic/boston311_2015.csv.gz"


@pytest.mark.skipif(not BOSTON.is_file(), reason="PLAINT_DATA has no Boston 311 data")
def test_boston_agrees_with_the_city() -> None:
    folder = ROOT / "examples/boston311"
    done = replay(plaint.Policy.load(folder / "policy.yaml"), BOSTON, folder / "mapping.yaml")
    level, target = done.summary.clocks
    assert done.summary.bad_rows == done.summary.rejected_events == 0
    assert level.due is not None
    assert level.due.agreed >= 0.946 * level.due.compared
    assert level.due.compared > 40_000
    assert target.due is not None
    assert target.due.agreed == target.due.compared
    assert target.verdict is not None
    assert target.verdict.agreed == target.verdict.compared > 30_000
