// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/lifecycle/role.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace plaint {

/// The kinds of state of W3C SCXML; a history state remembers and is never active.
enum class state_type : unsigned char { atomic, compound, parallel, final, shallow_history, deep_history };

/// One named value of an effect: a constant, or an expression that the step evaluates.
struct parameter {
  std::string name;
  node value{};             ///< the constant; null where there is an expression
  std::string expression{}; ///< CEL; empty for a constant

  friend bool operator==(const parameter&, const parameter&) = default;
};

/// Something that the host is asked to do: notice, notify, assign, dispatch, inhibit, open …; the library never does
/// it.
///
/// The first parameter carries the name of the kind itself: `{ notice: ack, carries: [received] }` is of kind "notice"
/// with the parameters notice = "ack" and carries = ["received"].
struct effect_definition {
  std::string kind;
  std::vector<parameter> parameters{};
  std::string pointer{};

  friend bool operator==(const effect_definition&, const effect_definition&) = default;
};

/// Sets an attribute to the value of an expression.
struct assignment {
  std::string attribute;
  std::string expression;
  std::string pointer{};

  friend bool operator==(const assignment&, const assignment&) = default;
};

/// Puts an event into the queue of the running step; it is handled before the step ends.
struct raised_event {
  std::string event;
  std::string pointer{};

  friend bool operator==(const raised_event&, const raised_event&) = default;
};

struct action;

/// Runs the first list if the guard is true, else the second.
struct choice {
  std::string guard;
  std::vector<action> then;
  std::vector<action> otherwise;
  std::string pointer{};
};

/// What happens on the way: an assignment, an effect, a raised event, or a choice between such.
struct action {
  std::variant<assignment, effect_definition, raised_event, choice> what;
};

[[nodiscard]] inline bool operator==(const action& a, const action& b);
[[nodiscard]] inline bool operator==(const choice& a, const choice& b) {
  return a.guard == b.guard && a.then == b.then && a.otherwise == b.otherwise && a.pointer == b.pointer;
}
[[nodiscard]] inline bool operator==(const action& a, const action& b) {
  return a.what == b.what;
}

using actions = std::vector<action>;

/// A way from one state to others, with all that it takes to go it.
struct transition_definition {
  std::vector<std::string> events{};  ///< descriptors, such as "reply", "reply.*" or "*"; none: eventless
  std::vector<std::string> targets{}; ///< none: nothing is left or entered
  bool internal = false;              ///< true: the source is not left where the targets lie inside it
  std::string guard{};                ///< CEL; empty: always
  std::vector<std::string> by{};      ///< roles that may fire it; none: everyone
  std::vector<std::string> require{}; ///< attributes that must be set, by the event's data at the latest
  std::vector<std::string> reasons{}; ///< codes, one of which the event's data must give as `reason`
  std::string within{};               ///< how long after entering the source it can be fired, as text; empty: ever
  std::string after{};                ///< fired by the clock of this duration on the source; then there are no events
  plaint::actions actions{};
  plaint::titles title{};
  std::string pointer{};

  friend bool operator==(const transition_definition&, const transition_definition&) = default;
};

/// Where a compound state begins: its first child unless said otherwise.
struct initial_definition {
  std::vector<std::string> targets{};
  plaint::actions actions{};
  std::string pointer{};

  friend bool operator==(const initial_definition&, const initial_definition&) = default;
};

/// A state and everything inside it, in document order.
struct state_definition {
  std::string name;
  state_type type = state_type::atomic;
  initial_definition initial{}; ///< compound: where it begins; history: its default
  std::vector<state_definition> children{};
  plaint::actions entry{};
  plaint::actions exit{};
  std::vector<transition_definition> transitions{}; ///< document order is the only tie-breaker
  std::vector<std::string> tags{};                  ///< "closed" marks an end that may be reopened
  std::vector<std::string> required{};              ///< attributes that must be set while the state is active
  std::vector<std::string> read_only{};             ///< attributes that event data cannot change in it
  std::vector<std::string> hidden{};                ///< attributes that event data neither shows nor sets in it
  plaint::titles title{};
  std::string pointer{};

  friend bool operator==(const state_definition&, const state_definition&) = default;
};

/// A lifecycle as it was written: plain data, not yet checked.
struct lifecycle_definition {
  initial_definition initial{};
  std::vector<state_definition> states{};
  std::vector<transition_definition> transitions{}; ///< of the lifecycle as a whole: looked at last, from every state
  std::size_t max_microsteps = 64;                  ///< bound of one step
  bool cross_region = false;                        ///< true: a target in a sibling region is a note, not an error

  friend bool operator==(const lifecycle_definition&, const lifecycle_definition&) = default;
};

} // namespace plaint
