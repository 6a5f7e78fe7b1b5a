// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/case_graph.hpp>
#include <plaint/analysis/detail/clock_moves.hpp>
#include <plaint/analysis/detail/prove_cycles.hpp>
#include <plaint/analysis/detail/prove_order.hpp>
#include <plaint/analysis/detail/prove_people.hpp>
#include <plaint/analysis/detail/prove_tables.hpp>
#include <plaint/analysis/detail/prove_timing.hpp>
#include <plaint/analysis/detail/trace_builder.hpp>
#include <plaint/analysis/graph.hpp>
#include <plaint/analysis/proof.hpp>
#include <plaint/analysis/property.hpp>
#include <plaint/analysis/property_text.hpp>
#include <plaint/expr/compile.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// Proves properties of one policy. Its situations are enumerated once, for all properties.
class prover {
public:
  explicit prover(policy by, const case_limits& limits = {}) : prover(std::move(by), limits, detail::case_interest{}) {}

  [[nodiscard]] const policy& rules() const noexcept { return by_; }
  [[nodiscard]] const case_graph& cases() const noexcept { return cases_; }

  /// What becomes of a property, with the shortest counterexample where it fails.
  [[nodiscard]] proof prove(const property& p) const {
    if (const auto asked = not_followed(p); !asked.empty()) {
      return prover(by_, limits_, {.slots = asked}).prove(p);
    }
    if (hangs_on_clocks(p.kind) && with_clocks_ == nullptr && !follows_clocks_) {
      if (auto conditions = detail::clock_moves::conditions_of(by_); !conditions.empty()) {
        auto all = std::shared_ptr<prover>(new prover(by_, limits_, {.conditions = std::move(conditions)}));
        with_clocks_ = all->cases().complete() ? std::move(all) : nullptr;
        follows_clocks_ = with_clocks_ == nullptr; // too many situations: what hangs on values stays open
      }
    }
    if (hangs_on_clocks(p.kind) && with_clocks_ != nullptr) {
      return with_clocks_->prove(p);
    }
    proof out{.claim = p};
    std::string unknown;
    const auto sets = subjects_of(p, unknown);
    detail::judgement j;
    if (!unknown.empty()) {
      j = {.verdict = proof_verdict::fails, .because = unknown};
    } else {
      j = judge(p, sets);
    }
    if (!cases_.complete() && j.verdict == proof_verdict::holds) {
      j.verdict = proof_verdict::undecided;
      j.because = "there are more situations than are looked at; nothing was found against it in " +
                  std::to_string(cases_.node_count());
    }
    out.verdict = j.verdict;
    out.vacuous = j.vacuous && j.verdict == proof_verdict::holds;
    out.because = std::move(j.because);
    out.assumptions = std::move(j.assumptions);
    if (j.verdict == proof_verdict::fails && (!j.path.empty() || !j.values.empty())) {
      out.counterexample = detail::trace_builder(cases_, by_).build(j);
    }
    assume(out);
    return out;
  }

  /// The names in a property that mean nothing in the policy, as findings at its pointer.
  void check(const property& p, findings& out) const {
    for (const auto* list : {&p.subject, &p.target, &p.except, &p.anew}) {
      for (const auto& name : detail::subject_set(by_.lifecycle(), *list, clock_names()).unknown) {
        out.push_back({"unknown-name",
                       "there is no state, event, notice or clock \"" + name + "\", of which \"" + p.text + "\" speaks",
                       p.pointer, nearest(name, names())});
      }
    }
    for (const auto& word : p.words) {
      if (p.kind == property_kind::always_set && !by_.schema().slot(word)) {
        out.push_back({"unknown-attribute",
                       "there is no attribute \"" + word + "\", of which \"" + p.text + "\" speaks",
                       p.pointer,
                       {}});
      }
    }
    if (p.kind == property_kind::only_roles || p.kind == property_kind::not_roles) {
      for (const auto& word : p.words) {
        if (!is_role(word)) {
          out.push_back({"unknown-role", "there is no role \"" + word + "\", of which \"" + p.text + "\" speaks",
                         p.pointer, nearest(word, by_.schema().roles)});
        }
      }
    }
  }

private:
  prover(policy by, const case_limits& limits, const detail::case_interest& also)
      : by_(std::move(by)), limits_(limits), cases_(by_.lifecycle(), limits, also),
        shape_(cases_.node_count(), edges_of(cases_)), follows_clocks_(!also.conditions.empty()) {}

  [[nodiscard]] static bool hangs_on_clocks(property_kind kind) {
    return kind == property_kind::within || kind == property_kind::has_clock;
  }

  /// Attributes that the property asks for and that no condition of the lifecycle reads.
  [[nodiscard]] std::vector<std::uint16_t> not_followed(const property& p) const {
    std::vector<std::uint16_t> all;
    for (const auto& word : p.words) {
      const auto slot = p.kind == property_kind::always_set ? by_.schema().slot(word) : std::nullopt;
      if (slot && cases_.model().place[*slot] == no_id) {
        all.push_back(*slot);
      }
    }
    return all;
  }

  struct subject_sets {
    detail::subject_set subject;
    detail::subject_set target;
    detail::subject_set except;
    detail::subject_set anew;
  };

  [[nodiscard]] static std::vector<graph::edge> edges_of(const case_graph& in) {
    std::vector<graph::edge> all;
    all.reserve(in.moves().size());
    for (const auto& m : in.moves()) {
      all.emplace_back(m.from, m.to);
    }
    return all;
  }

  [[nodiscard]] std::vector<std::string> clock_names() const {
    std::vector<std::string> all;
    for (const auto& c : by_.definition().clocks) {
      all.push_back(c.id);
    }
    return all;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    auto all = clock_names();
    const auto& l = by_.lifecycle();
    for (std::size_t s = 0; s < l.state_count(); ++s) {
      all.push_back(l.name(static_cast<state_id>(s)));
    }
    for (std::size_t e = 0; e < l.event_count(); ++e) {
      all.emplace_back(l.event_name(static_cast<event_id>(e)));
    }
    for (std::size_t e = 0; e < l.effect_count(); ++e) {
      all.push_back(detail::effect_subject(l.effect_at(static_cast<effect_id>(e))));
    }
    return all;
  }
  [[nodiscard]] bool is_role(const std::string& word) const {
    const auto& roles = by_.lifecycle().roles();
    return std::any_of(roles.begin(), roles.end(), [&](const role_definition& r) { return r.name == word; }) ||
           std::find(actor_class_words.begin(), actor_class_words.end(), word) != actor_class_words.end();
  }

  [[nodiscard]] subject_sets subjects_of(const property& p, std::string& unknown) const {
    const auto clocks = clock_names();
    subject_sets sets{{by_.lifecycle(), p.subject, clocks},
                      {by_.lifecycle(), p.target, clocks},
                      {by_.lifecycle(), p.except, clocks},
                      {by_.lifecycle(), p.anew, clocks}};
    findings all;
    check(p, all);
    for (const auto& f : all) {
      unknown += (unknown.empty() ? "" : "; ") + f.message;
    }
    return sets;
  }

  [[nodiscard]] detail::judgement judge(const property& p, const subject_sets& s) const {
    const detail::order_proofs order(cases_, shape_);
    const detail::people_proofs people(cases_, by_);
    switch (p.kind) {
    case property_kind::reachable:
      return order.reachable(p, s.subject);
    case property_kind::unreachable:
      return order.unreachable(p, s.subject);
    case property_kind::can_reach:
      return order.can_reach(p, s.subject, s.target);
    case property_kind::must_reach:
      return order.must_reach(p, s.subject, s.target);
    case property_kind::before:
      return order.before(p, s.subject, s.target, s.except, s.anew);
    case property_kind::never_after:
      return order.never_after(p, s.subject, s.target);
    case property_kind::bounded_cycles:
      return detail::cycle_proof(cases_, shape_, by_, s.subject, p.subject.empty(), bounds_of(p)).judge();
    case property_kind::complete:
      return detail::table_proofs(cases_, by_).judge(p, s.subject, s.target, true);
    case property_kind::disjoint:
      return detail::table_proofs(cases_, by_).judge(p, s.subject, s.target, false);
    case property_kind::carries:
      return people.carries(p, s.subject);
    case property_kind::only_roles:
      return people.roles(p, s.subject, true);
    case property_kind::not_roles:
      return people.roles(p, s.subject, false);
    case property_kind::has_clock:
      return people.has_clock(p, s.subject);
    case property_kind::within:
      return detail::timing_proof(cases_, by_).judge(p, s.subject, s.target);
    case property_kind::always_set:
      return people.always_set(p, s.target);
    case property_kind::possible:
      return people.possible(p, s.subject, s.target, true);
    case property_kind::impossible:
      return people.possible(p, s.subject, s.target, false);
    default:
      return {.verdict = proof_verdict::not_applicable,
              .because = "this property is proven by its name in the catalogue"};
    }
  }

  [[nodiscard]] detail::cycle_bounds bounds_of(const property& p) const {
    if (p.words.empty()) {
      return {};
    }
    detail::cycle_bounds b{false, false, false};
    for (const auto& w : p.words) {
      b.clock = b.clock || w == "clock" || w == "clocks" || w == "time";
      b.customer = b.customer || w == "customer" || w == "consent";
      b.counter = b.counter || w == "counter" || w == "counters" || by_.schema().slot(w).has_value();
    }
    return b;
  }

  void assume(proof& out) const {
    auto& all = out.assumptions;
    all.emplace_back("any actor may send any event at any time, with any data that it may bring");
    const auto& model = cases_.model();
    std::string free;
    std::string own;
    for (const auto slot : model.tracked) {
      auto& into = model.use[slot] == detail::slot_use::free ? free : own;
      into += (into.empty() ? "" : ", ") + model.in.names.attributes[slot].name;
    }
    if (!free.empty()) {
      all.push_back("event data may set " + free + " to any value of their types");
    }
    if (!own.empty()) {
      all.push_back("the lifecycle alone sets " + own + ", which begin with their defaults");
    }
    if (cases_.approximate()) {
      all.emplace_back("what hangs on the time or on clocks may go either way");
    }
  }

  policy by_;
  case_limits limits_;
  case_graph cases_;
  graph shape_;
  mutable bool follows_clocks_ = false;                 ///< these cases, or none that are few enough
  mutable std::shared_ptr<const prover> with_clocks_{}; ///< situations that the conditions of clocks tell apart
};

/// Proves the properties, one after the other, over the same situations.
[[nodiscard]] inline std::vector<proof> prove(const policy& by, const std::vector<property>& all,
                                              const case_limits& limits = {}) {
  const prover p(by, limits);
  std::vector<proof> proofs;
  for (const auto& each : all) {
    proofs.push_back(p.prove(each));
  }
  return proofs;
}

/// The properties that a policy claims of itself. What is no property becomes a finding at its place.
[[nodiscard]] inline std::vector<property> claims_of(const policy& by, findings& out) {
  std::vector<property> all;
  for (const auto& c : by.definition().properties) {
    for (auto& p : parse_property(c.claim, out, c.pointer)) {
      p.id = c.id;
      p.source = c.source;
      all.push_back(std::move(p));
    }
  }
  return all;
}

/// The faults of a policy's claims: sentences that are not understood, and names that nothing has.
[[nodiscard]] inline findings check_claims(const prover& by) {
  findings out;
  for (const auto& p : claims_of(by.rules(), out)) {
    by.check(p, out);
  }
  for (const auto& i : by.rules().definition().indicators) {
    findings found;
    (void)try_compile(i.share, by.rules().schema(), type::boolean(), found);
    for (auto& f : found) {
      f.pointer = child(i.pointer, "share");
      f.line = f.column = 0; // places within the expression
      out.push_back(std::move(f));
    }
    if (i.of != "opened" && i.of != "closed" && !by.rules().lifecycle().state(i.of)) {
      out.push_back({"unknown-name",
                     "\"" + i.of + "\" is no state; an indicator counts those opened, closed, or in a state",
                     child(i.pointer, "of"),
                     {}});
    }
  }
  return out;
}

} // namespace plaint
