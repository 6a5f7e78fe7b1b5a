# SPDX-License-Identifier: BSL-1.0
"""Logs of other systems held against a lifecycle: where does the recorded history first depart from it?"""

from plaint.conformance.run import Conformance, Departure, conform
from plaint.conformance.xes import read_xes

__all__ = ["Conformance", "Departure", "conform", "read_xes"]
