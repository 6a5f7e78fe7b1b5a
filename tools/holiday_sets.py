# SPDX-License-Identifier: BSL-1.0
"""Writes the holiday sets that follow the moon, by the package ``holidays``: ``tools/holiday_sets.py [NAME...]``.

Which years a government has announced is known to people, not to the package: ``SETS`` says it, later ones are
marked as computed. Run it when a government has announced another year, and read the difference.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import holidays

FOLDER = Path(__file__).resolve().parents[1] / "policies/holidays"
FIRST, LAST = 2015, 2035
KINDS = {"hk": ("public", "optional")}  # the general holidays are both
SETS = {
    "hk": (
        "Hong Kong, general holidays; Sundays aside.",
        "General Holidays Ordinance (Cap. 149), gazetted year by year",
        2026,
    ),
    "in": (
        "India, gazetted holidays of the central government; states and banks have others.",
        "yearly circulars of the Department of Personnel and Training",
        2026,
    ),
    "sg": (
        "Singapore, public holidays; one on a Sunday gives the Monday after it.",
        "Holidays Act 1998, announced year by year",
        2026,
    ),
}


def days_of(name: str) -> list[tuple[date, str]]:
    found = holidays.country_holidays(
        name.upper(), years=range(FIRST, LAST + 1), language="en_US", categories=KINDS.get(name)
    )
    return sorted((day, title) for day, title in found.items() if FIRST <= day.year <= LAST)


def text_of(name: str) -> str:
    title, source, announced = SETS[name]
    lines = [
        "# SPDX-License-Identifier: BSL-1.0",
        f"# {title} Written by tools/holiday_sets.py.",
        "holidays:",
        f"  {name}:",
        f"    source: {source}; dates by the package holidays",
        f"    from: {FIRST}",
        f"    to: {LAST}",
        f"    announced_to: {announced}",
        "    dates:",
    ]
    lines += [f'      - {{ date: {day}, name: "{title}" }}' for day, title in days_of(name)]
    return "\n".join(lines) + "\n"


def main() -> None:
    for name in sys.argv[1:] or SETS:
        (FOLDER / f"{name}.yaml").write_text(text_of(name), encoding="utf-8")


if __name__ == "__main__":
    main()
