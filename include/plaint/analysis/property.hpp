// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

/// What a property claims.
enum class property_kind : unsigned char {
  reachable,      ///< some complaint comes to it
  unreachable,    ///< none does
  can_reach,      ///< wherever a complaint stands, it can still come to it: no dead ends, no traps
  must_reach,     ///< whatever happens, it comes to it in the end
  before,         ///< every way to `target` passes `subject` first; with `anew`, again after each of these
  never_after,    ///< `subject` does not happen once `target` has
  bounded_cycles, ///< no complaint can go in circles for ever
  within,         ///< from `subject` to `target` in at most `goal`, if every promise is kept
  complete,       ///< some row of a decision table matches, whatever the values
  disjoint,       ///< not more than one does
  carries,        ///< a notice carries these words wherever it is sent
  only_roles,     ///< nobody else may do it
  not_roles,      ///< these may not do it
  has_clock,      ///< in each of the states a clock runs
  possible,       ///< in each of the states somebody can do it
  impossible,     ///< in none of the states anybody can do it
  always_set,     ///< the attributes named are set when `target` happens
  catalogue,      ///< a property known by its name, such as "P-05"
};

inline constexpr std::array<std::string_view, 18> property_words{
    "reachable",      "unreachable", "can-reach", "must-reach", "before",     "never-after",
    "bounded-cycles", "within",      "complete",  "disjoint",   "carries",    "only-roles",
    "not-roles",      "has-clock",   "possible",  "impossible", "always-set", "catalogue"};

/// Something that a property speaks of.
enum class subject_kind : unsigned char {
  name, ///< a state, else an event, else a notice, whichever has the name
  state,
  event,
  notice,     ///< a notice of this kind is asked for
  effect,     ///< any other effect: kind, or "kind:subject"
  carrying,   ///< a notice is asked for that carries this word
  everything, ///< entering any state
  end,        ///< any final state, or one tagged closed
  reopening,  ///< leaving an end
  clock,
};

struct property_subject {
  subject_kind kind = subject_kind::name;
  std::string name{};

  friend bool operator==(const property_subject&, const property_subject&) = default;
};

/// A claim about a policy: plain data, not yet checked against it.
struct property {
  property_kind kind = property_kind::reachable;
  std::vector<property_subject> subject{}; ///< any of them; which of them count as what is told at `property_kind`
  std::vector<property_subject> target{};
  std::vector<property_subject> except{};
  std::vector<property_subject> anew{};
  std::vector<std::string> words{}; ///< roles, contents of a notice, what bounds a cycle
  std::string goal{};               ///< `within`: such as "8 weeks"
  std::string calendar{};
  std::string text{}; ///< as it was written
  std::string id{};   ///< the name under which it was claimed, such as "P-05"
  std::string source{};
  std::string pointer{};

  friend bool operator==(const property&, const property&) = default;
};

/// The property as data: kind, what it speaks of, its text.
[[nodiscard]] inline node write_property(const property& p) {
  node all = node::mapping_of();
  all.add("kind", node::text_of(property_words[static_cast<std::size_t>(p.kind)]));
  constexpr std::array<std::string_view, 10> words{"name",     "state",      "event", "notice",    "effect",
                                                   "carrying", "everything", "end",   "reopening", "clock"};
  const auto list = [&](const char* name, const std::vector<property_subject>& subjects) {
    if (subjects.empty()) {
      return;
    }
    node& into = all.add(name, node::sequence_of());
    for (const auto& s : subjects) {
      node& one = into.push(node::mapping_of());
      one.add(std::string(words[static_cast<std::size_t>(s.kind)]), node::text_of(s.name));
    }
  };
  list("subject", p.subject);
  list("target", p.target);
  list("except", p.except);
  list("anew", p.anew);
  const auto text = [&](const char* name, const std::string& value) {
    if (!value.empty()) {
      all.add(name, node::text_of(value));
    }
  };
  if (!p.words.empty()) {
    node& into = all.add("words", node::sequence_of());
    for (const auto& w : p.words) {
      into.push(node::text_of(w));
    }
  }
  text("goal", p.goal);
  text("calendar", p.calendar);
  text("text", p.text);
  text("id", p.id);
  text("source", p.source);
  return all;
}

} // namespace plaint
