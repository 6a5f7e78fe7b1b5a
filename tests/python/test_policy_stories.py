# SPDX-License-Identifier: BSL-1.0
"""Stories of complaints under the ready policies, with dates worked out by hand from the rules (stories/*.yaml)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plaint import Complaint, Policy, policies
from plaint._core.documents import Document

FOLDER = Path(__file__).parent / "stories"
BOOKS = {file.stem: Document.load(file).data for file in sorted(FOLDER.glob("*.yaml"))}
STORIES = [(name, story) for name, book in BOOKS.items() for story in book["stories"]]
STEPS = {"at", "event", "refused", "by", "state", "expect", "absent", "effect", "amount"}


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A wall time of the story; "24:00" is the end of the day."""
    day, clock = text.split(" ")
    hours, minutes = map(int, clock.split(":"))
    return datetime.combine(date.fromisoformat(day) + timedelta(days=hours // 24), datetime.min.time(), zone).replace(
        hour=hours % 24, minute=minutes
    )


def values(given: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    def value(name: str, v: Any) -> Any:
        dated = isinstance(v, str) and len(v) == 16 and v[4] == "-" and v[13] == ":"
        return moment(v, zone) if dated else v

    return {name: value(name, v) for name, v in given.items()}


def actor(by: str) -> dict[str, str]:
    role, _, name = by.partition("/")
    return {"role": role, "id": name or role}


class Telling:
    """One story, told step by step."""

    def __init__(self, book: dict[str, Any], story: dict[str, Any]) -> None:
        self.zone = ZoneInfo(book["zone"])
        self.data = book.get("data", {})
        received = story.get("received")
        self.policy = policies.load(book["policy"], date.fromisoformat(received) if received else None)
        opening = values(story["open"], self.zone)
        self.case: Complaint = self.policy.open("C-1", at=opening.pop("at"), **opening)
        self.effects: list[Any] = []

    def tell(self, step: dict[str, Any]) -> None:
        at = moment(step["at"], self.zone)
        given = values({k: v for k, v in step.items() if k not in STEPS}, self.zone)
        name = step.get("event") or step.get("refused")
        if name:
            told = self.case.try_apply(
                name, at=at, actor=actor(step["by"]), **{**values(self.data.get(name, {}), self.zone), **given}
            )
            assert told.accepted == ("event" in step), f"{step}: {told.reasons}"
        else:
            told = self.case.advance(at)
        self.effects += told.effects
        self.check(step)

    def check(self, step: dict[str, Any]) -> None:
        if "state" in step:
            assert step["state"] in self.case.states, step
        if "effect" in step:
            assert step["effect"] in [e.kind for e in self.effects], step
        if "amount" in step:
            assert [e.parameters["amount"] for e in self.effects if e.kind == "compensate"] == [step["amount"]], step
        clocks = self.case.clocks
        for name in step.get("absent", []):
            assert name not in clocks or clocks[name].cycle == 0, step
        for name, wanted in step.get("expect", {}).items():
            told = clocks[name]
            for key, value in wanted.items():
                expected = moment(value, self.zone) if key == "due" else value
                found = getattr(told, key)
                found = "running" if key == "verdict" and found is None else found
                assert found == expected, f"{step['at']} {name}.{key}: {found} is not {expected}"


@pytest.mark.parametrize(("name", "story"), STORIES, ids=[f"{n}-{s['title']}"[:90] for n, s in STORIES])
def test_the_story_comes_out_as_the_rule_says(name: str, story: dict[str, Any]) -> None:
    telling = Telling(BOOKS[name], story)
    for step in story["do"]:
        telling.tell(step)


@pytest.mark.parametrize("name", policies.names())
def test_every_clock_has_a_story_with_its_date(name: str) -> None:
    told = {
        c for s in BOOKS[name]["stories"] for step in s["do"] for c, w in step.get("expect", {}).items() if "due" in w
    }
    assert set(policies.load(name).to_dict()["clocks"]) - told == set()


@pytest.mark.parametrize("name", policies.names())
def test_every_policy_has_a_story_of_a_promise_kept_and_one_of_a_promise_broken(name: str) -> None:
    said = [w for s in BOOKS[name]["stories"] for step in s["do"] for w in step.get("expect", {}).values()]
    assert any(w.get("verdict") == "met" for w in said)
    assert any(w.get("verdict") == "missed" or w.get("breached") for w in said)


def test_a_policy_that_is_loaded_twice_is_the_same() -> None:
    assert policies.load("uk-fca-disp") == policies.load("uk-fca-disp")
    assert isinstance(policies.load("uk-fca-disp"), Policy)
