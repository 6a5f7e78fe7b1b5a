// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/static_checks.hpp>
#include <plaint/analysis/property_text.hpp>
#include <plaint/analysis/prove.hpp>

#include <array>
#include <initializer_list>
#include <string>
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

namespace detail {

/// Finds in a policy what the properties of the catalogue speak of, by the names of the vocabulary.
class catalogue_prover {
public:
  explicit catalogue_prover(const prover& by) : by_(by), in_(by.rules().lifecycle()) {}

  [[nodiscard]] std::vector<proof> of(const catalogue_entry& e) {
    all_.clear();
    entry_ = e;
    const static_checks fixed(by_.rules());
    const auto number = (e.id[2] - '0') * 10 + (e.id[3] - '0');
    switch (number) {
    case 1:
      claim("every state is reachable"), claim("no dead ends");
      break;
    case 2:
      if (state("registered")) {
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
    case 20:
      external();
      break;
    case 21:
      contents();
      break;
    case 22:
      judged(fixed.extensions_are_told());
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
    case 32:
      judged(fixed.levels_climb());
      break;
    case 37:
      if (!by_.rules().definition().clocks.empty()) {
        judged(holds("the loader refuses a clock without them"));
      }
      break;
    default:
      break;
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
      return "the policy names no amounts and authorities; claim it as a property of its own";
    case 23:
      return "a path for it cannot be told by its shape";
    case 27:
    case 28:
      return "the policy claims no maximum; claim it, such as \"notice(final) within 8 weeks of opened\"";
    case 31:
      return "the policy keeps no retention clock";
    case 36:
      return "this takes two policies";
    case 38:
      return "this takes the policy that it replaces";
    default:
      return "the policy has nothing of what this speaks of";
    }
  }

  [[nodiscard]] bool state(const std::string& name) const { return in_.state(name).has_value(); }
  [[nodiscard]] bool event(const std::string& name) const {
    for (std::size_t e = 0; e < in_.event_count(); ++e) {
      if (in_.event_name(static_cast<event_id>(e)) == name) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool notice(std::string_view name) const {
    for (std::size_t e = 0; e < in_.effect_count(); ++e) {
      const auto& d = in_.effect_at(static_cast<effect_id>(e));
      if (d.kind == "notice" && (name.empty() || effect_subject(d) == name)) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool carried(std::string_view word) const {
    for (std::size_t e = 0; e < in_.effect_count(); ++e) {
      if (effect_carries(in_.effect_at(static_cast<effect_id>(e)), word)) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] std::string first_state() const {
    for (const auto& m : by_.cases().from(0)) {
      return in_.name(in_.leaves(by_.cases().where(m.to)).front());
    }
    return {};
  }

  void claim(const std::string& text) {
    for (auto& p : parse_property(text)) {
      p.id = entry_.id;
      all_.push_back(by_.prove(p));
    }
  }
  void judged(const static_checks::answer& found) {
    if (found) {
      proof out{.claim = {}, .verdict = found->verdict, .vacuous = found->vacuous, .because = found->because};
      out.claim.kind = property_kind::catalogue;
      out.claim.id = entry_.id;
      out.claim.text = entry_.title;
      all_.push_back(std::move(out));
    }
  }
  void both(const std::string& first, const std::string& then) {
    if (state(first) && state(then)) {
      claim(first + " comes before " + then);
    }
  }
  /// Those of the names that the policy has, joined; nothing if there are none.
  [[nodiscard]] std::string known(std::initializer_list<std::string_view> notices,
                                  std::initializer_list<std::string_view> events,
                                  std::initializer_list<std::string_view> states) const {
    std::string text;
    const auto add = [&](bool is, const std::string& name) { text += !is ? "" : (text.empty() ? "" : " or ") + name; };
    for (const auto n : notices) {
      add(notice(n), "notice(" + std::string(n) + ")");
    }
    for (const auto e : events) {
      add(event(std::string(e)), "event(" + std::string(e) + ")");
    }
    for (const auto s : states) {
      add(state(std::string(s)), "state(" + std::string(s) + ")");
    }
    return text;
  }

  void acknowledged() {
    const auto first = known({"ack", "summary"}, {}, {"acknowledged", "resolved_early"});
    const auto then = known({"final"}, {}, {"proposed", "final_response_sent"});
    if (known({"ack"}, {}, {"acknowledged"}).empty() || then.empty()) {
      return;
    }
    if (const auto* clock = waived_by_answer()) {
      judged(holds("the answer in time stands for the acknowledgement: clock \"" + clock->id + "\" stops at either"));
      return;
    }
    claim("every path to " + then + " passes " + first);
  }
  /// The clock of the acknowledgement, if the answer itself stops or waives it.
  [[nodiscard]] const clock_definition* waived_by_answer() const {
    const auto named = [](const std::vector<trigger>& all, std::string_view notice) {
      return std::any_of(all.begin(), all.end(), [&](const trigger& t) {
        return t.kind == trigger_kind::notice && t.name == notice && t.guard.empty();
      });
    };
    for (const auto& c : by_.rules().definition().clocks) {
      if (named(c.stop, "ack") && (named(c.stop, "final") || named(c.waive, "final"))) {
        return &c;
      }
    }
    return nullptr;
  }
  void answered() {
    if (!notice("")) {
      return;
    }
    const auto answers =
        known({"final", "summary", "refusal", "withdrawal", "closing", "deadlock", "signpost", "holding"},
              {"withdraw", "forward", "merge_duplicate", "external_outcome"},
              {"withdrawn", "forwarded", "not_accepted", "resolved_early", "external_closed"});
    claim("every path to an end passes " + (answers.empty() ? std::string("notice(final)") : answers));
  }
  void recorded() {
    std::string names;
    for (const auto* name : {"root_cause", "responsibility"}) {
      names += !by_.rules().schema().slot(name) ? "" : (names.empty() ? "" : " and ") + std::string(name);
    }
    const auto answers = known({"final"}, {}, {"closed_resolved"});
    if (!names.empty() && !answers.empty()) {
      claim(names + " are set at " + answers);
    }
  }
  void reopened() {
    if (event("reopen")) {
      claim("event(reopen) is reachable");
      claim("reopening is reachable");
    }
  }
  void ways(std::initializer_list<std::string_view> events) {
    const auto names = known({}, events, {});
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
  void external() {
    if (!carried("right_external") && !carried("external_contact")) {
      return;
    }
    for (const auto* end : {"deadlock", "closed_unresolved"}) {
      if (state(end)) {
        claim("external route is told before state(" + std::string(end) + ")");
      }
    }
    if (notice("final")) {
      claim("notice final carries right_external");
    }
  }
  void contents() {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> musts{
        {{"ack", "received"}, {"final", "decision and reasons"}, {"extension", "reasons"}, {"refusal", "reasons"}}};
    for (const auto& [kind, words] : musts) {
      if (notice(kind)) {
        claim("notice " + std::string(kind) + " carries " + std::string(words));
      }
    }
  }

  const prover& by_;
  const lifecycle& in_;
  catalogue_entry entry_{};
  std::vector<proof> all_{};
};

} // namespace detail

/// What becomes of the properties of the catalogue, or of the one named: each at least once, several where it falls
/// into parts.
///
/// They speak of policies that use the vocabulary's names (`registered`, `notice(final)`, `root_cause` …); one that
/// speaks of what a policy does not have is not applicable. A policy that uses other names claims its own properties.
[[nodiscard]] inline std::vector<proof> prove_catalogue(const prover& by, std::string_view id = {}) {
  std::vector<proof> all;
  for (const auto& e : catalogue_entries) {
    if (id.empty() || id == e.id) {
      for (auto& p : detail::catalogue_prover(by).of(e)) {
        all.push_back(std::move(p));
      }
    }
  }
  return all;
}

} // namespace plaint
