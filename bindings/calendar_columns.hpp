// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "time_columns.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <future>
#include <optional>
#include <span>
#include <utility>
#include <vector>

/// Columns of times as numbers, whoever made them: NumPy, Arrow, pandas, lists; nulls are `not_a_time`.
namespace plaint::python {

/// A column, or one value that stands for every row.
class given_column {
public:
  /// `kind` is "M" for instants and "m" for lengths of time, as NumPy calls them.
  given_column(const py::object& given, char kind) : given_(given) {
    need_datetime();
    const bool single =
        kind == 'M' ? PyDateTime_Check(given.ptr()) || is_datetime64(given.ptr()) : PyDelta_Check(given.ptr()) != 0;
    if (single) {
      one_ = kind == 'M' ? given.cast<instant>().time_since_epoch().count() : given.cast<duration>().count();
      return;
    }
    const char* dtype = kind == 'M' ? "datetime64[us]" : "timedelta64[us]";
    const bool array = py::isinstance<py::array>(given) && given.cast<py::array>().dtype().kind() == kind;
    // Whatever is no plain array of times is made one in Python, where the libraries of columns are at home.
    column_.emplace(array ? given : py::module_::import("plaint._columns").attr("times")(given, dtype), dtype);
  }

  [[nodiscard]] std::optional<std::size_t> rows() const {
    return column_ ? std::optional(column_->values().size()) : std::nullopt;
  }

  /// The numbers of all rows; one value is written out.
  [[nodiscard]] std::span<const std::int64_t> values(std::size_t rows) {
    if (column_) {
      return column_->values();
    }
    spread_.assign(rows, one_);
    return spread_;
  }

  /// What was given, to give results in its likeness.
  [[nodiscard]] const py::object& given() const noexcept { return given_; }

private:
  py::object given_;
  std::optional<time_column> column_{};
  std::int64_t one_ = 0;
  std::vector<std::int64_t> spread_{};
};

[[nodiscard]] inline std::size_t common_rows(const given_column& a, const given_column& b) {
  if (a.rows() && b.rows() && *a.rows() != *b.rows()) {
    throw py::value_error("columns of one length required");
  }
  if (!a.rows() && !b.rows()) {
    throw py::type_error("a column required: an array, an Arrow or pandas column, or a list");
  }
  return a.rows() ? *a.rows() : *b.rows();
}

/// Results in the likeness of what was asked about: Arrow for Arrow, pandas for pandas, else NumPy.
[[nodiscard]] inline py::object in_likeness(const py::object& result, const py::object& given) {
  return py::isinstance<py::array>(given) || PyList_Check(given.ptr())
             ? result
             : py::object(py::module_::import("plaint._columns").attr("like")(result, given));
}

/// Lets `each` work through [from, to) of the rows, in as many threads as asked for, without the lock of Python.
template <class Function>
void in_threads(std::size_t rows, int threads, Function each) {
  if (threads < 1) {
    throw py::value_error("one thread or more required");
  }
  const py::gil_scoped_release released;
  const std::size_t count = std::min<std::size_t>(static_cast<std::size_t>(threads), rows / 4'096 + 1);
  const std::size_t share = rows / count + 1;
  std::vector<std::future<void>> others;
  for (std::size_t i = 1; i < count; ++i) {
    const auto from = std::min(rows, i * share);
    others.push_back(std::async(std::launch::async, [=] { each(from, std::min(rows, from + share)); }));
  }
  each(0, std::min(rows, share));
  for (auto& other : others) {
    other.get();
  }
}

} // namespace plaint::python
