// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cctype>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

/// The number of single-character insertions, deletions and replacements that turn one text into the other, case
/// aside (Levenshtein's distance).
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

/// The known name nearest to what was written, or nothing where none is near enough to be a slip of the pen.
template <class Names>
[[nodiscard]] std::string nearest(std::string_view written, const Names& known) {
  constexpr std::size_t longest = 200; // the distance costs the product of both lengths
  std::string best;
  std::size_t best_distance = std::min<std::size_t>(written.size() / 3, 3) + 1;
  if (written.size() > longest) {
    return best;
  }
  for (const auto& name : known) {
    const std::string_view candidate(name);
    if (candidate.size() > longest || candidate == written) {
      continue;
    }
    if (const auto distance = edit_distance(written, candidate); distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

} // namespace plaint
