// SPDX-License-Identifier: BSL-1.0
#include "node_caster.hpp"
#include "python_zones.hpp"
#include "value_conversion.hpp"

#include <plaint/complaint/apply.hpp>
#include <plaint/io/yaml.hpp>

#include <pybind11/eval.h>

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

void register_policy(py::module_& m) {
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
      .def("open", &open_one, py::arg("id"), py::kw_only(), py::arg("at"), py::arg("recorded_at") = py::none(),
           py::arg("actor") = py::none(),
           "Opens a complaint at an aware datetime; further keywords are attributes. Raises Rejected.")
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
      .def_property_readonly("attributes", &attributes_of)
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
