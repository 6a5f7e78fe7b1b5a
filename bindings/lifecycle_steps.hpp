// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lifecycle_types.hpp"

#include <plaint/suggestion.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Steps from Python: what is given as values, what came of it as dicts.
namespace plaint::python {

[[noreturn]] inline void refuse_name(const char* what, const std::string& name, const std::vector<std::string>& known) {
  const auto near = nearest(name, known);
  throw py::key_error("there is no " + std::string(what) + " \"" + name + "\"" +
                      (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
}

[[nodiscard]] inline std::vector<std::string> attribute_names(const schema& s) {
  std::vector<std::string> all;
  for (const auto& a : s.attributes) {
    all.push_back(a.name);
  }
  return all;
}

inline void set_values(const schema& s, const py::dict& given, std::vector<value>& into) {
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
[[nodiscard]] inline std::optional<reason> read_data(const schema& s, const py::dict& given, std::vector<value>& into) {
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
      return reason{reason_kind::out_of_range, no_id, no_id, name,
                    "\"" + name + "\" must be of type " + to_string(s.event_fields[*place].type)};
    } catch (const py::builtin_exception& error) {
      return reason{reason_kind::out_of_range, no_id, no_id, name, error.what()};
    }
  }
  return std::nullopt;
}

/// "agent", or {"id": "u7", "role": "agent", "class": "agent"}; a declared role brings its side with it.
inline void read_sender(const lifecycle& rules, py::handle given, sender& into) {
  if (!given || given.is_none()) {
    return;
  }
  bool sided = false;
  if (PyUnicode_Check(given.ptr())) {
    into.role = given.cast<std::string>();
  } else if (PyDict_Check(given.ptr())) {
    for (const auto& [key, held] : py::reinterpret_borrow<py::dict>(given)) {
      const auto name = key.cast<std::string>();
      const auto text = held.is_none() ? std::string{} : held.cast<std::string>();
      if (name == "class") {
        const auto found = std::find(actor_class_words.begin(), actor_class_words.end(), text);
        if (found == actor_class_words.end()) {
          throw py::value_error("an actor's class is customer, agent, supplier or system");
        }
        into.side = static_cast<actor_class>(found - actor_class_words.begin());
        sided = true;
      } else if (name == "id") {
        into.id = text;
      } else if (name == "role") {
        into.role = text;
      } else {
        refuse_name("field of an actor", name, {"id", "role", "class"});
      }
    }
  } else {
    throw py::type_error("actor must be None, a role, or a dict with id, role, class");
  }
  if (sided || into.role.empty()) {
    return;
  }
  // A role brings the side that it is declared on; the words for the sides are roles that nobody need declare.
  const auto word = std::find(actor_class_words.begin(), actor_class_words.end(), into.role);
  into.side =
      word == actor_class_words.end() ? actor_class::none : static_cast<actor_class>(word - actor_class_words.begin());
  for (const auto& r : rules.roles()) {
    into.side = r.name == into.role ? r.side : into.side;
  }
}

[[nodiscard]] inline sender sender_from(const lifecycle& rules, py::handle given) {
  sender who;
  read_sender(rules, given, who);
  return who;
}

[[nodiscard]] inline occurrence occurring(const lifecycle& rules, std::string_view event,
                                          const std::optional<instant>& at, const sender& who,
                                          const std::vector<value>& data) {
  occurrence what;
  what.event = rules.event(event);
  what.name = event;
  what.actor = who.view();
  what.data = data;
  what.at = at;
  return what;
}

[[nodiscard]] inline instant instant_from(py::handle given) {
  py::detail::make_caster<instant> read;
  if (!read.load(given, true)) {
    throw py::type_error("at must be an aware datetime, not " + std::string(Py_TYPE(given.ptr())->tp_name));
  }
  return py::detail::cast_op<instant>(read);
}

/// The arguments of `step`, by place or by name; null where not given.
struct step_arguments {
  PyObject* state = nullptr;
  PyObject* event = nullptr;
  PyObject* at = nullptr;
  PyObject* actor = nullptr;
  PyObject* data = nullptr;

  step_arguments(PyObject* const* given, Py_ssize_t count, PyObject* names) {
    const std::array<std::pair<const char*, PyObject**>, 5> known{
        {{"state", &state}, {"event", &event}, {"at", &at}, {"actor", &actor}, {"data", &data}}};
    const auto places = static_cast<std::size_t>(count);
    if (places > known.size()) {
      throw py::type_error("step takes at most 5 arguments: state, event, at, actor, data");
    }
    for (std::size_t i = 0; i < places; ++i) {
      *known[i].second = given[i];
    }
    const auto named = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < named; ++i) {
      auto* const name = PyTuple_GET_ITEM(names, i);
      const auto found = std::find_if(known.begin(), known.end(), [&](const auto& k) {
        return PyUnicode_CompareWithASCIIString(name, k.first) == 0;
      });
      if (found == known.end() || *found->second != nullptr) {
        throw py::type_error("step takes state, event, at, actor, data, each once; not \"" +
                             py::str(name).cast<std::string>() + "\"");
      }
      *found->second = given[count + i];
    }
    for (std::size_t i = 2; i < known.size(); ++i) {
      *known[i].second = *known[i].second == Py_None ? nullptr : *known[i].second;
    }
    if (state == nullptr || event == nullptr) {
      throw py::type_error("step needs a state and an event");
    }
  }
};

/// True if the table has answered the step; else nothing is known yet.
[[nodiscard]] inline bool ask_table(machine& m, const complaint_state& from, event_id event, python_step& s) {
  const auto* table = from.held->whole ? m.worthwhile() : nullptr;
  if (table == nullptr) {
    return false;
  }
  const auto row = table->is_row(from.at.row) ? std::optional(from.at.row) : table->row_of(from.at);
  if (!row) {
    return false;
  }
  s.row = *row;
  s.slots = from.held->slots;
  s.set = from.held->set;
  std::uint32_t way = 0;
  const auto said = table->step(s.row, s.slots, s.set, event, dispatch_table::rights_of(m.rules, s.who.view()), way);
  s.accepted = said == fired::moved;
  s.by_table = said != fired::to_step;
  return s.by_table;
}

[[nodiscard]] inline pooled_step take_step(const std::shared_ptr<machine>& m, const step_arguments& given) {
  const auto* from = state_object::in(given.state);
  if (from == nullptr) {
    throw py::type_error("step needs a State, as initial() gives");
  }
  if (from->of != m && from->of->digest != m->digest) {
    throw py::value_error("the state belongs to another lifecycle");
  }
  const auto name = text_in(given.event, "an event");
  const auto& rules = m->rules;
  pooled_step s(step_pool::take().release());
  s->of = m;
  s->before = from->held;
  s->from = from->at;
  if (given.actor != nullptr) {
    read_sender(rules, given.actor, s->who);
  }
  if (given.at != nullptr) {
    s->at = instant_from(given.at);
  }
  const bool timer = name.starts_with("after(");
  if (given.data == nullptr && !timer && !from->at.terminated && ask_table(*m, *from, rules.event(name), *s)) {
    s->event = name;
    return s;
  }
  std::vector<value> fields;
  auto& result = s->written();
  if (given.data != nullptr) {
    if (auto misfit =
            read_data(rules.schema(), py::reinterpret_borrow<py::object>(given.data).cast<py::dict>(), fields)) {
      result.after = from->at;
      result.reasons.push_back(std::move(*misfit));
      return s;
    }
  }
  auto what = occurring(rules, name, s->at, s->who, fields);
  for (std::size_t t = 0; timer && t < rules.timers().size(); ++t) {
    const auto& known = rules.timers()[t];
    what.event = known.kind == timer_kind::after && known.name == name ? known.event : what.event;
  }
  thread_local step_memory memory;
  step(rules, from->at, from->values(), what, memory, result);
  s->accepted = result.accepted;
  return s;
}

/// `Lifecycle.step` by the C API's quickest convention.
inline PyObject* step_method(PyObject* self, PyObject* const* given, Py_ssize_t count, PyObject* names) noexcept {
  return made_or_error([&] {
    const auto held = reinterpret_cast<py::detail::instance*>(self)->get_value_and_holder();
    if (!held.holder_constructed()) {
      throw py::type_error("this Lifecycle has not been made");
    }
    auto s = take_step(held.holder<std::shared_ptr<machine>>(), step_arguments(given, count, names));
    auto* const type = s->of->step_type;
    return step_object::make(type, std::move(s));
  });
}

inline python_step begin(const std::shared_ptr<machine>& m, const py::kwargs& given) {
  auto values = initial_values(m->rules.schema());
  set_values(m->rules.schema(), given, values);
  python_step s;
  s.of = m;
  s.before = hold(std::move(values));
  s.written() = start(m->rules, s.before->values(m->rules.schema()));
  s.accepted = s.written().accepted;
  return s;
}

[[nodiscard]] inline complaint_state after(const python_step& s) {
  if (!s.accepted) {
    return {s.of, s.from, s.before};
  }
  if (s.by_table) {
    auto at = s.of->table->configuration_of(s.row);
    at.row = s.row;
    const bool same = s.set == s.before->set && s.slots == s.before->slots;
    return {s.of, at, same ? s.before : std::make_shared<const held_values>(s.slots, s.set)};
  }
  const auto& result = s.result();
  if (result.changes.empty()) {
    return {s.of, result.after, s.before};
  }
  auto values = s.before->values(s.of->rules.schema());
  for (const auto& c : result.changes) {
    values[c.slot] = c.to;
  }
  return {s.of, result.after, hold(std::move(values))};
}

/// `Step.state`.
inline PyObject* state_after(PyObject* self, void*) noexcept {
  return made_or_error([&] {
    auto made = after(**step_object::in(self));
    auto* const type = made.of->state_type;
    return state_object::make(type, std::move(made));
  });
}
inline PyObject* was_accepted(PyObject* self, void*) noexcept {
  return PyBool_FromLong((*step_object::in(self))->accepted ? 1 : 0);
}

[[nodiscard]] inline std::string why(const std::vector<reason>& reasons) {
  std::string text;
  for (const auto& r : reasons) {
    text += (text.empty() ? "" : "; ") + r.message;
  }
  return text;
}

inline complaint_state initial(const std::shared_ptr<machine>& m, const py::kwargs& given) {
  const auto s = begin(m, given);
  if (!s.accepted) {
    throw py::value_error("the lifecycle cannot begin: " + why(s.result().reasons));
  }
  return after(s);
}

[[nodiscard]] inline py::list effects_of(const python_step& s) {
  py::list all;
  const auto& effects = s.result().effects;
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const auto& made = effects[i];
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

[[nodiscard]] inline py::object name_or_none(const lifecycle& rules, state_id s) {
  return s == no_id ? py::object(py::none()) : py::object(py::str(rules.name(s)));
}

[[nodiscard]] inline py::dict transition_of(const lifecycle& rules, transition_id t) {
  const auto& d = rules.transition_at(t);
  py::dict all;
  all["source"] = name_or_none(rules, rules.source_of(t));
  all["targets"] = d.targets;
  all["events"] = d.events;
  all["pointer"] = d.pointer;
  return all;
}

[[nodiscard]] inline py::list transitions_of(const python_step& s) {
  py::list all;
  for (const auto t : s.result().taken) {
    all.append(transition_of(s.of->rules, t));
  }
  return all;
}

/// A reason with the names that its numbers mean.
[[nodiscard]] inline py::dict reason_of(const lifecycle& rules, const reason& r) {
  py::dict all;
  all["kind"] = std::string(to_string(r.kind));
  all["state"] = name_or_none(rules, r.state);
  all["transition"] =
      r.transition == no_id ? py::object(py::none()) : py::object(py::str(rules.transition_at(r.transition).pointer));
  all["subject"] = r.subject;
  all["message"] = r.message;
  return all;
}

[[nodiscard]] inline py::list reasons_of(const lifecycle& rules, const std::vector<reason>& reasons) {
  py::list all;
  for (const auto& r : reasons) {
    all.append(reason_of(rules, r));
  }
  return all;
}

[[nodiscard]] inline py::dict what_is_possible(const std::shared_ptr<machine>& m, const complaint_state& s,
                                               const py::object& actor, const py::object& data, const py::object& at) {
  std::vector<value> fields;
  const auto misfit = data.is_none() ? std::nullopt : read_data(m->rules.schema(), data.cast<py::dict>(), fields);
  if (misfit) {
    throw py::value_error(misfit->message);
  }
  const auto who = sender_from(m->rules, actor);
  const auto when = at.is_none() ? std::nullopt : std::optional(instant_from(at));
  py::dict all;
  for (const auto& p : possible(m->rules, s.at, s.values(), occurring(m->rules, "", when, who, fields))) {
    py::dict one;
    one["enabled"] = p.enabled;
    one["lacking"] = p.lacking();
    one["reasons"] = reasons_of(m->rules, p.reasons);
    all[py::str(std::string(m->rules.event_name(p.event)))] = one;
  }
  return all;
}

} // namespace plaint::python
