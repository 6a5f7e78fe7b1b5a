// SPDX-License-Identifier: BSL-1.0
#include "lifecycle_objects.hpp"
#include "python_zones.hpp"
#include "replay_columns.hpp"

#include <plaint/complaint/apply.hpp>

#include <pybind11/eval.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace plaint;

/// What Python calls a complaint: the value, and the policy that runs it.
struct bound_complaint {
  policy by;
  complaint value;
};

actor actor_from(const py::object& given) {
  if (given.is_none()) {
    return {};
  }
  if (py::isinstance<py::str>(given)) { // the role alone
    return {.role = given.cast<std::string>()};
  }
  const auto fields = given.cast<py::dict>();
  const auto text = [&](const char* name) { return fields.contains(name) ? fields[name].cast<std::string>() : std::string{}; };
  return {.id = text("id"), .role = text("role")};
}

event event_from(std::string name, instant at, const std::optional<instant>& recorded_at, const py::object& who, const py::kwargs& data) {
  return {.name = std::move(name), .effective_at = at, .recorded_at = recorded_at.value_or(at), .actor = actor_from(who),
          .data = python::to_node(data)};
}

/// Raises `Rejected` with the refusals; looked up in the module, as nothing may be static.
[[noreturn]] void reject(const std::string& what, const progress& did) {
  std::string text = what + " is refused";
  for (const auto& r : did.refusals) {
    text += "\n" + r.code + ": " + r.message;
  }
  const auto type = py::module_::import("plaint._core").attr("complaint").attr("Rejected");
  const auto raised = type(text);
  raised.attr("refusals") = py::cast(did.refusals);
  PyErr_SetObject(type.ptr(), raised.ptr());
  throw py::error_already_set();
}

bound_complaint open_one(const policy& by, std::string id, instant at, const std::optional<instant>& recorded_at, const py::object& who,
                         const py::kwargs& attributes) {
  auto [made, did] = open(by, std::move(id), event_from("", at, recorded_at, who, attributes));
  if (!did.accepted) {
    reject("opening the complaint", did);
  }
  return {by, std::move(made)};
}

progress try_apply(bound_complaint& c, std::string name, instant at, const std::optional<instant>& recorded_at, const py::object& who,
                   const py::kwargs& data) {
  auto [after, did] = apply(c.by, c.value, event_from(std::move(name), at, recorded_at, who, data));
  c.value = std::move(after);
  return std::move(did);
}

py::dict attributes_of(const bound_complaint& c) {
  py::dict all;
  for (std::size_t i = 0; i < c.value.attributes.size(); ++i) {
    const auto& declared = c.by.schema().attributes[i];
    all[py::str(declared.name)] = python::to_python(write_value(c.value.attributes[i], declared.type));
  }
  return all;
}

py::object instant_or_none(instant t) { return t == instant::max() ? py::object(py::none()) : py::cast(t); }

/// The clocks with names, each with its latest cycle.
py::dict clocks_of(const bound_complaint& c) {
  constexpr const char* words[] = {"running", "met", "missed"};
  py::dict all;
  for (std::size_t i = 0; i < c.by.named_clocks(); ++i) {
    const auto* cycle = c.value.clocks[i].latest();
    if (cycle == nullptr) {
      continue;
    }
    py::dict one;
    one["cycle"] = c.value.clocks[i].cycles.size();
    one["started"] = cycle->started;
    one["due"] = instant_or_none(cycle->due);
    one["stopped"] = instant_or_none(cycle->stopped);
    one["verdict"] = words[static_cast<std::size_t>(cycle->verdict())];
    one["breached"] = cycle->breached(c.value.last_at);
    all[py::str(c.by.clocks()[i].definition.id)] = one;
  }
  return all;
}

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

std::vector<attribute_outline> attributes_of(const policy& p) {
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
  return std::make_shared<python::machine>(p.lifecycle(), std::move(source));
}

void register_policy(py::module_& m) {
  py::class_<attribute_outline>(m, "AttributeInfo", "An attribute as a policy declares it.")
      .def_readonly("name", &attribute_outline::name)
      .def_readonly("type", &attribute_outline::type, "\"enum\", \"string\", \"int\", \"timestamp\", \"list(string)\" …")
      .def_readonly("members", &attribute_outline::members, "of an enumeration; empty otherwise")
      .def_readonly("required", &attribute_outline::required)
      .def("__repr__", [](const attribute_outline& a) { return "<AttributeInfo " + a.name + ": " + a.type + ">"; });
  py::class_<clock_outline>(m, "ClockInfo", "A clock as a policy declares it.")
      .def_readonly("id", &clock_outline::id)
      .def_readonly("title", &clock_outline::title, "by language; \"\" stands for any")
      .def("__repr__", [](const clock_outline& c) { return "<ClockInfo " + c.id + ">"; });
  py::class_<policy>(m, "Policy", "The rules by which complaints are handled: checked, immutable, identified by its content.")
      .def_static(
          "load", [](const py::object& path) { return load_policy(read_document(py::str(path).cast<std::string>()), python::python_zones()); },
          py::arg("path"), "Reads and checks a YAML or JSON file. Raises PolicyError with every finding, each with line and column.")
      .def_static(
          "from_dict", [](const py::dict& data) { return load_policy({python::to_node(data)}, python::python_zones()); }, py::arg("data"),
          "Checks a policy given as dict, list and scalars. Raises PolicyError with every finding.")
      .def_property_readonly("id", &policy::id)
      .def_property_readonly("version", &policy::version)
      .def_property_readonly("digest", &policy::digest, "SHA-256 of the canonical form.")
      .def_property_readonly("reference", &policy::reference, "\"id@version#digest\": what a complaint pins.")
      .def_property_readonly("findings", &policy::notes, "Warnings and notes of the check.")
      .def_property_readonly(
          "title", [](const policy& p) { return std::map<std::string, std::string>(p.definition().title.begin(), p.definition().title.end()); },
          "By language; \"\" stands for any.")
      .def_property_readonly("attributes", py::overload_cast<const policy&>(&attributes_of), "What complaints have, in the policy's order.")
      .def_property_readonly("events", &events_of, "The events that somebody may send.")
      .def_property_readonly("roles", &roles_of)
      .def_property_readonly("states", &states_of, "All states in document order.")
      .def_property_readonly("clocks", &clock_outlines, "In the policy's order.")
      .def_property_readonly("lifecycle", &lifecycle_of)
      .def("open", &open_one, py::arg("id"), py::kw_only(), py::arg("at"), py::arg("recorded_at") = py::none(),
           py::arg("actor") = py::none(),
           "Opens a complaint at an aware datetime; further keywords are attributes. Raises Rejected.")
      .def(
          "replay",
          [](const policy& p, std::size_t cases, const py::object& owner, const py::object& event, const py::object& at,
             std::vector<std::string> event_names, std::optional<std::vector<std::string>> roles, const py::object& role,
             const py::object& attributes, const py::object& data, const std::optional<instant>& as_of, duration slack) {
            return python::replay(p, {cases, owner, event, at, std::move(event_names), std::move(roles), role, attributes, data, as_of, slack});
          },
          py::kw_only(), py::arg("cases"), py::arg("case"), py::arg("event"), py::arg("at"), py::arg("event_names"),
          py::arg("roles") = py::none(), py::arg("role") = py::none(), py::arg("attributes") = py::none(), py::arg("data") = py::none(),
          py::arg("as_of") = py::none(), py::arg("slack") = duration{},
          "Runs recorded complaints, as NumPy columns, without a Python loop. `case`, `event` and `at` have a value for each event, cases "
          "in order, each beginning with its opening, which is event -1; the others are places in `event_names`. Times are datetime64 "
          "in UTC. Columns of `attributes` (by case) and `data` (by event): datetime64, float, (values, valid), or codes with categories.")
      .def(
          "__eq__", [](const policy& a, const policy& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const policy& p) { return py::hash(py::str(p.reference())); })
      .def("__repr__", [](const policy& p) { return "<Policy " + p.id() + "@" + p.version() + ">"; });
}

} // namespace

void register_complaint(py::module_& m) {
  const auto scope = py::dict(py::arg("__name__") = "plaint");
  py::exec("class Rejected(Exception):\n    \"\"\"An event that may not happen; `refusals` says why, all of it.\"\"\"\n\n    refusals = ()\n",
           scope);
  m.attr("Rejected") = scope["Rejected"];
  py::class_<refusal>(m, "Refusal", "Why an event was refused.")
      .def_readonly("code", &refusal::code, "stable, such as \"wrong-state\" or \"missing-field\"")
      .def_readonly("subject", &refusal::subject, "the attribute, role or event that it is about")
      .def_readonly("message", &refusal::message)
      .def("__repr__", [](const refusal& r) { return "<Refusal " + r.code + ": " + r.message + ">"; });
  py::class_<effect>(m, "Effect", "Something that the host is asked to do; plain data with a stable key.")
      .def_readonly("key", &effect::key)
      .def_readonly("kind", &effect::kind)
      .def_property_readonly("parameters", [](const effect& e) { return python::to_python(e.parameters); })
      .def_readonly("cause", &effect::cause)
      .def_readonly("at", &effect::at, "the instant that it belongs to")
      .def_readonly("late_by", &effect::late_by, "how much later it was noticed")
      .def("__repr__", [](const effect& e) { return "<Effect " + e.key + " " + e.kind + ">"; });
  py::class_<progress>(m, "Progress", "What an event, or the passing of time, did.")
      .def_readonly("accepted", &progress::accepted)
      .def_readonly("sequence", &progress::sequence)
      .def_readonly("left", &progress::left)
      .def_readonly("entered", &progress::entered)
      .def_readonly("effects", &progress::effects)
      .def_readonly("refusals", &progress::refusals)
      .def_readonly("next_wake_up", &progress::next_wake_up);
  register_policy(m);
  py::class_<bound_complaint>(m, "Complaint", "One case, run by the policy that it was opened under.")
      .def_property_readonly("id", [](const bound_complaint& c) { return c.value.id; })
      .def_property_readonly("policy", [](const bound_complaint& c) { return c.by; })
      .def_property_readonly("sequence", [](const bound_complaint& c) { return c.value.sequence; })
      .def_property_readonly(
          "states",
          [](const bound_complaint& c) {
            std::vector<std::string> names;
            for (const auto s : c.by.lifecycle().active(c.value.where)) {
              names.push_back(c.by.lifecycle().name(s));
            }
            return names;
          },
          "The active states in document order.")
      .def_property_readonly("attributes", py::overload_cast<const bound_complaint&>(&attributes_of))
      .def_property_readonly("clocks", &clocks_of, "The latest cycle of each clock that has started, as dicts.")
      .def_property_readonly("next_wake_up", [](const bound_complaint& c) { return detail::wake_up(c.value); })
      .def("try_apply", &try_apply, py::arg("event"), py::kw_only(), py::arg("at"), py::arg("recorded_at") = py::none(),
           py::arg("actor") = py::none(), "One event; a refusal is in the result and changes nothing.")
      .def(
          "apply",
          [](bound_complaint& c, std::string name, instant at, const std::optional<instant>& recorded_at, const py::object& who,
             const py::kwargs& data) {
            auto did = try_apply(c, name, at, recorded_at, who, data);
            if (!did.accepted) {
              reject("\"" + name + "\"", did);
            }
            return did;
          },
          py::arg("event"), py::kw_only(), py::arg("at"), py::arg("recorded_at") = py::none(), py::arg("actor") = py::none(),
          "One event; further keywords are its data. Raises Rejected, and then nothing has changed.")
      .def(
          "advance",
          [](bound_complaint& c, instant to) {
            auto [after, did] = advance(c.by, c.value, to);
            c.value = std::move(after);
            return std::move(did);
          },
          py::arg("to"), "Lets time pass: everything due before `to` happens, each at its own instant.")
      .def("__repr__", [](const bound_complaint& c) { return "<Complaint " + c.value.id + " by " + c.by.id() + "@" + c.by.version() + ">"; });
}
