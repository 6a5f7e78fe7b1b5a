// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/evaluate.hpp>
#include <plaint/lifecycle/detail/chart.hpp>
#include <plaint/lifecycle/detail/stepping.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What happens on one way through a macrostep, in order.
enum class trace_kind : unsigned char {
  test,   ///< argument: a transition; are its conditions met? `answer` says what was assumed
  choose, ///< argument: a deed of kind skip_unless; is its guard true?
  perform ///< argument: a deed: assign or emit
};

struct trace_item {
  trace_kind kind = trace_kind::perform;
  bool answer = false;
  bool sent = false; ///< test: the event comes from outside, so roles and reasons count
  std::uint32_t argument = 0;
  state_id state = no_id; ///< perform: whose action it is
  transition_id transition = no_id;
  event_id event = no_id; ///< test, choose: the event under way, or none
};

enum class trace_end : unsigned char { moved, refused, overrun };

/// One way through a macrostep from one configuration on one event.
struct trace {
  trace_end end = trace_end::refused;
  configuration to{};
  stretch32 items{};
  stretch32 taken{}; ///< transitions
};

/// Traces with what they consist of, one behind the other: most are short, and there are thousands.
struct trace_log {
  std::vector<trace> traces{};
  std::vector<trace_item> items{};
  std::vector<transition_id> taken{};
  std::vector<bool> entered{}; ///< by state: some trace enters it

  [[nodiscard]] std::span<const trace_item> items_of(const trace& t) const noexcept {
    return chart::part(items, t.items);
  }
  [[nodiscard]] std::span<const transition_id> taken_by(const trace& t) const noexcept {
    return chart::part(taken, t.taken);
  }
};

/// True if a guard hangs on nothing but states, which a configuration tells.
[[nodiscard]] inline bool hangs_on_states_only(const program& p) {
  const auto& all = p.code().instructions;
  return p.code().comparisons.empty() && std::all_of(all.begin(), all.end(), [](const instruction& i) {
           constexpr opcode seen[]{opcode::constant,     opcode::in_state, opcode::logical_not, opcode::skip_if_no,
                                   opcode::skip_if_yes,  opcode::both,     opcode::either,      opcode::skip_if_unknown,
                                   opcode::branch_if_no, opcode::jump};
           return std::find(std::begin(seen), std::end(seen), i.op) != std::end(seen);
         });
}

/// Runs a macrostep with assumed answers to all that hangs on data, people and time.
template <std::size_t Words>
class exploring : private stepping<Words, exploring<Words>> {
  using base = stepping<Words, exploring<Words>>;
  friend base;
  using base::at_;
  using base::chart_;

public:
  /// `answers` is used as far as it goes, then every answer is no; it grows to what was asked. The trace is added to
  /// `out`.
  exploring(const chart& in, const opened<Words>& from, selection_space& space, std::vector<bool>& answers,
            trace_log& out)
      : base(in, from, space), answers_(answers), out_(out) {
    made_.items.begin = static_cast<std::uint32_t>(out.items.size());
    made_.taken.begin = static_cast<std::uint32_t>(out.taken.size());
  }

  void begin() {
    base::begin();
    close(true);
  }
  void on(std::size_t column) {
    sent_ = column < chart_.first_timer || column == chart_.unknown_column();
    event_ = static_cast<event_id>(column);
    const bool reacted = base::react(column);
    close(reacted);
  }

private:
  void close(bool reacted) {
    made_.end = overrun_ ? trace_end::overrun : reacted ? trace_end::moved : trace_end::refused;
    made_.to = at_.closed(chart_);
    made_.items.end = static_cast<std::uint32_t>(out_.items.size());
    made_.taken.end = static_cast<std::uint32_t>(out_.taken.size());
    out_.traces.push_back(made_);
  }

  bool ask(trace_item item) {
    item.event = event_;
    if (asked_ == answers_.size()) {
      answers_.push_back(false);
    }
    item.answer = answers_[asked_++];
    out_.items.push_back(item);
    return item.answer;
  }

  struct known_answer {
    transition_id transition = no_id;
    bool sent = false;
    bool answer = false;
  };

  /// The same conditions have the same answer as long as nothing changes what they see.
  [[nodiscard]] bool same_conditions(transition_id a, transition_id b) const {
    const auto& x = chart_.transitions[a];
    const auto& y = chart_.transitions[b];
    const auto& p = *chart_.transition_definitions[a];
    const auto& q = *chart_.transition_definitions[b];
    return x.guard == y.guard && x.anyone == y.anyone && x.roles == y.roles && x.sides == y.sides &&
           x.within == y.within && p.require == q.require && p.reasons == q.reasons;
  }

  void selecting() {
    std::erase_if(known_, [&](const known_answer& k) {
      const auto guard = chart_.transitions[k.transition].guard;
      return guard != no_program && !chart_.programs[guard].reads_attributes_only();
    });
    scope_.states = at_.active.word;
  }

  [[nodiscard]] bool enabled(transition_id id) {
    const auto& t = chart_.transitions[id];
    const bool people = sent_ && (!t.anyone || !chart_.transition_definitions[id]->reasons.empty());
    const bool data = people || t.within != no_id || !t.require.empty();
    if (t.guard != no_program) {
      const auto& guard = chart_.programs[t.guard];
      const auto constant = guard.constant();
      if (constant || hangs_on_states_only(guard)) {
        const bool is = evaluate(guard, scope_).is == truth::yes;
        return is && (!data || test(id));
      }
    } else if (!data) {
      return true;
    }
    return test(id);
  }

  bool test(transition_id id) {
    for (const auto& k : known_) {
      if (k.sent == sent_ && same_conditions(k.transition, id)) {
        return k.answer;
      }
    }
    const bool answer = ask({trace_kind::test, false, sent_, id, no_id, no_id, no_id});
    known_.push_back({id, sent_, answer});
    return answer;
  }

  void run(stretch32 code, state_id state, transition_id transition) {
    for (auto i = code.begin; i < code.end;) {
      const auto& d = chart_.code[i];
      const auto at = i++;
      switch (d.kind) {
      case deed_kind::assign:
        known_.clear();
        [[fallthrough]];
      case deed_kind::emit:
        out_.items.push_back({trace_kind::perform, false, false, at, state, transition, event_});
        break;
      case deed_kind::raise:
        base::raise(d.subject);
        break;
      case deed_kind::skip:
        i = d.target;
        break;
      case deed_kind::skip_unless:
        if (!ask({trace_kind::choose, false, false, at, state, transition, no_id})) {
          i = d.target;
        }
        break;
      }
    }
  }

  void took(transition_id t) {
    out_.taken.push_back(t);
    sent_ = false;
  }
  void left(state_id) {}
  void entered(state_id s) { out_.entered[s] = true; }
  void handles(event_id e) { event_ = e; }
  void discarded(event_id) {}
  [[nodiscard]] bool failed() const noexcept { return false; }
  void overrun() { overrun_ = true; }

  std::vector<bool>& answers_;
  std::size_t asked_ = 0;
  std::vector<known_answer> known_{};
  scope scope_{};
  trace_log& out_;
  trace made_{};
  event_id event_ = no_id;
  bool sent_ = false;
  bool overrun_ = false;
};

/// Every way through a macrostep: visits after the run with each set of answers. False if there are more than `most`.
template <class Run, class Visit>
bool each_trace(std::size_t most, const Run& run, const Visit& visit) {
  std::vector<bool> answers;
  for (std::size_t count = 0;; ++count) {
    if (count == most) {
      return false;
    }
    run(answers);
    visit();
    while (!answers.empty() && answers.back()) {
      answers.pop_back();
    }
    if (answers.empty()) {
      return true;
    }
    answers.back() = true;
  }
}

} // namespace plaint::detail
