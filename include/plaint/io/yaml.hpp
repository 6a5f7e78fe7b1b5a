// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/io/detail/tree_builder.hpp>
#include <plaint/policy/extended_document.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace plaint {

/// A YAML text as a document with the place of every value; link `plaint::formats`.
///
/// Plain scalars have the types of YAML 1.2's core schema: `yes`, `08:30` and `2026-01-31` are text. One document,
/// names that are scalars, no tags; aliases are copied within the limits. Throws `policy_error` (code "bad-yaml",
/// "duplicate-key", "too-large", "too-deep").
[[nodiscard]] document read_yaml(std::string_view text, std::string file = {}, const document_limits& limits = {});

/// A file as a document: JSON where its name ends in ".json", YAML otherwise. Throws `policy_error` (also code
/// "no-file" where it cannot be read).
[[nodiscard]] document read_document(const std::string& path, const document_limits& limits = {});

/// The documents of some folders by name, for `extends`: "base/words" is base/words.yaml, or .json, in the first folder
/// that has it. Names that lead out of the folders are not found.
[[nodiscard]] document_source documents_in(std::vector<std::string> folders);

} // namespace plaint
