# SPDX-License-Identifier: BSL-1.0
"""A complaint's life as a picture: states, clocks with their due dates, thresholds and pauses, levels, events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from html import escape
from typing import Any

from plaint import Complaint, Counterexample, Journal, Policy, parse_instant, to_iso8601

_WIDTH = 960
_LEFT = 150
_RIGHT = 24
_LANE = 34
_CHAR = 6.6  # the width of a character of the labels, on the safe side
_INSTANT = timedelta(microseconds=1)
# Okabe and Ito's colours, which the colour-blind can tell apart; kept and missed differ in their pattern too.
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: var(--ink) } .small { font-size: 11px } .lane { font-weight: 600 }
svg { --ink: #1c1c1c; --paper: #ffffff; --line: #8a8a8a; --state: #cfe3f2; --other: #e4eef5; --edge: #4a6b82 }
@media (prefers-color-scheme: dark) {
  svg { --ink: #ececec; --paper: #16181b; --line: #8f8f8f; --state: #1f4760; --other: #2b3c48; --edge: #8fb3cc } }
.paper { fill: var(--paper) } .axis { stroke: var(--line) } .state { fill: var(--state); stroke: var(--edge) }
.other { fill: var(--other); stroke: var(--edge) } .running { fill: #0072b2 } .met { fill: #009e73 }
.missed { fill: #d55e00 } .ended { fill: #999999 }
.pause { fill: var(--paper); stroke: var(--edge); stroke-dasharray: 2 2 }
.due { stroke: var(--ink); stroke-width: 2 }
.late { stroke: #d55e00; stroke-width: 2; stroke-dasharray: 4 3 } .mark { fill: #e69f00; stroke: var(--ink) }
.level { fill: var(--state); stroke: #d55e00; stroke-width: 1.5 }
.event { stroke: var(--line); stroke-dasharray: 2 3 } .dot { fill: var(--ink) }
"""


@dataclass
class ClockRun:
    """One cycle of a clock."""

    clock: str
    started: datetime
    due: datetime | None = None
    stopped: datetime | None = None
    verdict: str = "running"
    pauses: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    thresholds: list[tuple[str, datetime]] = field(default_factory=list)  # those that were reached


@dataclass
class Level:
    """How long an escalation stood at one level."""

    ladder: str
    level: int
    since: datetime
    until: datetime


@dataclass
class Timeline:
    """What happened to one complaint, in the order in which it happened."""

    title: str
    begins: datetime
    ends: datetime
    states: list[tuple[str, datetime, datetime]] = field(default_factory=list)  # atomic states and how long they lasted
    clocks: list[ClockRun] = field(default_factory=list)
    levels: list[Level] = field(default_factory=list)
    marks: list[tuple[str, datetime, str]] = field(default_factory=list)  # lane, instant, what was asked for
    events: list[tuple[str, datetime, bool]] = field(default_factory=list)  # name, instant, whether it was refused

    def svg(self) -> str:
        """The picture; light or dark as whoever looks at it likes."""
        return _draw(self)

    def _repr_svg_(self) -> str:
        return self.svg()


def timeline(
    policy: Policy,
    events: Iterable[Mapping[str, Any]],
    *,
    until: datetime | None = None,
    title: str = "",
) -> Timeline:
    """Runs a complaint through its events and keeps what can be drawn.

    Each event has `event`, `at` (an aware datetime or ISO 8601), and where there are some `actor`, `data` and
    `timer`; the first one opens the complaint. What falls due in between happens at its own instant.
    """
    given = [dict(e) for e in events]
    if not given:
        raise ValueError("a timeline needs the event that opens the complaint")
    for e in given:
        e["at"] = parse_instant(e["at"]) if isinstance(e["at"], str) else e["at"]
    opening, *rest = given
    case = policy.open("timeline", at=opening["at"], actor=_actor(opening), **opening.get("data", {}))
    told = Timeline(title or f"{policy.id} {policy.version}", opening["at"], opening["at"])
    watch = _Watch(case, told, opening["at"])
    told.events.append(("opened", opening["at"], False))
    for e in rest:
        watch.let_pass(e["at"])
        if not e.get("timer"):
            did = case.try_apply(e["event"], at=e["at"], actor=_actor(e), **e.get("data", {}))
            told.events.append((e["event"], e["at"], not did.accepted))
            watch.note(e["at"], did.effects)
    if until:
        watch.let_pass(until)
    watch.close()
    return told


def timeline_of_journal(
    policy: Policy, journal: Journal, *, until: datetime | None = None, title: str = ""
) -> Timeline:
    """A complaint as its journal tells it."""
    records = [journal[i] for i in range(len(journal))]
    steps = [
        {"event": r["event"], "at": r["effective_at"], "actor": r.get("actor"), "data": r.get("data", {})}
        for r in records
    ]
    return timeline(policy, steps, until=until, title=title or f"{journal.complaint}, {policy.id} {policy.version}")


def timeline_of(policy: Policy, found: Counterexample, title: str = "") -> Timeline:
    """A counterexample as a timeline."""
    steps = [{"event": s.event, "at": s.at, "actor": s.actor, "data": s.data, "timer": s.timer} for s in found.steps]
    return timeline(policy, steps, title=title)


def _actor(event: Mapping[str, Any]) -> Any:
    who = event.get("actor")
    return who or None


class _Watch:
    """Looks at a complaint after each thing that happens to it."""

    def __init__(self, case: Complaint, told: Timeline, at: datetime) -> None:
        self._case, self._told = case, told
        self._since: dict[str, datetime] = {}
        self._runs: dict[tuple[str, int], ClockRun] = {}
        self.note(at, [])

    def let_pass(self, until: datetime) -> None:
        for _ in range(100_000):
            wake = self._case.next_wake_up
            if wake is None or wake > until:
                break
            did = self._case.advance(to=wake)
            self.note(wake - _INSTANT, did.effects)
        self._told.ends = max(self._told.ends, until)

    def note(self, at: datetime, effects: Iterable[Any]) -> None:
        self._told.ends = max(self._told.ends, at)
        here = self._case.state
        now = [here] if isinstance(here, str) else sorted(here)
        for state in [s for s in self._since if s not in now]:
            self._told.states.append((state, self._since.pop(state), at))
        for state in now:
            self._since.setdefault(state, at)
        for e in effects:
            parts = e.key.split("/")
            lane = parts[1] if len(parts) > 4 else ""
            subject = next((v for v in e.parameters.values() if isinstance(v, str)), "")
            self._told.marks.append((lane, e.at, f"{e.kind} {subject}".strip()))
        for name, clock in self._case.clocks.items():
            for seen in clock.cycles:
                if seen.started is not None:
                    run = self._runs.setdefault((name, seen.cycle), ClockRun(name, seen.started))
                    run.due, run.stopped = seen.due, seen.stopped
                    run.verdict = seen.verdict or ("missed" if seen.breached else "running")
                    run.pauses = [(p["start"], p["end"]) for p in seen.segments if p["kind"] == "pause"]
                    run.thresholds = [(f["threshold"], f["at"]) for f in seen.firings if not f["skipped"]]

    def close(self) -> None:
        told = self._told
        if told.ends == told.begins:
            told.ends = told.begins + timedelta(hours=1)
        told.states += [(s, since, told.ends) for s, since in self._since.items()]
        told.clocks = list(self._runs.values())
        for name, ladder in self._case.ladders.items():
            told.levels += _levels(name, ladder.history, told.ends)


def _levels(name: str, history: Sequence[Mapping[str, Any]], ends: datetime) -> Iterator[Level]:
    """The times between the acts of a ladder at which it stands at a level; nobody is told at level 0."""
    here: Level | None = None
    for act in history:
        level = 0 if act["act"] == "ended" else int(act["level"])
        if here and here.level == level:
            continue
        if here and here.level:
            yield replace(here, until=act["at"])
        here = Level(name, level, act["at"], ends)
    if here and here.level:
        yield here


class _Scale:
    """Instants to the right; long waits are drawn shorter, so that what happens close together can be told apart."""

    def __init__(self, told: Timeline) -> None:
        points = {told.begins, told.ends}
        points |= {t for _, a, b in told.states for t in (a, b)} | {t for _, t, _ in (*told.marks, *told.events)}
        for run in told.clocks:
            points |= {t for t in (run.started, run.due, run.stopped) if t} | {t for _, t in run.thresholds}
            points |= {t for pause in run.pauses for t in pause if t}
        points |= {t for stay in told.levels for t in (stay.since, stay.until)}
        self.points = sorted(points)
        weights = [
            max((b - a) / timedelta(hours=1), 0.01) ** 0.35 for a, b in zip(self.points, self.points[1:], strict=False)
        ]
        room = _WIDTH - _LEFT - _RIGHT
        least = min(14.0, room / max(len(weights), 1))
        free = room - least * len(weights)
        total = sum(weights) or 1.0
        self._x = {self.points[0]: float(_LEFT)}
        for (a, b), w in zip(zip(self.points, self.points[1:], strict=False), weights, strict=True):
            self._x[b] = self._x[a] + least + free * w / total
        self.end = self._x[self.points[-1]]

    def __call__(self, at: datetime) -> float:
        return self._x[at]


def _draw(told: Timeline) -> str:
    x = _Scale(told)
    parts: list[str] = []
    y = 46.0
    lanes = list(dict.fromkeys(s for s, _, _ in told.states))
    for name in lanes:
        parts.append(_label(name, y))
        for state, since, until in told.states:
            if state == name:
                width = max(x(until) - x(since), 2.0)
                kind = "state" if lanes.index(name) % 2 == 0 else "other"
                parts.append(
                    f'<rect class="{kind}" x="{x(since):.1f}" y="{y:.1f}" width="{width:.1f}" height="20" rx="3"/>'
                )
        y += _LANE - 8
    y += 12
    for clock in dict.fromkeys(r.clock for r in told.clocks):
        parts.append(_label(f"clock {clock}", y))
        for run in told.clocks:
            if run.clock == clock:
                parts += _clock(run, x, y, told.ends)
        for lane, at, what in told.marks:
            if lane == clock:
                hint = f"<title>{escape(what)} at {escape(to_iso8601(at))}</title>"
                parts.append(f'<path class="mark" d="M{x(at):.1f} {y - 5:.1f}l5 -8h-10z">{hint}</path>')
        y += _LANE
    for ladder in dict.fromkeys(stay.ladder for stay in told.levels):
        parts.append(_label(f"ladder {ladder}", y))
        parts += [part for stay in told.levels if stay.ladder == ladder for part in _level(stay, x, y)]
        y += _LANE
    bottom = y + 4
    labels = [(x(at), f"{name}{' (refused)' if refused else ''}") for name, at, refused in told.events]
    rows = _stack(labels)
    for (name, at, refused), row in zip(told.events, rows, strict=True):
        top = bottom + 18 + row * 16
        left = x(at)
        text = f"{name}{' (refused)' if refused else ''}"
        anchor = "end" if left + len(text) * _CHAR > _WIDTH - 6 else "start"
        shift = -4 if anchor == "end" else 4
        parts.append(f'<line class="event" x1="{left:.1f}" x2="{left:.1f}" y1="40" y2="{top:.1f}"/>')
        parts.append(f'<circle class="dot" cx="{left:.1f}" cy="{top:.1f}" r="2.5"/>')
        parts.append(
            f'<text class="small" x="{left + shift:.1f}" y="{top + 4:.1f}" text-anchor="{anchor}">{escape(text)}'
            f"<title>{escape(to_iso8601(at))}</title></text>"
        )
    height = bottom + 18 + (max(rows, default=0) + 1) * 16 + 22
    parts += _axis(told, x, height - 12)
    title = f'<text class="lane" x="12" y="24">{escape(told.title)}</text>'
    body = "\n".join([title, *parts])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" width="100%" role="img" '
        f'aria-label="{escape(told.title, quote=True)}">\n<style>{_STYLE}</style>\n'
        f'<rect class="paper" width="100%" height="100%"/>\n{body}\n</svg>\n'
    )


def _label(text: str, y: float) -> str:
    most = int((_LEFT - 20) / _CHAR)
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return f'<text class="lane" x="12" y="{y + 14:.1f}">{escape(shown)}<title>{escape(text)}</title></text>'


def _clock(run: ClockRun, x: _Scale, y: float, ends: datetime) -> list[str]:
    kind = {"met": "met", "missed": "missed", "running": "running"}.get(run.verdict, "ended")
    until = run.stopped or ends
    left, right = x(run.started), max(x(until), x(run.started) + 2)
    what = f"{run.clock}: {run.verdict}" + (f", due {to_iso8601(run.due)}" if run.due else "")
    place = f'x="{left:.1f}" y="{y + 4:.1f}" width="{right - left:.1f}" height="12" rx="2"'
    parts = [f'<rect class="{kind}" {place}><title>{escape(what)}</title></rect>']
    if run.due:
        due = x(run.due)
        parts.append(f'<line class="due" x1="{due:.1f}" x2="{due:.1f}" y1="{y:.1f}" y2="{y + 20:.1f}"/>')
        if due < right - 1:
            parts.append(f'<line class="late" x1="{due:.1f}" x2="{right:.1f}" y1="{y + 19:.1f}" y2="{y + 19:.1f}"/>')
    for name, at in run.thresholds:
        hint = f"<title>{escape(name)} at {escape(to_iso8601(at))}</title>"
        parts.append(f'<path class="mark" d="M{x(at):.1f} {y + 3:.1f}l4 -7h-8z">{hint}</path>')
    for since, resumed in run.pauses:
        a, b = x(since), x(resumed or until)
        hint = "<title>paused</title>"
        parts.append(
            f'<rect class="pause" x="{a:.1f}" y="{y + 6:.1f}" width="{max(b - a, 2):.1f}" height="8">{hint}</rect>'
        )
    return parts


def _level(stay: Level, x: _Scale, y: float) -> list[str]:
    left, width = x(stay.since), max(x(stay.until) - x(stay.since), 2.0)
    text = f"level {stay.level}" if width > 8 * _CHAR else str(stay.level) if width > 2 * _CHAR else ""
    hint = f"<title>level {stay.level} from {escape(to_iso8601(stay.since))}</title>"
    return [
        f'<rect class="level" x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="20" rx="3">{hint}</rect>',
        f'<text class="small" x="{left + 4:.1f}" y="{y + 14:.1f}">{text}</text>',
    ]


def _stack(labels: list[tuple[float, str]]) -> list[int]:
    """The row of each label, so that none lies over another and no line to a later one runs through it."""
    rows: list[list[tuple[float, float]]] = []
    placed: list[tuple[float, int]] = []
    for left, text in reversed(labels):
        width = len(text) * _CHAR + 10
        span = (left - width, left + 4) if left + width > _WIDTH - 6 else (left - 4, left + width)
        number = max((row + 1 for x, row in placed if left < x < span[1]), default=0)
        while number < len(rows) and any(span[0] < b and a < span[1] for a, b in rows[number]):
            number += 1
        rows += [[] for _ in range(number + 1 - len(rows))]
        rows[number].append(span)
        placed.append((left, number))
    return [row for _, row in reversed(placed)]


def _axis(told: Timeline, x: _Scale, y: float) -> list[str]:
    parts = [f'<line class="axis" x1="{_LEFT}" x2="{x.end:.1f}" y1="{y - 10:.1f}" y2="{y - 10:.1f}"/>']
    last = -1e9
    for at in x.points:
        text = at.astimezone(timezone.utc).strftime("%d %b %H:%M")
        left = min(x(at), _WIDTH - _RIGHT - len(text) * _CHAR / 2)
        if left - last >= len(text) * _CHAR + 8:
            parts.append(f'<text class="small" x="{left:.1f}" y="{y + 4:.1f}" text-anchor="middle">{text}</text>')
            last = left
    parts.append(f'<text class="small" x="12" y="{y + 4:.1f}">UTC</text>')
    return parts
