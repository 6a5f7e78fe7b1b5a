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

/// Appends the record of an event that was accepted.
inline void write_down(const policy& by, case_file& file, event what, const std::vector<std::string>& states,
                       const progress& did) {
  auto& made = file.journal.records.emplace_back();
  made.number = did.sequence - 1;
  made.what = std::move(what);
  if (!made.what.data.keys.empty()) {
    made.what.data = normal_data(by, made.what.data);
  } else {
    made.what.data = node::mapping_of();
  }
  made.states = states;
  const auto own = did.effects.empty() ? std::string{} : key_of(file.now.id, did.sequence, "");
  for (const auto& e : did.effects) {
    if (e.key.starts_with(own)) {
      made.effects.push_back(e.key);
    }
  }
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
  write_down(by, file, std::move(what), leaf_names(by, made.right_after), made.did);
  return std::move(made.did);
}

/// Opens a case file by a run that others use too; what was done stays with it.
inline void open_by(complaint_run& work, case_file& file, std::string id, event opening) {
  opening.name = "opened";
  work.open(file.now, std::move(id), opening);
  file.journal.complaint = file.now.id;
  file.journal.policy = file.now.policy;
  if (work.did().accepted) {
    file.journal.records.reserve(4); // most complaints have a few
    write_down(work.rules(), file, std::move(opening), work.leaves(work.did().after), work.did());
  }
}

inline void apply_by(complaint_run& work, case_file& file, event what, const apply_options& options) {
  check_pinned(work.rules(), file.now);
  const bool late = what.effective_at < file.now.happened_at;
  if (late && !seen_before(file.now, what) && !stale(file.now, options)) {
    work.did() = take_late(work.rules(), file, std::move(what));
    return;
  }
  work.apply(file.now, what, options);
  const auto& did = work.did();
  if (did.accepted && !did.repeated) {
    write_down(work.rules(), file, std::move(what), work.leaves(did.after), did);
    if (file.journal.records.size() % checkpoint_distance == 0) {
      file.checkpoints.push_back({file.now, file.journal.records.size()});
    }
  }
}

} // namespace detail

/// Opens a complaint with a journal, whose record 0 is the opening.
[[nodiscard]] inline opened_file open_file(const policy& by, std::string id, event opening) {
  detail::complaint_run work(by);
  opened_file made;
  detail::open_by(work, made.file, std::move(id), std::move(opening));
  made.did = std::move(work.did());
  return made;
}

/// As `apply` for a complaint, and takes late facts: an event from before what already happened is put where it
/// belongs, within the policy's `max_backdate`, and everything after it is run again.
///
/// What turns out otherwise stands in `revisions`; what the host was asked to do and should not have been is taken back
/// by an effect of kind "retract", what it should have been asked follows. A late fact that would make a later event
/// impossible is refused as "conflict". A refusal changes nothing.
inline progress apply(const policy& by, case_file& file, event what, const apply_options& options = {}) {
  detail::complaint_run work(by);
  detail::apply_by(work, file, std::move(what), options);
  return std::move(work.did());
}

/// As `advance` for a complaint; time leaves no record, as it can always be run again.
inline progress advance(const policy& by, case_file& file, instant now) {
  detail::complaint_run work(by);
  work.advance(file.now, now);
  return std::move(work.did());
}

} // namespace plaint
