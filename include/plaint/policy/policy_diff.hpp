// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/document.hpp>
#include <plaint/pointer.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/policy_document.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

enum class change_kind : unsigned char { added, removed, changed };
inline constexpr std::array<std::string_view, 3> change_words{"added", "removed", "changed"};

/// One difference between two policies, as data and in words.
struct policy_change {
  change_kind kind = change_kind::changed;
  std::string pointer{}; ///< JSON pointer into the canonical form of the policy
  node before{};         ///< null where it was added
  node after{};          ///< null where it was removed
  std::string words{};   ///< such as `clock "answer", goal 2: was "5 business days", is "3 business days"`

  friend bool operator==(const policy_change&, const policy_change&) = default;
};

namespace detail {

/// Compares two documents member by member; lists item by item, except where one has become longer or shorter.
class document_diff {
public:
  [[nodiscard]] std::vector<policy_change> all(const node& a, const node& b) {
    compare("", {}, a, b);
    return std::move(out_);
  }

private:
  using path = std::vector<std::string>;

  void compare(const std::string& pointer, const path& names, const node& a, const node& b) {
    if (a == b) {
      return;
    }
    if (a.is_mapping() && b.is_mapping()) {
      return members(pointer, names, a, b);
    }
    if (a.is_sequence() && b.is_sequence() && a.items.size() == b.items.size()) {
      for (std::size_t i = 0; i < a.items.size(); ++i) {
        compare(child(pointer, i), with(names, std::to_string(i + 1)), a.items[i], b.items[i]);
      }
      return;
    }
    note(change_kind::changed, pointer, names, a, b);
  }

  void members(const std::string& pointer, const path& names, const node& a, const node& b) {
    const std::size_t before = out_.size();
    for (std::size_t i = 0; i < a.keys.size(); ++i) {
      const auto* other = b.find(a.keys[i]);
      const auto at = child(pointer, a.keys[i]);
      if (other != nullptr) {
        compare(at, with(names, a.keys[i]), a.items[i], *other);
      } else {
        note(change_kind::removed, at, with(names, a.keys[i]), a.items[i], {});
      }
    }
    for (std::size_t i = 0; i < b.keys.size(); ++i) {
      if (a.find(b.keys[i]) == nullptr) {
        note(change_kind::added, child(pointer, b.keys[i]), with(names, b.keys[i]), {}, b.items[i]);
      }
    }
    if (out_.size() == before) { // the same members in another order, which means something for states and clocks
      note(change_kind::changed, pointer, names, a, b);
      out_.back().words = said(names) + ": the order has changed";
    }
  }

  void note(change_kind kind, const std::string& pointer, const path& names, const node& a, const node& b) {
    policy_change made{.kind = kind, .pointer = pointer, .before = a, .after = b};
    switch (kind) {
    case change_kind::added:
      made.words = said(names) + ": new" + (b.is_scalar() ? ", " + brief(b) : "");
      break;
    case change_kind::removed:
      made.words = said(names) + ": gone" + (a.is_scalar() ? ", was " + brief(a) : "");
      break;
    case change_kind::changed:
      made.words = said(names) + ": was " + brief(a) + ", is " + brief(b);
      break;
    }
    out_.push_back(std::move(made));
  }

  [[nodiscard]] static path with(path names, std::string name) {
    names.push_back(std::move(name));
    return names;
  }

  /// `clock "answer", goals, 2, goal`: the section in the singular with the name of what it holds, then the way inside.
  [[nodiscard]] static std::string said(const path& names) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> sections{{{"calendars", "calendar"},
                                                                                     {"attributes", "attribute"},
                                                                                     {"event_data", "event field"},
                                                                                     {"roles", "role"},
                                                                                     {"clocks", "clock"},
                                                                                     {"ladders", "ladder"},
                                                                                     {"sources", "source"},
                                                                                     {"properties", "property"}}};
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const auto section = std::find_if(sections.begin(), sections.end(), [&](const auto& s) {
        return i == 0 && names.size() > 1 && s.first == names[0];
      });
      if (section != sections.end()) {
        text = std::string(section->second) + " \"" + names[1] + "\"";
        ++i;
        continue;
      }
      text += (text.empty() ? "" : ", ") + names[i];
    }
    return text.empty() ? "the policy" : text;
  }

  [[nodiscard]] static std::string brief(const node& n) {
    constexpr std::size_t longest = 120;
    auto text = canonical(n);
    if (text.size() > longest) {
      auto end = longest;
      while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;
      }
      text = text.substr(0, end) + " …";
    }
    return text;
  }

  std::vector<policy_change> out_{};
};

} // namespace detail

/// All that differs between two policies, in the order of the document; nothing if they mean the same.
[[nodiscard]] inline std::vector<policy_change> diff(const policy_definition& a, const policy_definition& b) {
  return detail::document_diff().all(write_policy(a), write_policy(b));
}
[[nodiscard]] inline std::vector<policy_change> diff(const policy& a, const policy& b) {
  return diff(a.definition(), b.definition());
}

} // namespace plaint
