// SPDX-License-Identifier: BSL-1.0
#include "pybind11.hpp"

#include <plaint/error.hpp>

#include <pybind11/eval.h>
#include <pybind11/native_enum.h>

#include <string>
#include <utility>

namespace {

/// Makes the Python exception that carries the findings; looked up in the module, as nothing may be static.
void raise_policy_error(const plaint::policy_error& error) {
  const auto type = py::module_::import("plaint._core").attr("errors").attr("PolicyError");
  const auto raised = type(error.what());
  raised.attr("findings") = py::cast(error.all());
  PyErr_SetObject(type.ptr(), raised.ptr());
}

} // namespace

void register_errors(py::module_& m) {
  using plaint::finding;
  using plaint::severity;

  py::native_enum<severity>(m, "Severity", "enum.Enum",
                            "How much a finding weighs: only an error refuses the document.")
      .value("ERROR", severity::error)
      .value("WARNING", severity::warning)
      .value("NOTE", severity::note)
      .finalize();

  py::class_<finding>(m, "Finding", "One fault of a document, with its place and what to do about it.")
      .def(py::init([](std::string code, std::string message, std::string pointer, std::string suggestion,
                       severity weight, std::string file, int line, int column) {
             return finding{std::move(code),
                            std::move(message),
                            std::move(pointer),
                            std::move(suggestion),
                            weight,
                            std::move(file),
                            line,
                            column};
           }),
           py::arg("code"), py::arg("message"), py::arg("pointer") = "", py::arg("suggestion") = "",
           py::arg("severity") = severity::error, py::arg("file") = "", py::arg("line") = 0, py::arg("column") = 0)
      .def_readonly("code", &finding::code, "stable name of the kind of fault, such as \"unknown-zone\"")
      .def_readonly("message", &finding::message, "what is required")
      .def_readonly("pointer", &finding::pointer, "JSON pointer (RFC 6901) to the value")
      .def_readonly("suggestion", &finding::suggestion, "a known name near the one that was written, or empty")
      .def_readonly("severity", &finding::weight)
      .def_readonly("file", &finding::file, "empty where the document came from memory")
      .def_readonly("line", &finding::line, "1-based; 0 where it is not known")
      .def_readonly("column", &finding::column, "1-based; 0 where it is not known")
      .def("__str__", [](const finding& f) { return plaint::to_string(f); })
      .def("__repr__", [](const finding& f) { return "<Finding " + f.code + ": " + plaint::to_string(f) + ">"; })
      .def(
          "__eq__", [](const finding& a, const finding& b) { return a == b; }, py::is_operator());

  const auto scope = py::dict(py::arg("__name__") = "plaint");
  py::exec(R"(
class PolicyError(ValueError):
    """A document that does not fit; `findings` has every fault, not the first only."""

    findings = ()
)",
           scope);
  m.attr("PolicyError") = scope["PolicyError"];

  py::register_local_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) {
        std::rethrow_exception(thrown);
      }
    } catch (const plaint::policy_error& error) {
      raise_policy_error(error);
    }
  });
}
