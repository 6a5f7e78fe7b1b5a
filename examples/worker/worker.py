# SPDX-License-Identifier: BSL-1.0
"""A CRM's worker: the library decides, SQLite remembers, what is in the outbox twice is sent once."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path

import plaint

TABLES = """
create table complaint (id text primary key, sequence integer, wake_up text, state text);
create index sleeping on complaint (wake_up) where wake_up is not null;
create table outbox (key text primary key, kind text, complaint text, sent integer default 0);
"""
STORE = """insert into complaint values (?, ?, ?, ?) on conflict (id) do update
set sequence = excluded.sequence, wake_up = excluded.wake_up, state = excluded.state where sequence = ?"""
POST = "insert or ignore into outbox (key, kind, complaint) values (?, ?, ?)"


class Worker:
    def __init__(self, policy: plaint.Policy, database: str) -> None:
        self.policy, self.db = policy, sqlite3.connect(database, isolation_level=None)
        self.db.executescript(TABLES)

    def happen(self, name: str, event: str, at: datetime, actor: str, key: str, **data: object) -> bool:
        """One event; false if the rules reject it, or somebody else was quicker. The key makes a retry harmless."""
        return self._step(name, lambda case: case.try_apply(event, at=at, actor=actor, key=key, **data))

    def sweep(self, now: datetime) -> None:  # how often it runs changes nothing but how late things are noticed
        for (name,) in self.db.execute("select id from complaint where wake_up <= ?", (now.isoformat(),)).fetchall():
            self._step(name, lambda case: case.advance(now))

    def deliver(self) -> list[tuple[str, str]]:
        return self.db.execute("update outbox set sent = 1 where not sent returning key, kind").fetchall()

    def store(self, case: plaint.Complaint, step: plaint.ComplaintStep, before: int = 0) -> bool:
        wake_up = case.next_wake_up.isoformat() if case.next_wake_up else None
        with self.db:  # the complaint and what is to be done for it, or neither
            self.db.execute("begin immediate")
            stored = self.db.execute(STORE, (case.id, case.sequence, wake_up, case.to_json(), before)).rowcount == 1
            self.db.executemany(POST, [(e.key, e.kind, case.id) for e in step.effects if stored])
        return stored

    def _step(self, name: str, take: Callable[[plaint.Complaint], plaint.ComplaintStep]) -> bool:
        state, sequence = self.db.execute("select state, sequence from complaint where id = ?", (name,)).fetchone()
        step = take(case := plaint.Complaint.from_json(state, self.policy))
        return bool(step) and self.store(case, step, sequence)


if __name__ == "__main__":
    worker = Worker(plaint.Policy.load(Path(__file__).parent / "policy.yaml"), ":memory:")
    for name in ("C-1", "C-2"):
        case = worker.policy.open(name, at=datetime(2026, 11, 20, 15, tzinfo=timezone.utc))
        worker.store(case, case.opening)
    for _ in range(2):  # delivered twice, happens once
        assert worker.happen("C-1", "answer", datetime(2026, 11, 23, 10, tzinfo=timezone.utc), "agent", "call-17")
    worker.sweep(datetime(2026, 11, 25, 9, tzinfo=timezone.utc))
    print(*worker.deliver(), sep="\n")
    worker.db.close()
