// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>

#include <boost/property_tree/ptree.hpp>
#include <boost/property_tree/xml_parser.hpp>

#include <cstddef>
#include <sstream>
#include <string>
#include <string_view>

namespace plaint::detail {

inline constexpr std::size_t most_xml_bytes = std::size_t{4} << 20U;
inline constexpr std::size_t most_xml_depth = 128; ///< the parser below calls itself for each level

/// Counts how deep elements lie, without a parser, so that the parser's own recursion is bounded.
[[nodiscard]] inline std::size_t xml_depth(std::string_view text) {
  std::size_t depth = 0;
  std::size_t deepest = 0;
  const auto skip = [&](std::size_t at, std::string_view end) {
    const auto found = text.find(end, at);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  for (std::size_t i = text.find('<'); i < text.size(); i = text.find('<', i)) {
    const auto rest = text.substr(i);
    if (rest.starts_with("<!--")) {
      i = skip(i, "-->");
    } else if (rest.starts_with("<![CDATA[")) {
      i = skip(i, "]]>");
    } else if (rest.starts_with("<?") || rest.starts_with("<!")) {
      i = skip(i, ">");
    } else if (rest.starts_with("</")) {
      depth -= depth > 0 ? 1 : 0;
      i = skip(i, ">");
    } else {
      ++depth;
      deepest = depth > deepest ? depth : deepest;
      char quote = 0;
      for (++i; i < text.size() && (quote != 0 || text[i] != '>'); ++i) {
        quote = quote == 0 && (text[i] == '"' || text[i] == '\'') ? text[i]
                : quote != 0 && text[i] == quote                  ? '\0'
                                                                  : quote;
      }
      if (i < text.size() && text[i - 1] == '/') {
        --depth;
      }
    }
  }
  return deepest;
}

/// Reads XML; what cannot be read is a `policy_error` with the line.
[[nodiscard]] inline boost::property_tree::ptree read_xml_tree(std::string_view text, const std::string& file) {
  const auto refuse = [&](std::string code, std::string message, int line) {
    throw policy_error({{std::move(code), std::move(message), "", "", severity::error, file, line, line > 0 ? 1 : 0}});
  };
  if (text.size() > most_xml_bytes) {
    refuse("too-large", "a chart has at most " + std::to_string(most_xml_bytes) + " bytes", 0);
  }
  if (text.find('\0') != std::string_view::npos) {
    refuse("bad-xml", "XML has no zero bytes", 0);
  }
  if (xml_depth(text) > most_xml_depth) {
    refuse("too-deep", "elements lie at most " + std::to_string(most_xml_depth) + " deep", 0);
  }
  boost::property_tree::ptree tree;
  try {
    std::istringstream stream{std::string(text)};
    boost::property_tree::read_xml(stream, tree,
                                   boost::property_tree::xml_parser::trim_whitespace |
                                       boost::property_tree::xml_parser::no_comments);
  } catch (const boost::property_tree::xml_parser_error& error) {
    refuse("bad-xml", "well-formed XML required: " + error.message(), static_cast<int>(error.line()));
  }
  return tree;
}

/// The name without its namespace prefix.
[[nodiscard]] inline std::string_view local_name(std::string_view name) noexcept {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

[[nodiscard]] inline std::string attribute_of(const boost::property_tree::ptree& element, const std::string& name) {
  const auto attributes = element.get_child_optional("<xmlattr>");
  if (!attributes) {
    return {};
  }
  const auto found = attributes->find(name);
  return found == attributes->not_found() ? std::string{} : found->second.data();
}

} // namespace plaint::detail
