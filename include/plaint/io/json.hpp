// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/io/detail/tree_builder.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace plaint {

namespace detail {

/// Follows the bytes of a JSON text, so that each value can be given the place where it begins.
class json_cursor {
public:
  void advance(char c) noexcept {
    if (c == '\n') {
      ++line_;
      column_ = 0;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) { // a continuation byte is no column of its own
      ++column_;
    }
    if (in_string_) {
      in_string_ = c != '"' || escaped_;
      escaped_ = c == '\\' && !escaped_;
      in_token_ = in_string_;
    } else if (constexpr std::string_view between = " \t\r\n,:]}"; between.find(c) != between.npos) {
      in_token_ = false;
    } else if (!in_token_ || c == '{' || c == '[') {
      start_ = {line_, column_};
      in_string_ = c == '"';
      in_token_ = c != '{' && c != '[';
    }
  }

  [[nodiscard]] place start() const noexcept { return start_; }
  [[nodiscard]] place here() const noexcept { return {line_, column_}; }

private:
  int line_ = 1;
  int column_ = 0;
  place start_{1, 1};
  bool in_string_ = false;
  bool in_token_ = false;
  bool escaped_ = false;
};

/// What Boost.JSON's parser calls; it gives no places, so it is fed byte by byte and the cursor knows them.
class json_handler {
public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  using error = boost::json::error_code;
  using text = boost::json::string_view;

  explicit json_handler(const document_limits& limits) : tree(limits) {}

  tree_builder tree;
  json_cursor cursor;

  bool on_document_begin(error&) { return true; }
  bool on_document_end(error&) { return true; }
  bool on_array_begin(error& e) { return keep(tree.open(node_kind::sequence, cursor.start()), e); }
  bool on_array_end(std::size_t, error&) { return closed(); }
  bool on_object_begin(error& e) { return keep(tree.open(node_kind::mapping, cursor.start()), e); }
  bool on_object_end(std::size_t, error&) { return closed(); }
  bool on_string_part(text part, std::size_t, error&) { return append(part); }
  bool on_key_part(text part, std::size_t, error&) { return append(part); }
  bool on_number_part(text part, error&) { return append(part); }
  bool on_comment_part(text, error&) { return true; }
  bool on_comment(text, error&) { return true; }
  bool on_bool(bool value, error& e) {
    return keep(tree.scalar(node_kind::boolean, value ? "true" : "false", cursor.start()), e);
  }
  bool on_null(error& e) { return keep(tree.scalar(node_kind::null, {}, cursor.start()), e); }
  bool on_string(text last, std::size_t, error& e) { return scalar(node_kind::text, last, e); }
  bool on_int64(std::int64_t, text last, error& e) { return scalar(node_kind::integer, last, e); }
  bool on_uint64(std::uint64_t, text last, error& e) { return scalar(node_kind::integer, last, e); }
  bool on_double(double, text last, error& e) { return scalar(node_kind::number, last, e); }
  bool on_key(text last, std::size_t, error&) {
    append(last);
    tree.key(std::exchange(pending_, {}), cursor.start());
    return true;
  }

private:
  bool append(text part) {
    pending_.append(part.data(), part.size());
    return true;
  }
  bool scalar(node_kind kind, text last, error& e) {
    append(last);
    return keep(tree.scalar(kind, std::exchange(pending_, {}), cursor.start()), e);
  }
  bool closed() {
    tree.close();
    return true;
  }
  static bool keep(bool within_limits, error& e) {
    if (!within_limits) {
      e = boost::json::make_error_code(boost::json::error::exception);
    }
    return within_limits;
  }

  std::string pending_;
};

[[noreturn]] inline void refuse_document(findings faults, const std::string& file) {
  for (auto& f : faults) {
    f.file = file;
  }
  throw policy_error(std::move(faults));
}

} // namespace detail

/// A JSON text (RFC 8259) as a document with the place of every value. Throws `policy_error` (code "bad-json",
/// "duplicate-key", "too-large", "too-deep").
///
/// Boost.JSON has a part that must be compiled once: link `plaint::formats` or Boost.JSON, or include
/// `<boost/json/src.hpp>` in one source file of a header-only program.
[[nodiscard]] inline document read_json(std::string_view text, std::string file = {},
                                        const document_limits& limits = {}) {
  if (text.size() > limits.bytes) {
    detail::refuse_document({{"too-large", "at most " + std::to_string(limits.bytes) + " bytes are allowed", {}, {}}},
                            file);
  }
  boost::json::parse_options options;
  options.max_depth = limits.depth + 1; // our own limit speaks first, with the place
  boost::json::basic_parser<detail::json_handler> parser(options, limits);
  auto& handler = parser.handler();
  boost::json::error_code error;
  for (const char& c : text) {
    handler.cursor.advance(c);
    if (parser.write_some(true, &c, 1, error) == 0 && !error) {
      error = boost::json::make_error_code(boost::json::error::extra_data);
    }
    if (error) {
      break;
    }
  }
  if (!error) {
    parser.write_some(false, nullptr, 0, error);
  }
  auto& faults = handler.tree.faults();
  if (error && faults.empty()) {
    const auto at = handler.cursor.here();
    faults.push_back(
        {"bad-json", "this is not JSON: " + error.message(), {}, {}, severity::error, file, at.line, at.column});
  }
  if (!faults.empty()) {
    detail::refuse_document(std::move(faults), file);
  }
  return {std::move(handler.tree.root()), std::move(file)};
}

} // namespace plaint
