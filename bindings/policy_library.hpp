// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <plaint/io/yaml.hpp>
#include <plaint/policy/extended_document.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace plaint::python {

/// Where a document finds those that it extends: beside itself, then among the ready policies of the package.
///
/// Python is asked for their folder only when a document extends something.
[[nodiscard]] inline document_source documents_beside(const std::string& file) {
  return [beside = std::filesystem::path(file).parent_path().string(),
          from_memory = file.empty()](const std::string& name) {
    std::vector<std::string> folders;
    if (!from_memory) {
      folders.push_back(beside.empty() ? "." : beside);
    }
    folders.push_back(py::str(py::module_::import("plaint.policies").attr("folder")()).cast<std::string>());
    return documents_in(std::move(folders))(name);
  };
}

} // namespace plaint::python
