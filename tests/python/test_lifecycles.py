# SPDX-License-Identifier: BSL-1.0
"""Lifecycles as Python sees them: dicts and files in, states and steps out."""

from __future__ import annotations

import copy
import inspect
import json
import pickle
import shutil
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plaint

INCIDENTS = Path(__file__).resolve().parents[2] / "examples/incidents/lifecycle.yaml"

HANDLING: dict[str, Any] = {
    "attributes": {
        "cause": {"enum": ["delay", "damage"]},
        "amount": {"int": {"min": 0, "max": 900}},
        "reopened": {"int": {"min": 0, "max": 3}, "default": 0},
        "note": {"string": {"max": 40}},
        "answered": "timestamp",
    },
    "roles": {"handler": {}, "lead": {}, "complainant": {"class": "customer"}},
    "initial": "open",
    "states": {
        "open": {
            "on": {
                "answer": {
                    "target": "answered",
                    "by": "handler",
                    "require": "cause",
                    "do": [{"notice": "answer", "amount": {"expr": "amount"}}],
                },
                "reject": {"target": "rejected", "by": ["lead", "agent"], "reasons": ["late", "unclear"]},
                "note": {"set": {"note": "event.note"}},
                "date": {"set": {"answered": "now"}},
            }
        },
        "answered": {
            "tags": "closed",
            "entry": [{"log": "answered"}],
            "on": {
                "reopen": {
                    "target": "open",
                    "guard": "reopened < 3",
                    "by": "customer",
                    "set": {"reopened": "reopened + 1"},
                }
            },
        },
        "rejected": {"type": "final"},
    },
}


@pytest.fixture
def rules() -> plaint.Lifecycle:
    return plaint.Lifecycle(HANDLING)


def kinds(step: plaint.Step) -> list[str]:
    return [reason["kind"] for reason in step.reasons]


def test_a_step_gives_another_state_and_leaves_the_old_one_alone(rules: plaint.Lifecycle) -> None:
    before = rules.initial(cause="delay", amount=20)
    step = rules.step(before, "answer", actor="handler")
    assert step.accepted
    assert bool(step)
    assert step.state.active == {"answered"}
    assert before.active == {"open"}
    assert step.left == ["open"]
    assert step.entered == ["answered"]
    assert step.reasons == []
    assert step.transitions == [
        {"source": "open", "targets": ["answered"], "events": ["answer"], "pointer": "/states/open/on/answer"}
    ]
    assert step.effects == [
        {"kind": "notice", "ordinal": 0, "notice": "answer", "amount": 20},
        {"kind": "log", "ordinal": 1, "log": "answered"},
    ]
    assert step.state.attributes == {"cause": "delay", "amount": 20, "reopened": 0, "note": None, "answered": None}
    assert step.state["cause"] == "delay"


def test_a_refused_event_says_everything_that_is_in_the_way(rules: plaint.Lifecycle) -> None:
    state = rules.initial()
    step = rules.step(state, "answer", actor="lead")
    assert not step.accepted
    assert kinds(step) == ["role", "missing-field"]
    assert step.reasons[1]["subject"] == "cause"
    assert step.reasons[1]["state"] == "open"
    assert step.reasons[1]["transition"] == "/states/open/on/answer"
    assert step.state == state
    assert step.effects == step.transitions == step.left == step.entered == []
    assert kinds(rules.step(state, "reopen")) == ["wrong-state"]
    assert "did you mean" in rules.step(state, "anwser").reasons[0]["message"]
    assert kinds(rules.step(state, "")) == ["unknown-event"]
    assert kinds(rules.step(rules.step(state, "reject", actor="lead", data={"reason": "late"}).state, "note")) == [
        "terminated"
    ]
    assert repr(step).startswith("<Step rejected: ")


def test_data_become_attributes_where_the_event_asks_for_them(rules: plaint.Lifecycle) -> None:
    step = rules.step(rules.initial(), "answer", actor="handler", data={"cause": "damage", "of no interest": 1})
    assert step.accepted
    assert step.changes == {"cause": "damage"}
    for wrong in (
        {"cause": "dmage"},
        {"cause": 7},
        {"amount": 901},
        {"amount": "9"},
        {"amount": 1.5},
        {"amount": True},
    ):
        assert kinds(rules.step(rules.initial(), "answer", actor="handler", data=wrong)) == ["out-of-range"]


def test_a_role_may_be_named_by_its_side(rules: plaint.Lifecycle) -> None:
    answered = rules.step(rules.initial(cause="delay"), "answer", actor={"role": "handler", "id": "u1"}).state
    assert rules.step(answered, "reopen", actor="complainant").state["reopened"] == 1
    assert rules.step(answered, "reopen", actor="customer").accepted
    assert rules.step(answered, "reopen", actor={"class": "customer"}).accepted
    assert kinds(rules.step(answered, "reopen", actor="handler")) == ["role"]
    for wrong in (7, {"clas": "customer"}, {"class": "client"}):
        with pytest.raises((TypeError, ValueError, KeyError)):
            rules.step(answered, "reopen", actor=wrong)  # type: ignore[arg-type]


def test_times_are_aware(rules: plaint.Lifecycle) -> None:
    at = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert rules.step(rules.initial(), "date", at=at).state["answered"] == at
    assert kinds(rules.step(rules.initial(), "date")) == ["no-value"]
    with pytest.raises(TypeError, match="naive"):
        rules.step(rules.initial(), "date", at=datetime(2026, 3, 29))


def test_arguments_of_a_step_go_by_place_or_by_name(rules: plaint.Lifecycle) -> None:
    state = rules.initial()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    assert rules.step(state, "answer", at, "handler", {"cause": "delay"}).accepted
    assert rules.step(event="answer", state=state, actor="handler", data={"cause": "delay"}).accepted
    assert list(inspect.signature(rules.step).parameters) == ["state", "event", "at", "actor", "data"]
    for wrong in ((), (state,), (state, "note", None, None, None, None), ("open", "note"), (state, 7), (None, "note")):
        with pytest.raises(TypeError):
            rules.step(*wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        rules.step(state, "note", state=state)  # type: ignore[misc]
    with pytest.raises(TypeError):
        rules.step(state, "note", when=at)  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="another lifecycle"):
        plaint.Lifecycle({"states": {"a": {"tags": "closed"}}}).step(state, "note")
    with pytest.raises(TypeError):
        plaint.Lifecycle.step(state, state, "note")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        plaint.State()
    with pytest.raises(UnicodeError):
        rules.step(state, "\ud800")


def test_what_is_possible_is_what_a_step_would_do(rules: plaint.Lifecycle) -> None:
    state = rules.initial()
    for actor in (None, "handler", "lead", "customer"):
        for event, said in rules.possible(state, actor=actor).items():
            step = rules.step(state, event, actor=actor)
            assert (said["enabled"], said["reasons"]) == (step.accepted, step.reasons)
    assert rules.possible(state, actor="handler")["answer"]["lacking"] == ["cause"]
    assert rules.possible(state, actor="handler", data={"cause": "delay"})["answer"]["enabled"]


def test_initial_values_are_checked(rules: plaint.Lifecycle) -> None:
    with pytest.raises(KeyError, match="did you mean"):
        rules.initial(cuase="delay")
    with pytest.raises(ValueError, match="900"):
        rules.initial(amount=1000)
    with pytest.raises(TypeError):
        rules.initial(amount="many")
    needy = plaint.Lifecycle({"attributes": {"n": "int"}, "states": {"a": {"required": "n", "tags": "closed"}}})
    with pytest.raises(ValueError, match="must be set"):
        needy.initial()
    assert kinds(needy.start()) == ["missing-field"]
    assert needy.start(n=1).accepted


def test_a_snapshot_is_names_and_survives_json_pickle_and_copies(rules: plaint.Lifecycle) -> None:
    at = datetime(2026, 1, 1, 12, 30, 0, 5, tzinfo=UTC)
    state = rules.step(rules.initial(cause="damage", note="é"), "date", at=at).state
    written = state.to_dict()
    assert written["active"] == ["open"]
    assert written["attributes"]["cause"] == "damage"
    back = plaint.State.from_dict(json.loads(json.dumps(written)), rules)
    for same in (
        back,
        rules.restore(written),
        pickle.loads(pickle.dumps(state)),
        copy.copy(state),
        copy.deepcopy(state),
    ):
        assert same == state
        assert hash(same) == hash(state)
        assert same["answered"] == at
    assert back != rules.initial()
    assert pickle.loads(pickle.dumps(rules)).digest == rules.digest
    with pytest.raises(plaint.PolicyError):
        rules.restore({"active": ["opn"]})
    with pytest.raises(plaint.PolicyError):
        rules.restore({"active": ["open"], "attributes": {"amount": -1}})
    with pytest.raises(ValueError, match="another lifecycle"):
        rules.restore({**written, "lifecycle": "0" * 64})
    with pytest.raises(TypeError, match="to_dict"):
        plaint.State.from_dict(written, written)


@pytest.mark.parametrize(
    ("broken", "code", "pointer"),
    [
        ({"active": 5}, "unknown-state", "/active/0"),
        ({"active": [["open"]]}, "wrong-type", "/active/0"),
        ({"active": []}, "not-a-configuration", "/active"),
        ({"active": None}, "not-a-configuration", "/active"),
        ({"attributes": 5}, "wrong-type", "/attributes"),
        ({"attributes": {"answered": "yesterday"}}, "bad-value", "/attributes/answered"),
        ({"attributes": {"amuont": 5}}, "unknown-attribute", "/attributes/amuont"),
        ({"remembered": []}, "wrong-type", "/remembered"),
        ({"lifecycle": []}, "wrong-type", "/lifecycle"),
    ],
)
def test_a_broken_snapshot_is_told_with_its_place(
    rules: plaint.Lifecycle, broken: dict[str, Any], code: str, pointer: str
) -> None:
    with pytest.raises(plaint.PolicyError) as refused:
        rules.restore({**rules.initial().to_dict(), **broken})
    assert (code, pointer) in [(f.code, f.pointer) for f in refused.value.findings]
    for nothing in ({}, [], "open", 5, None):
        with pytest.raises(plaint.PolicyError):
            rules.restore(nothing)  # type: ignore[arg-type]


def test_states_and_steps_outlive_their_lifecycle() -> None:
    def made() -> plaint.Step:
        rules = plaint.Lifecycle(HANDLING)
        return rules.step(rules.initial(cause="delay"), "answer", actor="handler")

    step = made()
    assert step.state.active == {"answered"}
    assert step.state.lifecycle.step(step.state, "reopen", actor="customer").accepted
    assert sys.getrefcount(plaint.State) < 10_000


def test_many_threads_step_at_once(rules: plaint.Lifecycle) -> None:
    wrong: list[str] = []

    def work(amount: int) -> None:
        state = rules.initial(cause="delay", amount=amount)
        for _ in range(300):
            step = rules.step(state, "answer", actor="handler")
            if step.effects[0]["amount"] != amount or rules.step(step.state, "reopen").accepted:
                wrong.append(f"{amount}: {step.effects}")

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.parametrize(
    ("definition", "code", "pointer"),
    [
        ({}, "missing", ""),
        ({"states": {}}, "no-states", "/states"),
        ({"states": {"a": {"on": {"x": "b"}}}}, "unknown-state", "/states/a/on/x/target"),
        ({"states": {"a": {"onn": {}}}}, "unknown-key", "/states/a/onn"),
        ({"states": {"a": {"on": {"x": {"guard": "n > 1"}}}}}, "unknown-name", "/states/a/on/x/guard"),
        ({"states": {"a": {"on": 7}}}, "wrong-type", "/states/a/on"),
        ({"states": {"a": {"type": "atom"}}}, "unknown-word", "/states/a/type"),
        ({"states": {"a": {"always": "a"}}}, "eventless-cycle", "/states/a/always"),
        ({"lifecycle": 7}, "wrong-type", "/lifecycle"),
        ({"states": {"a": {"on": {"x": {"by": [], "target": "a"}}}}}, "nobody-acts", "/states/a/on/x/by"),
        ({"states": {"a": {"on": {"x": {"by": None}}}}}, "nobody-acts", "/states/a/on/x/by"),
        ({"states": {"a": {"after": {"15 dayz": "a"}}}}, "bad-goal", "/states/a/after/15 dayz"),
        ({"states": {"a": {"on": {"x": {"within": "soon"}}}}}, "bad-goal", "/states/a/on/x"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(definition: dict[str, Any], code: str, pointer: str) -> None:
    with pytest.raises(plaint.PolicyError) as refused:
        plaint.Lifecycle(definition)
    assert (code, pointer) in [(f.code, f.pointer) for f in refused.value.findings]


def nested(levels: int) -> dict[str, Any]:
    chart: dict[str, Any] = {"tags": "closed"}
    for i in range(levels):
        chart = {"states": {f"s{i}": chart}}
    return chart


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        ({"max_microsteps": float("nan"), "states": {"a": {}}}, "bad-document"),
        (nested(25), "too-deep"),
        (nested(60), "bad-document"),
        (nested(800), "bad-document"),
        ({"states": {f"s{i}": {} for i in range(1025)}}, "too-many-states"),
        ({"states": {"a": {"on": {f"e{i}": None for i in range(4097)}}}}, "too-many-events"),
        ({"states": {"a": {"on": {"x": [{"guard": "true"}] * 8193}}}}, "too-many-transitions"),
        ({"states": {"a": {"entry": [{"raise": "x"}] * 32769}}}, "too-many-actions"),
        ({"max_microsteps": 10_001, "states": {"a": {}}}, "out-of-range"),
        ({"roles": {f"r{i}": {} for i in range(65)}, "states": {"a": {}}}, "too-many-roles"),
    ],
)
def test_limits_are_findings(definition: dict[str, Any], code: str) -> None:
    with pytest.raises(plaint.PolicyError) as refused:
        plaint.Lifecycle(definition)
    assert code in [f.code for f in refused.value.findings]


def test_states_lie_as_deep_as_the_limit_says() -> None:
    assert plaint.Lifecycle(nested(24)).initial().active == {"s0"}


def test_what_loops_for_ever_is_refused_when_loaded_or_bounded_when_run() -> None:
    with pytest.raises(plaint.PolicyError, match="circle"):
        plaint.Lifecycle({"states": {"a": {"always": "b"}, "b": {"always": "a"}}})
    with pytest.raises(plaint.PolicyError, match="circle"):
        plaint.Lifecycle({"states": {"a": {"on": {"x": {"raise": "x"}}}}})
    way = {"target": "b", "guard": "n >= 0", "set": {"n": "n + 1"}}
    counts = {
        "attributes": {"n": {"int": {}, "default": 0}},
        "max_microsteps": 10_000,
        "states": {"a": {"on": {"x": "b"}}, "b": {"always": way}},
    }
    rules = plaint.Lifecycle(counts)
    assert kinds(rules.step(rules.initial(), "x")) == ["microsteps"]


def test_targets_in_sibling_regions_are_refused_unless_asked_for() -> None:
    chart = {
        "states": {
            "p": {
                "type": "parallel",
                "states": {
                    "left": {"states": {"a": {"on": {"x": "d"}}, "b": {}}},
                    "right": {"states": {"c": {}, "d": {}}},
                },
            }
        }
    }
    with pytest.raises(plaint.PolicyError) as refused:
        plaint.Lifecycle(chart)
    assert [f.code for f in refused.value.findings if f.severity is plaint.Severity.ERROR] == ["cross-region-target"]
    rules = plaint.Lifecycle(chart, cross_region=True)
    assert rules.step(rules.initial(), "x").state.active == {"a", "d"}
    assert pickle.loads(pickle.dumps(rules)).digest == rules.digest


def test_columns_agree_with_steps() -> None:
    rules = plaint.Lifecycle(
        {
            "attributes": {"n": {"int": {"min": 0, "max": 3}, "default": 0}, "open": {"bool": {}, "default": True}},
            "states": {
                "a": {
                    "on": {
                        "x": {"target": "b", "set": {"n": "n + 1"}},
                        "y": {"guard": "open", "set": {"open": "false"}},
                    }
                },
                "b": {"on": {"x": {"target": "a", "guard": "n > 1"}, "z": "a"}},
            },
        }
    )
    names = ["x", "y", "z", "x", "x", "x", "y", "y"]
    rng = np.random.default_rng(1)
    events = rng.integers(0, len(rules.event_codes), 400)
    values = np.zeros((400, 3), dtype=np.int64)
    values[:, 0] = rng.integers(0, 4, 400)
    values[:, 1] = rng.integers(0, 2, 400)
    values[:, 2] = 3  # both are set
    given_values = values.copy()
    by_code = {code: name for name, code in rules.event_codes.items()}
    start = rules.code_of(rules.initial())
    done = np.zeros(400, dtype=bool)
    after = rules.step_many(np.full(400, start), events, attributes=values, accepted=done)
    for i in range(400):
        state = rules.initial(n=int(given_values[i, 0]), open=bool(given_values[i, 1]))
        step = rules.step(state, by_code[int(events[i])])
        assert step.accepted == done[i]
        assert rules.state_of(after[i]).active == step.state.active
        assert (step.state["n"], step.state["open"]) == (values[i, 0], bool(values[i, 1]))
    one = rules.code_of(rules.initial())
    for name in names:
        one = int(rules.step_many(np.array([one]), np.array([rules.event_codes[name]]))[0])


def test_columns_refuse_what_they_cannot_do_before_anything_has_changed(rules: plaint.Lifecycle) -> None:
    codes = rules.event_codes
    start = rules.code_of(rules.initial())
    values = np.zeros((2, 6), dtype=np.int64)
    with pytest.raises(ValueError, match="one by one"):
        rules.step_many(np.array([start, start]), np.array([codes["reopen"], codes["reject"]]), attributes=values)
    assert not values.any()
    for states, events in (([start + 1], [0]), ([start], [99]), ([start], [-1]), ([start], [2**40])):
        with pytest.raises(IndexError):
            rules.step_many(np.array(states), np.array(events))
    with pytest.raises(ValueError, match="length"):
        rules.step_many(np.array([start]), np.array([0, 0]))
    with pytest.raises(TypeError):
        rules.step_many(np.array([start]), np.array([0.5]))
    with pytest.raises(TypeError):
        rules.step_many(np.array([0.5]), np.array([0]))
    with pytest.raises(IndexError):
        rules.step_many(np.array([2**32 + start]), np.array([0]))
    light = plaint.Lifecycle({"states": {"a": {"on": {"x": "b"}}, "b": {"tags": "closed"}}})
    assert light.state_of(light.step_many([light.code_of(light.initial())], [light.event_codes["x"]])[0]).active == {
        "b"
    }
    with pytest.raises(ValueError, match="attributes"):
        rules.step_many(np.array([start]), np.array([0]), attributes=np.zeros((1, 2), dtype=np.int64))
    assert rules.step_many(np.array([], dtype=np.uint32), np.array([], dtype=np.uint16)).size == 0


def test_a_definition_that_is_replaced_says_what_would_be_lost(rules: plaint.Lifecycle) -> None:
    changed = copy.deepcopy(HANDLING)
    changed["states"]["replied"] = changed["states"].pop("answered")
    changed["states"]["open"]["on"]["answer"]["target"] = "replied"
    del changed["attributes"]["note"], changed["states"]["open"]["on"]["note"]
    newer = plaint.Lifecycle(changed)
    assert newer.digest != rules.digest
    assert {f.code for f in rules.check_migration(newer)} == {"lost-state", "lost-attribute"}
    names = {"answered": "replied"}
    assert rules.check_migration(newer, states=names, attributes={"note": ""}) == []
    old = rules.step(rules.initial(cause="delay"), "answer", actor="handler").state.to_dict()
    assert newer.migrate(old, states=names, attributes={"note": ""}).active == {"replied"}


def test_files_of_every_kind(tmp_path: Path, rules: plaint.Lifecycle) -> None:
    (tmp_path / "rules.json").write_text(json.dumps(HANDLING))
    assert plaint.Lifecycle(tmp_path / "rules.json").digest == rules.digest
    assert plaint.Lifecycle(str(tmp_path / "rules.json")).to_dict() == rules.to_dict()
    assert plaint.Lifecycle(INCIDENTS).initial().active == {"unseen"}
    inside = '<state id="a"><transition event="x" target="b"/></state><final id="b"/>'
    chart = f'<scxml xmlns="http://www.w3.org/2005/07/scxml">{inside}</scxml>'
    (tmp_path / "chart.scxml").write_text(chart)
    for one in (plaint.Lifecycle(tmp_path / "chart.scxml"), plaint.Lifecycle.from_scxml(chart)):
        assert one.step(one.initial(), "x").state.terminated
        assert plaint.Lifecycle.from_scxml(one.to_scxml()).states == ["a", "b"]
    with pytest.raises(plaint.PolicyError) as refused:
        plaint.Lifecycle.from_scxml("<scxml><state id='a'><invoke/></state>", "broken.scxml")
    assert refused.value.findings[0].file == "broken.scxml"
    with pytest.raises(FileNotFoundError):
        plaint.Lifecycle(tmp_path / "none.scxml")
    with pytest.raises(plaint.PolicyError):
        plaint.Lifecycle(tmp_path / "none.yaml")
    with pytest.raises(TypeError):
        plaint.Lifecycle(7)  # type: ignore[arg-type]


def test_pictures_mark_where_a_complaint_stands(rules: plaint.Lifecycle) -> None:
    state = rules.initial()
    assert "class open active" in rules.to_mermaid(state)
    assert "class" not in rules.to_mermaid()
    assert rules.to_dot(state).count("fde68a") == 1
    shown = state._repr_mimebundle_()
    assert shown["text/vnd.mermaid"] == rules.to_mermaid(state)
    if shutil.which("dot"):
        assert "<svg" in shown["image/svg+xml"]
        assert "answered" in rules._repr_mimebundle_()["image/svg+xml"]


def test_a_reason_tells_the_time_that_has_run_out() -> None:
    rules = plaint.Lifecycle(
        {"states": {"closed": {"on": {"reopen": {"target": "open", "within": "30 days"}}}, "open": {"tags": "closed"}}}
    )
    state = rules.initial()
    assert rules.step(state, "reopen", at=datetime.now(UTC) + timedelta(days=1)).accepted


TEXTS = ["a", "b", "x", "n > 1", "done.state.a", "deep", "final", "parallel", ""]
ACTION_WORDS = ["set", "do", "if", "raise", "expr", "by", "require", "guard", "target"]
STATE_WORDS = ["states", "on", "initial", "always", "type", "entry", "after", "history", "on_done"]
WORDS = ["a", "b", "x", "*", "attributes", "roles", "lifecycle", *ACTION_WORDS, *STATE_WORDS]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=4),
    max_leaves=25,
)
SECTIONS = ["states", "initial", "on", "attributes", "roles", "lifecycle", "max_microsteps"]


@given(st.dictionaries(st.sampled_from(SECTIONS), JSON, max_size=4))
@settings(max_examples=400, deadline=None)
def test_whatever_is_given_becomes_a_lifecycle_or_findings(definition: dict[str, Any]) -> None:
    try:
        rules = plaint.Lifecycle(definition)
    except plaint.PolicyError as error:
        assert error.findings
        assert all(f.code and f.message for f in error.findings)
    else:
        step = rules.start()
        for event in ("x", "a", ""):
            step = rules.step(step.state, event) if step.accepted else step
