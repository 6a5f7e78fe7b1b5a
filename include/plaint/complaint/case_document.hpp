// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/journal.hpp>
#include <plaint/complaint/snapshot.hpp>
#include <plaint/complaint/verify.hpp>

#include <string>
#include <utility>

namespace plaint {

/// A case file as data: the snapshot, and the sealed journal where it is wanted and there is one.
[[nodiscard]] inline node write_case(const policy& by, case_file& file, bool with_journal = true) {
  node all = node::mapping_of();
  all.add("complaint", write_snapshot(by, file.now));
  if (with_journal && !file.journal.records.empty()) {
    seal(file.journal);
    node& records = all.add("journal", node::sequence_of());
    for (const auto& r : file.journal.records) {
      records.push(write_record(file.journal, r));
    }
  }
  return all;
}

/// The case file that `write_case` wrote, or that a snapshot alone gives; it takes no late facts without a journal.
/// Seals are held, events are not run again: `verify` does that. Throws `policy_error` with all that is wrong.
[[nodiscard]] inline case_file read_case(const policy& by, const node& written) {
  if (written.find("snapshot") != nullptr) {
    case_file file{.now = read_snapshot(by, written)};
    file.journal.complaint = file.now.id;
    file.journal.policy = file.now.policy;
    return file;
  }
  findings faults;
  object_reader fields(written, "", faults);
  const auto snapshot = fields.required("complaint");
  const auto records = fields.optional("journal");
  fields.finish();
  throw_if_error(faults);
  case_file file{.now = read_snapshot(by, snapshot->value())};
  file.journal.complaint = file.now.id;
  file.journal.policy = file.now.policy;
  if (!records) {
    return file;
  }
  journal read;
  for (const auto& item : records->items()) {
    read.records.push_back(read_record(item, read));
  }
  throw_if_error(faults);
  for (std::size_t i = 0; i < read.records.size(); ++i) {
    if (const auto why = detail::broken_seal(read, i)) {
      faults.push_back({"bad-journal", *why, child("/journal", i), {}});
      break;
    }
  }
  if (read.complaint != file.now.id || read.policy != file.now.policy || read.records.size() != file.now.sequence) {
    faults.push_back({"other-journal", "the journal is not that of the complaint", "/journal", {}});
  }
  throw_if_error(faults);
  file.journal = std::move(read);
  return file;
}

} // namespace plaint
