// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/journal.hpp>
#include <plaint/complaint/verify.hpp>
#include <plaint/io/json.hpp>
#include <plaint/reader.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace plaint {

/// A journal read from JSON Lines, and the first line that is no record of it.
struct read_lines {
  plaint::journal journal{};
  std::optional<journal_fault> fault{};
};

namespace detail {

/// The end line: how many records there are, and the last seal.
inline std::optional<std::string> check_end(const node& end, const journal& j) {
  findings faults;
  object_reader fields(end, "", faults);
  const auto count = fields.required("records");
  const auto head = fields.required("head");
  fields.finish();
  const auto records = count ? count->integer(0).value_or(-1) : -1; // what was read is at least 0
  const auto seal = head ? head->text() : std::nullopt;
  if (!faults.empty() || records < 0 || !seal) {
    return faults.empty() ? "the end is not whole" : to_string(faults.front());
  }
  if (static_cast<std::size_t>(records) != j.records.size()) {
    return "the end speaks of " + std::to_string(records) + " records";
  }
  return j.records.empty() || *seal == j.records.back().seal ? std::nullopt
                                                             : std::optional<std::string>("the end has another seal");
}

/// One line; true if it was the end.
inline bool read_line(std::string_view line, read_lines& into, const document_limits& limits) {
  auto& j = into.journal;
  const auto fault = [&](std::string why) {
    into.fault = journal_fault{j.records.size(), std::move(why)};
    return true;
  };
  try {
    const auto read = read_json(line, {}, limits);
    if (read.root.find("records") != nullptr) {
      if (auto why = check_end(read.root, j)) {
        fault(*std::move(why));
      }
      return true;
    }
    findings faults;
    auto record = read_record({read.root, "", faults}, j);
    if (!faults.empty()) {
      return fault(to_string(faults.front()));
    }
    if (record.seal.empty()) {
      return fault("it has no seal");
    }
    if (canonical(write_record(j, record)) != line) {
      return fault("the line is not in canonical form");
    }
    j.records.push_back(std::move(record));
    return false;
  } catch (const policy_error& e) {
    return fault(to_string(e.all().front()));
  }
}

} // namespace detail

/// A journal from the text that `to_json_lines` wrote. Never throws: what is cut short, garbled or not in canonical
/// form is the fault, with the record at which it begins; the records before it are handed back.
[[nodiscard]] inline read_lines read_journal(std::string_view text, const document_limits& limits = {}) {
  read_lines all;
  std::size_t at = 0;
  while (at < text.size()) {
    const auto end = text.find('\n', at);
    if (end == text.npos) {
      break; // a line without its end was cut
    }
    const bool last = detail::read_line(text.substr(at, end - at), all, limits);
    at = end + 1;
    if (last) {
      if (!all.fault && at != text.size()) {
        all.fault = journal_fault{all.journal.records.size(), "something follows the end"};
      }
      return all;
    }
  }
  all.fault = journal_fault{all.journal.records.size(), "the text ends before the journal does"};
  return all;
}

/// As `verify` for a journal, from JSON Lines.
[[nodiscard]] inline std::optional<journal_fault> verify_lines(const policy& by, std::string_view text,
                                                               const complaint* stored = nullptr) {
  auto read = read_journal(text);
  const bool ended = !read.fault; // then the end has the last record's seal
  auto fault =
      read.journal.records.empty() ? std::nullopt : detail::verify(by, read.journal, ended ? stored : nullptr, ended);
  return fault ? fault : read.fault;
}

} // namespace plaint
