# SPDX-License-Identifier: BSL-1.0
"""Writes docs/policies/, a page for each ready policy: ``tools/policy_pages.py [--check]``.

Nothing on these pages is written by hand: what a policy says comes from its document, the example from its stories.
"""

from __future__ import annotations

import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "python"))

from plaint import Policy, policies  # noqa: E402
from plaint._core.documents import Document  # noqa: E402
from plaint._core.policies import picture  # noqa: E402

INDEX = """\
# Ready policies

Each is one document in `policies/`, on the words of `policies/base/words.yaml`. None is legal advice; each says what
its sources are, how well they were checked, and how it reads what they leave open, and claims properties that
`plaint prove` [proves](../proofs.md). Where the practice manuals went is
told in [seeds](../seeds.md), how to build on a policy in [extending](../extending.md). These pages are written by
`tools/policy_pages.py`.

{table}
```python
from datetime import date
from functools import cache

import plaint

rules = plaint.policies.load("uk-fca-disp")
older = plaint.policies.load("au-rg271-afca", received=date(2021, 10, 4))
print(rules.id, older.version)
```

```text
uk-fca-disp 2012
```

`plaint policies` lists them, `plaint policies show uk-fca-disp` tells of one, and this writes a copy to edit:

```sh
plaint new --from uk-fca-disp --id our-bank -o our-bank.yaml
plaint check our-bank.yaml
```
"""

# What a step of a story says besides the data of its event.
STEP = {"at", "event", "refused", "by", "state", "expect", "absent", "effect", "amount"}
PAGES = ROOT / "docs/policies"
STORIES = ROOT / "tests/python/stories"


def title(words: Any, language: str = "en") -> str:
    if isinstance(words, str):
        return words
    return str(words.get(language, "")) if words else ""


def both(words: Any) -> str:
    en, zh = title(words), title(words, "zh")
    return f"{en} · {zh}" if zh and zh != en else en


def cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", "<br>")


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    return [*lines, *("| " + " | ".join(map(cell, row)) + " |" for row in rows), ""]


def code(text: str) -> str:
    return f"`{text}`"


def triggers(all_of: list[Any]) -> str:
    return "<br>".join(code(t) if isinstance(t, str) else f"{code(t['on'])} if {code(t['if'])}" for t in all_of)


def goals(rows: list[dict[str, str]]) -> str:
    return "<br>".join((f"{code(r['if'])}: " if "if" in r else "") + r["goal"] for r in rows)


def more_time(clock: dict[str, Any]) -> str:
    parts = [
        f"{triggers(e['on'])}: "
        + (f"to {e['to']}" if "to" in e else f"{e['by']} more")
        + (", can be taken back" if "revoke" in e else "")
        for e in clock.get("extensions", {}).values()
    ]
    pauses = clock.get("pause", {})
    reasons = list(pauses["while"]) if isinstance(pauses.get("while"), dict) else pauses.get("reasons", [])
    parts += [f"pause: {', '.join(reasons)}"] if pauses else []
    return "<br>".join(parts) or "none"


def header(said: dict[str, Any], name: str) -> list[str]:
    dates = said["effective"]
    when = " ".join(
        filter(None, [f"from {dates['from']}" if "from" in dates else "", f"to {dates['to']}" if "to" in dates else ""])
    )
    earlier = [p.version for p in policies.versions(name) if p.version != said["version"]]
    rows = [
        ("jurisdiction", ", ".join(said["jurisdiction"])),
        ("sector", ", ".join(said["sector"])),
        ("version", said["version"] + (f" ({when}, by {code(dates['by'])})" if when else "")),
        ("earlier versions", ", ".join(earlier) or "none"),
        ("confidence", said["confidence"]),
        ("reviewed", said["reviewed"]),
    ]
    return [f"# {both(said['title'])}", "", f"{title(said['legal_note'])}", "", *table(("", code(name)), rows)]


def clocks(said: dict[str, Any]) -> list[str]:
    rows = [
        (
            f"{code(n)}<br>{both(c['title'])}",
            triggers(c["start"]),
            triggers(c["stop"]),
            goals(c["goals"]),
            more_time(c),
            code(c["source"]),
        )
        for n, c in said["clocks"].items()
    ]
    return ["## Clocks", "", *table(("clock", "starts", "stops", "goal", "more time", "source"), rows)]


def sources(said: dict[str, Any]) -> list[str]:
    rows = [(code(n), s["title"], s["confidence"], s.get("note", "")) for n, s in said["sources"].items()]
    lines = ["## Sources", "", *table(("source", "what", "confidence", "note"), rows)]
    lines += ["V1: the text was read. V2: a secondary source was read.", ""]
    return lines


def readings(said: dict[str, Any]) -> list[str]:
    return [
        "## How it reads them",
        "",
        *(f"- **{n.replace('_', ' ')}**: {title(r)}" for n, r in said["readings"].items()),
        "",
    ]


def notices(said: dict[str, Any]) -> list[str]:
    used = {e["notice"] for e in effects(said["lifecycle"]) if "notice" in e}
    words = said["titles"]["atoms"]
    rows = [
        (code(n), both(d["title"]), ", ".join(title(words[a]) for a in d["carries"]))
        for n, d in said["notices"].items()
        if n in used
    ]
    return ["## Notices", "", *table(("notice", "", "carries at least"), rows)]


def effects(of: Any) -> list[dict[str, Any]]:
    if isinstance(of, dict):
        return ([of] if "notice" in of else []) + [e for v in of.values() for e in effects(v)]
    return [e for v in of for e in effects(v)] if isinstance(of, list) else []


def properties(said: dict[str, Any]) -> list[str]:
    titles = catalogue()
    rows = [
        (titles.get(c["claim"], c["claim"]), c.get("id") or (c["claim"] if c["claim"] in titles else ""), by_source(c))
        for c in ({"claim": c} if isinstance(c, str) else c for c in said.get("properties", []))
    ]
    lines = ["## Properties proven", "", "`plaint prove` proves them over everything that can happen:", ""]
    return [*lines, *table(("property", "catalogue", "source"), rows)]


def by_source(claim: dict[str, str]) -> str:
    return code(claim["source"]) if "source" in claim else ""


@cache
def catalogue() -> dict[str, str]:
    """What the names of the catalogue stand for."""
    states = {"open": {"tags": ["closed"]}}
    nothing = {"plaint": 1, "id": "nothing", "version": "1", "lifecycle": {"initial": "open", "states": states}}
    return {p.id: p.claim for p in reversed(Policy.from_dict(nothing).prove([], catalogue=True))}


def given(values: dict[str, Any]) -> str:
    shown = ", ".join(f"{k}: {v}" for k, v in values.items() if k not in STEP)
    return f" ({shown})" if shown else ""


def example(name: str) -> list[str]:
    """The first story of a policy: what is done, and which dates must hold then. A test holds the policy to it."""
    book = Document.load(STORIES / f"{name}.yaml").data
    story = book["stories"][0]
    rows = [(weekday(story["open"]["at"]), f"received{given(story['open'])}", "")]
    for step in story["do"]:
        event = step.get("event") or step.get("refused")
        what = f"{code(event)} by {step['by'].partition('/')[0]}{given(step)}" if event else "then"
        rows.append((weekday(step["at"]), what + (" is refused" if "refused" in step else ""), then(step)))
    head = f"{story['title'][0].upper()}{story['title'][1:]} (local time, {book['zone']}):"
    return ["## An example", "", head, "", *table(("when", "what", "what holds then"), rows)]


def weekday(text: str) -> str:
    return f"{date.fromisoformat(text[:10]):%a} {text}"


def then(step: dict[str, Any]) -> str:
    parts = [f"state {code(step['state'])}"] if "state" in step else []
    for clock, told in step.get("expect", {}).items():
        words = [f"due {weekday(told['due'])}"] if "due" in told else []
        words += [told["verdict"]] if told.get("verdict", "running") != "running" else []
        words += ["late"] if told.get("breached") else []
        parts.append(f"{code(clock)} {', '.join(words) or 'running'}")
    return "<br>".join(parts)


def page(name: str) -> str:
    policy = policies.load(name)
    said = policy.to_dict()
    lines = header(said, name)
    lines += ["## Lifecycle", "", "```mermaid", picture(policy).strip(), "```", ""]
    for part in (clocks, sources, readings, notices, properties):
        lines += part(said)
    lines += example(name)
    lines += [
        f"The document is [policies/{name}.yaml](../../policies/{name}.yaml); `plaint new --from {name}` copies it.",
        "",
    ]
    return "\n".join(lines)


def index() -> str:
    rows = []
    for name in policies.names():
        said = policies.document(name)
        where = said["jurisdiction"] if isinstance(said["jurisdiction"], str) else ", ".join(said["jurisdiction"])
        proven = str(len(said["properties"]))
        rows.append((f"[{name}]({name}.md)", where, said["confidence"], proven, both(said["title"])))
    return INDEX.format(table="\n".join(table(("policy", "where", "confidence", "properties", ""), rows)))


def pages() -> dict[str, str]:
    return {"index.md": index(), **{f"{name}.md": page(name) for name in policies.names()}}


def main() -> None:
    written = pages()
    if "--check" in sys.argv[1:]:
        stale = [
            n
            for n, text in written.items()
            if not (PAGES / n).exists() or (PAGES / n).read_text(encoding="utf-8") != text
        ]
        stale += [f.name for f in PAGES.glob("*.md") if f.name not in written]
        sys.exit(f"not current, run tools/policy_pages.py: {', '.join(sorted(stale))}" if stale else 0)
    PAGES.mkdir(parents=True, exist_ok=True)
    for name, text in written.items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
