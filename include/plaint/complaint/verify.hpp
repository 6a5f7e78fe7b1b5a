// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/journal.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace plaint {

/// What is wrong with a journal: the first bad record, counted from 0, and why. A record that is missing at the end is
/// the one behind the last.
struct journal_fault {
  std::size_t record = 0;
  std::string why{};

  friend bool operator==(const journal_fault&, const journal_fault&) = default;
};

namespace detail {

[[nodiscard]] inline std::optional<std::string> broken_seal(const journal& j, std::size_t i) {
  const auto& r = j.records[i];
  if (r.number != i) {
    return "it has the number " + std::to_string(r.number);
  }
  if (r.previous != (i == 0 ? std::string{} : j.records[i - 1].seal)) {
    return "it does not follow the record before it";
  }
  std::string text;
  if (r.seal != seal_of(j, r, text)) {
    return "its seal is not that of what it says";
  }
  return std::nullopt;
}

/// The first record that the numbers and seals speak against; `ended`: the end of the journal vouches for the last one.
///
/// A record whose own seal is right and that another vouches for, but that was sealed to another record than the one
/// before it, speaks against that one: it was changed, and sealed anew by itself.
[[nodiscard]] inline std::optional<journal_fault> first_broken(const journal& j, bool ended) {
  std::string text;
  for (std::size_t i = 0; i < j.records.size(); ++i) {
    auto why = broken_seal(j, i);
    if (!why) {
      continue;
    }
    const auto& r = j.records[i];
    const bool vouched = i + 1 < j.records.size() ? j.records[i + 1].previous == r.seal : ended;
    const bool unlinked = i > 0 && r.number == i && r.previous != j.records[i - 1].seal;
    if (unlinked && vouched && r.seal == seal_of(j, r, text)) {
      return journal_fault{i - 1, "the record behind it was sealed to another"};
    }
    return journal_fault{i, *std::move(why)};
  }
  return std::nullopt;
}

[[nodiscard]] inline std::optional<std::string> other_outcome(const journal_record& written,
                                                              const journal_record& made) {
  if (written.what.data != made.what.data || written.what.name != made.what.name) {
    return "the event is not in the form in which journals keep it";
  }
  if (written.states != made.states) {
    return "run again, it leads to other states";
  }
  if (written.effects != made.effects) {
    return "run again, it asks for other effects";
  }
  return std::nullopt;
}

/// Runs one record on a case file; the fault if it is refused or has another outcome.
[[nodiscard]] inline std::optional<std::string> rerun(complaint_run& work, case_file& file, const journal& j,
                                                      std::size_t i) {
  if (i == 0) {
    open_by(work, file, j.complaint, j.records[i].what);
  } else {
    apply_by(work, file, j.records[i].what, {});
  }
  const auto& did = work.did();
  if (!did.accepted) {
    return "run again, it is refused: " + did.reasons.front().message;
  }
  return did.repeated ? std::optional<std::string>("its key came before")
                      : other_outcome(j.records[i], file.journal.records.back());
}

} // namespace detail

/// A journal run again from its opening, or the first record that can't be.
struct replayed {
  case_file file{};
  std::optional<journal_fault> fault{};
};

/// Runs a journal again. Seals are not looked at; what the records say of states and effects is.
///
/// Throws `std::invalid_argument` if the journal pins another policy.
[[nodiscard]] inline replayed replay(const policy& by, const journal& j) {
  if (j.policy != by.reference()) {
    throw std::invalid_argument("journal \"" + j.complaint + "\" is of " + j.policy + ", not of " + by.reference());
  }
  replayed out;
  detail::complaint_run work(by);
  for (std::size_t i = 0; i < j.records.size() && !out.fault; ++i) {
    if (auto why = detail::rerun(work, out.file, j, i)) {
      out.fault = journal_fault{i, *std::move(why)};
    }
  }
  if (j.records.empty()) {
    out.fault = journal_fault{0, "the opening is missing"};
  }
  return out;
}

namespace detail {

/// As `plaint::verify`; `ended`: a head that was kept vouches for the last record.
[[nodiscard]] inline std::optional<journal_fault> verify(const policy& by, journal j, const complaint* stored,
                                                         bool ended) {
  seal(j);
  const auto broken = first_broken(j, ended);
  if (j.policy != by.reference()) {
    return broken && broken->record == 0
               ? broken
               : journal_fault{0, "it is of the policy " + j.policy + ", not of " + by.reference()};
  }
  if (broken) {
    j.records.resize(broken->record); // what comes before it may be forged all the same
  }
  auto again = replay(by, j);
  if (again.fault && !(broken && j.records.empty())) {
    return again.fault;
  }
  if (!broken && stored != nullptr) {
    const auto now = advance(by, again.file.now, stored->last_at).complaint;
    if (stored->sequence > now.sequence) {
      return journal_fault{j.records.size(), "the complaint has seen " + std::to_string(stored->sequence) + " events"};
    }
    if (now != *stored) {
      return journal_fault{j.records.size() - 1, "the complaint is not what its journal leads to"};
    }
  }
  return broken;
}

} // namespace detail

/// Holds a journal against itself and against the policy: the numbers and seals of the records, then what comes of
/// running them again, and, where a complaint is given, whether it is the one that they lead to. Nothing if all is
/// well.
[[nodiscard]] inline std::optional<journal_fault> verify(const policy& by, journal j,
                                                         const complaint* stored = nullptr) {
  return detail::verify(by, std::move(j), stored, false);
}

} // namespace plaint
