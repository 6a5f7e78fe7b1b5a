// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

/// Methods by the C API's quickest convention, for those that a loop calls. They read positional arguments of the usual
/// types; whatever else is given, and whatever is refused, goes to pybind11's method of the same name.
namespace plaint::python {

/// Reads an aware datetime; false for anything else that may be an instant.
[[nodiscard]] inline bool read_quickly(PyObject* given, instant& into) {
  if (!PyDateTime_CheckExact(given)) {
    return false;
  }
  into = instant{duration{fields_of(given) - utc_offset(given, zone_of(given))}};
  return true;
}
[[nodiscard]] inline bool read_quickly(PyObject* given, duration& into) {
  constexpr int most_days = 100'000'000; // 273,000 years
  if (!PyDelta_CheckExact(given) || PyDateTime_DELTA_GET_DAYS(given) > most_days ||
      PyDateTime_DELTA_GET_DAYS(given) < -most_days) {
    return false;
  }
  into = duration{delta_of(given)};
  return true;
}
[[nodiscard]] inline bool read_quickly(PyObject* given, civil_day& into) {
  if (!PyDate_CheckExact(given)) {
    return false;
  }
  into = civil_day{std::chrono::days{plaint::detail::days_from_date(
      PyDateTime_GET_YEAR(given), PyDateTime_GET_MONTH(given), PyDateTime_GET_DAY(given))}};
  return true;
}
[[nodiscard]] inline bool read_quickly(PyObject* given, bool& into) noexcept {
  into = given == Py_True;
  return PyBool_Check(given) != 0;
}
[[nodiscard]] inline bool read_quickly(PyObject* given, std::int64_t& into) {
  if (!PyLong_CheckExact(given)) {
    return false;
  }
  into = PyLong_AsLongLong(given);
  return into != -1 || PyErr_Occurred() == nullptr;
}

/// Python objects; null with Python's error where there is none.
[[nodiscard]] inline PyObject* give(instant t) {
  return make_datetime(t.time_since_epoch().count(), PyDateTime_TimeZone_UTC);
}
[[nodiscard]] inline PyObject* give(duration d) {
  return make_timedelta(d.count());
}
[[nodiscard]] inline PyObject* give(bool b) noexcept {
  return PyBool_FromLong(b ? 1 : 0);
}
[[nodiscard]] inline PyObject* give(civil_day day) {
  return py::cast(day).release().ptr();
}
template <class Value>
[[nodiscard]] PyObject* give(const std::optional<Value>& value) {
  return value ? give(*value) : Py_NewRef(Py_None);
}

/// One method of a class that pybind11 made. `Answer` takes the C++ object and the positional arguments and gives a new
/// reference, or null where they are not for it.
template <class Self, PyObject* (*Answer)(const Self&, PyObject* const*, Py_ssize_t)>
class quick_method {
public:
  /// Puts itself before the method of the class, which stays there under a private name, as each interpreter has its
  /// own. `signature` as in "($self, t)".
  static void install(const py::object& type, const char* name, const std::string& signature) {
    const py::object whole = type.attr(name);
    const auto doc = whole.attr("__doc__").cast<std::string>(); // pybind11's signature, an empty line, our words
    const auto words = std::min(doc.find("\n\n"), doc.size() - 2);
    static const std::string whole_name = std::string("_whole_") + name;
    static const std::string text = name + signature + "\n--\n\n" + doc.substr(words + 2);
    static PyMethodDef method{name, reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&call)),
                              METH_FASTCALL | METH_KEYWORDS, text.c_str()};
    private_name_ = whole_name.c_str();
    auto made =
        py::reinterpret_steal<py::object>(PyDescr_NewMethod(reinterpret_cast<PyTypeObject*>(type.ptr()), &method));
    if (!made) {
      throw py::error_already_set();
    }
    type.attr(private_name_) = type.attr("__dict__")[name];
    type.attr(name) = made;
  }

private:
  static PyObject* call(PyObject* self, PyObject* const* given, Py_ssize_t count, PyObject* names) noexcept {
    const auto held = reinterpret_cast<py::detail::instance*>(self)->get_value_and_holder();
    const auto* const of = held.value_ptr<Self>();
    if (of == nullptr) { // __new__ without __init__
      PyErr_SetString(PyExc_TypeError, "an object that was made is required");
      return nullptr;
    }
    if (names == nullptr) {
      try {
        if (PyObject* const made = Answer(*of, given, count)) {
          return made;
        }
      } catch (...) { // the whole method says it in Python's words
      }
      PyErr_Clear();
    }
    return call_whole(self, given, count, names);
  }

  static PyObject* call_whole(PyObject* self, PyObject* const* given, Py_ssize_t count, PyObject* names) noexcept {
    const auto whole = py::reinterpret_steal<py::object>(PyObject_GetAttrString(self, private_name_));
    return whole ? PyObject_Vectorcall(whole.ptr(), given, static_cast<std::size_t>(count), names) : nullptr;
  }

  static inline const char* private_name_ = nullptr;
};

} // namespace plaint::python
