// SPDX-License-Identifier: BSL-1.0
#include "clock_objects.hpp"

#include <optional>
#include <string>

namespace plaint::python {
namespace {

const ladder_state& state(const bound_ladder& b) {
  return b.of->value.ladders[b.ladder];
}
const ladder_definition& definition(const bound_ladder& b) {
  return b.of->by.ladders()[b.ladder].definition;
}
std::optional<instant> known(instant t) {
  return t == instant::max() ? std::nullopt : std::optional(t);
}

/// The records of some acts, or all.
py::list records(const bound_ladder& b, bool let_out) {
  py::list all;
  for (const auto& r : state(b).history) {
    if (let_out && r.act != ladder_act::step && r.act != ladder_act::reminder) {
      continue;
    }
    py::dict one;
    one["at"] = r.at;
    one["act"] = std::string(ladder_act_words[static_cast<std::size_t>(r.act)]);
    one["step"] = r.step == no_id ? py::object(py::none()) : py::object(py::int_(r.step + 1));
    one["level"] = r.level;
    one["pass"] = r.pass + 1;
    one["run"] = r.run + 1;
    one["repetition"] = r.act == ladder_act::reminder ? r.repetition + 1 : 0;
    all.append(one);
  }
  return all;
}

} // namespace

py::dict ladders_of(const policy& by, const complaint& c) {
  const auto seen = std::make_shared<const seen_complaint>(seen_complaint{by, c});
  py::dict all;
  for (std::size_t i = 0; i < by.ladders().size(); ++i) {
    all[py::str(by.ladders()[i].definition.id)] = bound_ladder{seen, i};
  }
  return all;
}

py::list rungs_of(const policy& by, const progress& did) {
  constexpr const char* words[] = {"step", "reminder", "fallback", "error", "incident"};
  py::list all;
  for (const auto& f : did.rungs) {
    py::dict one;
    one["ladder"] = by.ladders()[f.ladder].definition.id;
    one["kind"] = words[static_cast<std::size_t>(f.kind)];
    one["step"] = f.step == no_id ? py::object(py::none()) : py::object(py::int_(f.step + 1));
    one["level"] = f.level;
    one["pass"] = f.pass + 1;
    one["run"] = f.run + 1;
    one["repetition"] = f.kind == rung_kind::reminder ? f.repetition + 1 : 0;
    one["token"] = f.token;
    one["at"] = f.at;
    one["detected_at"] = did.noticed;
    one["late_by"] = did.noticed - f.at;
    all.append(one);
  }
  return all;
}

} // namespace plaint::python

void register_ladder(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  py::class_<bound_ladder>(m, "Ladder", "One escalation ladder, as it was when the complaint was asked for it.")
      .def_property_readonly("id", [](const bound_ladder& b) { return definition(b).id; })
      .def_property_readonly("active", [](const bound_ladder& b) { return state(b).active; })
      .def_property_readonly(
          "level", [](const bound_ladder& b) { return state(b).level; }, "outlasts the run")
      .def_property_readonly(
          "high_water", [](const bound_ladder& b) { return state(b).high_water; }, "the highest level ever")
      .def_property_readonly("acknowledged", [](const bound_ladder& b) { return state(b).acknowledged; })
      .def_property_readonly("acknowledged_at", [](const bound_ladder& b) { return known(state(b).acknowledged_at); })
      .def_property_readonly("frozen", [](const bound_ladder& b) { return state(b).frozen_since != instant::max(); })
      .def_property_readonly("frozen_since", [](const bound_ladder& b) { return known(state(b).frozen_since); })
      .def_property_readonly("runs", [](const bound_ladder& b) { return state(b).runs; })
      .def_property_readonly(
          "passes", [](const bound_ladder& b) { return state(b).runs == 0 ? 0 : state(b).pass + 1; },
          "of the present or last run")
      .def_property_readonly("began", [](const bound_ladder& b) { return known(state(b).began); })
      .def_property_readonly(
          "token", [](const bound_ladder& b) { return state(b).token; }, "changes with every new plan")
      .def_property_readonly(
          "next_at", [](const bound_ladder& b) { return known(state(b).next); },
          "the next thing that time alone will do")
      .def_property_readonly(
          "steps", [](const bound_ladder& b) { return records(b, true); }, "steps and reminders that were let out")
      .def_property_readonly("history", [](const bound_ladder& b) { return records(b, false); })
      .def("__repr__", [](const bound_ladder& b) {
        return "<Ladder " + definition(b).id + " level " + std::to_string(state(b).level) +
               (state(b).active ? " active" : "") + ">";
      });
}
