# SPDX-License-Identifier: BSL-1.0
"""Proofs and findings as other programs read them: JSON, SARIF 2.1.0, and counterexamples as logs that replay."""

from __future__ import annotations

import csv
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from plaint import Counterexample, Finding, Journal, Policy, Proof, Severity, Verdict, __version__, to_iso8601
from plaint._core.documents import Document

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_MAPPING = """\
plaint-mapping: 1
rows: events
case: case
at: at
event: {{ column: event, names: {{ {names} }}, opening: opened }}
role: {{ column: role }}
"""


def history(found: Counterexample) -> dict[str, Any]:
    """A counterexample as plain data."""
    return {
        "length": found.length,
        "repeats_from": found.repeats_from,
        "values": found.values,
        "replayed": found.replayed,
        "steps": [
            {
                "event": s.event,
                "at": to_iso8601(s.at),
                "actor": s.actor,
                "data": s.data,
                "timer": s.timer,
                "refused": s.refused,
                "left": s.left,
                "entered": s.entered,
                "effects": s.effects,
                "states": s.states,
            }
            for s in found.steps
        ],
    }


def as_dict(proof: Proof) -> dict[str, Any]:
    """A proof as plain data."""
    return {
        "id": proof.id,
        "claim": proof.claim,
        "verdict": proof.verdict.name.lower().replace("_", "-"),
        "vacuous": proof.vacuous,
        "because": proof.because,
        "assumptions": proof.assumptions,
        "pointer": proof.pointer,
        "source": proof.source,
        "property": proof.property,
        "counterexample": history(proof.counterexample) if proof.counterexample else None,
    }


def tell(found: Counterexample) -> list[str]:
    """A counterexample for people, one line for each step."""
    lines = []
    for i, s in enumerate(found.steps):
        who = f" by {s.role}" if s.role else ""
        data = ", ".join(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in s.data.items())
        did = [*s.effects]
        text = f"{to_iso8601(s.at)}  {s.event}{who}"
        text += f" with {data}" if data else ""
        text += " is refused" if s.refused else f" -> {', '.join(s.states)}" if s.states else ""
        text += f" [{', '.join(did)}]" if did else ""
        lines.append(text)
        if found.repeats_from is not None and i == found.repeats_from:
            lines.append("  and from here again and again:")
    return lines


def findings_of(proofs: Iterable[Proof], document: Document | None = None) -> list[Finding]:
    """What failed, as findings at the lines that claim it; a property nobody wrote down stands at the top."""
    found = []
    for p in proofs:
        if p.verdict is Verdict.HOLDS and not p.vacuous:
            continue
        if p.verdict is Verdict.NOT_APPLICABLE:
            continue
        weight = Severity.ERROR if p.verdict is Verdict.FAILS else Severity.WARNING
        line, column = document.place(p.pointer) if document else (0, 0)
        name = f"{p.id}: {p.claim}" if p.id else p.claim
        found.append(
            Finding(
                f"property-{'vacuous' if p.vacuous else p.verdict.name.lower()}",
                f'"{name}" {_words(p)}: {p.because}',
                p.pointer,
                "",
                weight,
                document.file if document else "",
                line,
                column,
            )
        )
    return found


def _words(p: Proof) -> str:
    if p.vacuous:
        return "holds only because nothing can happen"
    return {Verdict.FAILS: "fails", Verdict.UNDECIDED: "is undecided"}.get(p.verdict, "holds")


def sarif(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as a SARIF 2.1.0 log, for editors and code hosts."""
    codes = sorted({f.code for f in findings})
    results = []
    for f in findings:
        text = f.message + (f'; did you mean "{f.suggestion}"?' if f.suggestion else "")
        region = {"startLine": max(f.line, 1), "startColumn": max(f.column, 1)}
        location: dict[str, Any] = {"logicalLocations": [{"fullyQualifiedName": f.pointer or "/", "kind": "value"}]}
        if f.file:
            artifact = {"uri": Path(f.file).as_posix()}
            location["physicalLocation"] = {"artifactLocation": artifact, "region": region}
        results.append(
            {
                "ruleId": f.code,
                "ruleIndex": codes.index(f.code),
                "level": _LEVELS[f.severity],
                "message": {"text": text},
                "locations": [location],
            }
        )
    driver = {
        "name": "plaint",
        "semanticVersion": __version__,
        "rules": [{"id": c, "name": "".join(w.title() for w in c.split("-"))} for c in codes],
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def journal_of(policy: Policy, found: Counterexample) -> Journal:
    """The journal of a counterexample: what the policy itself did with it, sealed; `verify` runs it again."""
    opening, *rest = found.steps
    case = policy.open("counterexample", at=opening.at, actor=opening.actor or None, **opening.data)
    for s in rest:
        if s.timer:
            case.advance(to=s.at)
        else:
            case.try_apply(s.event, at=s.at, actor=s.actor or None, **s.data)
    return case.journal


def write_counterexample(policy: Policy, proof: Proof, folder: str | os.PathLike[str], name: str) -> list[Path]:
    """Writes a counterexample as a journal, and as a log with its mapping for ``plaint replay``; gives their paths.

    Raises ValueError for a proof without one.
    """
    found = proof.counterexample
    if found is None or not found.steps:
        raise ValueError(f"{proof.claim!r} has no counterexample")
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60] or "counterexample"
    log, mapping = Path(folder) / f"{stem}.csv", Path(folder) / f"{stem}.mapping.yaml"
    log.parent.mkdir(parents=True, exist_ok=True)
    sent = [s for s in found.steps if not s.timer]
    attributes = {a.name for a in policy.attributes}
    fields = sorted({key for s in sent for key in s.data if key in attributes})
    with log.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["case", "event", "at", "role", *fields])
        for s in sent:
            values = [_plain(s.data.get(f)) for f in fields]
            rows.writerow(["counterexample", s.event, to_iso8601(s.at), s.role, *values])
    names = ", ".join(sorted({json.dumps(s.event) + ": " + json.dumps(s.event) for s in sent[1:]}))
    text = _MAPPING.format(names=names)
    if fields:
        first = [f for f in fields if f in sent[0].data]
        later = [f for f in fields if any(f in s.data for s in sent[1:])]
        if first:
            text += "attributes:\n" + "".join(f"  {f}: {f}\n" for f in first)
        if later:
            text += "data:\n" + "".join(f"  {f}: {f}\n" for f in later)
    text += f"as_of: {to_iso8601(found.steps[-1].at)}\n"
    mapping.write_text(text, encoding="utf-8")
    journal = Path(folder) / f"{stem}.jsonl"
    journal.write_text(journal_of(policy, found).to_json_lines(), encoding="utf-8")
    return [journal, log, mapping]


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
