// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/io/detail/scxml_reader.hpp>
#include <plaint/io/detail/scxml_writer.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace plaint {

/// Reads a W3C SCXML chart of the null data model, or of one whose data are numbers, truth values and texts.
///
/// `<log>` and `<send>` become effects; targets in sibling regions are allowed, as SCXML allows them. What has no
/// counterpart (`<script>`, `<foreach>`, `<invoke>`) is refused by name. Throws `policy_error` with every finding.
[[nodiscard]] inline scxml_chart read_scxml(std::string_view text, std::string file = {}) {
  const auto tree = detail::read_xml_tree(text, file);
  findings found;
  auto chart = detail::scxml_reader(found).read(tree);
  for (auto& f : found) {
    f.file = file;
  }
  throw_if_error(found);
  return chart;
}

/// The lifecycle as SCXML. Roles, required fields and effects are written in plaint's own namespace: other engines
/// pass over them, `read_scxml` does not read them back.
[[nodiscard]] inline std::string to_scxml(const lifecycle& in) {
  return detail::scxml_writer(in).write();
}

} // namespace plaint
