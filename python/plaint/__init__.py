# SPDX-License-Identifier: BSL-1.0
"""Complaint handling by checked policies: what may happen next, by when, who is told when it is late."""

from plaint import _interpreters as _interpreters

try:
    from plaint import _core
except ImportError as missing:
    raise ImportError(
        f"{missing}; plaint's extension is not built: run ./dev build in a checkout, or pip install ."
    ) from missing

from plaint import policies
from plaint._core.analysis import Counterexample, CounterexampleStep, Proof, Verdict
from plaint._core.calendar import (
    Calendar,
    Certainty,
    ExplainedDay,
    ExplainedTime,
    Goal,
    GoalExplanation,
    HorizonError,
    TimeCause,
    TimeExplanation,
    counting_rules,
    holiday_sets,
)
from plaint._core.clock import Clock, ClockExplanation
from plaint._core.complaint import (
    AttributeInfo,
    ClockInfo,
    Complaint,
    ComplaintExplanation,
    Effect,
    Journal,
    LinkedMessage,
    OrderFit,
    Policy,
    PolicyChange,
    Rejected,
    Verification,
    check_migration,
    diff,
    dry_run,
    linked_event,
    linked_opening,
    verify,
    what_if,
)
from plaint._core.complaint import Step as ComplaintStep
from plaint._core.desk import Desk, TableOutcome
from plaint._core.errors import Finding, PolicyError, Severity
from plaint._core.expr import Atom, Expression, GuardExplanation, Truth
from plaint._core.ladder import Ladder
from plaint._core.lifecycle import Lifecycle, State, Step
from plaint._core.replay import ReplayResult
from plaint._core.time import (
    CalendarDuration,
    GapPolicy,
    OverlapPolicy,
    WallFormat,
    WallKind,
    WallLookup,
    Zone,
    parse_civil_day,
    parse_duration,
    parse_instant,
    parse_span,
    parse_wall_time,
    to_iso8601,
)
from plaint._schema import policy_schema
from plaint.wording import lint_text

__version__: str = _core.__version__

__all__ = [
    "Atom",
    "AttributeInfo",
    "Calendar",
    "CalendarDuration",
    "Certainty",
    "Clock",
    "ClockExplanation",
    "ClockInfo",
    "Complaint",
    "ComplaintExplanation",
    "ComplaintStep",
    "Counterexample",
    "CounterexampleStep",
    "Desk",
    "Effect",
    "ExplainedDay",
    "ExplainedTime",
    "Expression",
    "Finding",
    "GapPolicy",
    "Goal",
    "GoalExplanation",
    "GuardExplanation",
    "HorizonError",
    "Journal",
    "Ladder",
    "Lifecycle",
    "LinkedMessage",
    "OrderFit",
    "OverlapPolicy",
    "Policy",
    "PolicyChange",
    "PolicyError",
    "Proof",
    "Rejected",
    "ReplayResult",
    "Severity",
    "State",
    "Step",
    "TableOutcome",
    "TimeCause",
    "TimeExplanation",
    "Truth",
    "Verdict",
    "Verification",
    "WallFormat",
    "WallKind",
    "WallLookup",
    "Zone",
    "__version__",
    "check_migration",
    "counting_rules",
    "diff",
    "dry_run",
    "holiday_sets",
    "linked_event",
    "linked_opening",
    "lint_text",
    "parse_civil_day",
    "parse_duration",
    "parse_instant",
    "parse_span",
    "parse_wall_time",
    "policies",
    "policy_schema",
    "to_iso8601",
    "verify",
    "what_if",
]
