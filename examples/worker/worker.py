# SPDX-License-Identifier: BSL-1.0
"""A CRM's worker: complaints, events and an outbox in SQLite, one transaction for each step.

The library decides, the database remembers, the worker delivers: what is in the outbox twice is sent once.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime, timezone
from pathlib import Path

import plaint

TABLES = """
create table complaint (id text primary key, sequence integer, wake_up text, state text);
create index sleeping on complaint (wake_up) where wake_up is not null;
create table outbox (key text primary key, kind text, complaint text, sent integer default 0);
"""


class Worker:
    def __init__(self, policy: plaint.Policy, database: str) -> None:
        self.policy = policy
        self.db = sqlite3.connect(database, isolation_level=None)
        self.db.executescript(TABLES)

    def open(self, name: str, at: datetime, **attributes: object) -> None:
        case = self.policy.open(name, at=at, **attributes)
        self._store(case, case.opening, None)

    def happen(self, name: str, event: str, at: datetime, actor: str, key: str, **data: object) -> bool:
        """One event; false if the rules reject it. The key makes a retry harmless."""
        case, sequence = self._load(name)
        step = case.try_apply(event, at=at, actor=actor, key=key, **data)
        return bool(step) and self._store(case, step, sequence)

    def sweep(self, now: datetime, most: int = 100) -> int:
        """Wakes whoever is due; how often it runs changes nothing but how late things are noticed."""
        due = "select id from complaint where wake_up <= ? order by wake_up limit ?"
        woken = [row[0] for row in self.db.execute(due, (now.isoformat(), most))]
        for name in woken:
            case, sequence = self._load(name)
            self._store(case, case.advance(now), sequence)
        return len(woken)

    def deliver(self) -> list[tuple[str, str]]:
        unsent = self.db.execute("select key, kind from outbox where not sent order by key").fetchall()
        self.db.execute("update outbox set sent = 1")
        return unsent

    def _load(self, name: str) -> tuple[plaint.Complaint, int]:
        row = self.db.execute("select state, sequence from complaint where id = ?", (name,)).fetchone()
        return plaint.Complaint.from_json(row[0], self.policy), row[1]

    def _store(self, case: plaint.Complaint, step: plaint.ComplaintStep, before: int | None) -> bool:
        wake_up = case.next_wake_up.astimezone(timezone.utc).isoformat() if case.next_wake_up else None
        row = (case.sequence, wake_up, case.to_json())
        with self.db:
            self.db.execute("begin immediate")
            if before is None:
                self.db.execute("insert into complaint values (?, ?, ?, ?)", (case.id, *row))
            else:
                sql = "update complaint set sequence = ?, wake_up = ?, state = ? where id = ? and sequence = ?"
                if self.db.execute(sql, (*row, case.id, before)).rowcount == 0:
                    return False  # somebody else was quicker: load again
            for e in step.effects:
                self.db.execute(
                    "insert or ignore into outbox (key, kind, complaint) values (?, ?, ?)", (e.key, e.kind, case.id)
                )
        return True


def main() -> None:
    policy = plaint.Policy.load(Path(__file__).parent / "policy.yaml")
    worker = Worker(policy, ":memory:")
    friday = datetime(2026, 11, 20, 15, tzinfo=timezone.utc)
    worker.open("C-1", friday)
    worker.open("C-2", friday)
    assert worker.happen("C-1", "answer", datetime(2026, 11, 23, 10, tzinfo=timezone.utc), "agent", "call-17")
    assert worker.happen("C-1", "answer", datetime(2026, 11, 23, 10, tzinfo=timezone.utc), "agent", "call-17")
    worker.sweep(datetime(2026, 11, 25, 9, tzinfo=timezone.utc))
    print(*worker.deliver(), sep="\n")


if __name__ == "__main__":
    main()
