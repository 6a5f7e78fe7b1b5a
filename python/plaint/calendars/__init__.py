# SPDX-License-Identifier: BSL-1.0
"""Calendars from elsewhere, and their picture: iCalendar files, Python's holidays, China's State Council tables."""

from plaint.calendars.ics import IcsFile, read_ics
from plaint.calendars.state_council import read_state_council
from plaint.calendars.year_view import svg

__all__ = ["IcsFile", "read_ics", "read_state_council", "svg"]
