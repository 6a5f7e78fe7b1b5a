// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/reader.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// Where the documents come from that another one names in `extends`: a name in, the document out. Throws
/// `policy_error` (code "no-file") for a name that it does not know.
using document_source = std::function<document(const std::string& name)>;

/// A document laid over those that it extends.
struct extended_document {
  node root{};                    ///< all in one, without `extends` and `without`
  std::vector<document> layers{}; ///< as they were written, what lies on top first
};

/// The bounds of `extends`; beyond them lies a mistake.
inline constexpr std::size_t deepest_extension = 8;
inline constexpr std::size_t most_layers = 64;

namespace detail {

/// Lays one value over another: mappings member by member, each in the place that it had; anything else as a whole.
inline void lay_over(node& below, const node& above) {
  if (!below.is_mapping() || !above.is_mapping()) {
    below = above;
    return;
  }
  for (std::size_t i = 0; i < above.keys.size(); ++i) {
    const auto at = std::find(below.keys.begin(), below.keys.end(), above.keys[i]);
    if (at == below.keys.end()) {
      below.add(above.keys[i], above.items[i]);
    } else {
      lay_over(below.items[static_cast<std::size_t>(at - below.keys.begin())], above.items[i]);
    }
  }
}

/// Takes the value out that a pointer names; false where there is none.
[[nodiscard]] inline bool take_out(node& from, std::string_view pointer) {
  const auto end = pointer.rfind('/');
  if (end == pointer.npos) {
    return false;
  }
  auto* owner = const_cast<node*>(find(from, pointer.substr(0, end))); // of a node that is ours to change
  const auto name = unescape_step(pointer.substr(end + 1));
  const auto at =
      owner == nullptr ? std::vector<std::string>::iterator{} : std::find(owner->keys.begin(), owner->keys.end(), name);
  if (owner == nullptr || at == owner->keys.end()) {
    return false;
  }
  owner->items.erase(owner->items.begin() + (at - owner->keys.begin()));
  owner->keys.erase(at);
  return true;
}

class extender {
public:
  extender(const document_source& source, findings& out) : source_(source), out_(out) {}

  [[nodiscard]] extended_document run(const document& top) {
    extended_document made;
    made.root = laid_out(top, made.layers, 0);
    return made;
  }

private:
  /// What a document says of itself alone, and what it must say itself.
  static constexpr std::array<std::string_view, 4> own_names{"extends", "without", "id", "version"};

  node laid_out(const document& top, std::vector<document>& layers, std::size_t depth) {
    layers.push_back(top);
    node below = node::mapping_of();
    const std::size_t first_below = layers.size();
    findings said;
    if (const node* names = top.root.find("extends")) {
      for (const auto& item : value_reader(*names, "/extends", said).items()) {
        if (const auto name = item.text()) {
          lay_over(below, layer(item, *name, layers, depth));
        }
      }
    }
    if (const node* pointers = top.root.find("without")) {
      for (const auto& item : value_reader(*pointers, "/without", said).items()) {
        const auto pointer = item.text();
        if (pointer && !take_out(below, *pointer)) {
          item.fault("nothing-there",
                     "a pointer to something that is extended required, such as /clocks/answer; there is no \"" +
                         *pointer + "\"");
        }
      }
    }
    for (const auto name : own_names) {
      (void)take_out(below, child("", name));
    }
    std::reverse(layers.begin() + static_cast<std::ptrdiff_t>(first_below),
                 layers.end()); // what is named last lies on top
    place_findings(said, top);
    out_.insert(out_.end(), said.begin(), said.end());
    lay_over(below, top.root);
    (void)take_out(below, "/extends");
    (void)take_out(below, "/without");
    below.at = top.root.at;
    return below;
  }

  node layer(const value_reader& at, const std::string& name, std::vector<document>& layers, std::size_t depth) {
    const bool again = std::find(open_.begin(), open_.end(), name) != open_.end();
    if (again || depth >= deepest_extension || layers.size() >= most_layers) {
      at.fault(again ? "extends-itself" : "too-deep",
               again ? "\"" + name + "\" extends itself"
                     : "documents extend each other at most " + std::to_string(deepest_extension) + " deep");
      return node::mapping_of();
    }
    if (!source_) {
      at.fault("no-source", "\"" + name + "\" is extended, but nothing says where documents are");
      return node::mapping_of();
    }
    try {
      const auto found = source_(name);
      open_.push_back(name);
      auto made = laid_out(found, layers, depth + 1);
      open_.pop_back();
      return made;
    } catch (const policy_error& e) {
      for (auto f : e.all()) {
        if (f.line == 0) { // the file itself cannot be read: what is wrong is its name, here
          f.pointer = at.pointer();
        }
        at.out().push_back(std::move(f));
      }
      return node::mapping_of();
    }
  }

  const document_source& source_;
  findings& out_;
  std::vector<std::string> open_{};
};

} // namespace detail

/// Lays a document over those that it names in `extends`, one or a list of which the later lies over the earlier; these
/// may extend others.
///
/// Mappings are laid over each other member by member, so `clocks: { answer: { calendar: office } }` changes that one
/// thing; lists and scalars are replaced. `without: [/clocks/answer]` takes out what is extended. `id` and `version`
/// are not inherited. Faults become findings with their places.
[[nodiscard]] inline extended_document extend(const document& top, const document_source& source, findings& out) {
  if (!top.root.is_mapping() || (top.root.find("extends") == nullptr && top.root.find("without") == nullptr)) {
    return {top.root, {top}};
  }
  return detail::extender(source, out).run(top);
}

/// Adds file, line and column to findings that know their pointer only: those of the topmost layer that has the value,
/// else of the one that has most of the way to it.
inline void place_findings(findings& all, const extended_document& in) {
  for (auto& f : all) {
    if (f.line != 0) {
      continue;
    }
    const document* best = nullptr;
    std::size_t best_length = 0;
    for (const auto& layer : in.layers) {
      auto way = f.pointer;
      while (!way.empty() && find(layer.root, way) == nullptr) {
        way.erase(way.rfind('/'));
      }
      if (best == nullptr || way.size() > best_length) {
        best = &layer;
        best_length = way.size();
      }
    }
    if (best != nullptr) {
      findings one{std::move(f)};
      place_findings(one, *best);
      f = std::move(one.front());
    }
  }
}

} // namespace plaint
