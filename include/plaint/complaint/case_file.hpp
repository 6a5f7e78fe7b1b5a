// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/complaint/detail/late_fact.hpp>
#include <plaint/complaint/journal.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// A complaint with its journal: what takes late facts, and what can prove itself.
struct case_file {
  complaint now{};
  plaint::journal journal{};
  std::vector<detail::checkpoint> checkpoints{}; ///< where a replay can begin; no part of its value

  friend bool operator==(const case_file& a, const case_file& b) { return a.now == b.now && a.journal == b.journal; }
};

/// A new case file, and what the opening did; where it was refused the journal is empty.
struct opened_file {
  case_file file{};
  progress did{};
};

namespace detail {

/// How many records lie between two checkpoints.
inline constexpr std::size_t checkpoint_distance = 32;

[[nodiscard]] inline journal_record record_of(const policy& by, std::uint64_t sequence, event what,
                                              const configuration& after, const complaint& of,
                                              const std::vector<effect>& effects) {
  journal_record made{.number = sequence - 1, .what = std::move(what)};
  made.what.data = normal_data(by, made.what.data);
  for (const auto s : by.lifecycle().leaves(after)) {
    made.states.push_back(by.lifecycle().name(s));
  }
  const auto own = of.id + "/" + std::to_string(sequence) + "/";
  for (const auto& e : effects) {
    if (e.key.starts_with(own)) {
      made.effects.push_back(e.key);
    }
  }
  return made;
}

inline progress take_late(const policy& by, case_file& file, event what) {
  auto made = insert_late(by, file.now, file.journal, file.checkpoints, what);
  if (!made.did.accepted) {
    made.did.next_wake_up = wake_up(file.now);
    return std::move(made.did);
  }
  while (!file.checkpoints.empty() && file.checkpoints.back().place > made.place) {
    file.checkpoints.pop_back();
  }
  file.now = std::move(made.now);
  file.journal.records.push_back(
      record_of(by, made.did.sequence, std::move(what), made.right_after, file.now, made.did.effects));
  return std::move(made.did);
}

} // namespace detail

/// Opens a complaint with a journal, whose record 0 is the opening.
[[nodiscard]] inline opened_file open_file(const policy& by, std::string id, event opening) {
  opening.name = "opened";
  auto first = open(by, std::move(id), opening);
  opened_file made{{.now = std::move(first.complaint)}, std::move(first.did)};
  made.file.journal.complaint = made.file.now.id;
  made.file.journal.policy = made.file.now.policy;
  if (made.did.accepted) {
    made.file.journal.records.push_back(
        detail::record_of(by, 1, std::move(opening), made.did.after, made.file.now, made.did.effects));
  }
  return made;
}

/// As `apply` for a complaint, and takes late facts: an event from before what already happened is put where it
/// belongs, within the policy's `max_backdate`, and everything after it is run again.
///
/// What turns out otherwise stands in `revisions`; what the host was asked to do and should not have been is taken back
/// by an effect of kind "retract", what it should have been asked follows. A late fact that would make a later event
/// impossible is refused as "conflict". A refusal changes nothing.
inline progress apply(const policy& by, case_file& file, event what, const apply_options& options = {}) {
  detail::check_pinned(by, file.now);
  const bool late = what.effective_at < file.now.happened_at;
  if (late && !detail::seen_before(file.now, what) && !detail::stale(file.now, options)) {
    return detail::take_late(by, file, std::move(what));
  }
  auto [after, did] = apply(by, std::move(file.now), what, options);
  file.now = std::move(after);
  if (did.accepted && !did.repeated) {
    file.journal.records.push_back(
        detail::record_of(by, did.sequence, std::move(what), did.after, file.now, did.effects));
    if (file.journal.records.size() % detail::checkpoint_distance == 0) {
      file.checkpoints.push_back({file.now, file.journal.records.size()});
    }
  }
  return std::move(did);
}

/// As `advance` for a complaint; time leaves no record, as it can always be run again.
inline progress advance(const policy& by, case_file& file, instant now) {
  auto [after, did] = advance(by, file.now, now);
  file.now = std::move(after);
  return std::move(did);
}

} // namespace plaint
