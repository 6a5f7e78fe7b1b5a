// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/expr/detail/code.hpp>
#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// One test of an attribute against a constant, as a guard's fast form: attribute `slot`, `test`, `bits`.
using comparison = detail::comparison;

/// A compiled expression: immutable, flat, cheap to copy (copies share it), safe to use from many threads.
///
/// A default program is the guard that is always yes.
class program {
public:
  program() = default;
  explicit program(std::shared_ptr<const detail::code> code) noexcept : code_(std::move(code)) {}

  /// The text that it was compiled from; empty for the default program.
  [[nodiscard]] std::string_view text() const noexcept { return code_ ? std::string_view(code_->text) : ""; }

  [[nodiscard]] type result() const { return code_ ? code_->result : type::boolean(); }

  /// The value, if it is the same whatever the scope holds.
  [[nodiscard]] std::optional<value> constant() const { return code_ ? code_->constant : std::optional<value>(true); }

  /// The slots of the attributes that it reads, ascending, each once.
  [[nodiscard]] const std::vector<std::uint16_t>& reads() const noexcept { return code().reads; }

  /// The places of the states that it asks for with `in_state`, ascending, each once.
  [[nodiscard]] const std::vector<std::uint16_t>& states() const noexcept { return code().states; }

  /// True if it sees nothing but attributes: no event, actor, instant, state, clock or ladder.
  [[nodiscard]] bool reads_attributes_only() const noexcept { return !code_ || code_->attributes_only; }

  /// The whole guard as tests that must all be yes, where it has that simple form; empty where it does not.
  ///
  /// A host that keeps attributes in columns of its own can run these instead; `evaluate` does so too.
  [[nodiscard]] const std::vector<comparison>& comparisons() const noexcept { return code().comparisons; }

  /// What compiling it found that does not refuse it, such as a part that can only fail.
  [[nodiscard]] const findings& notes() const noexcept { return code().notes; }

  /// The flat form, for those who run it.
  [[nodiscard]] const detail::code& code() const noexcept {
    static const detail::code always{};
    return code_ ? *code_ : always;
  }
  [[nodiscard]] bool is_default() const noexcept { return code_ == nullptr; }

  /// Equal if they have the same text and type; those compiled against different schemas can still differ.
  friend bool operator==(const program& a, const program& b) {
    return a.code_ == b.code_ || (a.text() == b.text() && a.result() == b.result());
  }

private:
  std::shared_ptr<const detail::code> code_{};
};

} // namespace plaint
