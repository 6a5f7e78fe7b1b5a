# SPDX-License-Identifier: BSL-1.0
"""The JSON Schema of policies: valid, never stricter than the loader, and as strict about keys as it is."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import plaint
from plaint import Policy, PolicyError, policies
from plaint._core.documents import Document
from plaint.cli.app import app

HERE = Path(__file__).parent
SCHEMA = plaint.policy_schema()
SAYS = Draft202012Validator(SCHEMA)
READY = sorted(p for p in policies.folder().rglob("*.yaml") if p.name != "wording.yaml")  # that is no policy
EXAMPLES = sorted((HERE.parents[1] / "examples").glob("*/policy.yaml"))
EVERYTHING: dict[str, Any] = Document.load(HERE / "schema/everything.yaml").data
SMALL: list[dict[str, Any]] = [EVERYTHING, *(Document.load(p).data for p in EXAMPLES)]
LARGE: list[dict[str, Any]] = [
    *(Document.load(p).data for p in READY if p.parent == policies.folder()),  # as written, over what they extend
    *(policies.document(name) for name in policies.names()),  # in one piece
]

Way = tuple[str | int, ...]


def findings(data: dict[str, Any]) -> list[plaint.Finding]:
    """What the loader says against a document."""
    try:
        Policy.from_dict(data)
    except PolicyError as refused:
        return list(refused.findings)
    return []


def is_missing(said: plaint.Finding) -> bool:
    """Whether a key is missing; what a calendar or a clock lacks by its sense has the same code."""
    return said.code == "missing" and said.message.endswith('" is required')


def complaints(data: Any, before: dict[str, Any] | None = None) -> list[str]:
    """What the schema says against a document; where it was changed from one that is right, that alone is looked at."""
    looked_at = dict(data)
    for name, section in (before or {}).items():
        if isinstance(section, dict) and looked_at.get(name) == section:
            looked_at.pop(name)
    if before and "lifecycle" in data:
        looked_at.setdefault("lifecycle", {"states": {}})
    return [f"{e.json_path}: {e.message[:200]}" for e in SAYS.iter_errors(looked_at)]


def check_agreement(before: dict[str, Any], data: dict[str, Any]) -> bool:
    """What the loader accepts the schema accepts; a key that is unknown or missing both refuse, and then it is True."""
    said, against = findings(data), complaints(data, before)
    wrong_key = any(f.code == "unknown-key" or is_missing(f) for f in said)
    if said == []:
        assert against == []
    elif wrong_key and "extends" not in data and data.keys() & {"id", "version"}:  # else it is for others to extend
        assert against != [], [str(f) for f in said]
    return wrong_key


def places(value: Any, way: Way = ()) -> Iterator[tuple[Way, Any]]:
    """Every value of a document with the way to it, the whole first."""
    yield way, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from places(member, (*way, name))


def at(data: Any, way: Way) -> Any:
    for step in way:
        data = data[step]
    return data


def property_names(schema: Any) -> set[str]:
    found: set[str] = set()
    for way, value in places(schema):
        if way and way[-1] == "properties" and (len(way) < 2 or way[-2] != "properties"):
            found |= value.keys()
    return found


# --- the schema itself ----------------------------------------------------------------------------


def test_the_schema_is_one_of_draft_2020_12() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_reference_of_the_schema_leads_somewhere_and_every_definition_is_used() -> None:
    named = {value for way, value in places(SCHEMA) if way and way[-1] == "$ref"}
    assert named == {f"#/$defs/{name}" for name in SCHEMA["$defs"]}


def test_every_key_is_explained() -> None:
    silent = [
        (*way, name)
        for way, value in places(SCHEMA)
        if isinstance(value, dict) and value.get("additionalProperties") is False
        for name, said in value["properties"].items()
        if "description" not in said
    ]
    assert silent == []


def test_the_command_prints_the_schema_and_writes_it(tmp_path: Path) -> None:
    printed = CliRunner().invoke(app, ["schema"])
    assert json.loads(printed.stdout) == SCHEMA
    file = tmp_path / "policy.schema.json"
    assert CliRunner().invoke(app, ["schema", "-o", str(file)]).exit_code == 0
    assert file.read_text(encoding="utf-8") == printed.stdout


# --- what is right --------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*READY, *EXAMPLES], ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_policy_that_ships_is_right_as_it_was_written(path: Path) -> None:
    assert complaints(Document.load(path).data) == []


@pytest.mark.parametrize("name", policies.names())
def test_a_ready_policy_is_right_in_one_piece_and_in_its_canonical_form(name: str) -> None:
    assert complaints(policies.document(name)) == []
    assert complaints(policies.load(name).to_dict()) == []


def test_a_policy_with_every_key_is_right() -> None:
    assert findings(EVERYTHING) == []
    assert complaints(EVERYTHING) == []
    assert complaints(Policy.from_dict(EVERYTHING).to_dict()) == []
    used = {name for _, value in places(EVERYTHING) if isinstance(value, dict) for name in value}
    assert property_names(SCHEMA) - used == {"extends", "without"}


def test_dates_versions_and_the_key_on_are_what_the_loader_reads() -> None:
    data = Document.parse("{ reviewed: 2026-01-31, version: 2026.10, on: yes, off: true, day: 20260131 }").data
    assert data == {"reviewed": "2026-01-31", "version": 2026.10, "on": "yes", "off": True, "day": 20260131}


# --- what is refused ------------------------------------------------------------------------------


def light(section: str) -> dict[str, Any]:
    """The policy with every key, where what is dear to compile and far from a section is left out."""
    data = copy.deepcopy(EVERYTHING)
    if section not in {"clocks", "ladders"}:
        del data["clocks"], data["ladders"]
    if section not in {"calendars", "holidays"}:
        del data["holidays"]
        data["calendars"] = {name: {"zone": "UTC", "hours": "always"} for name in data["calendars"]}
    return data


def one_of_each_kind(section: str) -> Iterator[Way]:
    """The ways to the values of a section; of those at the same keys, names and numbers aside, only the first."""
    keys, seen = property_names(SCHEMA), set()
    for way, value in places(EVERYTHING[section], (section,)):
        kind = (*(step if step in keys else "*" for step in way), type(value))
        if kind not in seen:
            seen.add(kind)
            yield way


@pytest.mark.parametrize("section", EVERYTHING)
def test_a_key_is_refused_where_it_is_unknown_and_missed_where_it_must_be(section: str) -> None:
    before = light(section)
    assert findings(before) == []
    refused = 0
    for way in one_of_each_kind(section):
        more, less = copy.deepcopy(before), copy.deepcopy(before)
        if isinstance(at(more, way), dict):
            at(more, way)["surprise"] = 1
            refused += check_agreement(before, more)
        if isinstance(way[-1], str):
            del at(less, way[:-1])[way[-1]]
            refused += check_agreement(before, less)
    assert refused >= {"calendars": 20, "lifecycle": 15, "clocks": 30, "ladders": 20, "attributes": 4}.get(section, 0)


@pytest.mark.parametrize(
    ("pointer", "wrong"),
    [
        ("plaint", 2),
        ("reviewed", "31.1.2026"),
        ("effective/from", 2026),
        ("max_backdate", "7 fortnights"),
        ("calendars/office/hours", {"mom-fri": ["09:00-17:00"]}),
        ("calendars/office/hours", {"mon-fri": ["9-17"]}),
        ("calendars/office/hours", "sometimes"),
        ("calendars/office/gap", "refuse"),
        ("calendars/office/exceptions", {"24.12.": []}),
        ("calendars/office/horizon/from", "2020"),
        ("holidays/feasts/rules", [{"on": "the day after easter"}]),
        ("calendar_edits/office", [{"from": "2026-07-01", "calendar": "office_later"}]),
        ("attributes/problem", "text"),
        ("attributes/problem", {"string": {"min": 1}}),
        ("attributes/problem", {"string": None, "int": None}),
        ("attributes/reopened", {"int": None, "default": "none"}),
        ("roles/lead", {"class": "boss"}),
        ("lifecycle/states/open/type", "complex"),
        ("lifecycle/states/open/on/answer", [{"target": "answered", "event": "answer"}]),
        ("lifecycle/states/open/on/answer", {"internal": True, "reenter": False}),
        ("lifecycle/states/open/on/answer", {"within": "a while"}),
        ("lifecycle/states/open/after", {"soon": "closed"}),
        ("lifecycle/states/open/entry", [{"set": {"done": True}, "otherwise": []}]),
        ("lifecycle/states/open/states/before/on", {"close": "closed"}),
        ("clocks/whole/start", "entered(open)"),
        ("clocks/whole/goals", "15 bussiness days"),
        ("clocks/whole/goals", "15 business days, due at noon"),
        ("clocks/whole/goals", "15 business days, under uk-dips"),
        ("clocks/whole/goals", 15),
        ("clocks/whole/warn", "120%"),
        ("clocks/whole/warn", ["2h early"]),
        ("clocks/whole/cycles", "forever"),
        ("clocks/whole/breach", {"do": [{"set": {"done": True}}]}),
        ("clocks/answer/pause/when_exceeded", "stop"),
        ("clocks/answer/pause/at_most", "some days"),
        ("clocks/answer/extensions/more/to", "8h"),
        ("clocks/answer/extensions/more/at_most", 0),
        ("ladders/late/steps", [{"level": 0}]),
        ("ladders/late/when_exhausted", "give up"),
        ("ladders/late/trigger", {"on": "event(comment)", "if": "true", "silence": "20h"}),
        ("titles/states", {"lodged": ["Lodged"]}),
        ("properties", [{"claim": "every cycle is bounded", "name": "P-05"}]),
    ],
)
def test_what_the_loader_cannot_read_is_refused(pointer: str, wrong: object) -> None:
    way = pointer.split("/")
    before = light(way[0])
    data = copy.deepcopy(before)
    at(data, tuple(way[:-1]))[way[-1]] = wrong
    assert findings(data) != []
    assert complaints(data, before) != []


@pytest.mark.parametrize("lost", ["plaint", "id", "version", "lifecycle"])
def test_a_policy_says_what_it_is_and_one_that_extends_another_may_leave_the_rest_to_it(lost: str) -> None:
    data = copy.deepcopy(EVERYTHING)
    del data[lost]
    assert findings(data) != []
    assert complaints(data) != []
    ready = {"extends": "uk-fca-disp", "id": "own", "version": "1", "clocks": {"referral_window": {"title": "Window"}}}
    ready.pop(lost, None)
    assert (complaints(ready) == []) == (findings(ready) == [])


# --- never stricter than the loader ---------------------------------------------------------------

TEXTS = """
opened|enter(open)|event(comment)|notice(final)|threshold(answer,remind)|opened |3 business days|15 days|4h|1h  30min
4h elapsed|P15D|PT4H|end of the same day|until promised|earliest of (1 business day; 2 days)|working|answered|closed
office|lead|customer|75%|at due|2h before|3 d after|every 1 day after, at most 2|always|never|mon-fri|SAT|09:00-17:00
9:00 - 24:00|2026-01-31|20260131|2026-01-31T00:00Z|2026-01-31T00:00Z/PT1H|true|reopened < 2|easter|1 may|string|none
list(int)|nearest|resume|escalate|close(comment)|raise(comment)|hold|history|final|compound|agent|Europe/Paris|0|1|pause|run|
""".replace("\n", "|").split("|")  # the empty text is one of them
VALUES = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from([None, True, False, 0, 1, 2, 20260131, 2026, 1.5, [], {}, [None], [[]], {"expr": "1"}]),
    st.sampled_from(
        [{"on": "opened"}, {"if": "true"}, {"notice": "ack"}, {"en": "A title"}, {"raise": []}, {"set": {}}]
    ),
).map(copy.deepcopy)
WORDS = st.sampled_from([*sorted(property_names(SCHEMA)), "surprise", "answer", "mon", "2026-12-24", "15 days", "en"])


def retexted(draw: Any, text: str) -> str:
    """A text in which a character was lost, doubled, exchanged, or is in the other case."""
    place = draw(st.integers(0, max(len(text) - 1, 0)))
    before, here, after = text[:place], text[place : place + 1], text[place + 1 :]
    return str(before + draw(st.sampled_from(["", here * 2, here.swapcase(), " ", "\t", ",", "1", here + " "])) + after)


@st.composite
def changed(draw: Any, documents: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """One of the documents, and it with some of its keys lost, renamed or moved, and some of its values others."""
    before = draw(st.sampled_from(documents))
    data = copy.deepcopy(before)
    for _ in range(draw(st.integers(1, 2))):
        ways = [(way, value) for way, value in places(data) if way]
        way, value = ways[draw(st.integers(0, len(ways) - 1))]
        owner, name = at(data, way[:-1]), way[-1]
        act = draw(st.sampled_from(["drop", "rename", "add", "value", "other", "list", "unlist", "text"]))
        if act == "drop":
            del owner[name]
        elif act == "rename" and isinstance(owner, dict):
            members = list(owner.items())
            new = retexted(draw, str(name)) if draw(st.booleans()) else draw(WORDS)
            owner.clear()
            owner.update((new if n == name else n, m) for n, m in members)
        elif act == "add" and isinstance(value, dict):
            value[draw(WORDS)] = draw(VALUES)
        elif act == "other":
            owner[name] = copy.deepcopy(ways[draw(st.integers(0, len(ways) - 1))][1])
        elif act == "list":
            owner[name] = [value]
        elif act == "unlist" and isinstance(value, list) and value:
            owner[name] = value[0]
        elif act == "text" and isinstance(value, str):
            owner[name] = retexted(draw, value)
        else:
            owner[name] = draw(VALUES)
    return before, data


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed(SMALL))
def test_what_the_loader_accepts_of_a_changed_policy_the_schema_accepts(pair: Any) -> None:
    check_agreement(*pair)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(changed(LARGE))
def test_what_the_loader_accepts_of_a_changed_ready_policy_the_schema_accepts(pair: Any) -> None:
    check_agreement(*pair)


GOALS = (
    """
4h|90 minutes|4 business hours|1h 30min|PT4H|4h elapsed|2h elapsed, from the next full hour|3 business days
3 working days|15 days|15 calendar days|15d|8 weeks|2 months|P15D|end of same day|end of the next business day
until promised|2 business days, due at close of business, cut-off 16:00|10 business days, received at the next opening
5 days, received on the next business day or opening, roll modified following|3 days, day of receipt counts
3 business days, counted from the next business day, at least 2 business days|15 days, under eu-1182-71
earliest of (15 business days; 90 days)|latest of (4h; earliest of (2 days, due at end of day; until promised))
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
GOAL = Draft202012Validator(SCHEMA["$defs"]["goal"])


@settings(max_examples=300, deadline=None)
@given(st.data())
@example(None)
def test_what_is_a_goal_to_the_loader_is_one_to_the_schema(data: Any) -> None:
    if data is None:
        assert all(GOAL.is_valid(text) for text in GOALS)
        return
    text = data.draw(st.sampled_from(GOALS))
    for _ in range(data.draw(st.integers(0, 3))):
        text = retexted(data.draw, text)
    try:
        plaint.Goal(text)
    except PolicyError:
        assume(False)
    assert GOAL.is_valid(text)
