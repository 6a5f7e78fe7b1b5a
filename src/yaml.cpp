// SPDX-License-Identifier: BSL-1.0

#include <plaint/io/json.hpp>
#include <plaint/io/yaml.hpp>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <system_error>

namespace plaint {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_integer(std::string_view text) {
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    text.remove_prefix(1);
  }
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

bool is_number(std::string_view text) {
  double value = 0;
  const auto digits = text.substr(text.starts_with('+') ? 1 : 0);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool worded = digits.find_first_of("nN") != digits.npos; // "nan" and "inf" are no numbers of a policy
  return error == std::errc{} && end == digits.data() + digits.size() && !worded;
}

node_kind kind_of_plain(std::string_view text) {
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) {
    return node_kind::null;
  }
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    return node_kind::boolean;
  }
  if (is_integer(text)) {
    return node_kind::integer;
  }
  return is_number(text) ? node_kind::number : node_kind::text;
}

/// Thrown through yaml-cpp to stop it at a fault that has been noted already.
struct stop {};

class yaml_handler : public YAML::EventHandler {
public:
  yaml_handler(std::string_view text, const document_limits& limits) : tree(limits) {
    for (std::size_t at = 0; at != text.npos; at = text.find('\n', at), at += at == text.npos ? 0 : 1) {
      lines_.push_back(text.substr(at, text.find('\n', at) - at));
    }
  }

  detail::tree_builder tree;

  [[nodiscard]] place place_of(const YAML::Mark& mark) const {
    if (mark.is_null()) {
      return {};
    }
    // yaml-cpp counts bytes; people count characters.
    const auto line = static_cast<std::size_t>(mark.line);
    const auto bytes =
        line < lines_.size() ? lines_[line].substr(0, static_cast<std::size_t>(mark.column)) : std::string_view{};
    const auto continued = std::count_if(bytes.begin(), bytes.end(),
                                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; });
    return {mark.line + 1, mark.column + 1 - static_cast<int>(continued)};
  }

  void fail(const YAML::Mark& mark, std::string message) {
    const auto at = place_of(mark);
    tree.faults().push_back({"bad-yaml", std::move(message), {}, {}, severity::error, {}, at.line, at.column});
    throw stop{};
  }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { scalar(mark, node_kind::null, {}, anchor); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (is_key()) {
      fail(mark, "a name must be written out, an alias is none");
    }
    const auto found = anchored_.find(anchor);
    if (found == anchored_.end()) {
      fail(mark, "an alias inside of what it stands for is refused");
    }
    keep(tree.copy(found->second, place_of(mark)));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool plain = tag == "?" || tag.empty();
    if (!plain && tag != "!") {
      fail(mark, "tags such as " + tag + " are refused");
    }
    const auto kind = plain ? kind_of_plain(value) : node_kind::text;
    if (kind == node_kind::boolean) {
      scalar(mark, kind, value.front() == 't' || value.front() == 'T' ? "true" : "false", anchor);
    } else {
      scalar(mark, kind, kind == node_kind::null ? std::string{} : value, anchor, value);
    }
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, node_kind::sequence, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, node_kind::mapping, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

private:
  [[nodiscard]] bool is_key() const { return !tree.wants_value(); }

  void keep(bool within_limits) {
    if (!within_limits) {
      throw stop{};
    }
  }

  void scalar(const YAML::Mark& mark, node_kind kind, const std::string& text, YAML::anchor_t anchor,
              const std::string& written = {}) {
    if (is_key()) {
      if (text.empty() && written.empty()) {
        fail(mark, "a name is required");
      }
      if (written == "<<") {
        fail(mark, "merge keys (<<) are refused, write the members out");
      }
      tree.key(text.empty() ? written : text, place_of(mark));
      return;
    }
    keep(tree.scalar(kind, text, place_of(mark)));
    if (anchor != YAML::NullAnchor) {
      anchored_[anchor] = {.kind = kind, .text = text, .at = place_of(mark)};
    }
  }

  void open(const YAML::Mark& mark, const std::string& tag, node_kind kind, YAML::anchor_t anchor) {
    if (is_key()) {
      fail(mark, "a name must be a scalar");
    }
    if (tag != "?" && tag != "!" && !tag.empty()) {
      fail(mark, "tags such as " + tag + " are refused");
    }
    keep(tree.open(kind, place_of(mark)));
    anchors_.push_back(anchor);
  }

  void close() {
    if (anchors_.back() != YAML::NullAnchor) {
      anchored_[anchors_.back()] = *tree.innermost();
    }
    anchors_.pop_back();
    tree.close();
  }

  std::vector<std::string_view> lines_;
  std::vector<YAML::anchor_t> anchors_;
  std::map<YAML::anchor_t, node> anchored_;
};

} // namespace

document read_yaml(std::string_view text, std::string file, const document_limits& limits) {
  if (text.size() > limits.bytes) {
    detail::refuse_document({{"too-large", "at most " + std::to_string(limits.bytes) + " bytes are allowed", {}, {}}},
                            file);
  }
  yaml_handler handler(text, limits);
  auto& faults = handler.tree.faults();
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    parser.HandleNextDocument(handler);
    node first = std::move(handler.tree.root());
    if (parser.HandleNextDocument(handler)) {
      faults.push_back({"bad-yaml", "one document is required, more are given", {}, {}});
    }
    handler.tree.root() = std::move(first);
  } catch (const stop&) { // noted where it was thrown
  } catch (const YAML::Exception& error) {
    const auto at = handler.place_of(error.mark);
    faults.push_back({"bad-yaml", "this is not YAML: " + error.msg, {}, {}, severity::error, {}, at.line, at.column});
  }
  if (!faults.empty()) {
    detail::refuse_document(std::move(faults), file);
  }
  return {std::move(handler.tree.root()), std::move(file)};
}

document read_document(const std::string& path, const document_limits& limits) {
  std::ifstream stream(path, std::ios::binary);
  std::string text;
  std::array<char, 1 << 16> piece{};
  while (stream && text.size() <= limits.bytes) {
    stream.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.eof() && text.size() <= limits.bytes) {
    throw policy_error({{"no-file", "the file cannot be read", {}, {}, severity::error, path}});
  }
  return path.ends_with(".json") ? read_json(text, path, limits) : read_yaml(text, path, limits);
}

document_source documents_in(std::vector<std::string> folders) {
  return [folders = std::move(folders)](const std::string& name) {
    const std::filesystem::path inside(name);
    const bool leads_out = inside.is_absolute() || std::find(inside.begin(), inside.end(), "..") != inside.end();
    for (const auto& folder : folders) {
      for (const auto* ending : {".yaml", ".json"}) {
        const auto file = std::filesystem::path(folder) / (name + ending);
        std::error_code ignored;
        if (!leads_out && std::filesystem::is_regular_file(file, ignored)) {
          return read_document(file.string());
        }
      }
    }
    throw policy_error({{"no-file", "there is no document \"" + name + "\" to extend", {}, {}}});
  };
}

} // namespace plaint
