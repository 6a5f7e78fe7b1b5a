// SPDX-License-Identifier: BSL-1.0
#include "complaint_objects.hpp"

#include <plaint/complaint/complaint_explanation.hpp>
#include <plaint/complaint/event_document.hpp>
#include <plaint/complaint/linked.hpp>

#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::python {
namespace {

/// What Python calls an explanation of a complaint: the data, and the language of its words.
struct bound_complaint_explanation {
  complaint_explanation what;
  std::string language;
};

py::list history_of(const bound_complaint_explanation& e) {
  py::list all;
  for (const auto& h : e.what.history) {
    py::dict one;
    one["at"] = h.at;
    one["sequence"] = h.sequence;
    one["what"] = h.what;
    one["by"] = h.by;
    one["left"] = h.left;
    one["entered"] = h.entered;
    one["transitions"] = h.transitions;
    all.append(one);
  }
  return all;
}

py::list coming_of(const bound_complaint_explanation& e) {
  py::list all;
  for (const auto& c : e.what.coming) {
    all.append(py::make_tuple(c.at, c.what));
  }
  return all;
}

py::dict due_of(const bound_complaint_explanation& e) {
  py::dict all;
  for (const auto& c : e.what.clocks) {
    all[py::str(c.clock)] = to_string(c, e.language);
  }
  return all;
}

std::string text_of(const bound_complaint_explanation& e) {
  return to_string(e.what, e.language);
}

/// What Python calls the fit of a work order, with what is told of it.
struct bound_order_fit {
  order_fit of;
  std::string parent;
  std::string order;
};

bound_order_fit fit_in(const bound_complaint& parent, const std::string& clock, const bound_complaint& order) {
  const auto now = order.now();
  const auto of = fit_of(parent.by, parent.now(), clock, order.by, now);
  return {of, parent.now().id, now.id};
}

bound_step deliver(const linked_message& m, bound_complaint& to) {
  const std::lock_guard held(to.lock);
  if (to.file.now.id != m.to) {
    throw py::value_error("the message is for \"" + m.to + "\", not for \"" + to.file.now.id + "\"");
  }
  return {to.by, apply(to.by, to.file, m.what)};
}

void register_linked(py::module_& m) {
  py::class_<linked_message>(m, "LinkedMessage",
                             "What one complaint sends another: an event with the effect's key, so that delivering it "
                             "twice does nothing twice.")
      .def_readonly("to", &linked_message::to, "the complaint that it is for")
      .def_property_readonly("event", [](const linked_message& l) { return l.what.name; })
      .def_property_readonly("at", [](const linked_message& l) { return l.what.effective_at; })
      .def_property_readonly("key", [](const linked_message& l) { return l.what.key; })
      .def_property_readonly("actor", [](const linked_message& l) { return to_python(write_actor(l.what.actor)); })
      .def_property_readonly("data", [](const linked_message& l) { return to_python(l.what.data); })
      .def(
          "open", [](const linked_message& l, const policy& by) { return open_bound(by, l.to, l.what); },
          py::arg("policy"), "Opens the linked case or work order under its own policy. Raises Rejected.")
      .def(
          "deliver",
          [](const linked_message& l, bound_complaint& to) {
            auto step = deliver(l, to);
            if (!step.did.accepted) {
              reject("\"" + l.what.name + "\"", step.did);
            }
            return step;
          },
          py::arg("complaint"), "The event that it is, to the complaint that it is for. Raises Rejected.")
      .def(
          "__eq__", [](const linked_message& a, const linked_message& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const linked_message& l) { return py::hash(py::str(l.what.key)); })
      .def("__repr__", [](const linked_message& l) { return "<LinkedMessage " + l.what.name + " to " + l.to + ">"; });
  py::class_<bound_order_fit>(m, "OrderFit", "Whether a work order can come back in time, by its own clocks.")
      .def_property_readonly("fits", [](const bound_order_fit& f) { return f.of.fits; })
      .def_property_readonly("parent_due", [](const bound_order_fit& f) { return f.of.parent_due; })
      .def_property_readonly("order_due", [](const bound_order_fit& f) { return f.of.order_due; })
      .def_property_readonly(
          "clock",
          [](const bound_order_fit& f) {
            return f.of.clock.empty() ? py::object(py::none()) : py::object(py::str(f.of.clock));
          },
          "the one of the work order that is due last")
      .def(
          "infeasible",
          [](const bound_order_fit& f, instant at) { return infeasible(f.of, {.id = f.parent}, {.id = f.order}, at); },
          py::arg("at"), "The effect that tells of one that does not fit; None where it does.")
      .def("__bool__", [](const bound_order_fit& f) { return f.of.fits; })
      .def("__repr__", [](const bound_order_fit& f) {
        return "<OrderFit " + f.order + (f.of.fits ? " fits " : " does not fit ") + f.parent + ">";
      });
  m.def("linked_opening", &linked_opening, py::arg("effect"), py::arg("policy"),
        "The opening of a linked case, from an effect of kind open or dispatch; the policy is that of the linked case. "
        "None from other effects.");
  m.def(
      "linked_event",
      [](const effect& e, const bound_complaint& sender) { return linked_event(e, sender.by, sender.now()); },
      py::arg("effect"), py::arg("sender"), "The event for another complaint, from an effect of kind send; else None.");
}

} // namespace
} // namespace plaint::python

void register_explanation(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  py::class_<bound_complaint_explanation>(
      m, "ComplaintExplanation", "Why a complaint is in its state, why its clocks are due when they are, what is next.")
      .def_property_readonly("complaint", [](const bound_complaint_explanation& e) { return e.what.complaint; })
      .def_property_readonly("as_of", [](const bound_complaint_explanation& e) { return e.what.as_of; })
      .def_property_readonly("states", [](const bound_complaint_explanation& e) { return e.what.states; })
      .def_property_readonly("history", &history_of,
                             "what brought it here, in the order of time; sequence 0: time alone did")
      .def_property_readonly("clocks", &due_of, "by clock, why it is due when it is, in words")
      .def_property_readonly("coming", &coming_of, "(instant, what): the next thing of each clock, timer and ladder")
      .def_property_readonly(
          "possible", [](const bound_complaint_explanation& e) { return possible_as_dict(e.what.possible); },
          "as Complaint.possible")
      .def_property_readonly("text", &text_of)
      .def("__str__", &text_of);
  register_linked(m);
  auto complaint_type = py::reinterpret_borrow<py::class_<bound_complaint>>(m.attr("Complaint"));
  complaint_type
      .def(
          "explain",
          [](const bound_complaint& c, const py::object& who, std::string language) {
            return bound_complaint_explanation{explain(c.by, c.copy(), actor_from(who)), std::move(language)};
          },
          py::arg("actor") = py::none(), py::kw_only(), py::arg("language") = "en",
          "Why it is as it is, and what is next, as of its last instant; the language is en or zh.")
      .def(
          "is_wanted", [](const bound_complaint& c, const effect& e) { return is_wanted(c.by, c.now(), e); },
          py::arg("effect"), "Whether an effect is still to be carried out: what it presupposes holds.")
      .def(
          "fit_of", &fit_in, py::arg("clock"), py::arg("order"),
          "Whether a work order that was just opened is due before this clock is. ValueError: there is no such clock.");
}
