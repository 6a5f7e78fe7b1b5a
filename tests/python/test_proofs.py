# SPDX-License-Identifier: BSL-1.0
"""Proofs as Python and the command line see them."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import plaint
from plaint.cli.app import app
from plaint.proofs import findings_of, journal_of, sarif, write_counterexample
from plaint.timeline import timeline_of, timeline_of_journal

RULES = """\
plaint: 1
id: desk
version: 1
attributes:
  route: { enum: [direct, assisted] }
  tries: { int: { min: 0, max: 3 }, default: 0 }
roles: { lead: {}, clerk: {}, customer: { class: customer } }
lifecycle:
  initial: lodged
  states:
    lodged:
      on:
        register: { target: open, by: clerk, do: [{ notice: ack, carries: [received] }] }
    open:
      on:
        dispatch: { target: open, by: lead, guard: tries < 3, set: { tries: tries + 1 } }
        answer: { target: closed, by: lead, do: [{ notice: final, carries: [decision, reasons] }] }
        drop: { target: closed, by: clerk, guard: route == "assisted" }
    closed: { tags: [closed], on: { reopen: { target: open, by: customer } } }
properties:
  - only lead may answer
  - every cycle is bounded
  - P-05: every path to closed passes notice(final)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "desk.yaml"
    file.write_text(RULES)
    return file


@pytest.fixture
def policy(path: Path) -> plaint.Policy:
    return plaint.Policy.load(path)


def run(*words: Any) -> Any:
    return CliRunner().invoke(app, [str(w) for w in words])


def test_what_a_policy_claims_is_proven_or_refuted_by_the_shortest_history(policy: plaint.Policy) -> None:
    lead, cycles, answered = policy.prove()
    assert (lead.verdict, cycles.verdict) == (plaint.Verdict.HOLDS, plaint.Verdict.HOLDS)
    assert answered.verdict is plaint.Verdict.FAILS
    assert answered.id == "P-05"
    found = answered.counterexample
    assert found is not None
    assert found.events == ["register", "drop"]
    assert (found.length, len(found), found.replayed) == (2, 2, True)
    assert {**found.steps[0].data, **found.steps[1].data, **found.steps[2].data}["route"] == "assisted"
    assert found.steps[-1].states == ["closed"]
    assert found.steps[1].role == "clerk"


def test_sentences_are_proven_one_by_one_and_nonsense_is_refused(policy: plaint.Policy) -> None:
    (proof,) = policy.prove("dispatch never after notice(final)")
    assert proof.verdict is plaint.Verdict.FAILS
    assert proof.property["kind"] == "never-after"
    with pytest.raises(plaint.PolicyError, match="is no property"):
        policy.prove(["all shall be well"])


def test_the_catalogue_is_answered_for_from_the_first_to_the_last(policy: plaint.Policy) -> None:
    proofs = policy.prove([], catalogue=True)
    assert {p.id for p in proofs} == {f"P-{i:02}" for i in range(1, 39)}
    assert [p.verdict for p in policy.prove("P-10")] == [plaint.Verdict.HOLDS]


def test_a_counterexample_is_a_journal_that_verifies_and_a_log_that_replays(
    policy: plaint.Policy, tmp_path: Path
) -> None:
    proof = policy.prove()[2]
    assert proof.counterexample is not None
    journal = journal_of(policy, proof.counterexample)
    assert journal.verify(policy)
    assert len(journal) == 3
    written, log, mapping = write_counterexample(policy, proof, tmp_path, "P-05")
    assert plaint.Journal.from_json_lines(written.read_text()) == journal
    done = run("replay", tmp_path / "desk.yaml", log, "--mapping", mapping, "--strict")
    assert done.exit_code == 0, done.output


def test_the_command_ends_with_one_where_a_property_fails(path: Path) -> None:
    failed = run("prove", path)
    assert failed.exit_code == 1
    assert "P-05" in failed.output
    assert "drop" in failed.output
    assert run("prove", path, "-p", "only lead may answer").exit_code == 0
    told = json.loads(run("prove", path, "--json").stdout.split("\n3 prop")[0].rsplit("]", 1)[0] + "]")
    assert [p["verdict"] for p in told] == ["holds", "holds", "fails"]


def test_what_failed_is_shown_at_its_line_by_sarif(path: Path, policy: plaint.Policy) -> None:
    from plaint._core.documents import Document

    log = sarif(findings_of(policy.prove(), Document.load(str(path))))
    assert log["version"] == "2.1.0"
    (result,) = log["runs"][0]["results"]
    assert result["ruleId"] == "property-fails"
    place = result["locations"][0]["physicalLocation"]
    assert (
        place["region"]["startLine"]
        == RULES.splitlines().index("  - P-05: every path to closed passes notice(final)") + 1
    )


def test_a_claim_that_means_nothing_is_found_by_the_check(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(RULES + "  - loged before closed\n  - nonsense\n")
    checked = run("check", file)
    assert checked.exit_code == 1
    assert "did you mean" in checked.output
    assert "bad-property" in checked.output


def test_a_counterexample_can_be_drawn(policy: plaint.Policy) -> None:
    found = policy.prove()[2].counterexample
    assert found is not None
    picture = timeline_of(policy, found).svg()
    assert picture.startswith("<svg")
    assert all(name in picture for name in ("lodged", "open", "closed", "register", "drop"))


PROMISED = """\
plaint: 1
id: promised
version: 1
calendars: { office: { zone: UTC, hours: { mon-fri: ["09:00-17:00"] } } }
lifecycle:
  initial: open
  states:
    open: { on: { ask: { target: asked }, answer: { target: closed, do: [{ notice: final }] } } }
    asked: { on: { reply: { target: open } } }
    closed: { type: final }
clocks:
  answer:
    start: opened
    stop: notice(final)
    goals: [{ goal: 24 business hours }]
    pause: { while: 'in_state("asked")', reasons: [information], at_most: 40 business hours }
    thresholds: { soon: { at: 75% } }
ladders:
  late:
    trigger: threshold(answer, soon)
    ends_on: stop(answer)
    steps:
      - { level: 1, notify: { role: lead } }
      - { level: 2, after: 1 business day, notify: { role: head } }
"""


def test_a_complaints_life_is_drawn_with_its_pauses_thresholds_and_levels(tmp_path: Path) -> None:
    (tmp_path / "promised.yaml").write_text(PROMISED)
    rules = plaint.Policy.load(tmp_path / "promised.yaml")
    monday = datetime(2026, 3, 2, 10, tzinfo=timezone.utc)
    case = rules.open("C-1", at=monday)
    case.apply("ask", at=monday + timedelta(days=1))
    case.apply("reply", at=monday + timedelta(days=3))
    case.apply("answer", at=monday + timedelta(days=11))
    told = timeline_of_journal(rules, case.journal)
    (run,) = told.clocks
    assert run.pauses == [(monday + timedelta(days=1), monday + timedelta(days=3))]
    assert [name for name, _ in run.thresholds][:1] == ["soon"]
    assert [(stay.ladder, stay.level) for stay in told.levels] == [("late", 1), ("late", 2)]
    assert told.levels[0].until == told.levels[1].since
    assert told.levels[-1].until == monday + timedelta(days=11)
    (tmp_path / "C-1.jsonl").write_text(case.journal.to_json_lines())
    done = run_timeline(tmp_path, "C-1.jsonl")
    assert done.exit_code == 0, done.output
    picture = (tmp_path / "life.svg").read_text()
    assert all(name in picture for name in ("ladder late", "level 2", "clock answer", "paused", "soon at", "C-1"))


def run_timeline(folder: Path, journal: str) -> Any:
    return run("draw", "timeline", folder / "promised.yaml", folder / journal, "-o", folder / "life.svg")


def test_the_command_draws_why_a_property_fails(path: Path, tmp_path: Path) -> None:
    done = run(
        "draw", "counterexample", path, "-p", "every path to closed passes notice(final)", "-o", tmp_path / "c.svg"
    )
    assert done.exit_code == 0, done.output
    assert "drop" in (tmp_path / "c.svg").read_text()
    assert run("draw", "counterexample", path, "-p", "only lead may answer").exit_code != 0


def test_a_counterexample_is_run_again_from_its_journal(path: Path, policy: plaint.Policy, tmp_path: Path) -> None:
    journal, *_ = write_counterexample(policy, policy.prove()[2], tmp_path, "P-05")
    done = run("replay", path, journal)
    assert done.exit_code == 0, done.output
    assert "drop -> closed" in done.output
    assert "3 records, as the policy does them" in done.output
    journal.write_text(journal.read_text().replace("assisted", "direct"))
    spoilt = run("replay", path, journal)
    assert spoilt.exit_code != 0
    assert "record 2" in spoilt.output
    assert run("replay", path, tmp_path / "log.csv").exit_code != 0  # a log needs a mapping


def test_a_policy_that_replaces_another_keeps_what_that_one_kept(path: Path, tmp_path: Path) -> None:
    looser = tmp_path / "looser.yaml"
    looser.write_text(RULES.replace("target: closed, by: lead", "target: closed, by: [lead, clerk]"))
    found = [p for p in json.loads(run("prove", looser, "--against", path, "--json").stdout) if p["id"] == "P-38"]
    assert [p["verdict"] for p in found] == ["fails"]
    assert found[0]["claim"] == "only lead may answer"
    same = [p for p in json.loads(run("prove", path, "--against", path, "--json").stdout) if p["id"] == "P-38"]
    assert [p["verdict"] for p in same] == ["holds"]
