// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/desk/case_log.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/suggestion.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace plaint::detail {

/// A column of a log as values of a declared attribute. Names are looked up once, not row by row.
class bound_column {
public:
  /// Throws `std::invalid_argument` where the column is of another type than the declaration.
  bound_column(const log_column& from, const attribute& declared, std::uint16_t place)
      : from_(&from), declared_(&declared), place_(place),
        bounded_(declared.least || declared.most || declared.max_size) {
    const auto refuse = [&] {
      throw std::invalid_argument("the column of \"" + declared.name + "\" must be of type " +
                                  to_string(declared.type));
    };
    const auto kind = declared.type.kind();
    if (const auto* texts = std::get_if<category_column>(&from.values)) {
      if (kind != type_kind::string && kind != type_kind::enumeration) {
        refuse();
      }
      bind(texts->names);
    } else if (!fits(kind)) {
      refuse();
    }
  }

  /// The slot or event field that it is bound to.
  [[nodiscard]] std::uint16_t place() const noexcept { return place_; }

  /// The value of a row, absent where there is none. Appends why it does not fit, with nothing put into `into` then.
  void read(std::size_t row, value& into, std::vector<std::string>& faults) const {
    if (const auto* texts = std::get_if<category_column>(&from_->values)) {
      const auto code = texts->codes[row];
      if (code < 0) {
        return;
      }
      const auto& known = known_.at(static_cast<std::size_t>(code));
      if (known.second) {
        faults.push_back(*known.second);
      } else {
        into = known.first;
      }
      return;
    }
    value v = plain(row);
    if (v.is_absent()) {
      return;
    }
    if (bounded_) {
      if (auto why = misfit(*declared_, v)) {
        faults.push_back(*std::move(why));
        return;
      }
    }
    into = std::move(v);
  }

private:
  [[nodiscard]] bool fits(type_kind kind) const noexcept {
    switch (kind) {
    case type_kind::timestamp:
      return std::holds_alternative<instant_column>(from_->values);
    case type_kind::integer:
      return std::holds_alternative<whole_column>(from_->values);
    case type_kind::boolean:
      return std::holds_alternative<truth_column>(from_->values);
    case type_kind::real:
      return std::holds_alternative<real_column>(from_->values);
    default:
      return false;
    }
  }

  void bind(const std::vector<std::string>& names) {
    for (const auto& name : names) {
      const bool is_enum = declared_->type.is(type_kind::enumeration);
      const auto member = is_enum ? declared_->type.member(name) : std::nullopt;
      if (is_enum && !member) {
        const auto near = nearest(name, declared_->type.names());
        known_.push_back({{},
                          "\"" + declared_->name + "\" has no member \"" + name + "\"" +
                              (near.empty() ? "" : "; did you mean \"" + near + "\"?")});
        continue;
      }
      value v = is_enum ? value(enum_member{*member}) : value(name);
      auto why = misfit(*declared_, v);
      known_.emplace_back(std::move(v), std::move(why));
    }
  }

  [[nodiscard]] value plain(std::size_t row) const {
    if (const auto* times = std::get_if<instant_column>(&from_->values)) {
      return times->at[row] == no_instant ? value() : value(instant(duration{times->at[row]}));
    }
    if (const auto* wholes = std::get_if<whole_column>(&from_->values)) {
      return wholes->there.empty() || wholes->there[row] ? value(wholes->values[row]) : value();
    }
    if (const auto* truths = std::get_if<truth_column>(&from_->values)) {
      return truths->there.empty() || truths->there[row] ? value(truths->values[row]) : value();
    }
    const double real = std::get<real_column>(from_->values).values[row];
    return std::isnan(real) ? value() : value(real);
  }

  const log_column* from_;
  const attribute* declared_;
  std::uint16_t place_;
  bool bounded_;
  std::vector<std::pair<value, std::optional<std::string>>> known_{}; ///< by name: its value, or why it has none
};

} // namespace plaint::detail
