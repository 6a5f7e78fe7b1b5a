# SPDX-License-Identifier: BSL-1.0
"""The HTML report of a replay: one page that needs nothing else.

Needs Jinja2 and Matplotlib (``pip install plaint[report]``).
"""

from plaint.report.page import render, write_report

__all__ = ["render", "write_report"]
