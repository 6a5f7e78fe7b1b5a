// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/hotline.hpp"

#include <plaint/complaint/case_file.hpp>

#include <vector>

namespace random_case {

/// One story that holds a bit of everything.
inline std::vector<plaint::event> fixed_story() {
  std::vector<plaint::event> all{hotline::event("", "2026-11-20T15:00:00Z", "customer")};
  all.push_back(hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }"));
  all.push_back(hotline::event("answer", "2026-11-23T10:00:00Z", "lead"));
  all.push_back(hotline::event("object", "2026-11-24T10:00:00Z", "customer"));
  all.push_back(hotline::event("answer", "2026-12-01T10:00:00Z", "lead"));
  return all;
}

inline plaint::case_file run(const plaint::policy& by, const std::vector<plaint::event>& story) {
  auto file = plaint::open_file(by, "C-1", story.front()).file;
  for (std::size_t i = 1; i < story.size(); ++i) {
    (void)plaint::apply(by, file, story[i]);
  }
  return file;
}

} // namespace random_case
