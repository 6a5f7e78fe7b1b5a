// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_set.hpp>
#include <plaint/ladder/ladder_set.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/policy/detail/raise_bound.hpp>
#include <plaint/policy/extended_document.hpp>
#include <plaint/policy/policy_definition.hpp>
#include <plaint/policy/policy_document.hpp>
#include <plaint/time/zone_source.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// The rules by which complaints are handled: checked, immutable, identified by its content. Copies share it; it is
/// safe to use from many threads.
class policy {
public:
  /// Checks everything and compiles it. Throws `policy_error` with all faults at once.
  [[nodiscard]] static policy compile(policy_definition definition, const zone_source& zones = system_source()) {
    findings out;
    auto made = try_compile(std::move(definition), zones, out);
    throw_if_error(out);
    return *std::move(made);
  }

  /// As `compile`: appends the findings, and gives nothing where one of them is an error.
  [[nodiscard]] static std::optional<policy> try_compile(policy_definition definition, const zone_source& zones,
                                                         findings& out);

  [[nodiscard]] const policy_definition& definition() const noexcept { return rules_->definition; }
  [[nodiscard]] const std::string& id() const noexcept { return rules_->definition.id; }
  [[nodiscard]] const std::string& version() const noexcept { return rules_->definition.version; }

  /// SHA-256 of the canonical form: two policies with one digest mean the same.
  [[nodiscard]] const std::string& digest() const noexcept { return rules_->digest; }

  /// "id@version#digest": what a complaint pins.
  [[nodiscard]] const std::string& reference() const noexcept { return rules_->reference; }

  [[nodiscard]] const plaint::lifecycle& lifecycle() const noexcept { return *rules_->lifecycle; }
  [[nodiscard]] const plaint::schema& schema() const noexcept { return rules_->lifecycle->schema(); }
  [[nodiscard]] const clock_set& clocks() const noexcept { return rules_->clocks; }
  [[nodiscard]] const ladder_set& ladders() const noexcept { return rules_->ladders; }
  [[nodiscard]] const std::vector<named_calendar>& calendars() const noexcept { return rules_->calendars; }

  /// The clocks with names come first; behind them there is one for each of the lifecycle's timers.
  [[nodiscard]] std::size_t named_clocks() const noexcept { return rules_->definition.clocks.size(); }

  /// How many events clocks and ladders can send into the lifecycle at one instant, proven when the policy was
  /// compiled; 64 where there is no bound and a finding "raise-loop" says so.
  [[nodiscard]] std::uint64_t raises_at_once() const noexcept { return rules_->raises; }

  /// Warnings and notes of the check.
  [[nodiscard]] const findings& notes() const noexcept { return rules_->notes; }

  friend bool operator==(const policy& a, const policy& b) noexcept {
    return a.rules_ == b.rules_ || a.rules_->reference == b.rules_->reference;
  }

private:
  struct rules {
    policy_definition definition;
    std::vector<named_calendar> calendars{};
    std::optional<plaint::lifecycle> lifecycle{};
    clock_set clocks{};
    ladder_set ladders{};
    std::uint64_t raises = 0;
    findings notes{};
    std::string digest{};
    std::string reference{};
  };

  explicit policy(std::shared_ptr<const rules> made) noexcept : rules_(std::move(made)) {}

  std::shared_ptr<const rules> rules_;
};

namespace detail {

/// Moves the findings of one part of a policy below the pointer of that part; those that know the whole pointer stay.
inline void append_below(findings& out, findings part, const std::string& pointer) {
  for (auto& f : part) {
    if (!f.pointer.starts_with(pointer)) {
      f.pointer = pointer + f.pointer;
    }
    f.line = f.column = 0; // places within a guard's text say nothing of the document
    out.push_back(std::move(f));
  }
}

inline std::vector<named_calendar> compile_calendars(const std::vector<calendar_definition>& all,
                                                     const zone_source& zones, findings& out) {
  std::vector<named_calendar> made;
  for (const auto& d : all) {
    try {
      made.push_back({d.id, calendar::compile(d, zones)});
    } catch (const policy_error& e) {
      append_below(out, e.all(), child("/calendars", d.id));
      made.push_back({d.id, calendar::compile(always())}); // its name is known, so that clocks are still checked
    }
  }
  return made;
}

inline void check_late_facts(const policy_definition& d, findings& out) {
  std::vector<std::string> roles;
  for (const auto& r : d.roles) {
    roles.push_back(r.name);
  }
  for (const auto& name : d.late_facts.by) {
    if (std::find(roles.begin(), roles.end(), name) == roles.end()) {
      out.push_back(
          {"unknown-role", "\"" + name + "\" is no role of the policy", "/max_backdate/by", nearest(name, roles)});
    }
  }
}

/// The lifecycle's own timers (`after`, `within`) as clocks behind those with names: one per timer, in their order.
/// There is one kind of clock only. Those of the lifecycle as a whole run from the opening to its end.
inline void append_timers(std::vector<clock_definition>& clocks, const lifecycle& in,
                          const std::vector<named_calendar>& calendars, findings& out) {
  for (const auto& timer : in.timers()) {
    const auto pointer = timer.pointer.empty() ? std::string("/lifecycle") : timer.pointer;
    clock_definition c{.id = timer.name, .cycles = clock_cycles::independent, .pointer = pointer};
    if (timer.state == no_id) {
      c.start = {{trigger_kind::opened, {}, pointer}};
      c.stop = {{trigger_kind::opened, {}, pointer, "false"}}; // a clock needs one; this never happens
    } else {
      const auto& state = in.name(timer.state);
      c.start = {{trigger_kind::enter, state, pointer}};
      c.stop = {{trigger_kind::exit, state, pointer}};
    }
    if (!calendars.empty()) {
      c.calendars.push_back({.calendar = calendars.front().name, .pointer = pointer});
    }
    if (auto length = parse_goal(timer.duration, out, pointer)) {
      c.goals.push_back({.goal = std::move(*length), .pointer = pointer});
    }
    clocks.push_back(std::move(c));
  }
}

/// Pauses and extensions ask for a reason: a field of events that need not be declared.
inline void add_reason(const policy_definition& d, schema& sees) {
  const auto asks = [](const clock_definition& c) {
    return (c.pause && c.pause->reasons.size() > 1) ||
           std::any_of(c.extensions.begin(), c.extensions.end(), [](const auto& e) { return !e.reasons.empty(); });
  };
  if (std::any_of(d.clocks.begin(), d.clocks.end(), asks) && !sees.event_field("reason") && !sees.slot("reason")) {
    sees.event_fields.push_back({"reason", type::string()});
  }
}

/// Every clock that names a source names one that is listed.
inline void check_sources(const policy_definition& d, findings& out) {
  std::vector<std::string> known;
  for (const auto& s : d.sources) {
    known.push_back(s.name);
  }
  for (const auto& c : d.clocks) {
    if (!c.source.empty() && std::find(known.begin(), known.end(), c.source) == known.end()) {
      out.push_back({"unknown-source", "\"" + c.source + "\" is none of the section sources",
                     child(c.pointer, "source"), nearest(c.source, known)});
    }
  }
}

} // namespace detail

inline std::optional<policy> policy::try_compile(policy_definition definition, const zone_source& zones,
                                                 findings& out) {
  auto made = std::make_shared<rules>(rules{.definition = std::move(definition)});
  const auto& d = made->definition;
  findings found;
  if (d.id.empty() || d.version.empty()) {
    found.push_back({"missing", "a policy needs an id and a version", "", {}});
  }
  detail::check_sources(d, found);
  made->calendars = detail::compile_calendars(d.calendars, zones, found);
  detail::check_late_facts(d, found);
  plaint::schema sees{.attributes = d.attributes, .event_fields = d.event_data};
  for (const auto& c : d.clocks) {
    sees.clocks.push_back(c.id);
  }
  for (const auto& l : d.ladders) {
    sees.ladders.push_back(l.id);
  }
  detail::add_reason(d, sees);
  findings attributes = check(sees);
  const bool named = !has_error(attributes);
  found.insert(found.end(), attributes.begin(), attributes.end());
  if (named) { // guards over broken declarations would repeat their faults
    findings ways;
    made->lifecycle = plaint::lifecycle::try_compile(d.lifecycle, std::move(sees), d.roles, ways);
    detail::append_below(found, std::move(ways), "/lifecycle");
  }
  if (made->lifecycle) {
    auto clocks = d.clocks;
    detail::append_timers(clocks, *made->lifecycle, made->calendars, found);
    made->clocks =
        clock_set::compile(std::move(clocks), made->calendars, *made->lifecycle, found, d.calendar_edits, zones);
    made->ladders = ladder_set::compile(d.ladders, d.clocks, made->clocks, made->calendars, *made->lifecycle, found);
  }
  const bool whole = !has_error(found);
  if (whole) {
    made->raises = detail::raise_bound(*made->lifecycle, made->clocks, made->ladders, found).sent();
  }
  out.insert(out.end(), found.begin(), found.end());
  if (!whole) {
    return std::nullopt;
  }
  made->notes = std::move(found);
  made->digest = plaint::digest(write_policy(d));
  made->reference = d.id + "@" + d.version + "#" + made->digest;
  return policy(std::move(made));
}

/// Reads and compiles a document, laid over those that it extends. Throws `policy_error` with all findings of the
/// reader and of the check, each with file, line and column.
[[nodiscard]] inline policy load_policy(const document& from, const zone_source& zones = system_source(),
                                        const document_source& others = {}) {
  findings out;
  const auto whole = extend(from, others, out);
  auto definition = read_policy(whole.root, out);
  auto made = policy::try_compile(std::move(definition), zones, out);
  place_findings(out, whole);
  throw_if_error(out);
  return *std::move(made);
}

} // namespace plaint
