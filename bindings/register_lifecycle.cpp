// SPDX-License-Identifier: BSL-1.0
#include "lifecycle_columns.hpp"
#include "lifecycle_steps.hpp"

#include <plaint/io/dot.hpp>
#include <plaint/io/mermaid.hpp>
#include <plaint/lifecycle/migration.hpp>

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace plaint::python {
namespace {

using shared = std::shared_ptr<machine>;

[[nodiscard]] shared load_document(document d, bool cross_region) {
  if (cross_region) {
    auto& items = d.root.items;
    const auto found = std::find(d.root.keys.begin(), d.root.keys.end(), "lifecycle");
    auto& section = found == d.root.keys.end() ? d.root : items[static_cast<std::size_t>(found - d.root.keys.begin())];
    if (section.is_mapping() && section.find("cross_region") == nullptr) {
      section.add("cross_region", node::boolean_of(true));
    }
  }
  return with_types(machine_from(d));
}

/// What is too deep or no number of a document is a finding like any other fault.
[[nodiscard]] node node_from(const py::object& from) {
  try {
    return to_node(from);
  } catch (const py::value_error& wrong) {
    throw policy_error({{"bad-document", wrong.what(), "", {}}});
  }
}

[[nodiscard]] shared load(const py::object& from, bool cross_region) {
  if (PyDict_Check(from.ptr())) {
    return load_document({node_from(from), {}}, cross_region);
  }
  if (!PyUnicode_Check(from.ptr()) && !py::hasattr(from, "__fspath__")) {
    throw py::type_error("a lifecycle is made from a dict, or from the path of a YAML, JSON or SCXML file");
  }
  const auto path = py::module_::import("os").attr("fspath")(from).cast<std::string>();
  if (!path.ends_with(".scxml") && !path.ends_with(".xml")) {
    return load_document(read_document(path), cross_region);
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    PyErr_SetString(PyExc_FileNotFoundError, path.c_str());
    throw py::error_already_set();
  }
  std::ostringstream text;
  text << file.rdbuf();
  return with_types(machine_from_scxml(text.str(), path));
}

[[nodiscard]] py::dict attributes_of(const complaint_state& s) {
  py::dict all;
  const auto& declared = s.of->rules.schema().attributes;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    all[py::str(declared[i].name)] = to_python(s.values()[i], declared[i].type);
  }
  return all;
}

[[nodiscard]] py::frozenset active_of(const complaint_state& s) {
  py::list names;
  for (const auto id : s.of->rules.leaves(s.at)) {
    names.append(s.of->rules.name(id));
  }
  return py::frozenset(names);
}

[[nodiscard]] py::dict snapshot(const complaint_state& s) {
  const auto names = names_of(s.of->rules, s.at);
  py::dict remembered;
  for (const auto& r : names.remembered) {
    remembered[py::str(r.history)] = r.states;
  }
  py::dict attributes;
  const auto& declared = s.of->rules.schema().attributes;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (!s.values()[i].is_absent()) {
      attributes[py::str(declared[i].name)] = to_python(to_node(to_python(s.values()[i], declared[i].type)));
    }
  }
  py::dict all;
  all["lifecycle"] = s.of->digest;
  all["active"] = names.active;
  all["remembered"] = remembered;
  all["attributes"] = attributes;
  return all;
}

[[nodiscard]] configuration_names read_configuration(object_reader& snapshot) {
  configuration_names names;
  names.active = plaint::detail::read_names(snapshot.required("active"));
  if (const auto remembered = snapshot.optional("remembered")) {
    for (const auto& [history, states] : object_reader(*remembered).members()) {
      names.remembered.push_back({history, plaint::detail::read_names(states)});
    }
  }
  return names;
}

/// Values come back as JSON has them: times as text.
void restore_values(const schema& s, object_reader given, const migration_map& map, std::vector<value>& into) {
  for (const auto& [known, written] : given.members()) {
    const auto name = plaint::detail::mapped(map.attributes, known);
    const auto slot = s.slot(name);
    if (name.empty()) {
      continue;
    }
    if (!slot) {
      written.fault("unknown-attribute", "there is no attribute \"" + name + "\"", nearest(name, attribute_names(s)));
      continue;
    }
    if (const auto read = read_value(written, s.attributes[*slot].type)) {
      into[*slot] = *read;
      if (const auto lacking = s.check(*slot, *read)) {
        written.fault("out-of-range", *lacking);
      }
    }
  }
}

/// A snapshot comes from outside: whatever is wrong with it is a finding at its place.
[[nodiscard]] complaint_state restore(const shared& m, const py::object& snapshot, const migration_map& map,
                                      bool same) {
  const auto written = node_from(snapshot);
  findings found;
  object_reader all(written, "", found);
  const auto of = all.optional("lifecycle");
  auto names = read_configuration(all);
  const auto& declared = m->rules.schema();
  auto values = same ? std::vector<value>(declared.attributes.size()) : initial_values(declared);
  const auto attributes = all.optional("attributes");
  if (same && of && of->text() && *of->text() != m->digest) {
    throw py::value_error("the snapshot belongs to another lifecycle; see check_migration and migrate");
  }
  if (attributes) {
    restore_values(declared, object_reader(*attributes), map, values);
  }
  throw_if_error(found);
  const auto at = configuration_of(m->rules, same ? names : migrated(std::move(names), m->rules, map));
  return {m, at, hold(std::move(values))};
}

[[nodiscard]] py::dict picture(const lifecycle& rules, const configuration* at) {
  py::dict bundle;
  bundle["text/vnd.mermaid"] = to_mermaid(rules, at);
  const auto svg = py::module_::import("plaint._pictures").attr("svg")(to_dot(rules, at));
  if (!svg.is_none()) {
    bundle["image/svg+xml"] = svg;
  }
  return bundle;
}

[[nodiscard]] migration_map map_of(const std::map<std::string, std::string>& states,
                                   const std::map<std::string, std::string>& attributes) {
  migration_map map;
  map.states.insert(states.begin(), states.end());
  map.attributes.insert(attributes.begin(), attributes.end());
  return map;
}

[[nodiscard]] std::vector<std::string> state_names(const shared& m) {
  return m->rules.schema().states;
}

void register_state(py::module_& m) {
  made_class::of<state_object>(m, "State", "Where one complaint stands, with its attributes; never changed.")
      .property("active", &active_of, "the names of the active atomic and final states")
      .property(
          "configuration",
          [](const complaint_state& s) {
            std::vector<std::string> all;
            for (const auto id : s.of->rules.active(s.at)) {
              all.push_back(s.of->rules.name(id));
            }
            return all;
          },
          "all active states in document order, those that hold others included")
      .property("attributes", &attributes_of, "all attributes by name; None where unset")
      .property("terminated", [](const complaint_state& s) { return s.at.terminated; })
      .property("lifecycle", [](const complaint_state& s) { return s.of; })
      .def("__getitem__",
           [](const complaint_state& s, const std::string& name) {
             const auto slot = s.of->rules.schema().slot(name);
             if (!slot) {
               refuse_name("attribute", name, attribute_names(s.of->rules.schema()));
             }
             return to_python(s.values()[*slot], s.of->rules.schema().attributes[*slot].type);
           })
      .def("to_dict", &snapshot, "Names and plain values only, with the digest of the lifecycle.")
      .def_static(
          "from_dict",
          [](const py::object& a, const py::object& b) {
            const bool rules_first = py::isinstance<machine>(a);
            if (!rules_first && !py::isinstance<machine>(b)) {
              throw py::type_error("from_dict takes what to_dict gave, and the Lifecycle");
            }
            return restore((rules_first ? a : b).cast<shared>(), rules_first ? b : a, {}, true);
          },
          py::arg("data"), py::arg("lifecycle"), "The state that `to_dict` wrote. Raises PolicyError or ValueError.")
      .def("_repr_mimebundle_",
           [](const complaint_state& s, const py::args&, const py::kwargs&) { return picture(s.of->rules, &s.at); })
      .def(
          "__eq__", [](const complaint_state& a, const complaint_state& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const complaint_state& s) { return std::hash<configuration>{}(s.at); })
      .def("__repr__",
           [](const complaint_state& s) {
             std::string text = "<State";
             for (const auto id : s.of->rules.leaves(s.at)) {
               text += " " + s.of->rules.name(id);
             }
             return text + ">";
           })
      .def("__reduce__", [](const complaint_state& s) {
        return py::make_tuple(py::cast(s.of).attr("restore"), py::make_tuple(snapshot(s)));
      });
}

void register_step(py::module_& m) {
  static PyGetSetDef accepted{"accepted", &was_accepted, nullptr, "true if a transition was taken", nullptr};
  static PyGetSetDef state{"state", &state_after, nullptr, "the state afterwards; as before if the event was rejected",
                           nullptr};
  made_class::of<step_object>(m, "Step", "What one event did: accepted, or rejected with reasons.")
      .quick(accepted)
      .quick(state)
      .property("effects", &effects_of, "what the host is to carry out, in order: kind, ordinal, parameters")
      .property("transitions", &transitions_of)
      .property("reasons", [](const python_step& s) { return reasons_of(s.of->rules, s.result().reasons); })
      .property("left",
                [](const python_step& s) {
                  std::vector<std::string> all;
                  for (const auto id : s.result().left) {
                    all.push_back(s.of->rules.name(id));
                  }
                  return all;
                })
      .property("entered",
                [](const python_step& s) {
                  std::vector<std::string> all;
                  for (const auto id : s.result().entered) {
                    all.push_back(s.of->rules.name(id));
                  }
                  return all;
                })
      .property(
          "changes",
          [](const python_step& s) {
            py::dict all;
            for (const auto& c : s.result().changes) {
              const auto& a = s.of->rules.schema().attributes[c.slot];
              all[py::str(a.name)] = to_python(c.to, a.type);
            }
            return all;
          },
          "the attributes that changed, with their new values")
      .def("__bool__", [](const python_step& s) { return s.accepted; })
      .def("__repr__", [](const python_step& s) {
        return s.accepted ? std::string("<Step accepted>") : "<Step rejected: " + why(s.result().reasons) + ">";
      });
}

} // namespace
} // namespace plaint::python

void register_lifecycle(py::module_& m) {
  using namespace plaint::python;
  using plaint::check_migration;

  register_state(m);
  register_step(m);
  py::class_<machine, shared> rules(
      m, "Lifecycle", "A checked, immutable lifecycle: statecharts with roles, required fields and guards.");
  rules
      .def(py::init(&load), py::arg("definition"), py::kw_only(), py::arg("cross_region") = false,
           "From a dict, or a YAML, JSON or SCXML file. Raises PolicyError with all findings; `cross_region` lets "
           "targets lie in sibling regions.")
      .def_static(
          "from_dict", [](const py::dict& d) { return load(d, false); }, py::arg("definition"))
      .def_static(
          "from_scxml",
          [](const std::string& text, const std::string& file) { return with_types(machine_from_scxml(text, file)); },
          py::arg("text"), py::arg("file") = "")
      .def("initial", &initial, "A new complaint with these attributes.")
      .def("start", &begin, "As `initial`, but the step that entered the first states, with its effects.")
      .def("possible", &what_is_possible, py::arg("state"), py::kw_only(), py::arg("actor") = py::none(),
           py::arg("data") = py::none(), py::arg("at") = py::none(), "For every event: enabled, or why not.")
      .def("step_many", &plaint::python::step_many, py::arg("states"), py::arg("events"), py::kw_only(),
           py::arg("attributes") = py::none(), py::arg("actor") = py::none(), py::arg("accepted") = py::none(),
           "Arrays of codes; gives the new state codes.")
      .def("code_of", &code_of, py::arg("state"), "The code of a state's configuration, for step_many.")
      .def("state_of", &state_of, py::arg("code"), "A state with this configuration and the default attributes.")
      .def_property_readonly("event_codes", &event_codes)
      .def(
          "restore", [](const shared& l, const py::object& d) { return restore(l, d, {}, true); }, py::arg("data"))
      .def(
          "check_migration",
          [](const shared& from, const shared& to, const std::map<std::string, std::string>& states,
             const std::map<std::string, std::string>& attributes) {
            return check_migration(from->rules, to->rules, map_of(states, attributes));
          },
          py::arg("to"), py::kw_only(), py::arg("states") = std::map<std::string, std::string>{},
          py::arg("attributes") = std::map<std::string, std::string>{},
          "What would be lost; errors mean that some could not move.")
      .def(
          "migrate",
          [](const shared& to, const py::object& d, const std::map<std::string, std::string>& states,
             const std::map<std::string, std::string>& attributes) {
            return restore(to, d, map_of(states, attributes), false);
          },
          py::arg("data"), py::kw_only(), py::arg("states") = std::map<std::string, std::string>{},
          py::arg("attributes") = std::map<std::string, std::string>{},
          "A snapshot of another lifecycle as a state of this one.")
      .def_property_readonly("states", &state_names, "all states in document order, history states included")
      .def_property_readonly(
          "findings", [](const shared& l) { return l->rules.notes(); }, "warnings and notes of the check")
      .def_property_readonly("digest", [](const shared& l) { return l->digest; })
      .def("to_dict", [](const shared& l) { return to_python(l->source); })
      .def(
          "to_mermaid",
          [](const shared& l, const complaint_state* s, const std::string& language) {
            return plaint::to_mermaid(l->rules, s ? &s->at : nullptr, language);
          },
          py::arg("state") = nullptr, py::kw_only(), py::arg("language") = "")
      .def(
          "to_dot",
          [](const shared& l, const complaint_state* s, const std::string& language) {
            return plaint::to_dot(l->rules, s ? &s->at : nullptr, language);
          },
          py::arg("state") = nullptr, py::kw_only(), py::arg("language") = "")
      .def("to_scxml", [](const shared& l) { return plaint::to_scxml(l->rules); })
      .def("_repr_mimebundle_",
           [](const shared& l, const py::args&, const py::kwargs&) { return picture(l->rules, nullptr); })
      .def("__repr__",
           [](const shared& l) {
             return "<Lifecycle of " + std::to_string(l->rules.state_count()) + " states " + l->digest.substr(0, 12) +
                    ">";
           })
      .def(py::pickle([](const shared& l) { return py::make_tuple(to_python(l->source)); },
                      [](const py::tuple& t) { return load(t[0], false); }));
  static PyMethodDef step{"step", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&step_method)),
                          METH_FASTCALL | METH_KEYWORDS,
                          "step($self, /, state, event, at=None, actor=None, data=None)\n--\n\n"
                          "One event. A refused one changes nothing and says why."};
  rules.attr("step") =
      py::reinterpret_steal<py::object>(PyDescr_NewMethod(reinterpret_cast<PyTypeObject*>(rules.ptr()), &step));
}
