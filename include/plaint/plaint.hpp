// SPDX-License-Identifier: BSL-1.0
#pragma once

// In the order of the rooms:
// clang-format off

// The whole library but two rooms, whose headers are included by name:
// plaint/analysis/, since it brings Boost.Graph.
// plaint/io/, since it brings Boost.JSON.

#include <plaint/canonical.hpp>
#include <plaint/digest.hpp>
#include <plaint/document.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/reader.hpp>
#include <plaint/suggestion.hpp>
#include <plaint/version.hpp>

#include <plaint/time/calendar_duration.hpp>
#include <plaint/time/civil.hpp>
#include <plaint/time/instant.hpp>
#include <plaint/time/iso8601.hpp>
#include <plaint/time/parsed.hpp>
#include <plaint/time/posix_rule.hpp>
#include <plaint/time/span.hpp>
#include <plaint/time/time_zone.hpp>
#include <plaint/time/tzif.hpp>
#include <plaint/time/wall_format.hpp>
#include <plaint/time/wall_lookup.hpp>
#include <plaint/time/zone_source.hpp>

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/calendar/calendar_document.hpp>
#include <plaint/calendar/calendar_options.hpp>
#include <plaint/calendar/calendar_text.hpp>
#include <plaint/calendar/certainty.hpp>
#include <plaint/calendar/day_exception.hpp>
#include <plaint/calendar/explained_time.hpp>
#include <plaint/calendar/goal/day_rules.hpp>
#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/goal/goal.hpp>
#include <plaint/calendar/goal/goal_explanation.hpp>
#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/calendar/goal/named_rules.hpp>
#include <plaint/calendar/holiday/china_days.hpp>
#include <plaint/calendar/holiday/easter.hpp>
#include <plaint/calendar/holiday/holiday_dates.hpp>
#include <plaint/calendar/holiday/holiday_rule.hpp>
#include <plaint/calendar/holiday/holidays.hpp>
#include <plaint/calendar/holiday/named_holidays.hpp>
#include <plaint/calendar/horizon_error.hpp>
#include <plaint/calendar/load_calendar.hpp>
#include <plaint/calendar/period_range.hpp>
#include <plaint/calendar/time_explanation.hpp>
#include <plaint/calendar/weekly_hours.hpp>

#include <plaint/expr/compile.hpp>
#include <plaint/expr/decision_table.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/explain.hpp>
#include <plaint/expr/limits.hpp>
#include <plaint/expr/outcome.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/expr/value_text.hpp>

#include <plaint/lifecycle/configuration.hpp>
#include <plaint/lifecycle/dispatch_table.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/lifecycle/lifecycle_builder.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/lifecycle/migration.hpp>
#include <plaint/lifecycle/possible.hpp>
#include <plaint/lifecycle/role.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/lifecycle/step_many.hpp>
#include <plaint/lifecycle/step_result.hpp>

#include <plaint/clock/calendar_edit.hpp>
#include <plaint/clock/clock_definition.hpp>
#include <plaint/clock/clock_document.hpp>
#include <plaint/clock/clock_engine.hpp>
#include <plaint/clock/clock_explanation.hpp>
#include <plaint/clock/clock_history.hpp>
#include <plaint/clock/clock_reading.hpp>
#include <plaint/clock/clock_set.hpp>
#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/clock_state_document.hpp>
#include <plaint/clock/clock_words.hpp>
#include <plaint/clock/clock_work.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/compiled_goal.hpp>
#include <plaint/clock/compiled_trigger.hpp>
#include <plaint/clock/extension_definition.hpp>
#include <plaint/clock/pause_definition.hpp>
#include <plaint/clock/threshold.hpp>
#include <plaint/clock/trigger.hpp>

#include <plaint/ladder/compiled_ladder.hpp>
#include <plaint/ladder/ladder_definition.hpp>
#include <plaint/ladder/ladder_document.hpp>
#include <plaint/ladder/ladder_engine.hpp>
#include <plaint/ladder/ladder_set.hpp>
#include <plaint/ladder/ladder_state.hpp>
#include <plaint/ladder/ladder_state_document.hpp>
#include <plaint/ladder/ladder_words.hpp>
#include <plaint/ladder/ladder_work.hpp>

#include <plaint/policy/about_document.hpp>
#include <plaint/policy/attribute_document.hpp>
#include <plaint/policy/extended_document.hpp>
#include <plaint/policy/header_document.hpp>
#include <plaint/policy/indicator_document.hpp>
#include <plaint/policy/notice_document.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/policy_definition.hpp>
#include <plaint/policy/policy_diff.hpp>
#include <plaint/policy/policy_document.hpp>
#include <plaint/policy/policy_versions.hpp>
#include <plaint/policy/property_document.hpp>
#include <plaint/policy/value_document.hpp>
#include <plaint/policy/word_titles.hpp>
#include <plaint/policy/wording.hpp>

#include <plaint/complaint/apply.hpp>
#include <plaint/complaint/attribution.hpp>
#include <plaint/complaint/case_document.hpp>
#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/caseworker.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/complaint_explanation.hpp>
#include <plaint/complaint/effect.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/event_document.hpp>
#include <plaint/complaint/journal.hpp>
#include <plaint/complaint/linked.hpp>
#include <plaint/complaint/migrate.hpp>
#include <plaint/complaint/possible_event.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/complaint/revision.hpp>
#include <plaint/complaint/snapshot.hpp>
#include <plaint/complaint/snapshot_bytes.hpp>
#include <plaint/complaint/verify.hpp>
#include <plaint/complaint/what_if.hpp>

#include <plaint/desk/case_log.hpp>
#include <plaint/desk/case_outcomes.hpp>
#include <plaint/desk/desk.hpp>
#include <plaint/desk/desk_file.hpp>
#include <plaint/desk/replay_cases.hpp>
