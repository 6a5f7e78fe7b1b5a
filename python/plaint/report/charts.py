# SPDX-License-Identifier: BSL-1.0
"""Charts as inline SVG by Matplotlib: colours come from the page, so that they suit light and dark."""

from __future__ import annotations

import io
import re
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from plaint.report.figures import Ageing, Breaches
from plaint.report.indicators import Causes

# Stand-ins that are replaced by CSS variables once the drawing is done.
_COLOURS = {"#010101": "var(--text)", "#020202": "var(--line)", "#030303": "var(--good)", "#040404": "var(--bad)"}
_COLOURS |= {"#050505": "var(--first)", "#060606": "var(--second)", "#070707": "var(--third)"}
_TEXT, _LINE, _GOOD, _BAD, *_SERIES = _COLOURS
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "plaint",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": _TEXT,
    "axes.labelcolor": _TEXT,
    "axes.edgecolor": _LINE,
    "xtick.color": _TEXT,
    "ytick.color": _TEXT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.constrained_layout.use": True,
}


def ageing_chart(told: Ageing) -> str:
    """Open cases by age, those overdue on top."""
    with rc_context(_STYLE):
        figure, axes = _figure(3.0)
        places = np.arange(len(told.labels))
        axes.bar(places, told.in_time, 0.7, color=_GOOD, label="in time")
        axes.bar(
            places, told.overdue, 0.7, bottom=told.in_time, color=_BAD, label="overdue", hatch="//", edgecolor=_LINE
        )
        axes.set_xticks(places, [label.replace("up to ", "up to\n") for label in told.labels])
        axes.set_ylabel("open cases")
        axes.legend(frameon=False)
        return _svg(figure, "open cases by age")


def breaches_chart(told: list[Breaches]) -> str:
    """Breaches over time, a line for each clock."""
    with rc_context(_STYLE):
        figure, axes = _figure(3.0)
        for i, line in enumerate(told):
            style = {"linestyle": ("-", "--", ":")[i // len(_SERIES) % 3], "color": _SERIES[i % len(_SERIES)]}
            axes.plot(line.starts, line.counts, linewidth=1.8, label=line.clock, drawstyle="steps-post", **style)
        axes.set_ylim(bottom=0)
        axes.set_ylabel("breaches")
        axes.tick_params(axis="x", rotation=25)
        axes.legend(frameon=False)
        return _svg(figure, "breaches over time")


def causes_chart(told: Causes) -> str:
    """Pareto: causes by frequency, and the share that each has together with those before it."""
    with rc_context(_STYLE):
        figure, axes = _figure(3.0)
        rows = told.rows[:12]
        places = np.arange(len(rows))
        shades = [_SERIES[0] if vital else _LINE for _, _, _, vital in rows]
        axes.bar(places, [count for _, count, _, _ in rows], 0.7, color=shades)
        axes.set_xticks(places, [_wrapped(name) for name, *_ in rows])
        axes.set_ylabel("complaints")
        shares = axes.twinx()
        shares.plot(places, [100 * share for _, _, share, _ in rows], color=_SERIES[1], marker="o", linewidth=1.8)
        shares.set_ylim(0, 105)
        shares.set_ylabel("together, %")
        shares.spines["right"].set_visible(True)
        return _svg(figure, f"{told.attribute}: causes by frequency")


def _wrapped(name: str) -> str:
    return "\n".join(name.split("_"))


def _figure(height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(6.4, height))
    FigureCanvasSVG(figure)
    return figure, figure.add_subplot()


def _svg(figure: Figure, label: str) -> str:
    text = io.StringIO()
    figure.savefig(text, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    drawing = text.getvalue()
    drawing = drawing[drawing.index("<svg") :].strip()
    for stand_in, colour in _COLOURS.items():
        drawing = drawing.replace(stand_in, colour)
    for size in ("width", "height"):
        drawing = re.sub(rf'(<svg[^>]*?) {size}="[^"]*"', r"\1", drawing, count=1)
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
    return drawing.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
