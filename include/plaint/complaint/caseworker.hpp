// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/case_file.hpp>

#include <string>
#include <utility>

namespace plaint {

/// Handles case files of one policy, one after the other, as `open_file`, `apply` and `advance` do.
///
/// Those forget all when they are done; a caseworker keeps the memory that it works with, which is most of what a step
/// costs. What was done belongs to the caseworker and stands until it is asked again. One thread at a time.
///
///     caseworker worker(policy);
///     worker.open(file, "C-1", opening);
///     post(worker.apply(file, event).effects);
class caseworker {
public:
  explicit caseworker(const policy& by) : work_(by) {}

  [[nodiscard]] const policy& rules() const noexcept { return work_.rules(); }

  /// Puts a new complaint into a case file that has none; where it was refused, the journal stays empty.
  const progress& open(case_file& file, std::string id, event opening) {
    detail::open_by(work_, file, std::move(id), std::move(opening));
    return work_.did();
  }
  const progress& apply(case_file& file, event what, const apply_options& options = {}) {
    detail::apply_by(work_, file, std::move(what), options);
    return work_.did();
  }
  const progress& advance(case_file& file, instant now) {
    work_.advance(file.now, now);
    return work_.did();
  }

  /// What the last step did, to keep; the caseworker goes on with the memory of what is given.
  void hand_over(progress& into) { std::swap(into, work_.did()); }

private:
  detail::complaint_run work_;
};

} // namespace plaint
