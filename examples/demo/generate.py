# SPDX-License-Identifier: BSL-1.0
"""Makes up a year of complaints as the log of a ticket system: the same seed, the same log, to the byte."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

HEADER = ("ticket", "when", "what", "who", "machine", "grade")
YEAR = datetime(2025, 1, 1)  # noqa: DTZ001 - the ticket system wrote wall times of London
ENDS = datetime(2026, 1, 1)  # noqa: DTZ001
Row = tuple[str, ...]


def write_log(path: Path, tickets: int = 4000, seed: int = 1) -> None:
    """A log of so many tickets, in the order in which things happened, with a few rows that went wrong."""
    chance = Random(seed)
    happened = [each for number in range(1, tickets + 1) for each in _ticket(chance, f"K{number:05}")]
    happened.sort(key=lambda each: each[0])
    rows = [row for when, row in happened if when < ENDS]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(_broken(chance, rows))


def _ticket(chance: Random, name: str) -> Iterator[tuple[datetime, Row]]:
    machine = chance.choices("KTMX", (5, 3, 2, 1))[0]
    grade = chance.choices("123", (70, 27, 3))[0]
    now = _at_work(chance, YEAR + timedelta(days=365 * chance.random() ** 0.9), 7, 22)

    def row(what: str, who: str) -> tuple[datetime, Row]:
        return now, (name, f"{now:%d/%m/%Y %H:%M}", what, who, machine, grade)

    yield row("NEW", "consumer")
    if chance.random() < 0.04:
        now += timedelta(hours=chance.uniform(0.2, 30))
        yield row("CANCEL", "consumer")
        return
    now = _later(chance, now, hours={"1": 9, "2": 6, "3": 0.7}[grade])
    yield row("ACK", "desk")
    for _ in range(3):
        if machine == "M" or chance.random() < 0.3:
            now = _later(chance, now, hours=30)
            yield row("LAB", "lab")
        # In summer half of the desk is on holiday.
        slow = 1.6 if now.month in (7, 8) else 1.0
        now = _later(chance, now, hours=slow * {"1": 85, "2": 70, "3": 16}[grade])
        yield row("REPLY", "desk")
        if chance.random() < 0.35:
            now += timedelta(days=chance.uniform(0.1, 25))
            yield row("OK", "consumer")
            return
        if chance.random() > 0.15:
            return
        now += timedelta(days=chance.uniform(0.5, 27))
        yield row("APPEAL", "consumer")


def _later(chance: Random, now: datetime, hours: float) -> datetime:
    return _at_work(chance, now + timedelta(hours=hours * chance.lognormvariate(0.35, 0.8)), 8, 18)


def _at_work(chance: Random, now: datetime, first: int, last: int) -> datetime:
    """The same instant, or one in the morning after where nobody is up."""
    if now.hour >= last:
        now += timedelta(days=1)
    if not first <= now.hour < last:
        now = now.replace(hour=first, minute=chance.randrange(60))
    while now.weekday() >= 5 and first == 8:
        now += timedelta(days=1)
    return now.replace(second=0, microsecond=0)


def _broken(chance: Random, rows: list[Row]) -> Iterator[Row]:
    """What happens to real logs: a time that is none, an event that nobody knows, a line cut short."""
    for row in rows:
        spoil = chance.random()
        if spoil < 0.0002:
            yield (row[0], "00/00/0000", *row[2:])
        elif spoil < 0.0004:
            yield (*row[:2], "REPYL", *row[3:])
        elif spoil < 0.0005:
            yield row[:4]
        else:
            yield row
