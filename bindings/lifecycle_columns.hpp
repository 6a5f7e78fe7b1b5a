// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lifecycle_steps.hpp"

#include <plaint/lifecycle/step_many.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

/// Columns of complaints: NumPy arrays of codes for configurations and events.
namespace plaint::python {

using codes = py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>;
using columns = py::array_t<std::int64_t, py::array::c_style>;

/// Whole numbers of any width as events; those out of range become one that no table has.
[[nodiscard]] inline std::vector<event_id>
events_from(const py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>& given) {
  std::vector<event_id> all(static_cast<std::size_t>(given.size()));
  std::transform(given.data(), given.data() + given.size(), all.begin(),
                 [](std::int64_t e) { return e < 0 || e >= no_id ? no_id : static_cast<event_id>(e); });
  return all;
}

/// Rows of codes at once; attributes stand in a table of 64-bit numbers and are changed in place.
inline codes step_many(const std::shared_ptr<machine>& m, const codes& states, const py::array& events,
                       const py::object& attributes, const py::object& actor, const py::object& accepted) {
  const auto& table = m->bulk();
  if (!table) {
    throw py::value_error("this lifecycle has too many configurations for a table");
  }
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
  if (events.dtype().kind() != 'i' && events.dtype().kind() != 'u') {
    throw py::type_error("events must be an array of whole numbers; see event_codes");
  }
  const auto numbers = py::isinstance<py::array_t<event_id>>(events) && (events.flags() & py::array::c_style) != 0
                           ? std::vector<event_id>{}
                           : events_from(events);
  codes out(n);
  const auto who = sender_from(m->rules, actor);
  std::vector<fired> results(accepted.is_none() ? 0 : rows);
  const complaint_columns all{
      .rows = {out.mutable_data(), rows},
      .events = numbers.empty()
                    ? std::span(static_cast<const event_id*>(events.data()), static_cast<std::size_t>(events.size()))
                    : std::span(numbers),
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
