# SPDX-License-Identifier: BSL-1.0
"""The lifecycle as a picture: by Graphviz where it is installed, else drawn here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from plaint import _pictures

_WIDTH, _HEIGHT, _GAP, _REACH = 180, 34, 46, 34


@dataclass(frozen=True)
class Way:
    """A transition as an arrow: from, to, and what it is called."""

    source: str
    target: str
    label: str


def lifecycle_svg(lifecycle: Any) -> str:
    """Inline SVG in the page's colours."""
    drawn = _pictures.svg(lifecycle.to_dot())
    return _themed(drawn) if drawn else plain_svg(lifecycle.to_dict())


def plain_svg(definition: dict[str, Any]) -> str:
    """States below each other in their order, ways down on the right and ways back on the left."""
    names = [name for name, _ in _states(definition)]
    ways = list(_ways(definition))
    place = {name: i for i, name in enumerate(names)}
    spans = [abs(place[w.source] - place[w.target]) for w in ways]
    left = 20 + _REACH * (max((s for w, s in zip(ways, spans, strict=True) if _goes_back(w, place)), default=0) + 1)
    labels = max((len(w.label) for w in ways), default=0)
    width = left + _WIDTH + _REACH * (max(spans, default=0) + 1) + 7 * labels
    height = len(names) * (_HEIGHT + _GAP) + 10
    final = {name for name, state in _states(definition) if state.get("type") == "final"}
    parts = [f'<svg role="img" aria-label="lifecycle" class="plain" viewBox="0 0 {width} {height}">']
    parts.append(
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="var(--text)"/></marker></defs>'
    )
    parts += [_arrow(way, place, left) for way in ways]
    for name in names:
        y = 5 + place[name] * (_HEIGHT + _GAP)
        border = 3 if name in final else 1
        parts.append(
            f'<rect x="{left}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="8" fill="var(--panel)" '
            f'stroke="var(--text)" stroke-width="{border}"/>'
            f'<text x="{left + _WIDTH / 2:g}" y="{y + _HEIGHT / 2 + 5:g}" text-anchor="middle" '
            f'fill="var(--text)">{escape(name)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _arrow(way: Way, place: dict[str, int], left: int) -> str:
    back = _goes_back(way, place)
    first, last = (5 + place[n] * (_HEIGHT + _GAP) + _HEIGHT / 2 for n in (way.source, way.target))
    first, last = first + 5, last - 5
    edge = left if back else left + _WIDTH
    reach = _REACH * (abs(place[way.source] - place[way.target]) + 1) * (-1 if back else 1)
    middle = edge + reach * 0.75
    anchor = "end" if back else "start"
    return (
        f'<path d="M{edge:g} {first:g}C{edge + reach:g} {first:g} {edge + reach:g} {last:g} {edge:g} {last:g}" '
        'fill="none" stroke="var(--text)" marker-end="url(#tip)"/>'
        f'<text x="{middle + (-4 if back else 4):g}" y="{(first + last) / 2 + 4:g}" text-anchor="{anchor}" '
        f'class="way" fill="var(--muted)">{escape(way.label)}</text>'
    )


def _goes_back(way: Way, place: dict[str, int]) -> bool:
    return place[way.target] < place[way.source]


def _states(definition: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, state in (definition.get("states") or {}).items():
        yield name, state or {}
        yield from _states(state or {})


def _ways(definition: dict[str, Any]) -> Iterator[Way]:
    known = {name for name, _ in _states(definition)}
    seen: dict[tuple[str, str], list[str]] = {}
    for name, state in _states(definition):
        for label, target in _targets(state):
            if target in known:
                seen.setdefault((name, target), []).append(label)
    for (source, target), labels in seen.items():
        yield Way(source, target, ", ".join(dict.fromkeys(labels)))


def _targets(state: dict[str, Any]) -> Iterator[tuple[str, str]]:
    on = state.get("on") or {}
    rows = list(on.items()) if isinstance(on, dict) else [(t.get("event", ""), t) for t in on]
    rows += [("", state.get("always"))] if state.get("always") else []
    rows += [(f"after {length}", way) for length, way in (state.get("after") or {}).items()]
    for label, candidates in rows:
        for way in candidates if isinstance(candidates, list) else [candidates]:
            targets = way.get("target") if isinstance(way, dict) else way
            for target in targets if isinstance(targets, list) else [targets]:
                if isinstance(target, str):
                    yield (" ".join(label) if isinstance(label, list) else str(label)), target.lstrip("#.")


def _themed(drawing: str) -> str:
    drawing = drawing[drawing.index("<svg") :].strip()
    drawing = re.sub(r"<!--.*?-->\s*", "", drawing, flags=re.DOTALL)
    drawing = re.sub(
        r'<svg width="(\d+)pt" height="\d+pt"',
        lambda size: (
            f'<svg style="max-width:{size[1]}pt;min-width:{int(size[1]) * 3 // 4}pt"'
        ),  # else nobody can read it
        drawing,
        count=1,
    )
    drawing = re.sub(r'<polygon fill="white" stroke="(?:none|transparent)"[^>]*/>\s*', "", drawing, count=1)
    for colour in ("black", "#000000"):
        drawing = drawing.replace(f'stroke="{colour}"', 'stroke="var(--text)"')
        drawing = drawing.replace(f'fill="{colour}"', 'fill="var(--text)"')
    drawing = drawing.replace('fill="white"', 'fill="var(--panel)"')
    drawing = re.sub(r"<text (?![^>]*fill=)", '<text fill="var(--text)" ', drawing)
    return drawing.replace("<svg ", '<svg role="img" aria-label="lifecycle" ', 1)
