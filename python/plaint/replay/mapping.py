# SPDX-License-Identifier: BSL-1.0
"""The mapping document: how a log of another system is read as complaints and events."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from plaint import PolicyError, WallFormat, Zone, parse_instant
from plaint._core.documents import Document
from plaint.replay.fields import Faults, Field, nearest

ISO = "iso"


@dataclass(frozen=True)
class Source:
    """A column, and how its texts are read."""

    column: str
    pointer: str = ""
    times: tuple[str, ...] = ()  # the mapping's own where empty
    names: dict[str, str] = field(default_factory=dict)  # a text of the log -> our name
    others: str | None = None  # what a text that `names` does not have counts as


@dataclass(frozen=True)
class EventColumn:
    """An event of a log with one row per case: it happened when its column has a time."""

    name: str
    at: Source
    role: str | None = None
    only_if: tuple[tuple[Source, frozenset[str]], ...] = ()
    pointer: str = ""


@dataclass(frozen=True)
class EventNames:
    """The column that names the events of a log with one row per event."""

    source: Source
    others: str = "reject"  # or "skip"
    opening: str | None = None  # the log's name of a row that opens and does nothing else


@dataclass(frozen=True)
class Recorded:
    """What the log itself says about a clock."""

    clock: str
    pointer: str
    due: Source | None = None
    within: timedelta = timedelta(0)
    verdict: Source | None = None  # its names lead to "met" and "missed"


@dataclass(frozen=True)
class Mapping:
    """A checked mapping document."""

    document: Document
    per_event: bool
    case: Source
    zone: Zone | None = None
    times: tuple[str, ...] = (ISO,)
    encoding: str = "utf-8"
    absent: frozenset[str] = frozenset({""})
    opened: Source | None = None
    events: tuple[EventColumn, ...] = ()
    at: Source | None = None
    event: EventNames | None = None
    by_time: bool = False
    role: Source | str | None = None
    attributes: dict[str, Source] = field(default_factory=dict)
    data: dict[str, Source] = field(default_factory=dict)
    slack: timedelta = timedelta(0)
    recorded: tuple[Recorded, ...] = ()
    as_of: datetime | None = None
    group_by: Source | None = None

    @staticmethod
    def load(path: str | os.PathLike[str]) -> Mapping:
        """Reads a YAML or JSON file; raises PolicyError with every fault at its line."""
        return _read(Document.load(os.fspath(path)))

    @staticmethod
    def parse(text: str, file: str = "") -> Mapping:
        """Reads a text, as `load` does a file."""
        return _read(Document.parse(text, file))

    def sources(self) -> Iterator[Source]:
        """Every column that is read."""
        yield self.case
        yield from (s for s in (self.opened, self.at, self.group_by) if s)
        for event in self.events:
            yield event.at
            yield from (source for source, _ in event.only_if)
        if self.event:
            yield self.event.source
        if isinstance(self.role, Source):
            yield self.role
        yield from (*self.attributes.values(), *self.data.values())
        for said in self.recorded:
            yield from (s for s in (said.due, said.verdict) if s)

    def check_columns(self, there: Iterable[str]) -> None:
        """Raises PolicyError with each column that a log does not have."""
        known = list(there)
        faults = Faults(self.document)
        for source in {s.pointer: s for s in self.sources()}.values():
            if source.column not in known:
                faults.add(
                    "unknown-column",
                    f'the log has no column "{source.column}"',
                    source.pointer,
                    nearest(source.column, known),
                )
        faults.raise_if_any()

    def check_policy(self, policy: Any) -> None:
        """Raises PolicyError with each attribute, event, role and clock that a policy does not have."""
        faults = Faults(self.document)

        def known(what: str, name: str, names: Iterable[str], pointer: str) -> None:
            names = list(names)
            if name not in names:
                faults.add(f"unknown-{what}", f'the policy has no {what} "{name}"', pointer, nearest(name, names))

        for event in self.events:
            known("event", event.name, policy.events, event.pointer)
            if event.role is not None:
                known("role", event.role, policy.roles, event.pointer)
        if self.event:
            for ours in self.event.source.names.values():
                known("event", ours, policy.events, self.event.source.pointer)
        if isinstance(self.role, str):
            known("role", self.role, policy.roles, "/role")
        elif self.role is not None:
            for ours in self.role.names.values():
                known("role", ours, policy.roles, self.role.pointer)
        attributes = {a.name: a for a in policy.attributes}
        for name, source in self.attributes.items():
            known("attribute", name, attributes, source.pointer)
            if name in attributes and attributes[name].members:
                for member in (*source.names.values(), *((source.others,) if source.others else ())):
                    known("member", member, attributes[name].members, source.pointer)
        for said in self.recorded:
            known("clock", said.clock, (c.id for c in policy.clocks), said.pointer)
        if self.group_by and self.group_by.column in self.attributes:
            known("attribute", self.group_by.column, attributes, self.group_by.pointer)
        faults.raise_if_any()


def _read(document: Document) -> Mapping:
    faults = Faults(document)
    top = Field(document.data, "", faults)
    if not top.is_mapping:
        top.fault("mapping-required", "a mapping document is required")
        faults.raise_if_any()
    version = top.required("plaint-mapping")
    if version is not None and version.value != 1:
        version.fault("unknown-version", "this version of plaint reads plaint-mapping: 1")
    rows = top.required("rows")
    per_event = rows is not None and rows.word("cases", "events") == "events"
    case = top.required("case")
    mapping = Mapping(document=document, per_event=per_event, case=_source(case) or Source(""))
    mapping = _read_common(mapping, top)
    mapping = _read_events_of_rows(mapping, top) if per_event else _read_events_of_cases(mapping, top)
    top.finish()
    faults.raise_if_any()
    return mapping


def _read_common(m: Mapping, top: Field) -> Mapping:
    changed: dict[str, Any] = {}
    if zone := top.optional("zone"):
        changed["zone"] = _zone(zone)
    if times := top.optional("times"):
        changed["times"] = _formats(times)
    if encoding := top.optional("encoding"):
        changed["encoding"] = encoding.text() or "utf-8"
    if absent := top.optional("absent"):
        changed["absent"] = frozenset({"", *absent.texts()})
    if attributes := top.optional("attributes"):
        changed["attributes"] = _sources(attributes)
    if slack := top.optional("slack"):
        changed["slack"] = slack.length() or timedelta(0)
    if recorded := top.optional("recorded"):
        changed["recorded"] = tuple(_recorded(clock, said) for clock, said in recorded.members())
    if as_of := top.optional("as_of"):
        changed["as_of"] = _instant(as_of)
    if group_by := top.optional("group_by"):
        changed["group_by"] = _source(group_by)
    if role := top.optional("role"):
        changed["role"] = _source(role) if role.is_mapping else role.text()
    return replace(m, **changed)


def _read_events_of_cases(m: Mapping, top: Field) -> Mapping:
    opened = top.required("opened")
    events = []
    if listed := top.optional("events"):
        for name, member in listed.members():
            if event := _event_column(name, member):
                events.append(event)
    return replace(m, opened=_source(opened), events=tuple(events))


def _read_events_of_rows(m: Mapping, top: Field) -> Mapping:
    at = top.required("at")
    names = None
    if (event := top.required("event")) is not None:
        if not event.is_mapping:
            event.fault("mapping-required", "a column and the names of its events are required")
        else:
            others = event.optional("others")
            opening = event.optional("opening")
            source = _source(event, also=("others", "opening"))
            kept = others.word("skip", "reject") if others else None
            if source:
                names = EventNames(source, kept or "reject", opening.text() if opening else None)
    order = top.optional("order")
    data = top.optional("data")
    return replace(
        m,
        at=_source(at),
        event=names,
        by_time=order is not None and order.word("file", "time") == "time",
        data=_sources(data) if data else {},
    )


def _event_column(name: str, member: Field) -> EventColumn | None:
    role = None
    conditions: list[tuple[Source, frozenset[str]]] = []
    if member.is_mapping:
        given = member.optional("role")
        role = given.text() if given else None
        if only_if := member.optional("if"):
            for column, texts in only_if.members():
                conditions.append((Source(column, texts.pointer), frozenset(texts.texts())))
    at = _source(member, also=("role", "if"))
    return EventColumn(name, at, role, tuple(conditions), member.pointer) if at else None


def _sources(member: Field) -> dict[str, Source]:
    return {name: source for name, each in member.members() if (source := _source(each))}


def _source(member: Field | None, also: tuple[str, ...] = ()) -> Source | None:
    """A column by its name alone, or with how it is read."""
    if member is None:
        return None
    if not member.is_mapping:
        column = member.text()
        return Source(column, member.pointer) if column is not None else None
    column_field = member.required("column")
    column = column_field.text() if column_field else None
    times = member.optional("times")
    names = member.optional("names")
    others = member.optional("others")
    for name in also:
        member.optional(name)
    member.finish()
    if column is None:
        return None
    return Source(
        column,
        member.pointer,
        _formats(times) if times else (),
        {log: text for log, each in names.members() if (text := each.text()) is not None} if names else {},
        others.text() if others and "others" not in also else None,
    )


def _recorded(clock: str, said: Field) -> Recorded:
    due = said.optional("due")
    within = said.optional("within")
    verdict = said.optional("verdict")
    said.finish()
    source = None
    if verdict is not None:
        names: dict[str, str] = {}
        for word in ("met", "missed"):
            if texts := verdict.required(word):
                names |= dict.fromkeys(texts.texts(), word)
        source = _source(verdict, also=("met", "missed"))
        source = replace(source, names=names) if source else None
    return Recorded(clock, said.pointer, _source(due), (within.length() if within else None) or timedelta(0), source)


def _zone(member: Field) -> Zone | None:
    name = member.text()
    if name is None:
        return None
    try:
        return Zone(name)
    except PolicyError as error:
        first = next(iter(error.findings), None)
        member.fault("unknown-zone", f'unknown zone "{name}"', first.suggestion if first else "")
    except (ValueError, KeyError):
        member.fault("unknown-zone", f'unknown zone "{name}"')
    return None


def _formats(member: Field) -> tuple[str, ...]:
    formats = []
    for item in member.items():
        pattern = item.text()
        if pattern is None:
            continue
        try:
            if pattern != ISO:
                WallFormat(pattern)
        except PolicyError as error:
            for finding in error.findings:
                item.fault("bad-time-format", finding.message, finding.suggestion)
        else:
            formats.append(pattern)
    return tuple(formats)


def _instant(member: Field) -> datetime | None:
    text = member.text()
    if text is None:
        return None
    try:
        return parse_instant(text)
    except ValueError:
        member.fault("bad-instant", "an instant with its offset, such as 2026-01-31T17:00:00+01:00, is required")
        return None
