// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/detail/fitting.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace plaint::detail {

/// Collects findings about a text, each at its line and column (1-based, code points).
class report {
public:
  report(std::string_view text, findings& out) noexcept : text_(text), out_(&out), before_(out.size()) {}

  void fault(std::string code, std::string message, std::size_t at, std::string suggestion = {},
             severity weight = severity::error) {
    finding f{std::move(code), std::move(message), "", std::move(suggestion), weight};
    const auto before = text_.substr(0, std::min(at, text_.size()));
    const auto line_start = before.rfind('\n') + 1; // npos + 1 is 0
    f.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
    f.column = 1 + static_cast<int>(code_points(before.substr(line_start)));
    out_->push_back(std::move(f));
  }

  void outside(const std::string& what, std::size_t at, std::string suggestion = {}) {
    fault("outside-subset", what + " is outside of plaint's subset of CEL", at, std::move(suggestion));
  }

  /// True if this report has added an error.
  [[nodiscard]] bool failed() const {
    return std::any_of(out_->begin() + static_cast<std::ptrdiff_t>(before_), out_->end(),
                       [](const finding& f) { return f.weight == severity::error; });
  }

  [[nodiscard]] std::string_view text() const noexcept { return text_; }
  [[nodiscard]] std::string_view text(stretch s) const noexcept { return text_.substr(s.from, s.to - s.from); }

private:
  std::string_view text_;
  findings* out_;
  std::size_t before_;
};

} // namespace plaint::detail
