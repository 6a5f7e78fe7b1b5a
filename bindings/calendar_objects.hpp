// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "calendar_columns.hpp"
#include "node_caster.hpp"
#include "python_zones.hpp"

#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/calendar_document.hpp>
#include <plaint/calendar/goal/due.hpp>
#include <plaint/calendar/goal/goal_explanation.hpp>
#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/calendar/load_calendar.hpp>
#include <plaint/calendar/time_explanation.hpp>
#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/suggestion.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

/// What stands behind the Python classes of the calendar room.
namespace plaint::python {

/// An amount of open time; one that no calendar can hold is cut to what is past every horizon.
struct open_amount {
  duration value{};
};

/// An explanation with its calendar, whose wall its text shows.
template <class Explanation>
struct explained {
  calendar by;
  Explanation what;
};

[[nodiscard]] inline calendar calendar_from(const node& root, std::string file = {}) {
  return load_calendar(document{root, std::move(file)}, python_zones());
}

/// An option by its word; what is none is a ValueError that lists them.
template <class Option, std::size_t N>
[[nodiscard]] std::optional<Option> word_option(const char* name, const std::array<std::string_view, N>& words,
                                                const std::optional<std::string>& given) {
  if (!given) {
    return std::nullopt;
  }
  std::string list;
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i] == *given) {
      return static_cast<Option>(i);
    }
    list += (i == 0 ? "" : ", ") + std::string(words[i]);
  }
  throw py::value_error(std::string(name) + " must be one of " + list + "; \"" + *given + "\" is not");
}

/// The local day that a date names, or on which an instant lies.
[[nodiscard]] inline civil_day day_of_argument(const calendar& c, const py::object& given) {
  need_datetime();
  if (PyDateTime_Check(given.ptr())) {
    return c.day_at(given.cast<instant>());
  }
  if (is_datetime64(given.ptr())) {
    const auto plain = given.attr("tolist")(); // a date where the unit is days
    return PyDate_Check(plain.ptr()) && !PyDateTime_Check(plain.ptr()) ? plain.cast<civil_day>()
                                                                       : c.day_at(given.cast<instant>());
  }
  if (!PyDate_Check(given.ptr())) {
    throw py::type_error("date or aware datetime required");
  }
  return given.cast<civil_day>();
}

} // namespace plaint::python

namespace pybind11::detail {

template <>
class type_caster<plaint::python::open_amount> {
public:
  PYBIND11_TYPE_CASTER(plaint::python::open_amount, const_name("datetime.timedelta"));

  bool load(handle source, bool) {
    namespace ours = plaint::python;
    ours::need_datetime();
    if (!source) {
      return false;
    }
    if (PyDelta_Check(source.ptr())) {
      constexpr int most_days = 100'000'000; // 273,000 years
      const int days = PyDateTime_DELTA_GET_DAYS(source.ptr());
      const bool fits = days <= most_days && days >= -most_days;
      value.value = fits       ? plaint::duration{ours::delta_of(source.ptr())}
                    : days > 0 ? plaint::duration::max()
                               : plaint::duration::min();
      return true;
    }
    if (std::string_view(Py_TYPE(source.ptr())->tp_name) == "numpy.timedelta64") {
      value.value =
          plaint::duration{source.attr("astype")("timedelta64[us]").attr("astype")("int64").cast<std::int64_t>()};
      if (value.value == plaint::duration::min()) {
        throw value_error("length of time required, not NaT");
      }
      return true;
    }
    return false;
  }

  static handle cast(plaint::python::open_amount amount, return_value_policy, handle) {
    plaint::python::need_datetime();
    return plaint::python::make_timedelta(amount.value.count());
  }
};

} // namespace pybind11::detail
