// SPDX-License-Identifier: BSL-1.0
#include "complaint_objects.hpp"

#include <plaint/complaint/migrate.hpp>
#include <plaint/complaint/what_if.hpp>
#include <plaint/policy/policy_diff.hpp>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace plaint::python {
namespace {

using names = std::map<std::string, std::string>;

migration_plan plan_from(const names& states, const names& attributes, const names& clocks) {
  migration_plan plan;
  plan.map.states.insert(states.begin(), states.end());
  plan.map.attributes.insert(attributes.begin(), attributes.end());
  for (const auto& [clock, word] : clocks) {
    const auto found = std::find(migration_mode_words.begin(), migration_mode_words.end(), word);
    if (found == migration_mode_words.end()) {
      std::string known;
      for (const auto& w : migration_mode_words) {
        known += (known.empty() ? "" : ", ") + std::string(w);
      }
      throw py::value_error("clock \"" + clock + "\": \"" + word + "\" is no mode; there are " + known);
    }
    plan.clocks.emplace(clock, static_cast<migration_mode>(found - migration_mode_words.begin()));
  }
  return plan;
}

std::unique_ptr<bound_complaint> moved(const bound_complaint& c, const policy& to, const names& states,
                                       const names& attributes, const names& clocks) {
  const auto plan = plan_from(states, attributes, clocks);
  const auto file = c.copy();
  migrated_case made;
  {
    const py::gil_scoped_release free;
    made = migrate(c.by, to, file, plan);
  }
  throw_if_error(made.faults);
  return std::make_unique<bound_complaint>(to, std::move(made.file));
}

py::list previews(const policy& from, const policy& to, const std::vector<const bound_complaint*>& complaints,
                  const names& states, const names& attributes, const names& clocks) {
  const auto plan = plan_from(states, attributes, clocks);
  std::vector<case_file> files;
  files.reserve(complaints.size());
  for (const auto* c : complaints) {
    files.push_back(c->copy());
  }
  std::vector<migration_preview> seen;
  {
    const py::gil_scoped_release free;
    seen = dry_run(from, to, files, plan);
  }
  py::list all;
  for (const auto& p : seen) {
    py::dict one;
    one["complaint"] = p.complaint;
    one["revisions"] = revisions_of(p.revisions);
    one["faults"] = p.faults;
    all.append(one);
  }
  return all;
}

py::dict tallies(const std::map<std::string, clock_tally>& by_clock) {
  py::dict all;
  for (const auto& [clock, t] : by_clock) {
    py::dict one;
    one["cycles"] = t.cycles;
    one["met"] = t.met;
    one["missed"] = t.missed;
    one["cancelled"] = t.cancelled;
    one["open"] = t.open;
    one["breached"] = t.breached;
    all[py::str(clock)] = one;
  }
  return all;
}

py::dict compared(const policy& now, const policy& other, const std::vector<journal>& journals, instant as_of) {
  what_if_result seen;
  {
    const py::gil_scoped_release free;
    seen = what_if(now, other, journals, as_of);
  }
  py::dict all;
  all["complaints"] = seen.complaints;
  all["before"] = tallies(seen.before);
  all["after"] = tallies(seen.after);
  all["impossible"] = seen.impossible;
  return all;
}

} // namespace
} // namespace plaint::python

void register_migration(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  py::class_<policy_change>(m, "PolicyChange", "One difference between two policies, as data and in words.")
      .def_property_readonly(
          "kind", [](const policy_change& c) { return std::string(change_words[static_cast<std::size_t>(c.kind)]); },
          "added, removed or changed")
      .def_readonly("pointer", &policy_change::pointer, "into the policy's canonical form")
      .def_property_readonly("before", [](const policy_change& c) { return to_python(c.before); })
      .def_property_readonly("after", [](const policy_change& c) { return to_python(c.after); })
      .def_readonly("words", &policy_change::words)
      .def("__str__", [](const policy_change& c) { return c.words; })
      .def("__repr__", [](const policy_change& c) { return "<PolicyChange " + c.words + ">"; });
  m.def(
      "diff", [](const policy& a, const policy& b) { return diff(a, b); }, py::arg("before"), py::arg("after"),
      "What two policies differ in.");
  m.def(
      "check_migration",
      [](const policy& from, const policy& to, const names& states, const names& attributes, const names& clocks) {
        return check_migration(from, to, plan_from(states, attributes, clocks));
      },
      py::arg("before"), py::arg("after"), py::kw_only(), py::arg("states") = names{}, py::arg("attributes") = names{},
      py::arg("clocks") = names{},
      "What would be lost if complaints moved from one policy to another; errors mean that some could not move.");
  m.def("dry_run", &previews, py::arg("before"), py::arg("after"), py::arg("complaints"), py::kw_only(),
        py::arg("states") = names{}, py::arg("attributes") = names{}, py::arg("clocks") = names{},
        "What a migration would do: complaint, revisions and faults of each that it would touch. Nothing is changed.");
  m.def("what_if", &compared, py::arg("policy"), py::arg("other"), py::arg("journals"), py::kw_only(), py::arg("as_of"),
        "Journals run under two policies: for each clock, before and after, how many cycles were met, missed, …");
  auto complaint_type = py::reinterpret_borrow<py::class_<bound_complaint>>(m.attr("Complaint"));
  complaint_type.def("migrate", &moved, py::arg("to"), py::kw_only(), py::arg("states") = names{},
                     py::arg("attributes") = names{}, py::arg("clocks") = names{},
                     "The complaint under another policy, as of its last instant: states and attributes by name or by "
                     "these maps, clocks by their modes. Raises PolicyError with all that is in the way.");
}
