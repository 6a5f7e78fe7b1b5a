// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "calendar_objects.hpp"
#include "quick_methods.hpp"

/// The calls on calendars and goals that loops make, without pybind11 between them and Python.
namespace plaint::python {

using arguments = PyObject* const*;

[[nodiscard]] inline PyObject* quick_add(const calendar& c, arguments given, Py_ssize_t count) {
  instant t;
  duration open;
  return count == 2 && read_quickly(given[0], t) && read_quickly(given[1], open) ? give(c.add(t, open)) : nullptr;
}
[[nodiscard]] inline PyObject* quick_subtract(const calendar& c, arguments given, Py_ssize_t count) {
  instant t;
  duration open;
  return count == 2 && read_quickly(given[0], t) && read_quickly(given[1], open) ? give(c.subtract(t, open)) : nullptr;
}
[[nodiscard]] inline PyObject* quick_between(const calendar& c, arguments given, Py_ssize_t count) {
  instant a;
  instant b;
  return count == 2 && read_quickly(given[0], a) && read_quickly(given[1], b) ? give(c.between(a, b)) : nullptr;
}
[[nodiscard]] inline PyObject* quick_is_open(const calendar& c, arguments given, Py_ssize_t count) {
  instant t;
  return count == 1 && read_quickly(given[0], t) ? give(c.is_open(t)) : nullptr;
}
[[nodiscard]] inline PyObject* quick_open_or_self(const calendar& c, arguments given, Py_ssize_t count) {
  instant t;
  return count == 1 && read_quickly(given[0], t) ? give(c.next_open_or_self(t)) : nullptr;
}

/// The next or the previous opening or closing.
template <std::optional<instant> (calendar::*Turn)(instant, bool) const>
[[nodiscard]] PyObject* quick_turn(const calendar& c, arguments given, Py_ssize_t count) {
  instant t;
  bool strict = false;
  const bool read = (count == 1 || (count == 2 && read_quickly(given[1], strict))) && read_quickly(given[0], t);
  return read ? give((c.*Turn)(t, strict)) : nullptr;
}

[[nodiscard]] inline PyObject* quick_is_business_day(const calendar& c, arguments given, Py_ssize_t count) {
  civil_day day;
  return count == 1 && read_quickly(given[0], day) ? give(c.is_business_day(day)) : nullptr;
}
[[nodiscard]] inline PyObject* quick_add_business_days(const calendar& c, arguments given, Py_ssize_t count) {
  std::int64_t n = 0;
  if (count != 2 || !read_quickly(given[1], n)) {
    return nullptr;
  }
  if (civil_day day; read_quickly(given[0], day)) {
    return give(c.add_business_days(day, n));
  }
  instant t;
  return read_quickly(given[0], t) ? give(c.add_business_days(t, n)) : nullptr;
}

[[nodiscard]] inline PyObject* quick_due(const goal& g, arguments given, Py_ssize_t count) {
  instant start;
  py::detail::make_caster<calendar> by;
  const bool read = count == 2 && read_quickly(given[0], start) && by.load(given[1], false);
  return read ? give(due(g, start, py::detail::cast_op<const calendar&>(by))) : nullptr;
}

inline void install_quick_calls(const py::object& calendars, const py::object& goals) {
  quick_method<calendar, &quick_add>::install(calendars, "add", "($self, t, length)");
  quick_method<calendar, &quick_subtract>::install(calendars, "subtract", "($self, t, length)");
  quick_method<calendar, &quick_between>::install(calendars, "between", "($self, a, b)");
  quick_method<calendar, &quick_is_open>::install(calendars, "is_open", "($self, t)");
  quick_method<calendar, &quick_open_or_self>::install(calendars, "next_open_or_self", "($self, t)");
  constexpr const char* turn = "($self, t, strict=False)";
  quick_method<calendar, &quick_turn<&calendar::next_open>>::install(calendars, "next_open", turn);
  quick_method<calendar, &quick_turn<&calendar::next_close>>::install(calendars, "next_close", turn);
  quick_method<calendar, &quick_turn<&calendar::previous_open>>::install(calendars, "previous_open", turn);
  quick_method<calendar, &quick_turn<&calendar::previous_close>>::install(calendars, "previous_close", turn);
  quick_method<calendar, &quick_is_business_day>::install(calendars, "is_business_day", "($self, day)");
  quick_method<calendar, &quick_add_business_days>::install(calendars, "add_business_days",
                                                            "($self, t, n, *, roll=None, day_rule=None)");
  quick_method<goal, &quick_due>::install(goals, "due", "($self, start, calendar, *, until=None)");
}

} // namespace plaint::python
