// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/catalogue_answers.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The entries of the catalogue about what customers are told, and what they can do.
class catalogue_customers : protected catalogue_answers {
protected:
  using catalogue_answers::catalogue_answers;

  void acknowledged() {
    const auto first = names_.joined({"ack", "summary"}, {}, {"acknowledged", "resolved_early"});
    const auto then = names_.joined({"final"}, {}, {"proposed", "final_response_sent"});
    if (names_.joined({"ack"}, {}, {"acknowledged"}).empty() || then.empty()) {
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
    if (!names_.notice("")) {
      return;
    }
    const auto answers =
        names_.joined({"final", "summary", "refusal", "withdrawal", "closing", "deadlock", "signpost", "holding"},
                      {"withdraw", "forward", "merge_duplicate", "external_outcome"},
                      {"withdrawn", "forwarded", "not_accepted", "resolved_early", "external_closed"});
    claim("every path to an end passes " + (answers.empty() ? std::string("notice(final)") : answers));
  }
  void external() {
    if (!names_.carried("right_external") && !names_.carried("external_contact")) {
      return;
    }
    for (const auto* end : {"deadlock", "closed_unresolved"}) {
      if (names_.state(end)) {
        claim("external route is told before state(" + std::string(end) + ")");
      }
    }
    if (names_.notice("final")) {
      claim("notice final carries right_external");
    }
  }
  void contents() {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> musts{
        {{"ack", "received"}, {"final", "decision and reasons"}, {"extension", "reasons"}, {"refusal", "reasons"}}};
    for (const auto& [kind, words] : musts) {
      if (names_.notice(kind)) {
        claim("notice " + std::string(kind) + " carries " + std::string(words));
      }
    }
  }

  /// P-23: somebody who stands for the customer can bring a complaint to an end alone, and so can one about complaint
  /// handling.
  void represented() {
    const auto& actors = by_.cases().model().actors;
    acting_set others; // customers but the representative
    bool any = false;
    for (std::size_t a = 0; a < actors.size(); ++a) {
      any = any || actors[a].role == "representative";
      others.set(a, actors[a].side == actor_class::customer && actors[a].role != "representative");
    }
    if (any) {
      const bool ends = comes_to_an_end([&](const case_move& m) {
        return m.event == no_id || in_.is_timer_event(m.event) || (by_.cases().group(m).who & ~others).any();
      });
      judged(ends ? holds("a representative can do all that a complaint needs to come to an end")
                  : fails("without the complainant in person no complaint comes to an end"));
    }
    if (const auto own = about_handling()) {
      const bool ends = comes_to_an_end([&](const case_move& m) {
        const auto place = by_.cases().model().place[own->first];
        const auto code = place == no_id ? may_be_anything : by_.cases().codes(m.to)[place];
        return code < first_value || by_.cases().model().values[own->first][code - first_value] == own->second;
      });
      judged(ends ? holds("a complaint about complaint handling comes to an end like any other")
                  : fails("a complaint about complaint handling comes to no end"));
    }
  }
  [[nodiscard]] std::optional<std::pair<std::uint16_t, value>> about_handling() const {
    const auto& all = by_.rules().schema().attributes;
    for (std::uint16_t slot = 0; slot < all.size(); ++slot) {
      if (!all[slot].type.is(type_kind::enumeration)) {
        continue;
      }
      const auto& members = all[slot].type.names();
      const auto found = std::find(members.begin(), members.end(), "complaint_handling");
      if (found != members.end()) {
        return std::pair(slot, value(enum_member{static_cast<std::uint16_t>(found - members.begin())}));
      }
    }
    return std::nullopt;
  }
  template <class Counts>
  [[nodiscard]] bool comes_to_an_end(const Counts& counts) const {
    const subject_set ends(in_, {{subject_kind::end, {}}});
    return shortest_history(by_.cases(),
                            [&](std::uint64_t, const case_move& m) {
                              const bool may = counts(m);
                              return monitor_answer{0, !may, may && stands_in(by_.cases(), m.to, ends)};
                            })
        .has_value();
  }

  /// P-34: inhibitions begin at receipt, and nothing is released that was not inhibited.
  void inhibited() {
    std::vector<std::string> done;
    for (std::size_t e = 0; e < in_.effect_count(); ++e) {
      const auto& d = in_.effect_at(static_cast<effect_id>(e));
      const auto text = effect_text(d);
      if ((d.kind != "inhibit" && d.kind != "release") || std::find(done.begin(), done.end(), text) != done.end()) {
        continue;
      }
      done.push_back(text);
      claim(d.kind == "inhibit"
                ? text + " comes before everything but " + first_state()
                : text + " only after inhibit" + (effect_subject(d).empty() ? "" : "(" + effect_subject(d) + ")"));
    }
  }

  /// P-35: what starts a window of the customer is told to them, in the same step or before.
  void windows() {
    for (const auto& c : by_.rules().definition().clocks) {
      if (c.side != clock_side::customer) {
        continue;
      }
      for (const auto& t : c.start) {
        switch (t.kind) {
        case trigger_kind::notice:
          judged(holds("the window of clock " + in_quotes(c.id) + " opens with notice(" + t.name + ")"));
          break;
        case trigger_kind::opened:
          judged(
              fails("the window of clock " + in_quotes(c.id) + " opens with the complaint, before anything is told"));
          break;
        case trigger_kind::enter:
          claim("every path to state(" + t.name + ") passes notice(*)");
          break;
        case trigger_kind::event:
          claim("every path to event(" + t.name + ") passes notice(*)");
          break;
        default:
          break; // by another clock: time tells nobody, and no step does
        }
      }
    }
  }
};

} // namespace plaint::detail
