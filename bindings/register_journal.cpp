// SPDX-License-Identifier: BSL-1.0
#include "complaint_objects.hpp"

#include <plaint/io/journal_lines.hpp>

#include <optional>
#include <string>
#include <utility>

namespace plaint::python {
namespace {

journal journal_from(const std::string& text) {
  auto read = read_journal(text);
  if (read.fault) {
    throw py::value_error("record " + std::to_string(read.fault->record) + ": " + read.fault->why);
  }
  return std::move(read.journal);
}

py::object record_at(const journal& j, py::ssize_t i) {
  const auto size = static_cast<py::ssize_t>(j.records.size());
  i += i < 0 ? size : 0;
  if (i < 0 || i >= size) {
    throw py::index_error("the journal has " + std::to_string(size) + " records");
  }
  return to_python(write_record(j, j.records[static_cast<std::size_t>(i)]));
}

/// What Python calls a verification: whether all is well, and if not, where it first is not.
struct verification {
  std::optional<journal_fault> fault;
};

verification verify_journal(const journal& j, const policy& by, const bound_complaint* of) {
  const auto stored = of == nullptr ? std::nullopt : std::optional(of->now());
  const py::gil_scoped_release free;
  return {verify(by, j, stored ? &*stored : nullptr)};
}

verification verify_any(const policy& by, const py::object& given, const bound_complaint* of) {
  if (py::isinstance<journal>(given)) {
    return verify_journal(given.cast<journal>(), by, of);
  }
  const auto text = given.cast<std::string>();
  const auto stored = of == nullptr ? std::nullopt : std::optional(of->now());
  const py::gil_scoped_release free;
  return {verify_lines(by, text, stored ? &*stored : nullptr)};
}

} // namespace
} // namespace plaint::python

void register_journal(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  py::class_<verification>(m, "Verification", "Whether a journal holds up; false where it does not.")
      .def_property_readonly("ok", [](const verification& v) { return !v.fault; })
      .def_property_readonly(
          "record", [](const verification& v) { return v.fault ? std::optional(v.fault->record) : std::nullopt; },
          "the first bad record, the opening being 0; one behind the last where something is missing at the end")
      .def_property_readonly("why",
                             [](const verification& v) { return v.fault ? std::optional(v.fault->why) : std::nullopt; })
      .def("__bool__", [](const verification& v) { return !v.fault; })
      .def("__repr__", [](const verification& v) {
        return v.fault ? "<Verification record " + std::to_string(v.fault->record) + ": " + v.fault->why + ">"
                       : std::string("<Verification ok>");
      });
  py::class_<journal>(m, "Journal", "All that happened to a complaint, in the order in which the host learned of it.")
      .def_readonly("complaint", &journal::complaint)
      .def_readonly("policy", &journal::policy, "\"id@version#digest\"")
      .def_property_readonly(
          "head", [](journal j) { return head(j); }, "the last seal")
      .def("__len__", [](const journal& j) { return j.records.size(); })
      .def("__getitem__", &record_at, py::arg("i"), "A record as a dict; 0 is the opening.")
      .def(
          "to_json_lines", [](journal j) { return to_json_lines(j); },
          "One line for each record, and an end with their number and the last seal.")
      .def_static("from_json_lines", &journal_from, py::arg("text"),
                  "Raises ValueError with the first record that is none.")
      .def("verify", &verify_journal, py::arg("policy"), py::arg("complaint") = nullptr,
           "Holds numbers and seals, then runs it again and compares; with a complaint, whether it leads to that.")
      .def(
          "__eq__", [](const journal& a, const journal& b) { return a == b; }, py::is_operator())
      .def("__repr__",
           [](const journal& j) {
             return "<Journal of " + j.complaint + ", " + std::to_string(j.records.size()) + " records>";
           })
      .def(py::pickle([](journal j) { return to_json_lines(j); },
                      [](const std::string& text) { return journal_from(text); }));
  m.def("verify", &verify_any, py::arg("policy"), py::arg("journal"), py::arg("complaint") = nullptr,
        "As Journal.verify; the journal may be its JSON Lines too, whatever was done to them.");
}
