// SPDX-License-Identifier: BSL-1.0
#include "node_caster.hpp"

#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>
#include <plaint/io/yaml.hpp>
#include <plaint/pointer.hpp>

#include <string>
#include <utility>

namespace {

using plaint::document;

document from_text(const std::string& text, const std::string& file, bool json) {
  return json ? plaint::read_json(text, file) : plaint::read_yaml(text, file);
}

} // namespace

void register_documents(py::module_& m) {
  py::class_<document>(m, "Document", "A YAML or JSON file as data that knows the place of every value.")
      .def_static(
          "load", [](const py::object& path) { return plaint::read_document(py::str(path).cast<std::string>()); },
          py::arg("path"), "Reads a file: JSON where its name ends in \".json\", YAML otherwise. Raises PolicyError.")
      .def_static("parse", &from_text, py::arg("text"), py::arg("file") = "", py::kw_only(), py::arg("json") = false,
                  "Reads a text. Raises PolicyError with line and column.")
      .def_static(
          "from_data",
          [](const py::object& data, std::string file) {
            return document{plaint::python::to_node(data), std::move(file)};
          },
          py::arg("data"), py::arg("file") = "", "A document from dict, list and scalars; it knows no places.")
      .def_readonly("file", &document::file)
      .def_property_readonly(
          "data", [](const document& d) { return plaint::python::to_python(d.root); },
          "Everything as dict, list and scalars.")
      .def(
          "text_at",
          [](const document& d, const std::string& pointer) -> py::object {
            const auto* found = plaint::find(d.root, pointer);
            return found == nullptr || !found->is_scalar() ? py::object(py::none()) : py::object(py::str(found->text));
          },
          py::arg("pointer"), "The scalar as it was written (\"2026.10\"), or None.")
      .def(
          "place",
          [](const document& d, const std::string& pointer) {
            const auto at = plaint::locate(d.root, pointer);
            return std::pair(at.line, at.column);
          },
          py::arg("pointer"),
          "Line and column (from 1) of a JSON pointer, or of the nearest value above what is missing.")
      .def(
          "canonical", [](const document& d) { return plaint::canonical(d.root); },
          "JSON without white space, members in their order.")
      .def(
          "digest", [](const document& d) { return plaint::digest(d.root); }, "SHA-256 of the canonical text.");
}
