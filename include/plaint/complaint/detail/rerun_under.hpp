// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/journal.hpp>
#include <plaint/complaint/verify.hpp>

#include <cstddef>
#include <utility>

namespace plaint::detail {

/// The journal's events run under another policy, as far as they can be; their outcomes are that policy's.
[[nodiscard]] inline replayed rerun_under(const policy& to, const journal& j) {
  replayed out;
  complaint_run work(to);
  for (std::size_t i = 0; i < j.records.size() && !out.fault; ++i) {
    if (i == 0) {
      open_by(work, out.file, j.complaint, j.records[0].what);
    } else {
      apply_by(work, out.file, j.records[i].what, {});
    }
    if (!work.did().accepted) {
      out.fault = journal_fault{i, work.did().reasons.front().message};
    }
  }
  return out;
}

} // namespace plaint::detail
