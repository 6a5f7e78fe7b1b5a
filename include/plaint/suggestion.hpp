// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cctype>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

/// The number of insertions, deletions, replacements and swaps of neighbours that turn one text into the other, case
/// aside (the optimal string alignment distance).
[[nodiscard]] inline std::size_t edit_distance(std::string_view a, std::string_view b) {
  const auto same = [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  };
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before.swap(above);
    above.swap(row);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool equal = same(a[i - 1], b[j - 1]);
      row[j] = std::min({above[j - 1] + (equal ? 0 : 1), row[j - 1] + 1, above[j] + 1});
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
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
