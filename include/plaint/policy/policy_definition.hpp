// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_definition.hpp>
#include <plaint/clock/calendar_edit.hpp>
#include <plaint/clock/clock_definition.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/ladder/ladder_definition.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>
#include <plaint/lifecycle/role.hpp>
#include <plaint/policy/indicator_document.hpp>
#include <plaint/policy/notice_document.hpp>
#include <plaint/policy/property_document.hpp>
#include <plaint/policy/word_titles.hpp>
#include <plaint/time/instant.hpp>

#include <optional>
#include <string>
#include <vector>

namespace plaint {

/// Where a rule of the policy was taken from: a regulation, a manual, a contract.
struct source_definition {
  std::string name; ///< how clocks and notices refer to it
  std::string title{};
  std::string url{};
  std::string confidence{}; ///< how well it was checked, in the words of whoever wrote the policy
  std::string note{};

  friend bool operator==(const source_definition&, const source_definition&) = default;
};

/// From when until when a policy takes new complaints, and by which of their dates.
struct effective_dates {
  std::optional<civil_day> from{};
  std::optional<civil_day> to{}; ///< exclusive
  std::string by = "received_at";

  friend bool operator==(const effective_dates&, const effective_dates&) = default;
};

/// How far back, and by whom, a fact may be entered that the host learns of late; without a length none may be.
struct late_fact_rule {
  std::optional<duration> within{};
  std::vector<std::string> by{}; ///< roles; none: everyone

  friend bool operator==(const late_fact_rule&, const late_fact_rule&) = default;
};

/// How a policy reads its source where the source leaves it open, or where it departs from it on purpose.
struct reading {
  std::string name{}; ///< what it is about: a clock, a word, a paragraph
  titles text{};

  friend bool operator==(const reading&, const reading&) = default;
};

/// For whom a policy is, and how far it can be relied on: nothing here changes what it does.
struct policy_about {
  std::vector<std::string> jurisdiction{};
  std::vector<std::string> sector{};
  std::string confidence{};            ///< the least of its sources
  std::optional<civil_day> reviewed{}; ///< when somebody last held it against its sources
  titles legal_note{};
  std::vector<reading> readings{};

  friend bool operator==(const policy_about&, const policy_about&) = default;
};

/// A policy as it was written: plain data; `policy::compile` checks it.
struct policy_definition {
  std::string id;
  std::string version;
  titles title{};
  policy_about about{};
  std::vector<source_definition> sources{};
  effective_dates effective{};
  std::vector<calendar_definition> calendars{}; ///< each under its `id`
  std::vector<attribute> attributes{};
  std::vector<attribute> event_data{}; ///< what events may carry beyond attributes
  std::vector<role_definition> roles{};
  lifecycle_definition lifecycle{};
  std::vector<clock_definition> clocks{};
  std::vector<property_claim> properties{};       ///< proven by the analysis, which stands above the policy
  std::vector<indicator_definition> indicators{}; ///< measured there too
  std::vector<calendar_edit> calendar_edits{};
  std::vector<ladder_definition> ladders{};
  late_fact_rule late_facts{}; ///< the key `max_backdate`
  std::vector<notice_definition> notices{};
  std::vector<word_title> words{}; ///< the section `titles`

  friend bool operator==(const policy_definition&, const policy_definition&) = default;
};

} // namespace plaint
