// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <plaint/expr/type.hpp>
#include <plaint/expr/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// Attribute values between Python and C++, by their declared types.
namespace plaint::python {

/// "int", "list(string)", or a list of texts, which are the members of an enumeration.
[[nodiscard]] inline type type_from(const py::handle& written, const std::string& name) {
  const auto found = py::isinstance<py::str>(written)
                         ? parse_type(written.cast<std::string>())
                         : std::optional(type::enumeration(written.cast<std::vector<std::string>>()));
  if (!found) {
    throw py::value_error("\"" + name +
                          "\": a type such as \"int\" or \"list(string)\", or a list of members required");
  }
  return *found;
}

/// A Python value as a value of this type; None is absent. Another type is a TypeError, an unknown member a ValueError.
[[nodiscard]] inline value value_from(const py::handle& given, const type& of, const std::string& name) {
  if (given.is_none()) {
    return {};
  }
  const auto refuse = [&](const std::string& what) -> value { throw py::type_error(name + ": " + what + " required"); };
  switch (of.kind()) {
  case type_kind::boolean:
    return py::isinstance<py::bool_>(given) ? value(given.cast<bool>()) : refuse("bool");
  case type_kind::integer:
    return py::isinstance<py::int_>(given) && !py::isinstance<py::bool_>(given) ? value(given.cast<std::int64_t>())
                                                                                : refuse("int of 64 bits");
  case type_kind::real:
    return py::isinstance<py::float_>(given) || (py::isinstance<py::int_>(given) && !py::isinstance<py::bool_>(given))
               ? value(given.cast<double>())
               : refuse("float");
  case type_kind::timestamp:
    return given.cast<instant>();
  case type_kind::duration:
    return given.cast<duration>();
  case type_kind::list: {
    value::list items;
    for (const auto& item : py::reinterpret_borrow<py::sequence>(given)) {
      items.push_back(value_from(item, of.item(), name));
    }
    return items;
  }
  default:
    break;
  }
  if (!py::isinstance<py::str>(given)) {
    return refuse("str");
  }
  auto text = given.cast<std::string>();
  if (of.is(type_kind::string)) {
    return text;
  }
  const auto member = of.member(text);
  if (!member) {
    throw py::value_error(name + ": \"" + text + "\" is not one of " + to_string(of));
  }
  return enum_member{*member};
}

/// A value as Python has it: enumerations as text, absent as None.
[[nodiscard]] inline py::object to_python(const value& v, const type& of) {
  if (const auto* b = v.get_if<bool>()) {
    return py::bool_(*b);
  }
  if (const auto* i = v.get_if<std::int64_t>()) {
    return py::int_(*i);
  }
  if (const auto* d = v.get_if<double>()) {
    return py::float_(*d);
  }
  if (const auto* s = v.get_if<std::string>()) {
    return py::str(*s);
  }
  if (const auto* m = v.get_if<enum_member>()) {
    return py::str(of.names().at(m->index));
  }
  if (const auto* t = v.get_if<instant>()) {
    return py::cast(*t);
  }
  if (const auto* d = v.get_if<duration>()) {
    return py::cast(*d);
  }
  if (const auto* items = v.get_if<value::list>()) {
    py::list all;
    for (const auto& item : *items) {
      all.append(to_python(item, of.item()));
    }
    return all;
  }
  return py::none();
}

} // namespace plaint::python
