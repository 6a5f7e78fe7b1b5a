// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <plaint/document.hpp>
#include <plaint/time/calendar_duration.hpp>
#include <plaint/time/iso8601.hpp>

#include <cmath>
#include <string>

/// Documents between Python and C++: dict, list, str, int, float, bool and None, and the times that a document writes
/// as text (aware datetime, date, timedelta).
namespace plaint::python {

[[nodiscard]] inline py::object to_python(const node& value) {
  switch (value.kind) {
  case node_kind::null:
    return py::none();
  case node_kind::boolean:
    return py::bool_(value.text == "true");
  case node_kind::integer:
    return py::reinterpret_steal<py::object>(PyLong_FromString(value.text.c_str(), nullptr, 10));
  case node_kind::number:
    return py::float_(std::stod(value.text));
  case node_kind::text:
    return py::str(value.text);
  case node_kind::sequence: {
    py::list all;
    for (const auto& item : value.items) {
      all.append(to_python(item));
    }
    return all;
  }
  case node_kind::mapping:
    break;
  }
  py::dict all;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    all[py::str(value.keys[i])] = to_python(value.items[i]);
  }
  return all;
}

[[nodiscard]] inline node to_node(py::handle object, std::size_t depth = 0);

namespace detail {

inline node times_to_node(py::handle object) {
  need_datetime();
  if (PyDateTime_Check(object.ptr()) || is_datetime64(object.ptr())) {
    return node::text_of(to_iso8601(object.cast<instant>()));
  }
  if (PyDate_Check(object.ptr())) {
    return node::text_of(to_iso8601(object.cast<civil_day>()));
  }
  if (PyDelta_Check(object.ptr())) {
    return node::text_of(to_iso8601(object.cast<duration>()));
  }
  if (py::hasattr(object, "tolist")) { // NumPy scalars and arrays
    return to_node(object.attr("tolist")());
  }
  throw py::type_error("a value of type " + std::string(Py_TYPE(object.ptr())->tp_name) +
                       " cannot be part of a document; use dict, list, str, int, float, bool, None or a time");
}

inline node real_to_node(double number) {
  if (!std::isfinite(number)) {
    throw py::value_error("a finite number is required in a document");
  }
  return node::number_of(number);
}

} // namespace detail

[[nodiscard]] inline node to_node(py::handle object, std::size_t depth) {
  constexpr std::size_t deepest = 64;
  if (depth > deepest) {
    throw py::value_error("a document has at most 64 levels");
  }
  PyObject* const o = object.ptr();
  if (object.is_none()) {
    return {};
  }
  if (PyBool_Check(o)) {
    return node::boolean_of(o == Py_True);
  }
  if (PyUnicode_Check(o)) {
    return node::text_of(object.cast<std::string>());
  }
  if (PyLong_Check(o)) {
    return {.kind = node_kind::integer,
            .text = py::str(py::int_(py::reinterpret_borrow<py::object>(object))).cast<std::string>()};
  }
  if (PyFloat_Check(o)) {
    return detail::real_to_node(PyFloat_AS_DOUBLE(o));
  }
  if (PyDict_Check(o)) {
    node all = node::mapping_of();
    for (const auto& [key, item] : py::reinterpret_borrow<py::dict>(object)) {
      if (!PyUnicode_Check(key.ptr())) {
        throw py::type_error("the names of a document's mapping are text");
      }
      all.add(key.cast<std::string>(), to_node(item, depth + 1));
    }
    return all;
  }
  if (PyList_Check(o) || PyTuple_Check(o)) {
    node all = node::sequence_of();
    for (const auto& item : py::reinterpret_borrow<py::sequence>(object)) {
      all.push(to_node(item, depth + 1));
    }
    return all;
  }
  return detail::times_to_node(object);
}

} // namespace plaint::python
