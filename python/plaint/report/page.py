# SPDX-License-Identifier: BSL-1.0
"""The page itself."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from plaint import __version__
from plaint.report.charts import ageing_chart, breaches_chart
from plaint.report.figures import ageing, breaches
from plaint.report.lifecycle_picture import lifecycle_svg

if TYPE_CHECKING:
    from plaint.replay import Replay

_MOST_GROUPS = 40
_MOST_BAD = 20


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


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{int(share * 1000 + 1e-9) / 10:.1f} %"


def _title(title: object) -> str:
    """One text, or the first of several languages."""
    if isinstance(title, dict):
        return str(next(iter(title.values()), ""))
    return str(title or "")
