# SPDX-License-Identifier: BSL-1.0
"""The ready policies: whole, without findings, in two languages, chosen by the day of receipt; what texts may say."""

# ruff: noqa: RUF001 - Chinese has its own commas

from __future__ import annotations

import csv
import os
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

import plaint
from plaint import PolicyError, Severity, lint_text, policies
from plaint._core.documents import Document
from plaint._core.policies import extended
from plaint.cli.app import app

NAMES = policies.names()
FILES = sorted(file.stem for file in policies.folder().glob("*.yaml"))
WANTED = """
cn-postal-11183 repair-station-three-steps hotel-complaints property-management retail-counter service-quality
external-review uk-fca-disp us-reg-x-noe us-reg-e us-cfpb-portal us-dot-259-7 au-rg271-afca cn-samr-complaint cn-express
cn-telecom-fault cn-xinfang in-rbi-io br-sac fr-acpr ca-bank-56 ie-cpc sg-fa-2021 iso-10002-baseline uk-ofcom-adr
""".split()  # noqa: SIM905 - a list of names


def test_every_system_of_the_manuals_and_every_regulator_has_its_policy() -> None:
    assert sorted(WANTED) == NAMES


@pytest.mark.parametrize("name", FILES)
def test_a_ready_policy_loads_without_findings(name: str) -> None:
    assert [str(f) for f in policies.load(name).findings if f.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("name", FILES)
def test_a_ready_policy_says_for_whom_it_is_and_how_well_it_was_checked(name: str) -> None:
    said = policies.load(name).to_dict()
    assert said["id"] == name.partition("@")[0]
    for member in (
        "title",
        "jurisdiction",
        "sector",
        "confidence",
        "reviewed",
        "effective",
        "sources",
        "readings",
        "legal_note",
    ):
        assert said.get(member), member
    assert "no legal advice" in said["legal_note"]["en"]
    assert {"en", "zh"} <= said["title"].keys()
    assert said["confidence"] in {"V1", "V2"}
    assert all(s["confidence"] in {"V1", "V2"} for s in said["sources"].values())
    assert all(
        c.get("source") in said["sources"] and {"en", "zh"} <= c["title"].keys() for c in said["clocks"].values()
    )


def states_and_events(states: dict[str, Any]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, state in states.items():
        found.append((name, state.get("title")))
        found += states_and_events(state.get("states", {}))
    return found


def events_of(state: dict[str, Any]) -> set[str]:
    listed = state.get("on", {})
    names = {t["event"] for t in listed} if isinstance(listed, list) else set(listed)
    return names.union(*(events_of(child) for child in state.get("states", {}).values()))


@pytest.mark.parametrize("name", NAMES)
def test_states_roles_and_notices_have_an_english_and_a_chinese_title(name: str) -> None:
    said = policies.load(name).to_dict()
    titled = states_and_events(said["lifecycle"]["states"])
    titled += [(r, words.get("title")) for r, words in said["roles"].items()]
    titled += [(n, words.get("title")) for n, words in said["notices"].items()]
    assert [n for n, title in titled if not title or not {"en", "zh"} <= title.keys()] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_event_and_every_word_of_a_notice_has_a_title_in_two_languages(name: str) -> None:
    said = policies.load(name).to_dict()
    words = said["titles"]
    events = events_of(said["lifecycle"])
    atoms = {a for n in said["notices"].values() for a in n["carries"]}
    for kind, names in (("events", events), ("atoms", atoms)):
        known = words.get(kind, {})
        assert sorted(n for n in names if n.isidentifier() and not {"en", "zh"} <= known.get(n, {}).keys()) == []


@pytest.mark.parametrize("name", FILES)
def test_a_ready_policy_proves_all_that_it_claims(name: str) -> None:
    policy = policies.load(name)
    proofs = policy.prove()
    assert [(p.claim, p.because) for p in proofs if p.verdict is not plaint.Verdict.HOLDS] == []
    assert [p.claim for p in proofs if p.vacuous] == []
    assert {"P-01", "P-05", "P-17", "P-26"} <= {p.id for p in proofs}
    assert {p.source for p in proofs if p.source} <= policy.to_dict()["sources"].keys()


@pytest.mark.parametrize(
    ("name", "change", "broken"),
    [
        ("uk-fca-disp", {"notices": {"final": {"carries": ["decision", "reasons"]}}}, "P-21"),
        (
            "ca-bank-56",
            {"lifecycle": {"states": {"open": {"on": {"drop": {"target": "closed_unresolved", "by": "owner"}}}}}},
            "P-05",
        ),
        ("us-cfpb-portal", {"clocks": {"response": {"goals": "75 days, due at end of day"}}}, "P-28"),
    ],
)
def test_a_copy_that_promises_less_is_caught(name: str, change: dict[str, Any], broken: str) -> None:
    own = {"extends": name, "plaint": 1, "id": "own", "version": "1", **change}
    failed = {p.id for p in plaint.Policy.from_dict(own).prove() if p.verdict is plaint.Verdict.FAILS}
    assert broken in failed


def test_the_version_follows_the_day_of_receipt() -> None:
    def version(name: str, day: str) -> str:
        return policies.load(name, date.fromisoformat(day)).version

    assert [version("au-rg271-afca", d) for d in ("2021-10-04", "2021-10-05")] == ["2012", "2021.10"]
    assert [version("uk-ofcom-adr", d) for d in ("2026-04-07", "2026-04-08")] == ["2025", "2026.4"]
    assert [version("in-rbi-io", d) for d in ("2026-06-30", "2026-07-01")] == ["2021", "2026.7"]
    assert [version("retail-counter", d) for d in ("2014-03-14", "2014-03-15")] == ["2013", "2026.1"]
    assert len(policies.versions("uk-fca-disp")) == 1
    # In Sydney it is the 5th already.
    at = datetime(2021, 10, 4, 13, 30, tzinfo=timezone.utc)
    assert policies.load("au-rg271-afca", at).version == "2021.10"
    with pytest.raises(policies.UnknownPolicyError, match="no version of"):
        policies.load("retail-counter", date(1990, 1, 1))


def test_an_unknown_policy_is_named_with_the_one_that_was_meant() -> None:
    with pytest.raises(policies.UnknownPolicyError, match='did you mean "uk-fca-disp"'):
        policies.load("uk-fca-dips")
    with pytest.raises(policies.UnknownPolicyError):
        policies.load("../README")


def test_a_copy_keeps_its_base_and_changes_one_thing(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        'extends: uk-fca-disp\nid: own\nversion: "1"\n'
        'clocks: { final_response: { goals: "4 weeks, due at end of day" } }\n'
    )
    said = plaint.Policy.load(own).to_dict()
    assert said["clocks"]["final_response"]["goals"] == [{"goal": "4 weeks, due at end of day"}]
    assert said["clocks"]["payment_response"] == policies.load("uk-fca-disp").to_dict()["clocks"]["payment_response"]
    own.write_text("extends: uk-fca-disp\nid: own\nversion: 1\nclocks: { final_response: { goals: soon } }\n")
    with pytest.raises(PolicyError) as raised:
        plaint.Policy.load(own)
    assert {(Path(f.file).name, f.line) for f in raised.value.findings} == {("own.yaml", 4)}


# --- holidays ---------------------------------------------------------------------------------------

PLACES = {
    "au-nsw": ("AU", "NSW", ("public", "bank")),
    "br": ("BR", None, None),
    "fr": ("FR", None, None),
    "ie": ("IE", None, None),
    "ca": ("CA", None, ("public", "government")),
    "hk": ("HK", None, ("public", "optional")),
    "sg": ("SG", None, None),
    "in": ("IN", None, None),
}


def weekdays(name: str, years: range) -> set[date]:
    """The days off of a set that are no weekend days, as a calendar of the library has them."""
    calendar = plaint.Calendar("UTC", {"mon-fri": ["00:00-24:00"]}, holidays=[policies.holidays(name)])
    days = {
        date(years[0], 1, 1).toordinal() + i for i in range((date(years[-1] + 1, 1, 1) - date(years[0], 1, 1)).days)
    }
    return {d for d in map(date.fromordinal, days) if d.weekday() < 5 and not calendar.is_business_day(d)}


@pytest.mark.skipif(not hasattr(plaint, "Calendar"), reason="needs calendars in Python")
@pytest.mark.parametrize("name", PLACES)
def test_a_set_of_holidays_agrees_with_the_package_holidays(name: str) -> None:
    package = pytest.importorskip("holidays")
    country, part, kinds = PLACES[name]
    said = policies.holidays(name)
    years = range(max(2015, said["from"]), said["to"] + 1)
    other = package.country_holidays(country, subdiv=part, years=years, **({"categories": kinds} if kinds else {}))
    expected = {d for d in other if d.weekday() < 5 and d.year in years}
    assert said["source"]
    assert weekdays(name, years) == expected


def test_years_that_are_announced_are_marked_apart_from_those_computed() -> None:
    for name in ("hk", "in", "sg", "au-nsw"):
        said = policies.holidays(name)
        assert said["from"] < said["announced_to"] < said["to"]


@pytest.mark.skipif("PLAINT_DATA" not in os.environ, reason="skipped: PLAINT_DATA is not set")
@pytest.mark.parametrize(("name", "file"), [("au-nsw", "au_nsw_2010_2030.csv"), ("hk", "hk_2010_2030.csv")])
def test_a_set_of_holidays_agrees_with_the_published_list(name: str, file: str) -> None:
    if not hasattr(plaint, "Calendar"):
        pytest.skip("needs calendars in Python")
    with (Path(os.environ["PLAINT_DATA"]) / "holidays" / file).open(encoding="utf-8") as rows:
        listed = {date.fromisoformat(r["date"]) for r in csv.DictReader(rows)}
    years = range(policies.holidays(name)["from"], 2031)
    assert weekdays(name, years) == {d for d in listed if d.weekday() < 5 and d.year in years}


# --- texts ------------------------------------------------------------------------------------------

# S-60 in the manual's words, and what a person would really write around them.
FORBIDDEN = [
    ("这种问题连小孩子都会。", "child-knows"),
    ("一分钱，一分货", "you-get-what-you-pay"),
    ("绝对不可能发生这种事！", "cannot-be"),
    ("你要去问别人，这不是我们的事", "ask-someone-else"),
    ("我不知道，不清楚", "do-not-know"),
    ("公司的规定就是这样的。", "company-rule"),
    ("你看不懂中文（英文）吗？", "cannot-read"),
    ("改天再和你联络（通知你）", "some-other-day"),
    ("这种问题我们见得多了", "seen-many"),
    ("先生，这是常有的事，请谅解。", "happens-all-the-time"),
    ("Well, you get what you pay for.", "you-get-what-you-pay-en"),
    ("I'm afraid that's just our policy.", "company-rule-en"),
    ("Sorry, I don’t know.", "do-not-know-en"),
    ("It is your own fault, Sir", "blaming-en"),
    ("We'll be in touch sometime.", "some-other-day-en"),
]
FINE = [
    "您好！我们已收到您的投诉（编号 C-17），将于三个工作日内答复。如有不清楚的地方，请联系张女士。",
    "We are sorry that your parcel was late. A refund of 12 euros was made on 3 March; if that does not settle it, "
    "you may go to the Ombudsman free of charge.",
]


@pytest.mark.parametrize(("text", "rule"), FORBIDDEN)
def test_what_the_manual_forbids_is_found(text: str, rule: str) -> None:
    found = lint_text(text)
    assert rule in [f.code for f in found]
    assert all(f.message and f.suggestion and f.line == 1 and f.column >= 1 for f in found)


@pytest.mark.parametrize("text", FINE)
def test_a_decent_answer_passes(text: str) -> None:
    assert [str(f) for f in lint_text(text)] == []


def test_apologies_alone_solve_nothing() -> None:
    sorry = "Sorry. We are very sorry. We apologise."
    assert [f.code for f in lint_text(sorry, "en")] == ["only-apologies-en"]
    assert lint_text(sorry + " Your refund was sent on Monday.", "en") == []
    assert [f.code for f in lint_text("对不起，非常抱歉，再次向您道歉。", "zh")] == ["only-apologies"]


def test_every_rule_of_wording_has_a_source_and_both_languages_are_there() -> None:
    rules = extended(Document.load(policies.path("base/wording")))["wording"]
    assert {r["language"] for r in rules.values()} == {"zh", "en"}
    assert {r["source"] for r in rules.values()} == {"S-59", "S-60"}
    assert sum(r["source"] == "S-60" and r["language"] == "zh" for r in rules.values()) == 9


# --- the command line -------------------------------------------------------------------------------

run = CliRunner()


def test_the_list_names_every_policy() -> None:
    said = run.invoke(app, ["policies"], env={"COLUMNS": "200"})
    assert said.exit_code == 0
    assert [name for name in NAMES if name not in said.stdout] == []


def test_show_tells_clocks_sources_and_readings() -> None:
    said = run.invoke(app, ["policies", "show", "uk-fca-disp"], env={"COLUMNS": "200"})
    assert said.exit_code == 0
    for part in ("payment_response", "15 business days", "DISP 1.6.2AR", "no legal advice"):
        assert part in said.stdout
    old = run.invoke(app, ["policies", "show", "au-rg271-afca", "--received", "2021-10-04"], env={"COLUMNS": "200"})
    assert "45 days" in old.stdout
    assert run.invoke(app, ["policies", "show", "uk-fca-dips"]).exit_code == 1


def test_new_writes_a_copy_that_loads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run.invoke(app, ["new", "--from", "cn-postal-11183"]).exit_code == 0
    made = tmp_path / "my-cn-postal-11183.yaml"
    assert re.search(r"^# The postal hotline", made.read_text(encoding="utf-8"), re.MULTILINE)
    assert plaint.Policy.load(made).id == "my-cn-postal-11183"
    assert run.invoke(app, ["new", "--from", "cn-postal-11183"]).exit_code == 1  # nothing is overwritten
    assert run.invoke(app, ["new", "--from", "cn-postal-11183", "--id", "Bad Id"]).exit_code == 1


def test_lint_text_fails_on_what_is_forbidden(tmp_path: Path) -> None:
    text = tmp_path / "answer.txt"
    text.write_text("Dear customer,\nthat's our policy.\n")
    said = run.invoke(app, ["lint-text", str(text)], env={"COLUMNS": "200"})
    assert said.exit_code == 1
    assert "answer.txt:2:1: error:" in said.stdout
    assert run.invoke(app, ["lint-text", "--language", "zh", str(text)]).exit_code == 0
    assert run.invoke(app, ["lint-text"], input="We will answer by 3 March.").exit_code == 0
    own = tmp_path / "own.yaml"
    own.write_text("wording: { jargon: { any: [pursuant to], why: Nobody speaks so., instead: Say under. } }\n")
    assert run.invoke(app, ["lint-text", "--wording", str(own)], input="Pursuant to section 3").exit_code == 1


# --- the bureau's own complaints --------------------------------------------------------------------

# These files show the state of each complaint at one day: the one that their description tells, else the last in it.
AS_OF = {
    "cfpb_as_of_2014_11.csv": (date(2014, 11, 13), "%m/%d/%Y"),
    "cfpb_as_of_2015_03.csv": (date(2015, 3, 19), "%m/%d/%Y"),
    "cfpb_as_of_2023_04.csv": (date(2023, 4, 27), "%d-%m-%Y"),
    "cfpb_as_of_2023_09.csv": (date(2023, 9, 8), "%Y-%m-%d"),
}
# Four rows of September 2023, all sent on one day, are still "in progress" on their 73rd day: the bureau waits longer
# there than its manual says, or has not closed them yet.
BEYOND = {"cfpb_as_of_2023_09.csv": {"2023-06-27"}}


def cfpb_rows(file: str) -> list[dict[str, str]]:
    """The rows under one spelling of their columns, which changed over the years."""
    with (Path(os.environ["PLAINT_DATA"]) / "consumer" / file).open(encoding="utf-8") as source:
        rows = [{re.sub("[^a-z]", "", k.lower()): v for k, v in r.items()} for r in csv.DictReader(source)]
    return [{**r, "response": r.get("companyresponsetoconsumer") or r.get("companyresponse", "")} for r in rows]


@pytest.mark.skipif("PLAINT_DATA" not in os.environ, reason="skipped: PLAINT_DATA is not set")
@pytest.mark.parametrize("file", AS_OF)
def test_the_bureaus_complaints_keep_the_bounds_of_the_portal_policy(file: str) -> None:
    as_of, form = AS_OF[file]
    policy = policies.load("us-cfpb-portal")
    rows = cfpb_rows(file)
    zone = ZoneInfo("America/New_York")
    end = datetime(as_of.year, as_of.month, as_of.day, 23, 59, tzinfo=zone)
    late: dict[str, tuple[bool, bool]] = {}  # by day sent: without a word, and after "in progress"
    for day in {r["datesenttocompany"] for r in rows}:
        at = datetime.strptime(day, form).replace(hour=12, tzinfo=zone)
        untouched = policy.open("C", at=at)
        untouched.advance(max(at, end))
        waiting = policy.open("C", at=at)
        waiting.apply("mark_in_progress", at=at, actor="owner")
        waiting.advance(max(at, end))
        late[day] = (untouched.clocks["response"].breached, waiting.clocks["response"].breached)
    # One row of March 2015 says "Untimely response" and "Yes" at once; it contradicts itself, and is left out.
    untimely = [r for r in rows if r["timelyresponse"] == "No"]
    assert len(rows) > 1000
    assert untimely or "2023_09" in file
    assert [r["complaintid"] for r in untimely if not late[r["datesenttocompany"]][0]] == []
    beyond = {
        r["datesenttocompany"] for r in rows if r["response"] == "In progress" and late[r["datesenttocompany"]][1]
    }
    assert beyond == BEYOND.get(file, set())


def test_the_fifteenth_and_the_sixtieth_day_are_the_last_ones() -> None:
    policy = policies.load("us-cfpb-portal")
    zone = ZoneInfo("America/New_York")

    def breached(days: int, *events: str) -> bool:
        at = datetime(2026, 1, 20, 12, tzinfo=zone)
        case = policy.open("C", at=at)
        for event in events:
            case.apply(event, at=at, actor="owner")
        case.advance(at + timedelta(days=days))
        return bool(case.clocks["response"].breached)

    assert [breached(d) for d in (15, 16)] == [False, True]
    assert [breached(d, "mark_in_progress") for d in (16, 60, 61)] == [False, False, True]
