// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lifecycle_steps.hpp"

#include <plaint/lifecycle/step_many.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <vector>

/// Columns of complaints: NumPy arrays of codes for configurations and events.
namespace plaint::python {

using codes = py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>;
using columns = py::array_t<std::int64_t, py::array::c_style>;

/// Whole numbers of any width as codes; those out of range become one that no table has.
template <class Code>
[[nodiscard]] py::array_t<Code> codes_from(const py::object& given, const char* wanted) {
  const auto array = py::array::ensure(given);
  if (!array || (array.dtype().kind() != 'i' && array.dtype().kind() != 'u')) {
    PyErr_Clear();
    throw py::type_error(wanted);
  }
  if (py::isinstance<py::array_t<Code, py::array::c_style>>(array)) {
    return array;
  }
  constexpr auto plain = py::array::c_style | py::array::forcecast;
  const py::array numbers = array.dtype().kind() == 'u' ? py::array(py::array_t<std::uint64_t, plain>(array))
                                                        : py::array(py::array_t<std::int64_t, plain>(array));
  const auto* const from = static_cast<const std::uint64_t*>(numbers.data()); // what is negative becomes large
  constexpr auto most = std::numeric_limits<Code>::max();
  py::array_t<Code> all(numbers.size());
  std::transform(from, from + numbers.size(), all.mutable_data(),
                 [](std::uint64_t c) { return c < most ? static_cast<Code>(c) : most; });
  return all;
}

/// Rows of codes at once; attributes stand in a table of 64-bit numbers and are changed in place.
inline codes step_many(const std::shared_ptr<machine>& m, const py::object& from, const py::object& told,
                       const py::object& attributes, const py::object& actor, const py::object& accepted) {
  const auto& table = m->bulk();
  if (!table) {
    throw py::value_error("this lifecycle has too many configurations for a table");
  }
  const auto states = codes_from<std::uint32_t>(from, "states must be an array of whole numbers; see code_of");
  const auto events = codes_from<event_id>(told, "events must be an array of whole numbers; see event_codes");
  const auto n = states.size();
  const auto rows = static_cast<std::size_t>(n);
  const auto width = static_cast<py::ssize_t>(m->rules.schema().attributes.size());
  auto given = attributes.is_none() ? columns() : attributes.cast<columns>();
  if (!attributes.is_none() &&
      (given.ndim() != 2 || given.shape(0) != n || given.shape(1) != width + 1 || !given.writeable())) {
    throw py::value_error("attributes must be a writable int64 array of shape (rows, attributes + 1); the last column "
                          "says which are set");
  }
  auto taken = accepted.is_none() ? py::array_t<bool>() : accepted.cast<py::array_t<bool>>();
  if (!accepted.is_none() && (taken.size() != n || !taken.writeable())) {
    throw py::value_error("accepted must be a writable bool array of the same length");
  }
  codes out(n);
  const auto who = sender_from(m->rules, actor);
  std::vector<fired> results(accepted.is_none() ? 0 : rows);
  const complaint_columns all{
      .rows = {out.mutable_data(), rows},
      .events = {events.data(), static_cast<std::size_t>(events.size())},
      .attributes = {attributes.is_none() ? nullptr : given.mutable_data(), static_cast<std::size_t>(given.size())},
      .results = results};
  {
    const py::gil_scoped_release free;
    std::copy_n(states.data(), rows, all.rows.data());
    plaint::detail::check_columns(*table, static_cast<std::size_t>(width), all);
    for (std::size_t i = 0; i < rows && !table->is_whole(); ++i) {
      if (!table->answers(all.rows[i], all.events[i])) {
        throw std::invalid_argument(
            "an event needs texts, lists, reason codes or time limits; step these complaints one by one");
      }
    }
    plaint::step_many(*table, m->rules, all, dispatch_table::rights_of(m->rules, who.view()));
  }
  std::transform(results.begin(), results.end(), taken.mutable_data(), [](fired f) { return f == fired::moved; });
  return out;
}

[[nodiscard]] inline py::dict event_codes(const std::shared_ptr<machine>& m) {
  py::dict all;
  for (std::size_t e = 0; e < m->rules.event_count(); ++e) {
    all[py::str(std::string(m->rules.event_name(static_cast<event_id>(e))))] = e;
  }
  return all;
}

[[nodiscard]] inline std::uint32_t code_of(const std::shared_ptr<machine>& m, const complaint_state& s) {
  const auto row = m->bulk() ? m->bulk()->row_of(s.at) : std::nullopt;
  if (!row) {
    throw py::value_error("this lifecycle has too many configurations for a table");
  }
  return *row;
}

[[nodiscard]] inline complaint_state state_of(const std::shared_ptr<machine>& m, std::uint32_t code) {
  if (!m->bulk() || !m->bulk()->is_row(code)) {
    throw py::index_error("no such code");
  }
  return {m, m->bulk()->configuration_of(code), hold(initial_values(m->rules.schema()))};
}

} // namespace plaint::python
