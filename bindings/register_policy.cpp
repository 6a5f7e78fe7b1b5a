// SPDX-License-Identifier: BSL-1.0
#include "complaint_objects.hpp"
#include "lifecycle_objects.hpp"
#include "policy_library.hpp"
#include "python_zones.hpp"
#include "replay_columns.hpp"

#include <plaint/io/yaml.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace plaint;

/// What a policy declares, for those who read it from Python.
struct attribute_outline {
  std::string name;
  std::string type;
  std::vector<std::string> members{};
  bool required = false;
};
struct clock_outline {
  std::string id;
  std::map<std::string, std::string> title{};
};

std::vector<attribute_outline> attribute_outlines(const policy& p) {
  std::vector<attribute_outline> all;
  for (const auto& a : p.schema().attributes) {
    const bool is_enum = a.type.is(type_kind::enumeration);
    all.push_back({a.name, is_enum ? "enum" : to_string(a.type), a.type.names(), a.required});
  }
  return all;
}

std::vector<clock_outline> clock_outlines(const policy& p) {
  std::vector<clock_outline> all;
  for (const auto& c : p.definition().clocks) {
    all.push_back({c.id, {c.title.begin(), c.title.end()}});
  }
  return all;
}

std::vector<std::string> events_of(const policy& p) {
  std::vector<std::string> all;
  for (std::size_t e = 0; e < p.lifecycle().event_count(); ++e) {
    if (p.lifecycle().is_sent(static_cast<event_id>(e))) {
      all.emplace_back(p.lifecycle().event_name(static_cast<event_id>(e)));
    }
  }
  return all;
}

std::vector<std::string> roles_of(const policy& p) {
  std::vector<std::string> all;
  for (const auto& r : p.lifecycle().roles()) {
    all.push_back(r.name);
  }
  return all;
}

std::vector<std::string> states_of(const policy& p) {
  std::vector<std::string> all;
  for (std::size_t s = 0; s < p.lifecycle().state_count(); ++s) {
    all.push_back(p.lifecycle().name(static_cast<state_id>(s)));
  }
  return all;
}

/// The lifecycle alone, as a document that reads back: what its expressions name comes along.
std::shared_ptr<python::machine> lifecycle_of(const policy& p) {
  const auto& d = p.definition();
  node source = node::mapping_of();
  source.add("attributes", write_attributes(d.attributes));
  source.add("event_data", write_attributes(d.event_data));
  source.add("roles", write_roles(d.roles));
  node& clocks = source.add("clocks", node::mapping_of());
  for (const auto& c : d.clocks) {
    clocks.add(c.id, node{});
  }
  auto written = write_lifecycle(d.lifecycle);
  for (std::size_t i = 0; i < written.keys.size(); ++i) {
    source.add(written.keys[i], std::move(written.items[i]));
  }
  return python::with_types(std::make_shared<python::machine>(p.lifecycle(), std::move(source)));
}

} // namespace

void register_policy(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  py::class_<attribute_outline>(m, "AttributeInfo", "An attribute as a policy declares it.")
      .def_readonly("name", &attribute_outline::name)
      .def_readonly("type", &attribute_outline::type,
                    "\"enum\", \"string\", \"int\", \"timestamp\", \"list(string)\" …")
      .def_readonly("members", &attribute_outline::members, "of an enumeration; empty otherwise")
      .def_readonly("required", &attribute_outline::required)
      .def("__repr__", [](const attribute_outline& a) { return "<AttributeInfo " + a.name + ": " + a.type + ">"; });
  py::class_<clock_outline>(m, "ClockInfo", "A clock as a policy declares it.")
      .def_readonly("id", &clock_outline::id)
      .def_readonly("title", &clock_outline::title, "by language; \"\" stands for any")
      .def("__repr__", [](const clock_outline& c) { return "<ClockInfo " + c.id + ">"; });
  py::class_<policy>(m, "Policy",
                     "The rules by which complaints are handled: checked, immutable, identified by its content.")
      .def_static(
          "load",
          [](const py::object& path) {
            const auto file = py::str(path).cast<std::string>();
            return load_policy(read_document(file), python_zones(), documents_beside(file));
          },
          py::arg("path"),
          "Reads and checks a YAML or JSON file; what it extends is beside it or among the ready policies. Raises "
          "PolicyError with "
          "every finding, each with file, line and column.")
      .def_static(
          "from_dict",
          [](const py::dict& data) { return load_policy({to_node(data)}, python_zones(), documents_beside("")); },
          py::arg("data"), "Checks a policy given as dict, list and scalars. Raises PolicyError with every finding.")
      .def(
          "to_dict", [](const policy& p) { return to_python(write_policy(p.definition())); },
          "The policy in its canonical form, as `from_dict` takes it.")
      .def_property_readonly("id", &policy::id)
      .def_property_readonly("version", &policy::version)
      .def_property_readonly("digest", &policy::digest, "SHA-256 of the canonical form.")
      .def_property_readonly("reference", &policy::reference, "\"id@version#digest\": what a complaint pins.")
      .def_property_readonly("findings", &policy::notes, "Warnings and notes of the check.")
      .def_property_readonly(
          "title",
          [](const policy& p) {
            return std::map<std::string, std::string>(p.definition().title.begin(), p.definition().title.end());
          },
          "By language; \"\" stands for any.")
      .def_property_readonly("attributes", &attribute_outlines, "What complaints have, in the policy's order.")
      .def_property_readonly("events", &events_of, "The events that somebody may send.")
      .def_property_readonly("roles", &roles_of)
      .def_property_readonly("states", &states_of, "All states in document order.")
      .def_property_readonly("clocks", &clock_outlines, "In the policy's order.")
      .def_property_readonly("lifecycle", &lifecycle_of)
      .def(
          "open",
          [](const policy& by, std::string id, instant at, const std::optional<instant>& recorded_at,
             const py::object& who, std::string key, const py::kwargs& attributes) {
            return open_bound(by, std::move(id),
                              event_from("opened", at, recorded_at, who, std::move(key), attributes));
          },
          py::arg("id"), py::kw_only(), py::arg("at"), py::arg("recorded_at") = py::none(),
          py::arg("actor") = py::none(), py::arg("key") = "",
          "Opens a complaint at an aware datetime; further keywords are attributes. Raises Rejected.")
      .def(
          "replay",
          [](const policy& p, std::size_t cases, const py::object& owner, const py::object& event, const py::object& at,
             std::vector<std::string> event_names, std::optional<std::vector<std::string>> roles,
             const py::object& role, const py::object& attributes, const py::object& data,
             const std::optional<instant>& as_of, duration slack) {
            return python::replay(p, {cases, owner, event, at, std::move(event_names), std::move(roles), role,
                                      attributes, data, as_of, slack});
          },
          py::kw_only(), py::arg("cases"), py::arg("case"), py::arg("event"), py::arg("at"), py::arg("event_names"),
          py::arg("roles") = py::none(), py::arg("role") = py::none(), py::arg("attributes") = py::none(),
          py::arg("data") = py::none(), py::arg("as_of") = py::none(), py::arg("slack") = duration{},
          "Runs recorded complaints, as NumPy columns, without a Python loop. `case`, `event` and `at` have a value "
          "for each event, cases "
          "in order, each beginning with its opening, which is event -1; the others are places in `event_names`. Times "
          "are datetime64 "
          "in UTC. Columns of `attributes` (by case) and `data` (by event): datetime64, float, (values, valid), or "
          "codes with categories.")
      .def(
          "__eq__", [](const policy& a, const policy& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const policy& p) { return py::hash(py::str(p.reference())); })
      .def("__repr__", [](const policy& p) { return "<Policy " + p.id() + "@" + p.version() + ">"; })
      .def(py::pickle([](const policy& p) { return py::make_tuple(to_python(write_policy(p.definition()))); },
                      [](const py::tuple& t) { return load_policy({to_node(t[0])}, python_zones()); }));
}
