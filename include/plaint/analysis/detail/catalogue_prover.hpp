// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/catalogue_customers.hpp>
#include <plaint/analysis/detail/clock_checks.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Finds in a policy what the properties of the catalogue speak of, by the names of the vocabulary.
class catalogue_prover : private catalogue_customers {
public:
  explicit catalogue_prover(const prover& by) : catalogue_customers(by) {}

  /// `older`: the policy that this one replaces, if there is one.
  [[nodiscard]] std::vector<proof> of(std::string_view id, std::string_view title, const policy* older) {
    all_.clear();
    id_ = id;
    title_ = title;
    const static_checks fixed(by_.rules());
    const clock_checks timed(by_.rules());
    const auto number = (id[2] - '0') * 10 + (id[3] - '0');
    switch (number) {
    case 1:
      claim("every state is reachable"), claim("no dead ends");
      break;
    case 2:
      if (names_.state("registered")) {
        claim("registered comes before everything but " + first_state());
      }
      break;
    case 3:
      acknowledged();
      break;
    case 4:
      both("investigating", "rejected");
      break;
    case 5:
      answered();
      break;
    case 6:
      both("under_internal_review", "rejected");
      break;
    case 7:
      both("remedy_done", "closed_resolved");
      break;
    case 8:
      recorded();
      break;
    case 9:
      both("follow_up", "closed_resolved");
      break;
    case 10:
      claim("every cycle is bounded");
      break;
    case 11:
      reopened();
      break;
    case 12:
      claim("every table is complete and disjoint");
      break;
    case 13:
      ways({"reassign", "escalate"});
      break;
    case 14:
      ways({"refer_external", "external_outcome"});
      break;
    case 15:
      judged(fixed.owner_is_kept());
      break;
    case 16:
      judged(fixed.duties_are_separate());
      break;
    case 17:
      judged(fixed.nothing_is_suppressed());
      break;
    case 18:
      every_event();
      break;
    case 19:
      judged(fixed.authorities_are_kept());
      break;
    case 20:
      external();
      break;
    case 21:
      contents();
      break;
    case 22:
      judged(fixed.extensions_are_told());
      break;
    case 23:
      represented();
      break;
    case 24:
      judged(timed.progress_recurs());
      break;
    case 25:
      claim("each waiting state has a clock");
      break;
    case 26:
      judged(fixed.promises_warn());
      break;
    case 29:
      judged(fixed.pauses_end());
      break;
    case 30:
      judged(timed.promises_nest());
      break;
    case 31:
      judged(timed.retention_is_kept());
      break;
    case 32:
      judged(fixed.levels_climb());
      break;
    case 33:
      judged(timed.review_comes_in_time());
      break;
    case 34:
      inhibited();
      break;
    case 35:
      windows();
      break;
    case 37:
      if (!by_.rules().definition().clocks.empty()) {
        judged(holds("the loader refuses a clock without them"));
      }
      break;
    case 38:
      no_weaker(older);
      break;
    default:
      break;
    }
    if (all_.empty()) {
      claimed();
    }
    if (all_.empty()) {
      judged(judgement{.verdict = proof_verdict::not_applicable, .because = why_not(number)});
    }
    return std::move(all_);
  }

private:
  [[nodiscard]] static std::string why_not(int number) {
    switch (number) {
    case 19:
      return "no guard bounds an amount for a role";
    case 23:
      return "the policy has no representative and no category for complaints about complaint handling";
    case 24:
      return "no clock asks for notices of progress";
    case 27:
    case 28:
      return "the policy claims no maximum; claim it, such as \"notice(final) within 8 weeks of opened\"";
    case 31:
      return "the policy keeps no retention clock";
    case 36:
      return "a policy is one document: two that apply together are written as one, whose clocks the others look at";
    case 38:
      return "this takes the policy that it replaces";
    default:
      return "the policy has nothing of what this speaks of";
    }
  }

  void both(const std::string& first, const std::string& then) {
    if (names_.state(first) && names_.state(then)) {
      claim(first + " comes before " + then);
    }
  }
  void recorded() {
    std::string names;
    for (const auto* name : {"root_cause", "responsibility"}) {
      names += !by_.rules().schema().slot(name) ? "" : (names.empty() ? "" : " and ") + std::string(name);
    }
    const auto answers = names_.joined({"final"}, {}, {"closed_resolved"});
    if (!names.empty() && !answers.empty()) {
      claim(names + " are set at " + answers);
    }
  }
  void reopened() {
    if (names_.event("reopen")) {
      claim("event(reopen) is reachable");
      claim("reopening is reachable");
    }
  }
  void ways(std::initializer_list<std::string_view> events) {
    const auto names = names_.joined({}, events, {});
    if (!names.empty()) {
      claim("every open state allows " + names);
    }
  }
  void every_event() {
    std::string names;
    for (std::size_t e = 0; e < in_.event_count(); ++e) {
      if (in_.is_sent(static_cast<event_id>(e))) {
        names += (names.empty() ? "event(" : ", event(") + std::string(in_.event_name(static_cast<event_id>(e))) + ")";
      }
    }
    if (!names.empty()) {
      claim("reachable " + names);
    }
  }
  /// P-38: whatever the policy that it replaces claimed and kept, this one keeps.
  void no_weaker(const policy* older) {
    if (older == nullptr) {
      return;
    }
    const prover before(*older);
    findings none;
    std::size_t kept = 0;
    for (const auto& p : claims_of(*older, none)) {
      if (p.kind == property_kind::catalogue || before.prove(p).verdict != proof_verdict::holds) {
        continue;
      }
      ++kept;
      auto now = by_.prove(p);
      if (now.verdict != proof_verdict::holds) {
        now.claim.id = id_;
        now.claim.pointer.clear(); // of another document
        now.because = older->reference() + " keeps it: " + now.because;
        all_.push_back(std::move(now));
      }
    }
    if (all_.empty()) {
      judged(holds(std::to_string(kept) + " properties that " + older->reference() + " claims and keeps hold here too",
                   kept == 0));
    }
  }
};

} // namespace plaint::detail
