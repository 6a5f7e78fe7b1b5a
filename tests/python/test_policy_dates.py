# SPDX-License-Identifier: BSL-1.0
"""The due dates of the ready policies against plain counting, day by day, over the holidays of another package."""

from __future__ import annotations

import calendar
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plaint import policies

holidays = pytest.importorskip("holidays")

DAY = timedelta(1)
YEARS = range(2025, 2029)
SATURDAY, SUNDAY = 5, 6


def off(country: str, **kinds: Any) -> set[date]:
    return set(holidays.country_holidays(country, years=YEARS, **kinds))


@dataclass(frozen=True)
class Place:
    """A day is worked if it is made up for another, or neither a weekend day nor a holiday."""

    off: frozenset[date] = frozenset()
    weekend: tuple[int, ...] = (SATURDAY, SUNDAY)
    made_up: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        return day in self.made_up or (day.weekday() not in self.weekend and day not in self.off)

    def business_days(self, day: date, count: int) -> date:
        while count:
            day += DAY
            count -= self.works(day)
        return day

    def rolled(self, day: date) -> date:
        return day if self.works(day) else self.rolled(day + DAY)


def china() -> Place:
    known = holidays.China(years=YEARS)
    return Place(frozenset(known), made_up=frozenset(known.weekend_workdays))


PLACES = {
    "england": Place(frozenset(off("GB", subdiv="ENG"))),
    "usa": Place(frozenset(off("US"))),
    "france": Place(frozenset(off("FR")), weekend=(SUNDAY,)),
    "ireland": Place(frozenset(off("IE"))),
    "singapore": Place(frozenset(off("SG"))),
    "sydney": Place(frozenset(off("AU", subdiv="NSW", categories=("public", "bank")))),
    "china": china(),
}


def days(count: int) -> Callable[[date], date]:
    return lambda day: day + count * DAY


def business(place: str, count: int) -> Callable[[date], date]:
    return lambda day: PLACES[place].business_days(day, count)


def rolled(place: str, count: int) -> Callable[[date], date]:
    return lambda day: PLACES[place].rolled(day + count * DAY)


def months(count: int) -> Callable[[date], date]:
    def end(day: date) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

    return end


# Policy, what is known of the complaint, clock, zone, its last day, when that day ends.
Rule = tuple[str, dict[str, Any], str, str, Callable[[date], date], time]
RULES: list[Rule] = [
    ("uk-fca-disp", {}, "final_response", "Europe/London", days(56), time.max),
    ("uk-fca-disp", {}, "summary_resolution", "Europe/London", business("england", 3), time(17)),
    ("uk-fca-disp", {"regime": "payment"}, "payment_response", "Europe/London", business("england", 15), time.max),
    ("uk-ofcom-adr", {}, "adr_letter", "Europe/London", days(42), time.max),
    ("us-reg-x-noe", {}, "acknowledgement", "America/New_York", business("usa", 5), time.max),
    ("us-reg-x-noe", {}, "response", "America/New_York", business("usa", 30), time.max),
    ("us-reg-x-noe", {"error_kind": "payoff_balance"}, "response", "America/New_York", business("usa", 7), time.max),
    ("us-reg-e", {}, "investigation", "America/New_York", business("usa", 10), time.max),
    ("us-reg-e", {"new_account": True}, "investigation", "America/New_York", business("usa", 20), time.max),
    ("us-cfpb-portal", {}, "response", "America/New_York", days(15), time.max),
    ("us-dot-259-7", {}, "substantive_response", "America/New_York", days(60), time.max),
    ("ca-bank-56", {}, "final_decision", "America/Toronto", days(56), time.max),
    ("au-rg271-afca", {}, "idr_response", "Australia/Sydney", days(30), time.max),
    ("au-rg271-afca", {}, "early_resolution", "Australia/Sydney", business("sydney", 5), time.max),
    ("fr-acpr", {}, "acknowledgement", "Europe/Paris", business("france", 10), time.max),
    ("fr-acpr", {}, "answer", "Europe/Paris", months(2), time.max),
    ("ie-cpc", {}, "acknowledgement", "Europe/Dublin", business("ireland", 5), time.max),
    ("ie-cpc", {}, "resolution", "Europe/Dublin", business("ireland", 40), time.max),
    ("sg-fa-2021", {}, "final_response", "Asia/Singapore", business("singapore", 20), time.max),
    ("in-rbi-io", {}, "final_reply", "Asia/Kolkata", days(30), time.max),
    ("cn-samr-complaint", {}, "acceptance", "Asia/Shanghai", business("china", 7), time.max),
    ("cn-express", {}, "answer", "Asia/Shanghai", rolled("china", 7), time.max),
    ("cn-telecom-fault", {}, "answer", "Asia/Shanghai", rolled("china", 15), time.max),
    ("cn-xinfang", {}, "routing", "Asia/Shanghai", rolled("china", 15), time.max),
]


@pytest.mark.parametrize("rule", RULES, ids=[f"{rule[0]}-{rule[2]}" for rule in RULES])
def test_the_due_date_is_that_of_counting_day_by_day(rule: Rule) -> None:
    name, known, clock, zone, last, ends = rule
    policy, here = policies.load(name), ZoneInfo(zone)
    chance = random.Random(name + clock)
    # What is announced for China, and what both packages compute elsewhere.
    first, width = (date(2025, 1, 1), 690) if name.startswith("cn-") else (date(2026, 1, 1), 700)
    for _ in range(60):
        day = first + chance.randrange(width) * DAY
        at = datetime.combine(day, time(chance.randrange(24), chance.randrange(60)), here)
        end = last(day)
        due = datetime.combine(end + DAY, time(), here) if ends == time.max else datetime.combine(end, ends, here)
        assert policy.open("C", at=at, **known).clocks[clock].due == due, f"received {at:%A %F %H:%M}"
