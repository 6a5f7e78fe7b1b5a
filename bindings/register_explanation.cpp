// SPDX-License-Identifier: BSL-1.0
#include "complaint_objects.hpp"

#include <plaint/complaint/complaint_explanation.hpp>
#include <plaint/complaint/linked.hpp>

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

py::dict possible_of(const bound_complaint_explanation& e) {
  py::dict all;
  for (const auto& p : e.what.possible) {
    py::dict one;
    one["enabled"] = p.enabled;
    one["lacking"] = p.lacking;
    one["reasons"] = reasons_of(p.reasons);
    all[py::str(p.name)] = one;
  }
  return all;
}

std::string text_of(const bound_complaint_explanation& e) {
  return to_string(e.what, e.language);
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
      .def_property_readonly("possible", &possible_of, "as Complaint.possible")
      .def_property_readonly("text", &text_of)
      .def("__str__", &text_of);
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
          py::arg("effect"), "Whether an effect is still to be carried out: what it presupposes holds.");
}
