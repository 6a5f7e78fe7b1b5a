// SPDX-License-Identifier: BSL-1.0
#include "replay_columns.hpp"
#include "time_columns.hpp"

#include <plaint/desk/replay_cases.hpp>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plaint::python {
namespace {

/// What `Policy.replay` gives back: the columns, and the names of the clocks.
struct replay_result {
  case_outcomes columns;
  std::vector<std::string> clocks;
};

/// Arrays of the type that the engine reads, kept alive while it does.
class kept_arrays {
public:
  template <class T>
  [[nodiscard]] std::span<const T> of(const py::object& values) {
    auto array = py::array_t<T, py::array::c_style | py::array::forcecast>::ensure(values);
    if (!array) {
      throw py::error_already_set();
    }
    if (array.ndim() != 1) {
      throw py::value_error("column of one dimension required");
    }
    kept_.push_back(array);
    return {array.data(), static_cast<std::size_t>(array.size())};
  }

  [[nodiscard]] std::span<const std::int64_t> times(const py::object& values) {
    times_.push_back(datetime_column(values));
    return times_.back().values();
  }

private:
  std::vector<py::array> kept_{};
  std::vector<time_column> times_{};
};

[[nodiscard]] log_column column_from(std::string name, const py::object& given, kept_arrays& kept) {
  if (py::hasattr(given, "codes") && py::hasattr(given, "categories")) {
    std::vector<std::string> categories;
    for (const auto& text : given.attr("categories")) {
      categories.push_back(text.cast<std::string>());
    }
    return {std::move(name), category_column{kept.of<std::int32_t>(given.attr("codes")), std::move(categories)}};
  }
  const bool pair = py::isinstance<py::tuple>(given) && py::len(given) == 2;
  const auto numpy = py::module_::import("numpy");
  const py::array values = numpy.attr("asarray")(pair ? py::object(given[py::int_(0)]) : given);
  const auto there = pair ? kept.of<bool>(given[py::int_(1)]) : std::span<const bool>{};
  if (pair && there.size() != static_cast<std::size_t>(values.size())) {
    throw py::value_error("\"" + name + "\": values and validity must have one length");
  }
  switch (values.dtype().kind()) {
  case 'M':
    return {std::move(name), instant_column{kept.times(values)}};
  case 'f':
    return {std::move(name), real_column{kept.of<double>(values)}};
  case 'b':
    return {std::move(name), truth_column{kept.of<bool>(values), there}};
  case 'i':
  case 'u':
    return {std::move(name), whole_column{kept.of<std::int64_t>(values), there}};
  default:
    throw py::type_error("\"" + name +
                         "\": a column of datetime64, float, int, bool, or of codes with categories required");
  }
}

[[nodiscard]] std::vector<log_column> columns_from(const py::object& given, kept_arrays& kept) {
  std::vector<log_column> all;
  if (!given.is_none()) {
    for (const auto& [name, column] : given.cast<py::dict>()) {
      all.push_back(column_from(name.cast<std::string>(), py::reinterpret_borrow<py::object>(column), kept));
    }
  }
  return all;
}

/// The vector's own memory as an array; `owner` keeps it alive.
template <class T, class Held>
[[nodiscard]] py::array view(const std::vector<Held>& from, const py::object& owner) {
  static_assert(sizeof(T) == sizeof(Held));
  return py::array_t<T>(static_cast<py::ssize_t>(from.size()), reinterpret_cast<const T*>(from.data()), owner);
}

[[nodiscard]] py::object times(const std::vector<std::int64_t>& from, const py::object& owner) {
  return view<std::int64_t>(from, owner).attr("view")("datetime64[us]");
}

[[nodiscard]] py::dict clock_of(const py::object& self, const std::string& name) {
  const auto& result = self.cast<const replay_result&>();
  const auto found = std::find(result.clocks.begin(), result.clocks.end(), name);
  if (found == result.clocks.end()) {
    const auto near = nearest(name, result.clocks);
    throw py::key_error("the policy has no clock \"" + name + "\"" +
                        (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
  }
  const auto& columns = result.columns.clocks[static_cast<std::size_t>(found - result.clocks.begin())];
  py::dict all;
  all["due"] = times(columns.due, self);
  all["started_at"] = times(columns.started, self);
  all["stopped_at"] = times(columns.stopped, self);
  all["breached_at"] = times(columns.breached, self);
  all["verdict"] = view<std::uint8_t>(columns.outcome, self);
  return all;
}

[[nodiscard]] py::dict rejections_of(const py::object& self) {
  const auto& refused = self.cast<const replay_result&>().columns.refused;
  py::list reasons; // each text once, however many events it refused
  for (const auto& text : refused.reasons) {
    reasons.append(py::str(text));
  }
  py::list messages(refused.size());
  for (std::size_t i = 0; i < refused.size(); ++i) {
    messages[i] = reasons[refused.reason[i]];
  }
  py::dict all;
  all["event"] = view<std::int64_t>(refused.event, self);
  all["message"] = messages;
  return all;
}

} // namespace

py::object replay(const policy& by, const replay_request& given) {
  kept_arrays kept;
  case_log log{.cases = given.cases,
               .owner = kept.of<std::uint32_t>(given.owner),
               .event = kept.of<std::int32_t>(given.event),
               .at = kept.times(given.at),
               .event_names = given.event_names,
               .role_names = given.role_names.value_or(std::vector<std::string>{}),
               .attributes = columns_from(given.attributes, kept),
               .data = columns_from(given.data, kept),
               .as_of = given.as_of,
               .slack = given.slack};
  if (!given.role.is_none()) {
    log.role = kept.of<std::int32_t>(given.role);
  }
  replay_result result;
  for (std::size_t i = 0; i < by.named_clocks(); ++i) {
    result.clocks.push_back(by.clocks()[i].definition.id);
  }
  {
    const py::gil_scoped_release released;
    result.columns = replay_cases(by, log);
  }
  return py::cast(std::move(result));
}

} // namespace plaint::python

void register_replay(py::module_& m) {
  using plaint::python::replay_result;
  py::class_<replay_result>(m, "ReplayResult", "What a policy made of a log, as columns by case.")
      .def_property_readonly(
          "accepted",
          [](const py::object& self) {
            return plaint::python::view<std::uint32_t>(self.cast<const replay_result&>().columns.accepted, self);
          },
          "How many events were accepted, the opening not counted.")
      .def_property_readonly(
          "state",
          [](const py::object& self) {
            return plaint::python::view<std::uint16_t>(self.cast<const replay_result&>().columns.state, self);
          },
          "The first active state without states of its own, as a place in `Policy.states`; 65535 where the case never "
          "opened.")
      .def_property_readonly("rejections", &plaint::python::rejections_of,
                             "The refused events: \"event\", their places in the log, and \"message\", why.")
      .def("clock", &plaint::python::clock_of, py::arg("name"),
           "The latest cycle of a clock: due, started_at, stopped_at, breached_at, and verdict: 0 never started, 1 "
           "running, 2 met, "
           "3 missed, 4 cancelled, 5 superseded, 6 paused.");
}
