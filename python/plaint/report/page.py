# SPDX-License-Identifier: BSL-1.0
"""The page itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from plaint import Severity, Verdict, __version__
from plaint.proofs import tell
from plaint.report.charts import ageing_chart, breaches_chart, causes_chart
from plaint.report.figures import ageing, breaches
from plaint.report.indicators import causes, indicators
from plaint.report.life import as_image, life
from plaint.report.lifecycle_picture import lifecycle_svg

if TYPE_CHECKING:
    from plaint.replay import Replay

_MOST_GROUPS = 40
_MOST_BAD = 20
_SIGNS = {Verdict.HOLDS: "✓", Verdict.FAILS: "✗", Verdict.NOT_APPLICABLE: "-", Verdict.UNDECIDED: "?"}
_WEIGHTS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(done: Replay) -> str:
    """The report as one HTML text: the same for the same replay, to the byte."""
    environment = Environment(
        loader=PackageLoader("plaint.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = _percent
    environment.filters["count"] = lambda number: f"{number:,}"
    ages = ageing(done)
    late = breaches(done)
    whys = causes(done)
    told = life(done)
    return environment.get_template("report.html").render(
        policy=done.policy,
        title=_title(done.policy.title) or done.policy.id,
        summary=done.summary,
        group_name=done.group_name,
        log=done.log.path.name,
        as_of=f"{done.as_of:%Y-%m-%d %H:%M} UTC" if done.as_of else "",
        ages=ages,
        ageing_chart=Markup(ageing_chart(ages)) if ages.total else "",
        breaches=late,
        breaches_chart=Markup(breaches_chart(late)) if late else "",
        indicators=indicators(done),
        causes=whys,
        causes_chart=Markup(causes_chart(whys)) if whys else "",
        life=told,
        life_picture=as_image(told.svg()) if told else "",
        proofs=_proofs(done.policy),
        findings=[(_WEIGHTS[f.severity], f) for f in [*done.policy.findings, *done.policy.check_claims()]],
        lifecycle=Markup(lifecycle_svg(done.policy.lifecycle)),
        bad=done.bad_rows(_MOST_BAD),
        rejections=done.rejections(_MOST_BAD),
        most_groups=_MOST_GROUPS,
        version=__version__,
    )


def write_report(done: Replay, path: str | os.PathLike[str]) -> Path:
    """Writes the page; gives the place where it is."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(render(done), encoding="utf-8")
    return file.resolve()


def _proofs(policy: Any) -> list[dict[str, Any]]:
    """What the policy claims, each with what becomes of it and, where it fails, the shortest history."""
    return [
        {
            "id": p.id,
            "claim": p.claim,
            "sign": _SIGNS[p.verdict],
            "verdict": p.verdict.name.lower().replace("_", " ") + (", vacuously" if p.vacuous else ""),
            "word": p.verdict.name.lower(),
            "because": p.because,
            "history": tell(p.counterexample) if p.counterexample else [],
        }
        for p in policy.prove()
    ]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{int(share * 1000 + 1e-9) / 10:.1f} %"


def _title(title: object) -> str:
    """One text, or the first of several languages."""
    if isinstance(title, dict):
        return str(next(iter(title.values()), ""))
    return str(title or "")
