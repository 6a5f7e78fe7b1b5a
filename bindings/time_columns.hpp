// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <utility>

namespace plaint::python {

/// NumPy's NaT, in and out.
inline constexpr std::int64_t not_a_time = std::numeric_limits<std::int64_t>::min();

/// A column of numpy.datetime64 or timedelta64 [us] as numbers; without a copy where it has that type and is
/// contiguous.
class time_column {
public:
  time_column(const py::object& values, const char* dtype)
      : array_(py::module_::import("numpy").attr("ascontiguousarray")(values, dtype).attr("view")("int64")) {
    if (array_.ndim() != 1) {
      throw py::value_error("column of one dimension required");
    }
  }

  [[nodiscard]] std::span<const std::int64_t> values() const noexcept {
    return {static_cast<const std::int64_t*>(array_.data()), static_cast<std::size_t>(array_.size())};
  }

private:
  py::array array_;
};

/// The instants of a column of datetime64[us], which is UTC.
[[nodiscard]] inline time_column datetime_column(const py::object& values) {
  return {values, "datetime64[us]"};
}

/// A new array of numbers to fill, and the same array as a column of times.
class result_column {
public:
  explicit result_column(std::size_t rows) : array_(static_cast<py::ssize_t>(rows)) {}

  [[nodiscard]] std::int64_t* data() { return array_.mutable_data(); }
  [[nodiscard]] py::object as(const char* dtype) const { return array_.attr("view")(dtype); }

private:
  py::array_t<std::int64_t> array_;
};

/// What `each` makes of every value, NaT kept, without the lock of Python; `each` may not touch Python.
template <class Function>
[[nodiscard]] py::object map_column(const time_column& column, const char* dtype, Function each) {
  const auto values = column.values();
  result_column result(values.size());
  std::int64_t* out = result.data();
  {
    const py::gil_scoped_release released;
    for (const std::int64_t value : values) {
      *out++ = value == not_a_time ? not_a_time : each(value);
    }
  }
  return result.as(dtype);
}

} // namespace plaint::python
