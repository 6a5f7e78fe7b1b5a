# SPDX-License-Identifier: BSL-1.0
"""Logs of other systems run through a policy: what was due when, what was late, and does the log agree.

Needs pyarrow (``pip install plaint[replay]``). `replay` does it all; the modules are its steps.
"""

from plaint.replay.log import Log, read_log
from plaint.replay.mapping import Mapping
from plaint.replay.run import Replay, replay
from plaint.replay.summary import Attainment, Summary, summarise

__all__ = ["Attainment", "Log", "Mapping", "Replay", "Summary", "read_log", "replay", "summarise"]
