// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/horizon_error.hpp>
#include <plaint/clock/clock_state_document.hpp>
#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/detail/clock_move.hpp>
#include <plaint/complaint/detail/readings_before.hpp>
#include <plaint/complaint/detail/rerun_under.hpp>
#include <plaint/complaint/detail/revising.hpp>
#include <plaint/ladder/ladder_state_document.hpp>
#include <plaint/lifecycle/migration.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// What becomes of a clock when its complaint moves to another policy. Those from `carry` on are retargets at the last
/// instant that the complaint knows of.
enum class migration_mode : unsigned char {
  automatic,    ///< kept where both policies define it alike, else measured anew
  remeasure,    ///< as if the new policy had held from the opening; verdicts that change are revisions
  keep,         ///< the due instant stays, whatever the new goal is
  carry,        ///< the new goal, less what was consumed by the old policy's measure
  restart,      ///< the open cycle is superseded and a new one begins
  ratchet,      ///< carry, but with the shorter of both goals
  loosen,       ///< carry, but with the longer of both goals; written "ratchet later"
  proportional, ///< the consumed share of the goal stays what it was
};
inline constexpr std::array<std::string_view, 8> migration_mode_words{
    "automatic", "remeasure", "keep", "carry", "restart", "ratchet", "ratchet later", "proportional"};

/// How complaints move: old names to new ones, and what becomes of the clocks that are named here.
struct migration_plan {
  migration_map map{};
  std::map<std::string, migration_mode, std::less<>> clocks{};
};

/// A complaint under its new policy with a journal of that policy, and how its past changed; or why it can't move.
struct migrated_case {
  case_file file{};
  std::vector<revision> revisions{};
  findings faults{};
};

/// What would be lost if complaints moved from one policy to another; errors mean that some could not move.
[[nodiscard]] inline findings check_migration(const policy& from, const policy& to, const migration_plan& plan = {}) {
  findings all;
  for (auto f : check_migration(from.lifecycle(), to.lifecycle(), plan.map)) {
    f.pointer = "/lifecycle" + f.pointer;
    all.push_back(std::move(f));
  }
  const auto lost = [&](const char* section, const char* noun, const std::string& name) {
    all.push_back({std::string("lost-") + noun,
                   std::string("the new policy has no ") + noun + " \"" + name + "\"",
                   child(std::string("/") + section, name),
                   {},
                   severity::warning});
  };
  for (const auto& c : from.definition().clocks) {
    if (!to.clocks().find(c.id)) {
      lost("clocks", "clock", c.id);
    }
  }
  for (const auto& l : from.definition().ladders) {
    if (!to.ladders().find(l.id)) {
      lost("ladders", "ladder", l.id);
    }
  }
  for (const auto& [name, mode] : plan.clocks) {
    if (!from.clocks().find(name)) {
      all.push_back({"unknown-clock", "the old policy has no clock \"" + name + "\"", child("/clocks", name), {}});
    }
  }
  return all;
}

namespace detail {

class case_migration {
public:
  case_migration(const policy& from, const policy& to, const case_file& file, const migration_plan& plan)
      : from_(from), to_(to), file_(file), plan_(plan), again_(rerun_under(to, file.journal)) {
    if (!again_.fault && !file.journal.records.empty()) {
      (void)advance(to, again_.file, file.now.last_at);
    }
  }

  [[nodiscard]] migrated_case run() {
    migrated_case out;
    auto& c = out.file.now;
    c = file_.now;
    c.policy = to_.reference();
    c.attributes = initial_values(to_.schema());
    c.clocks.assign(to_.clocks().size(), {});
    c.ladders.assign(to_.ladders().size(), {});
    move_where(c);
    move_attributes(c);
    for (std::size_t i = 0; i < to_.clocks().size(); ++i) {
      move_clock(i, c);
    }
    move_ladders(c);
    for (auto& s : c.trail) {
      const auto found = s.state == no_id
                             ? std::nullopt
                             : to_.lifecycle().state(mapped(plan_.map.states, from_.lifecycle().name(s.state)));
      s.state = found.value_or(no_id);
    }
    c.next = next_of(c);
    out.faults = std::move(faults_);
    if (!has_error(out.faults)) {
      out.revisions = revisions_between(from_, file_.now, to_, c, to_.reference());
      move_journal(out.file);
    }
    return out;
  }

private:
  void fault(std::string code, std::string message, std::string pointer) {
    faults_.push_back({std::move(code), std::move(message), std::move(pointer), {}});
  }

  void move_where(complaint& c) {
    try {
      c.where = configuration_of(to_.lifecycle(),
                                 migrated(names_of(from_.lifecycle(), file_.now.where), to_.lifecycle(), plan_.map));
    } catch (const policy_error& e) {
      for (auto f : e.all()) {
        f.pointer = "/where" + f.pointer;
        faults_.push_back(std::move(f));
      }
    }
  }

  void move_attributes(complaint& c) {
    for (std::size_t i = 0; i < file_.now.attributes.size(); ++i) {
      const auto& declared = from_.schema().attributes[i];
      const auto name = mapped(plan_.map.attributes, declared.name);
      const auto slot = to_.schema().slot(name);
      if (!slot) {
        if (!name.empty() && !file_.now.attributes[i].is_absent()) {
          fault("lost-attribute", "the value of \"" + declared.name + "\" would be lost",
                child("/attributes", declared.name));
        }
        continue;
      }
      findings misread;
      const auto written = write_value(file_.now.attributes[i], declared.type);
      const auto read = read_value({written, child("/attributes", name), misread}, to_.schema().attributes[*slot].type);
      const auto why = read ? misfit(to_.schema().attributes[*slot], *read) : std::nullopt;
      faults_.insert(faults_.end(), misread.begin(), misread.end());
      if (why) {
        fault("out-of-range", *why, child("/attributes", name));
      } else if (read) {
        c.attributes[*slot] = *read;
      }
    }
  }

  void move_clock(std::size_t place, complaint& c) {
    const auto& id = to_.clocks()[place].definition.id;
    const auto old = from_.clocks().find(id);
    const auto wanted = plan_.clocks.find(id);
    auto mode = wanted == plan_.clocks.end() ? migration_mode::automatic : wanted->second;
    if (mode == migration_mode::automatic) {
      const bool alike = old && from_.clocks()[*old].definition == to_.clocks()[place].definition &&
                         from_.definition().calendars == to_.definition().calendars;
      mode = alike ? migration_mode::keep : migration_mode::remeasure;
    }
    if (old && mode != migration_mode::remeasure) {
      if (mode != migration_mode::keep || !keep_clock(place, *old, c)) {
        take_over(place, *old, c, retarget_of(mode));
      }
    } else if (again_.fault || file_.journal.records.empty()) {
      if (old && !file_.now.clocks[*old].cycles.empty()) {
        fault("not-measurable",
              "clock \"" + id +
                  "\" can't be measured anew: " + (again_.fault ? again_.fault->why : "there is no journal"),
              child("/clocks", id));
      }
    } else {
      c.clocks[place] = again_.file.now.clocks[place];
    }
  }

  /// As it stands, by names; false where the new policy has no such goal.
  [[nodiscard]] bool keep_clock(std::size_t place, std::size_t old, complaint& c) {
    findings misread;
    const auto written = write_clock_state(from_.clocks()[old], from_.lifecycle(), file_.now.clocks[old]);
    auto read = read_clock_state(to_.clocks()[place], to_.lifecycle(),
                                 {written, child("/clocks", to_.clocks()[place].definition.id), misread});
    if (has_error(misread)) {
      return false;
    }
    c.clocks[place] = std::move(read);
    return true;
  }

  [[nodiscard]] static retarget_mode retarget_of(migration_mode mode) noexcept {
    switch (mode) {
    case migration_mode::restart:
      return retarget_mode::restart;
    case migration_mode::ratchet:
      return retarget_mode::ratchet;
    case migration_mode::loosen:
      return retarget_mode::loosen;
    case migration_mode::proportional:
      return retarget_mode::proportional;
    case migration_mode::keep:
      return retarget_mode::pin;
    default:
      return retarget_mode::carry;
    }
  }

  /// The clock goes on under the new policy from the complaint's last instant.
  void take_over(std::size_t place, std::size_t old, complaint& c, retarget_mode mode) {
    const auto& id = to_.clocks()[place].definition.id;
    clock_facts facts;
    facts.at = c.last_at;
    facts.opened_at = c.opened_at;
    const auto active = active_words(to_.lifecycle(), c.where);
    const readings_before seen(from_, to_, file_.now);
    facts.seen = {.attributes = c.attributes,
                  .states = active,
                  .at = c.last_at,
                  .clocks = seen.clocks(),
                  .ladders = seen.ladders()};
    clock_work work;
    work.begin();
    std::optional<std::string> why;
    try {
      clock_move move(to_.clocks(), c.clocks, static_cast<std::uint16_t>(place), facts, work);
      why = move.take_over(from_.clocks()[old], file_.now.clocks[old], file_.now.attributes, mode);
    } catch (const horizon_error& e) {
      why = e.what();
    }
    if (why) {
      fault("not-movable", "clock \"" + id + "\": " + *why, child("/clocks", id));
      c.clocks[place] = {};
    }
  }

  [[nodiscard]] static std::vector<std::uint64_t> active_words(const lifecycle& in, const configuration& where) {
    return with_words(in.chart(), [&](auto words) {
      const opened<decltype(words)::value> now(in.chart(), where);
      return std::vector<std::uint64_t>(now.active.word.begin(), now.active.word.end());
    });
  }

  void move_ladders(complaint& c) {
    for (std::size_t i = 0; i < to_.ladders().size(); ++i) {
      const auto& d = to_.ladders()[i].definition;
      const auto old = from_.ladders().find(d.id);
      if (old && from_.ladders()[*old].definition == d) {
        findings misread;
        const auto written = write_ladder_state(file_.now.ladders[*old]);
        c.ladders[i] = read_ladder_state({written, child("/ladders", d.id), misread}, d.steps.size());
        faults_.insert(faults_.end(), misread.begin(), misread.end());
      } else if (!again_.fault && !file_.journal.records.empty()) {
        c.ladders[i] = again_.file.now.ladders[i];
      }
    }
  }

  /// The new policy's own journal where it leads to this complaint; else none, and the old one is the host's to keep.
  void move_journal(case_file& moved) {
    if (!again_.fault && !file_.journal.records.empty() && again_.file.now == moved.now) {
      moved.journal = std::move(again_.file.journal);
      return;
    }
    moved.journal.complaint = moved.now.id;
    moved.journal.policy = moved.now.policy;
  }

  const policy& from_;
  const policy& to_;
  const case_file& file_;
  const migration_plan& plan_;
  replayed again_;
  findings faults_{};
};

} // namespace detail

/// Moves a complaint to another policy: states and attributes by name, clocks by their modes. The one that is given
/// stays as it was. Throws `std::invalid_argument` if it does not pin `from`.
[[nodiscard]] inline migrated_case migrate(const policy& from, const policy& to, const case_file& file,
                                           const migration_plan& plan = {}) {
  detail::check_pinned(from, file.now);
  return detail::case_migration(from, to, file, plan).run();
}

/// What a migration would do to one complaint.
struct migration_preview {
  std::string complaint{};
  std::vector<revision> revisions{}; ///< due dates, verdicts, levels and states that would be others
  findings faults{};                 ///< why it can't move
};

/// What a migration would do to many complaints; those that it would not touch are left out. Nothing is changed.
[[nodiscard]] inline std::vector<migration_preview>
dry_run(const policy& from, const policy& to, std::span<const case_file> files, const migration_plan& plan = {}) {
  std::vector<migration_preview> all;
  for (const auto& file : files) {
    auto moved = migrate(from, to, file, plan);
    if (!moved.revisions.empty() || !moved.faults.empty()) {
      all.push_back({file.now.id, std::move(moved.revisions), std::move(moved.faults)});
    }
  }
  return all;
}

} // namespace plaint
