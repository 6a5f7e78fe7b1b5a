// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/expr/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace plaint {

/// Guards in order, of which the first that is yes wins; unknown and error are not yes.
///
/// Rows that test one and the same enumeration (`category == "x"`, `category in [...]`, alone or with && more) are
/// found by its member: only those that can still match are looked at. The answer is always that of looking at every
/// row.
class decision_table {
public:
  decision_table() = default;
  explicit decision_table(std::vector<program> rows) : rows_(std::move(rows)) { index(); }

  [[nodiscard]] const std::vector<program>& rows() const noexcept { return rows_; }

  /// The attribute by whose members rows are found, if there is one.
  [[nodiscard]] std::optional<std::uint16_t> indexed_by() const noexcept { return slot_; }

  /// The place of the first row that is yes. Allocates nothing.
  [[nodiscard]] std::optional<std::size_t> first_match(const scope& seen) const noexcept {
    std::size_t list = 0; // of rows that do not test the attribute: for absent and for members that no row names
    if (slot_ && *slot_ < seen.attributes.size() && !seen.attributes[*slot_].is_absent()) {
      const auto* member = seen.attributes[*slot_].get_if<enum_member>();
      if (member == nullptr) {
        return scan(seen);
      }
      list = member->index + std::size_t{1} < starts_.size() - 1 ? member->index + std::size_t{1} : 0;
    }
    if (!slot_) {
      return scan(seen);
    }
    for (std::size_t i = starts_[list]; i < starts_[list + 1]; ++i) {
      if (entries_[i].certain || evaluate(rows_[entries_[i].row], seen)) {
        return entries_[i].row;
      }
    }
    return std::nullopt;
  }

private:
  struct entry {
    std::uint32_t row = 0;
    bool certain = false; ///< the member alone decides it
  };

  /// Which members a row lets pass: bit by bit, and whether that is all that it asks.
  struct passing {
    std::vector<std::uint64_t> members{};
    bool alone = false;
  };

  [[nodiscard]] std::optional<std::size_t> scan(const scope& seen) const noexcept {
    for (std::size_t row = 0; row < rows_.size(); ++row) {
      if (evaluate(rows_[row], seen)) {
        return row;
      }
    }
    return std::nullopt;
  }

  /// The members of the attribute in this slot that a row can be yes for; nothing if it does not test it.
  [[nodiscard]] static std::optional<passing> passes(const program& row, std::uint16_t slot) {
    const auto& code = row.code();
    const auto& steps = code.instructions;
    if (steps.size() == 2 && steps[0].op == detail::opcode::attribute && steps[0].b == slot &&
        steps[1].op == detail::opcode::in_set) {
      const auto begin = code.masks.begin() + steps[1].c;
      return passing{{begin, begin + steps[1].b}, true};
    }
    for (const auto& test : row.comparisons()) {
      if (test.slot == slot && test.kind == detail::tag::member && test.test == detail::relation::equal) {
        const auto place = static_cast<std::size_t>(test.bits);
        passing p{std::vector<std::uint64_t>(place / 64 + 1), row.comparisons().size() == 1};
        p.members[place / 64] = std::uint64_t{1} << (place % 64);
        return p;
      }
      if (test.slot == slot && test.test == detail::relation::one_of) {
        return passing{{static_cast<std::uint64_t>(test.bits)}, row.comparisons().size() == 1};
      }
    }
    return std::nullopt;
  }

  /// The attribute that most rows test; it must be at least two.
  [[nodiscard]] std::optional<std::uint16_t> commonest() const {
    std::vector<std::uint16_t> tested;
    for (const auto& row : rows_) {
      for (const auto slot : row.reads()) {
        if (passes(row, slot)) {
          tested.push_back(slot);
        }
      }
    }
    std::sort(tested.begin(), tested.end());
    std::optional<std::uint16_t> best;
    std::ptrdiff_t most = 1;
    for (auto at = tested.begin(); at != tested.end();) {
      const auto next = std::upper_bound(at, tested.end(), *at);
      if (next - at > most) {
        most = next - at;
        best = *at;
      }
      at = next;
    }
    return best;
  }

  void index() {
    constexpr std::size_t most_entries = 1U << 20U;
    const auto slot = commonest();
    if (!slot) {
      return;
    }
    std::vector<std::optional<passing>> all;
    std::size_t words = 0;
    for (const auto& row : rows_) {
      all.push_back(passes(row, *slot));
      words = std::max(words, all.back() ? all.back()->members.size() : 0);
    }
    if ((words * 64 + 1) * rows_.size() > most_entries) {
      return;
    }
    // List 0 has the rows that do not test the attribute; list m + 1 those that member m can pass.
    for (std::size_t list = 0; list <= words * 64; ++list) {
      starts_.push_back(entries_.size());
      for (std::size_t row = 0; row < all.size(); ++row) {
        const bool named = list > 0 && all[row] && (list - 1) / 64 < all[row]->members.size() &&
                           ((all[row]->members[(list - 1) / 64] >> ((list - 1) % 64)) & 1U) != 0;
        if (!all[row] || named) {
          entries_.push_back({static_cast<std::uint32_t>(row), named && all[row]->alone});
        }
      }
    }
    starts_.push_back(entries_.size());
    slot_ = slot;
  }

  std::vector<program> rows_{};
  std::optional<std::uint16_t> slot_{};
  std::vector<std::size_t> starts_{};
  std::vector<entry> entries_{};
};

} // namespace plaint
