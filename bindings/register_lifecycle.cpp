// SPDX-License-Identifier: BSL-1.0
#include "lifecycle_objects.hpp"

#include <plaint/io/dot.hpp>
#include <plaint/io/mermaid.hpp>
#include <plaint/lifecycle/migration.hpp>

#include <fstream>
#include <sstream>

namespace plaint::python {
namespace {

using shared = std::shared_ptr<machine>;

[[nodiscard]] shared load(const py::object& from, bool cross_region) {
  if (PyDict_Check(from.ptr())) {
    document d{to_node(from), {}};
    if (cross_region) {
      auto* section = const_cast<node*>(d.root.find("lifecycle"));
      (section != nullptr ? *section : d.root).add("cross_region", node::boolean_of(true));
    }
    return machine_from(d);
  }
  const auto path = py::str(from).cast<std::string>();
  if (!path.ends_with(".scxml") && !path.ends_with(".xml")) {
    return machine_from(read_document(path));
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    PyErr_SetString(PyExc_FileNotFoundError, path.c_str());
    throw py::error_already_set();
  }
  std::ostringstream text;
  text << file.rdbuf();
  return machine_from_scxml(text.str(), path);
}

[[noreturn]] void refuse_name(const char* what, const std::string& name, const std::vector<std::string>& known) {
  const auto near = nearest(name, known);
  throw py::key_error("there is no " + std::string(what) + " \"" + name + "\"" +
                      (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

[[nodiscard]] std::vector<std::string> attribute_names(const schema& s) {
  std::vector<std::string> all;
  for (const auto& a : s.attributes) {
    all.push_back(a.name);
  }
  return all;
}

void set_values(const schema& s, const py::dict& given, std::vector<value>& into) {
  for (const auto& [key, held] : given) {
    const auto name = key.cast<std::string>();
    const auto slot = s.slot(name);
    if (!slot) {
      refuse_name("attribute", name, attribute_names(s));
    }
    into[*slot] = value_from(held, s.attributes[*slot].type, name);
    if (const auto lacking = s.check(*slot, into[*slot])) {
      throw py::value_error(*lacking);
    }
  }
}

/// Event data by field. Names that no declaration knows are the host's own; a value that does not fit is a reason.
[[nodiscard]] std::optional<reason> read_data(const schema& s, const py::dict& given, std::vector<value>& into) {
  into.assign(s.event_fields.size(), {});
  for (const auto& [key, held] : given) {
    const auto name = key.cast<std::string>();
    const auto place = s.event_field(name);
    if (!place) {
      continue;
    }
    try {
      into[*place] = value_from(held, s.event_fields[*place].type, name);
    } catch (const py::cast_error&) {
      return reason{reason_kind::out_of_range, no_id, no_id, name, "\"" + name + "\" must be of type " + to_string(s.event_fields[*place].type)};
    } catch (const py::builtin_exception& error) {
      return reason{reason_kind::out_of_range, no_id, no_id, name, error.what()};
    }
  }
  return std::nullopt;
}

/// "agent", or {"id": "u7", "role": "agent", "class": "agent"}; a declared role brings its side with it.
struct sender {
  std::string id{};
  std::string role{};
  actor_class side = actor_class::none;

  sender(const lifecycle& rules, const py::object& given) {
    bool sided = false;
    if (PyUnicode_Check(given.ptr())) {
      role = given.cast<std::string>();
    } else if (PyDict_Check(given.ptr())) {
      for (const auto& [key, held] : given.cast<py::dict>()) {
        const auto name = key.cast<std::string>();
        const auto text = held.is_none() ? std::string{} : held.cast<std::string>();
        if (name == "class") {
          const auto found = std::find(actor_class_words.begin(), actor_class_words.end(), text);
          if (found == actor_class_words.end()) {
            throw py::value_error("an actor's class is customer, agent, supplier or system");
          }
          side = static_cast<actor_class>(found - actor_class_words.begin());
          sided = true;
        } else if (name == "id") {
          id = text;
        } else if (name == "role") {
          role = text;
        } else {
          refuse_name("field of an actor", name, {"id", "role", "class"});
        }
      }
    } else if (!given.is_none()) {
      throw py::type_error("actor must be None, a role, or a dict with id, role, class");
    }
    if (sided || role.empty()) {
      return;
    }
    // A role brings the side that it is declared on; the words for the sides are roles that nobody need declare.
    const auto word = std::find(actor_class_words.begin(), actor_class_words.end(), role);
    side = word == actor_class_words.end() ? actor_class::none : static_cast<actor_class>(word - actor_class_words.begin());
    for (const auto& r : rules.roles()) {
      side = r.name == role ? r.side : side;
    }
  }
  [[nodiscard]] actor_view view() const noexcept { return {id, role, side}; }
};

[[nodiscard]] occurrence occurring(const lifecycle& rules, std::string_view event, const std::optional<instant>& at,
                                   const sender& who, const std::vector<value>& data) {
  occurrence what;
  what.event = rules.event(event);
  what.name = event;
  what.actor = who.view();
  what.data = data;
  what.at = at;
  return what;
}

python_step take_step(const shared& m, const complaint_state& from, const py::str& event, const py::object& at, const py::object& actor,
                      const py::object& data) {
  if (from.of != m && from.of->digest != m->digest) {
    throw py::value_error("the state belongs to another lifecycle");
  }
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(event.ptr(), &size);
  if (text == nullptr) {
    throw py::error_already_set();
  }
  const std::string_view name(text, static_cast<std::size_t>(size));
  const auto& rules = m->rules;
  python_step s{m, from.values, {}};
  std::vector<value> fields;
  step_memory memory;
  if (!data.is_none()) {
    if (auto misfit = read_data(rules.schema(), data.cast<py::dict>(), fields)) {
      s.result.after = from.at;
      s.result.reasons.push_back(std::move(*misfit));
      return s;
    }
  }
  const sender who(rules, actor);
  const auto when = at.is_none() ? std::nullopt : std::optional(at.cast<instant>());
  auto what = occurring(rules, name, when, who, fields);
  for (const auto& t : rules.timers()) {
    if (t.kind == timer_kind::after && t.name == name) {
      what.event = t.event;
    }
  }
  step(rules, from.at, from.values, what, memory, s.result);
  return s;
}

python_step begin(const shared& m, const py::kwargs& given) {
  python_step s{m, initial_values(m->rules.schema()), {}};
  set_values(m->rules.schema(), given, s.before);
  s.result = start(m->rules, s.before);
  return s;
}

[[nodiscard]] complaint_state after(const python_step& s) {
  complaint_state to{s.of, s.result.after, s.before};
  for (const auto& c : s.result.changes) {
    to.values[c.slot] = c.to;
  }
  return to;
}

[[nodiscard]] std::string why(const std::vector<reason>& reasons) {
  std::string text;
  for (const auto& r : reasons) {
    text += (text.empty() ? "" : "; ") + r.message;
  }
  return text;
}

complaint_state initial(const shared& m, const py::kwargs& given) {
  const auto s = begin(m, given);
  if (!s.result.accepted) {
    throw py::value_error("the lifecycle cannot begin: " + why(s.result.reasons));
  }
  return after(s);
}

[[nodiscard]] py::dict attributes_of(const complaint_state& s) {
  py::dict all;
  const auto& declared = s.of->rules.schema().attributes;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    all[py::str(declared[i].name)] = to_python(s.values[i], declared[i].type);
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
    if (!s.values[i].is_absent()) {
      attributes[py::str(declared[i].name)] = to_python(to_node(to_python(s.values[i], declared[i].type)));
    }
  }
  py::dict all;
  all["lifecycle"] = s.of->digest;
  all["active"] = names.active;
  all["remembered"] = remembered;
  all["attributes"] = attributes;
  return all;
}

[[nodiscard]] configuration_names names_from(const py::dict& d) {
  configuration_names names;
  names.active = d["active"].cast<std::vector<std::string>>();
  if (d.contains("remembered")) {
    for (const auto& [history, states] : d["remembered"].cast<py::dict>()) {
      names.remembered.push_back({history.cast<std::string>(), states.cast<std::vector<std::string>>()});
    }
  }
  return names;
}

/// Values come back as JSON has them: times as text.
void restore_values(const schema& s, const py::dict& given, const migration_map& map, std::vector<value>& into) {
  findings found;
  for (const auto& [key, held] : given) {
    const auto name = plaint::detail::mapped(map.attributes, key.cast<std::string>());
    const auto slot = s.slot(name);
    if (name.empty()) {
      continue;
    }
    if (!slot) {
      found.push_back({"unknown-attribute", "there is no attribute \"" + name + "\"", child("/attributes", name), nearest(name, attribute_names(s))});
      continue;
    }
    const auto written = to_node(held);
    if (const auto read = read_value({written, child("/attributes", name), found}, s.attributes[*slot].type)) {
      into[*slot] = *read;
      if (const auto lacking = s.check(*slot, *read)) {
        found.push_back({"out-of-range", *lacking, child("/attributes", name), {}});
      }
    }
  }
  throw_if_error(found);
}

[[nodiscard]] complaint_state restore(const shared& m, const py::dict& d, const migration_map& map, bool same) {
  if (same && d.contains("lifecycle") && d["lifecycle"].cast<std::string>() != m->digest) {
    throw py::value_error("the snapshot belongs to another lifecycle; see check_migration and migrate");
  }
  complaint_state s{m, {}, std::vector<value>(m->rules.schema().attributes.size())};
  if (!same) {
    s.values = initial_values(m->rules.schema());
  }
  auto names = names_from(d);
  s.at = configuration_of(m->rules, same ? names : migrated(std::move(names), m->rules, map));
  restore_values(m->rules.schema(), d.contains("attributes") ? d["attributes"].cast<py::dict>() : py::dict(), map, s.values);
  return s;
}

[[nodiscard]] py::list effects_of(const python_step& s) {
  py::list all;
  for (std::size_t i = 0; i < s.result.effects.size(); ++i) {
    const auto& made = s.result.effects[i];
    const auto& d = s.of->rules.effect_at(made.effect);
    const auto& chart = s.of->rules.chart();
    py::dict e;
    e["kind"] = d.kind;
    e["ordinal"] = i;
    std::size_t computed = 0;
    for (const auto& p : d.parameters) {
      if (p.expression.empty()) {
        e[py::str(p.name)] = to_python(p.value);
      } else {
        const auto program = chart.programs_pool[chart.effect_programs[made.effect].begin + computed];
        e[py::str(p.name)] = to_python(made.values[computed], chart.programs[program].result());
        ++computed;
      }
    }
    all.append(e);
  }
  return all;
}

[[nodiscard]] py::object name_or_none(const lifecycle& rules, state_id s) {
  return s == no_id ? py::object(py::none()) : py::object(py::str(rules.name(s)));
}

[[nodiscard]] py::dict transition_of(const lifecycle& rules, transition_id t) {
  const auto& d = rules.transition_at(t);
  py::dict all;
  all["source"] = name_or_none(rules, rules.source_of(t));
  all["targets"] = d.targets;
  all["events"] = d.events;
  all["pointer"] = d.pointer;
  return all;
}

[[nodiscard]] py::list transitions_of(const python_step& s) {
  py::list all;
  for (const auto t : s.result.taken) {
    all.append(transition_of(s.of->rules, t));
  }
  return all;
}

/// A reason with the names that its numbers mean.
[[nodiscard]] py::dict reason_of(const lifecycle& rules, const reason& r) {
  py::dict all;
  all["kind"] = std::string(to_string(r.kind));
  all["state"] = name_or_none(rules, r.state);
  all["transition"] = r.transition == no_id ? py::object(py::none()) : py::object(py::str(rules.transition_at(r.transition).pointer));
  all["subject"] = r.subject;
  all["message"] = r.message;
  return all;
}

[[nodiscard]] py::list reasons_of(const lifecycle& rules, const std::vector<reason>& reasons) {
  py::list all;
  for (const auto& r : reasons) {
    all.append(reason_of(rules, r));
  }
  return all;
}

[[nodiscard]] py::dict what_is_possible(const shared& m, const complaint_state& s, const py::object& actor, const py::object& data,
                                        const py::object& at) {
  std::vector<value> fields;
  const auto misfit = data.is_none() ? std::nullopt : read_data(m->rules.schema(), data.cast<py::dict>(), fields);
  if (misfit) {
    throw py::value_error(misfit->message);
  }
  const sender who(m->rules, actor);
  const auto when = at.is_none() ? std::nullopt : std::optional(at.cast<instant>());
  py::dict all;
  for (const auto& p : possible(m->rules, s.at, s.values, occurring(m->rules, "", when, who, fields))) {
    py::dict one;
    one["enabled"] = p.enabled;
    one["lacking"] = p.lacking();
    one["reasons"] = reasons_of(m->rules, p.reasons);
    all[py::str(std::string(m->rules.event_name(p.event)))] = one;
  }
  return all;
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

using codes = py::array_t<std::uint32_t, py::array::c_style | py::array::forcecast>;
using columns = py::array_t<std::int64_t, py::array::c_style>;

/// Rows of codes at once; attributes stand in a table of 64-bit numbers and are changed in place.
codes step_many(const shared& m, const codes& states, const codes& events, const py::object& attributes, const py::object& actor,
                const py::object& accepted) {
  const auto& table = m->bulk();
  if (!table) {
    throw py::value_error("this lifecycle has too many configurations for a table");
  }
  const auto n = states.size();
  const auto& rules = m->rules;
  const auto width = static_cast<py::ssize_t>(rules.schema().attributes.size());
  if (events.size() != n) {
    throw py::value_error("states and events must have the same length");
  }
  columns given = attributes.is_none() ? columns() : attributes.cast<columns>();
  const bool own = attributes.is_none();
  if (!own && (given.ndim() != 2 || given.shape(0) != n || given.shape(1) != width + 1 || !given.writeable())) {
    throw py::value_error("attributes must be a writable int64 array of shape (rows, attributes + 1); the last column says which are set");
  }
  std::vector<std::int64_t> first(static_cast<std::size_t>(width));
  std::uint64_t set = 0;
  const auto defaults = initial_values(rules.schema());
  for (std::size_t i = 0; i < defaults.size(); ++i) {
    (void)to_slot(defaults[i], i, first, set);
  }
  const sender who(rules, actor);
  const auto rights = dispatch_table::rights_of(rules, who.view());
  codes out(n);
  py::array_t<bool> taken = accepted.is_none() ? py::array_t<bool>(n) : accepted.cast<py::array_t<bool>>();
  if (taken.size() != n || !taken.writeable()) {
    throw py::value_error("accepted must be a writable bool array of the same length");
  }
  const auto* from = states.data();
  const auto* what = events.data();
  auto* to = out.mutable_data();
  auto* yes = taken.mutable_data();
  auto* slots = own ? nullptr : given.mutable_data();
  bool bad = false;
  bool asks = false;
  {
    const py::gil_scoped_release free;
    std::vector<std::int64_t> work(first);
    for (py::ssize_t i = 0; i < n; ++i) {
      std::uint32_t row = from[i];
      if (!table->is_row(row) || what[i] > rules.unknown_event()) {
        bad = true;
        break;
      }
      std::int64_t* mine = own ? work.data() : slots + i * (width + 1);
      auto mask = own ? set : static_cast<std::uint64_t>(mine[width]);
      if (own && width > 0) {
        std::copy(first.begin(), first.end(), work.begin());
      }
      std::uint32_t way = 0;
      const auto result = table->step(row, {mine, static_cast<std::size_t>(width)}, mask, static_cast<event_id>(what[i]), rights, way);
      asks = asks || result == fired::to_step;
      if (!own) {
        mine[width] = static_cast<std::int64_t>(mask);
      }
      yes[i] = result == fired::moved;
      to[i] = row;
    }
  }
  if (bad) {
    throw py::index_error("a code outside of state_codes or event_codes");
  }
  if (asks) {
    throw py::value_error("an event needs texts, lists, reason codes or time limits; step these complaints one by one");
  }
  return out;
}

[[nodiscard]] py::dict event_codes(const shared& m) {
  py::dict all;
  for (std::size_t e = 0; e < m->rules.event_count(); ++e) {
    all[py::str(std::string(m->rules.event_name(static_cast<event_id>(e))))] = e;
  }
  return all;
}

[[nodiscard]] std::uint32_t code_of(const shared& m, const complaint_state& s) {
  const auto row = m->bulk() ? m->bulk()->row_of(s.at) : std::nullopt;
  if (!row) {
    throw py::value_error("this lifecycle has too many configurations for a table");
  }
  return *row;
}

[[nodiscard]] complaint_state state_of(const shared& m, std::uint32_t code) {
  if (!m->bulk() || !m->bulk()->is_row(code)) {
    throw py::index_error("no such code");
  }
  return {m, m->bulk()->configuration_of(code), initial_values(m->rules.schema())};
}

[[nodiscard]] migration_map map_of(const std::map<std::string, std::string>& states, const std::map<std::string, std::string>& attributes) {
  migration_map map;
  map.states.insert(states.begin(), states.end());
  map.attributes.insert(attributes.begin(), attributes.end());
  return map;
}

[[nodiscard]] std::vector<std::string> state_names(const shared& m) { return m->rules.schema().states; }

void register_state(py::module_& m) {
  py::class_<complaint_state>(m, "State", "Where one complaint stands, with its attributes; never changed.")
      .def_property_readonly("active", &active_of, "the names of the active atomic and final states")
      .def_property_readonly(
          "configuration",
          [](const complaint_state& s) {
            std::vector<std::string> all;
            for (const auto id : s.of->rules.active(s.at)) {
              all.push_back(s.of->rules.name(id));
            }
            return all;
          },
          "all active states in document order, those that hold others included")
      .def_property_readonly("attributes", &attributes_of, "all attributes by name; None where unset")
      .def_property_readonly("terminated", [](const complaint_state& s) { return s.at.terminated; })
      .def_property_readonly("lifecycle", [](const complaint_state& s) { return s.of; })
      .def("__getitem__",
           [](const complaint_state& s, const std::string& name) {
             const auto slot = s.of->rules.schema().slot(name);
             if (!slot) {
               refuse_name("attribute", name, attribute_names(s.of->rules.schema()));
             }
             return to_python(s.values[*slot], s.of->rules.schema().attributes[*slot].type);
           })
      .def("to_dict", &snapshot, "Names and plain values only, with the digest of the lifecycle.")
      .def_static(
          "from_dict",
          [](const py::object& a, const py::object& b) {
            const bool dict_first = PyDict_Check(a.ptr());
            return restore((dict_first ? b : a).cast<shared>(), (dict_first ? a : b).cast<py::dict>(), {}, true);
          },
          py::arg("data"), py::arg("lifecycle"), "The state that `to_dict` wrote. Raises PolicyError or ValueError.")
      .def("_repr_mimebundle_", [](const complaint_state& s, const py::args&, const py::kwargs&) { return picture(s.of->rules, &s.at); })
      .def("__eq__", [](const complaint_state& a, const complaint_state& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const complaint_state& s) { return std::hash<configuration>{}(s.at); })
      .def("__repr__",
           [](const complaint_state& s) {
             std::string text = "<State";
             for (const auto id : s.of->rules.leaves(s.at)) {
               text += " " + s.of->rules.name(id);
             }
             return text + ">";
           })
      .def(py::pickle([](const complaint_state& s) { return py::make_tuple(s.of, snapshot(s)); },
                      [](const py::tuple& t) { return restore(t[0].cast<shared>(), t[1].cast<py::dict>(), {}, true); }));
}

void register_step(py::module_& m) {
  py::class_<python_step>(m, "Step", "What one event did: accepted, or rejected with reasons.")
      .def_property_readonly("accepted", [](const python_step& s) { return s.result.accepted; })
      .def_property_readonly("state", &after, "the state afterwards; as before if the event was rejected")
      .def_property_readonly("effects", &effects_of, "what the host is to carry out, in order: kind, ordinal, parameters")
      .def_property_readonly("transitions", &transitions_of)
      .def_property_readonly("reasons", [](const python_step& s) { return reasons_of(s.of->rules, s.result.reasons); })
      .def_property_readonly(
          "left",
          [](const python_step& s) {
            std::vector<std::string> all;
            for (const auto id : s.result.left) {
              all.push_back(s.of->rules.name(id));
            }
            return all;
          })
      .def_property_readonly(
          "entered",
          [](const python_step& s) {
            std::vector<std::string> all;
            for (const auto id : s.result.entered) {
              all.push_back(s.of->rules.name(id));
            }
            return all;
          })
      .def_property_readonly(
          "changes",
          [](const python_step& s) {
            py::dict all;
            for (const auto& c : s.result.changes) {
              const auto& a = s.of->rules.schema().attributes[c.slot];
              all[py::str(a.name)] = to_python(c.to, a.type);
            }
            return all;
          },
          "the attributes that changed, with their new values")
      .def("__bool__", [](const python_step& s) { return s.result.accepted; })
      .def("__repr__", [](const python_step& s) {
        return s.result.accepted ? std::string("<Step accepted>") : "<Step rejected: " + why(s.result.reasons) + ">";
      });
}

} // namespace
} // namespace plaint::python

void register_lifecycle(py::module_& m) {
  using namespace plaint::python;
  using plaint::check_migration;

  py::class_<machine, shared>(m, "Lifecycle", "A checked, immutable lifecycle: statecharts with roles, required fields and guards.")
      .def(py::init(&load), py::arg("definition"), py::kw_only(), py::arg("cross_region") = false,
           "From a dict, or a YAML, JSON or SCXML file. Raises PolicyError with all findings.")
      .def_static(
          "from_dict", [](const py::dict& d) { return load(d, false); }, py::arg("definition"))
      .def_static("from_scxml", &machine_from_scxml, py::arg("text"), py::arg("file") = "")
      .def("initial", &initial, "A new complaint with these attributes.")
      .def("start", &begin, "As `initial`, but the step that entered the first states, with its effects.")
      .def("step", &take_step, py::arg("state"), py::arg("event"), py::arg("at") = py::none(), py::arg("actor") = py::none(),
           py::arg("data") = py::none(), "One event. A refused one changes nothing and says why.")
      .def("possible", &what_is_possible, py::arg("state"), py::kw_only(), py::arg("actor") = py::none(), py::arg("data") = py::none(),
           py::arg("at") = py::none(), "For every event: enabled, or why not.")
      .def("step_many", &step_many, py::arg("states"), py::arg("events"), py::kw_only(), py::arg("attributes") = py::none(),
           py::arg("actor") = py::none(), py::arg("accepted") = py::none(), "Arrays of codes; gives the new state codes.")
      .def("code_of", &code_of, py::arg("state"), "The code of a state's configuration, for step_many.")
      .def("state_of", &state_of, py::arg("code"), "A state with this configuration and the default attributes.")
      .def_property_readonly("event_codes", &event_codes)
      .def("restore", [](const shared& l, const py::dict& d) { return restore(l, d, {}, true); }, py::arg("data"))
      .def("check_migration",
           [](const shared& from, const shared& to, const std::map<std::string, std::string>& states,
              const std::map<std::string, std::string>& attributes) {
             return check_migration(from->rules, to->rules, map_of(states, attributes));
           },
           py::arg("to"), py::kw_only(), py::arg("states") = std::map<std::string, std::string>{},
           py::arg("attributes") = std::map<std::string, std::string>{}, "What would be lost; errors mean that some could not move.")
      .def("migrate",
           [](const shared& to, const py::dict& d, const std::map<std::string, std::string>& states,
              const std::map<std::string, std::string>& attributes) { return restore(to, d, map_of(states, attributes), false); },
           py::arg("data"), py::kw_only(), py::arg("states") = std::map<std::string, std::string>{},
           py::arg("attributes") = std::map<std::string, std::string>{}, "A snapshot of another lifecycle as a state of this one.")
      .def_property_readonly("states", &state_names, "all states in document order, history states included")
      .def_property_readonly("findings", [](const shared& l) { return l->rules.notes(); }, "warnings and notes of the check")
      .def_property_readonly("digest", [](const shared& l) { return l->digest; })
      .def("to_dict", [](const shared& l) { return to_python(l->source); })
      .def("to_mermaid", [](const shared& l, const complaint_state* s) { return plaint::to_mermaid(l->rules, s ? &s->at : nullptr); },
           py::arg("state") = nullptr)
      .def("to_dot", [](const shared& l, const complaint_state* s) { return plaint::to_dot(l->rules, s ? &s->at : nullptr); },
           py::arg("state") = nullptr)
      .def("to_scxml", [](const shared& l) { return plaint::to_scxml(l->rules); })
      .def("_repr_mimebundle_", [](const shared& l, const py::args&, const py::kwargs&) { return picture(l->rules, nullptr); })
      .def("__repr__", [](const shared& l) {
        return "<Lifecycle of " + std::to_string(l->rules.state_count()) + " states " + l->digest.substr(0, 12) + ">";
      })
      .def(py::pickle([](const shared& l) { return py::make_tuple(to_python(l->source)); },
                      [](const py::tuple& t) { return load(t[0], false); }));
  register_state(m);
  register_step(m);
}
