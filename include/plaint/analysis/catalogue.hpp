// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/catalogue_prover.hpp>
#include <plaint/analysis/prove.hpp>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// One of the properties that regulators and good practice ask for, by its name.
struct catalogue_entry {
  std::string_view id;
  std::string_view title;
};

inline constexpr std::array<catalogue_entry, 38> catalogue_entries{{
    {"P-01", "every state is reachable, and an end can be reached from every state"},
    {"P-02", "registration comes before everything else"},
    {"P-03", "the acknowledgement comes before the answer"},
    {"P-04", "nothing is rejected without an investigation"},
    {"P-05", "nothing is closed without an answer, a summary, a withdrawal, a refusal or an external outcome"},
    {"P-06", "an adverse decision is reviewed before it is sent"},
    {"P-07", "a remedy is carried out before the complaint is closed as resolved"},
    {"P-08", "cause and responsibility are recorded before the end"},
    {"P-09", "resolved complaints are followed up"},
    {"P-10", "every cycle is bounded by a counter, a clock or the customer"},
    {"P-11", "closed complaints can be reopened"},
    {"P-12", "decision tables are complete and disjoint"},
    {"P-13", "every state has a way out by reassigning or escalating"},
    {"P-14", "the external body can be reported from every open state"},
    {"P-15", "whoever receives a complaint keeps it unless it is handed over"},
    {"P-16", "who decides is not who reviews"},
    {"P-17", "nothing that was recorded is deleted or suppressed"},
    {"P-18", "every event can be sent by somebody"},
    {"P-19", "remedies above an authority are approved"},
    {"P-20", "the external route is told before an unresolved end and in the final answer"},
    {"P-21", "notices carry what they must"},
    {"P-22", "extensions are told"},
    {"P-23", "complaints about complaint handling have a path"},
    {"P-24", "progress is told again and again"},
    {"P-25", "each waiting state has a clock"},
    {"P-26", "every promise warns early and acts when it is broken"},
    {"P-27", "the worst case from lodging to the answer is within the maximum"},
    {"P-28", "no path exceeds the absolute cap"},
    {"P-29", "whatever pauses a clock ends"},
    {"P-30", "nested promises fit into each other"},
    {"P-31", "nothing is deleted before retention ends"},
    {"P-32", "levels of escalation climb and end"},
    {"P-33", "adverse decisions are escalated in time"},
    {"P-34", "inhibitions are raised at receipt and released by what may"},
    {"P-35", "windows of the customer open after their notice"},
    {"P-36", "policies that apply together give one deadline"},
    {"P-37", "every clock has a calendar, an anchor and a unit"},
    {"P-38", "a change of policy is no weaker"},
}};

/// What becomes of the properties of the catalogue, or of the one named: each at least once, several where it falls
/// into parts.
///
/// They speak of policies that use the vocabulary's names (`registered`, `notice(final)`, `root_cause` …); one that
/// speaks of what a policy does not have is not applicable. A policy that uses other names claims its own properties;
/// those under a name of the catalogue answer for it where nothing else does. `older`: the policy that this one
/// replaces, for P-38.
[[nodiscard]] inline std::vector<proof> prove_catalogue(const prover& by, std::string_view id = {},
                                                        const policy* older = nullptr) {
  std::vector<proof> all;
  for (const auto& e : catalogue_entries) {
    if (id.empty() || id == e.id) {
      for (auto& p : detail::catalogue_prover(by).of(e.id, e.title, older)) {
        all.push_back(std::move(p));
      }
    }
  }
  return all;
}

} // namespace plaint
