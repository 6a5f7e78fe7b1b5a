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
  for (std::size_t i = 0; i < j.records.size() && !out.fault; ++i) {
    progress did;
    if (i == 0) {
      auto opened = open_file(to, j.complaint, j.records[0].what);
      out.file = std::move(opened.file);
      did = std::move(opened.did);
    } else {
      did = apply(to, out.file, j.records[i].what);
    }
    if (!did.accepted) {
      out.fault = journal_fault{i, did.reasons.front().message};
    }
  }
  return out;
}

} // namespace plaint::detail
