// SPDX-License-Identifier: BSL-1.0
#include "clock_objects.hpp"
#include "complaint_calls.hpp"

#include <plaint/complaint/case_document.hpp>
#include <plaint/complaint/snapshot_bytes.hpp>
#include <plaint/io/json.hpp>

#include <pybind11/eval.h>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::python {

std::unique_ptr<bound_complaint> open_bound(const policy& by, std::string id, event opening) {
  auto [file, did] = open_file(by, std::move(id), std::move(opening));
  if (!did.accepted) {
    reject("opening the complaint", did);
  }
  return std::make_unique<bound_complaint>(by, std::move(file), std::move(did));
}

namespace {

py::dict what_is_possible(const bound_complaint& c, const py::object& who, const std::optional<instant>& at,
                          const py::kwargs& data) {
  return possible_as_dict(possible(c.by, c.now(), actor_from(who), at, to_node(data)));
}

std::vector<std::string> active_names(const bound_complaint& c) {
  std::vector<std::string> names;
  const auto where = c.look([](const complaint& now) { return now.where; });
  for (const auto s : c.by.lifecycle().active(where)) {
    names.push_back(c.by.lifecycle().name(s));
  }
  return names;
}

std::string to_json(bound_complaint& c, bool with_journal) {
  const std::lock_guard held(c.lock);
  return canonical(write_case(c.by, c.file, with_journal));
}

/// From JSON or bytes; policy and text in either order, as `State.from_dict` takes them.
std::unique_ptr<bound_complaint> restore(const py::object& a, const py::object& b) {
  const bool policy_first = py::isinstance<policy>(a);
  const auto by = (policy_first ? a : b).cast<policy>();
  const py::object written = policy_first ? b : a;
  if (py::isinstance<py::bytes>(written)) {
    case_file file{.now = from_bytes(by, written.cast<std::string>())};
    file.journal.complaint = file.now.id;
    file.journal.policy = file.now.policy;
    return std::make_unique<bound_complaint>(by, std::move(file));
  }
  return std::make_unique<bound_complaint>(by, read_case(by, read_json(written.cast<std::string>()).root));
}

py::list transitions_of(const bound_step& s) {
  const auto& in = s.by.lifecycle();
  py::list all;
  for (const auto t : s.did.transitions) {
    const auto source = in.source_of(t);
    py::dict one;
    one["source"] = source == no_id ? py::object(py::none()) : py::object(py::str(in.name(source)));
    one["targets"] = in.transition_at(t).targets;
    one["events"] = in.transition_at(t).events;
    one["pointer"] = in.transition_at(t).pointer;
    all.append(one);
  }
  return all;
}

void register_rejected(py::module_& m) {
  const auto scope = py::dict(py::arg("__name__") = "plaint");
  py::exec("class Rejected(Exception):\n    \"\"\"An event that may not happen; `reasons` says why, all of "
           "it.\"\"\"\n\n    reasons = ()\n",
           scope);
  m.attr("Rejected") = scope["Rejected"];
}

void register_effect(py::module_& m) {
  py::class_<effect>(m, "Effect", "Something that the host is asked to do; plain data with a stable key.")
      .def_readonly("key", &effect::key)
      .def_readonly("kind", &effect::kind)
      .def_property_readonly("parameters", [](const effect& e) { return to_python(e.parameters); })
      .def_readonly("cause", &effect::cause)
      .def_readonly("complaint", &effect::complaint, "whose it is")
      .def_readonly("at", &effect::at, "the instant that it belongs to")
      .def_readonly("late_by", &effect::late_by, "how much later it was noticed")
      .def_property_readonly(
          "precondition",
          [](const effect& e) {
            return e.precondition.empty() ? py::object(py::none()) : py::object(py::str(e.precondition));
          },
          "what must still hold when it is carried out, such as \"running(answer/1)\"")
      .def_readonly("also", &effect::also, "keys of effects of the same instant that say the same: they are this one")
      .def(
          "__eq__", [](const effect& a, const effect& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const effect& e) { return py::hash(py::str(e.key)); })
      .def("__repr__", [](const effect& e) { return "<Effect " + e.key + " " + e.kind + ">"; });
}

PyObject* was_accepted(PyObject* self, void*) noexcept {
  return PyBool_FromLong(complaint_step_object::in(self)->of.did.accepted ? 1 : 0);
}

void register_step(py::module_& m) {
  static PyGetSetDef accepted{"accepted", &was_accepted, nullptr, nullptr, nullptr};
  made_class::of<complaint_step_object>(
      m, "Step", "What an event, or the passing of time, did: accepted, or rejected with reasons.")
      .quick(accepted)
      .property(
          "repeated", [](const bound_step& s) { return s.did.repeated; }, "the event was there already, by its key")
      .property("sequence", [](const bound_step& s) { return s.did.sequence; })
      .property("transitions", &transitions_of)
      .property("left", [](const bound_step& s) { return s.did.left; })
      .property("entered", [](const bound_step& s) { return s.did.entered; })
      .property("effects", [](const bound_step& s) { return s.did.effects; })
      .property("reasons", [](const bound_step& s) { return reasons_of(s.did.reasons); })
      .property(
          "firings", [](const bound_step& s) { return firings_of(s.by, s.did); },
          "what clocks let happen, each at its own instant, in that order")
      .property(
          "rungs", [](const bound_step& s) { return rungs_of(s.by, s.did); },
          "steps and reminders that ladders let out")
      .property(
          "revisions", [](const bound_step& s) { return revisions_of(s.did.revisions); },
          "what a late fact changed about the past")
      .property("next_wake_up", [](const bound_step& s) { return s.did.next_wake_up; })
      .def("__bool__", [](const bound_step& s) { return s.did.accepted; })
      .def("__repr__", [](const bound_step& s) {
        return s.did.accepted ? std::string("<Step accepted>")
                              : "<Step rejected: " + s.did.reasons.front().message + ">";
      });
}

} // namespace
bool is_closed(const bound_complaint& c) {
  const auto& in = c.by.lifecycle();
  const auto where = c.look([](const complaint& now) { return now.where; });
  const auto active = in.active(where);
  return where.terminated || std::any_of(active.begin(), active.end(), [&](state_id s) {
           const auto& tags = in.state_at(s).tags;
           return std::find(tags.begin(), tags.end(), "closed") != tags.end();
         });
}

} // namespace plaint::python

void register_complaint(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  register_rejected(m);
  register_effect(m);
  register_step(m);
  py::class_<bound_complaint> complaints(m, "Complaint", "One case, run by the policy that it was opened under.");
  complaints
      .def_property_readonly(
          "id", [](const bound_complaint& c) { return c.look([](const complaint& now) { return now.id; }); })
      .def_property_readonly("policy", [](const bound_complaint& c) { return c.by; })
      .def_property_readonly(
          "sequence",
          [](const bound_complaint& c) { return c.look([](const complaint& now) { return now.sequence; }); })
      .def_property_readonly(
          "opened_at",
          [](const bound_complaint& c) { return c.look([](const complaint& now) { return now.opened_at; }); })
      .def_property_readonly(
          "last_at", [](const bound_complaint& c) { return c.look([](const complaint& now) { return now.last_at; }); },
          "the latest instant that it knows of")
      .def_property_readonly(
          "opening",
          [](const bound_complaint& c) {
            return bound_step{c.by, c.opening};
          },
          "what the opening did; empty for a complaint that was restored")
      .def_property_readonly(
          "state",
          [](const bound_complaint& c) {
            return state_of(c.by, c.look([](const complaint& now) { return now.where; }));
          },
          "The active state's name; a frozenset of names where several are active at once.")
      .def_property_readonly("states", &active_names,
                             "The active states in document order, those that hold others included.")
      .def_property_readonly(
          "closed", &is_closed,
          "true in a final state of the whole lifecycle, and in a state tagged closed, which may be reopened")
      .def_property_readonly("attributes", [](const bound_complaint& c) { return attributes_of(c.by, c.now()); })
      .def_property_readonly(
          "clocks", [](const bound_complaint& c) { return clocks_of(c.by, c.now()); },
          "each clock with its latest cycle, by name")
      .def_property_readonly(
          "ladders", [](const bound_complaint& c) { return ladders_of(c.by, c.now()); }, "by name")
      .def_property_readonly("next_wake_up", [](const bound_complaint& c) { return c.look(&plaint::detail::wake_up); })
      .def_property_readonly(
          "journal",
          [](bound_complaint& c) {
            const std::lock_guard held(c.lock);
            seal(c.file.journal);
            return c.file.journal;
          },
          "All events in the order in which they were learned of, sealed one to the other.")
      .def("possible", &what_is_possible, py::arg("actor") = py::none(), py::kw_only(), py::arg("at") = py::none(),
           "For every event: enabled, or why not; further keywords are the data that it would bring.")
      .def(
          "advance",
          [](bound_complaint& c, instant to) {
            bound_step made{c.by, progress_pool::take()};
            const std::lock_guard held(c.lock);
            auto& worker = worker_for(c.by);
            worker.advance(c.file, to);
            worker.hand_over(made.did);
            return made;
          },
          py::arg("to"), "Lets time pass: everything due before `to` happens, each at its own instant.")
      .def("to_json", &to_json, py::kw_only(), py::arg("journal") = true,
           "Everything by names, under a seal; without the journal, a snapshot alone.")
      .def_static("from_json", &restore, py::arg("text"), py::arg("policy"),
                  "What `to_json` wrote. Raises PolicyError with all that is wrong.")
      .def(
          "to_bytes", [](const bound_complaint& c) { return py::bytes(to_bytes(c.by, c.now())); },
          "A snapshot in a compact form, without the journal.")
      .def_static("from_bytes", &restore, py::arg("data"), py::arg("policy"),
                  "What `to_bytes` wrote. Raises PolicyError.")
      .def(py::pickle([](bound_complaint& c) { return py::make_tuple(c.by, to_json(c, true)); },
                      [](const py::tuple& t) { return restore(t[1], t[0]); }))
      .def("__copy__",
           [](const bound_complaint& c) { return std::make_unique<bound_complaint>(c.by, c.copy(), c.opening); })
      .def(
          "__deepcopy__",
          [](const bound_complaint& c, const py::dict&) {
            return std::make_unique<bound_complaint>(c.by, c.copy(), c.opening);
          },
          py::arg("memo"))
      .def(
          "__eq__",
          [](const bound_complaint& a, const bound_complaint& b) {
            return &a == &b || (a.by == b.by && a.copy() == b.copy());
          },
          py::is_operator())
      .def("__repr__", [](const bound_complaint& c) {
        return "<Complaint " + c.file.journal.complaint + " by " + c.by.id() + "@" + c.by.version() + ">";
      });
  install_apply(complaints);
}
