// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/reader.hpp>

#include <string>
#include <utility>

namespace plaint::detail {

/// Puts the sets of the section `holidays` where calendars name them, so that calendars need not know about policies.
class holiday_section {
public:
  explicit holiday_section(const node& sets) : sets_(sets) {}

  void put_into(node& calendar) const {
    for (std::size_t i = 0; i < calendar.keys.size(); ++i) {
      node& member = calendar.items[i];
      if (calendar.keys[i] == "holidays") {
        if (!member.is_sequence()) {
          put(member);
          continue;
        }
        for (auto& item : member.items) {
          put(item);
        }
      } else if (calendar.keys[i] == "any_of" || calendar.keys[i] == "all_of" || calendar.keys[i] == "first_without") {
        for (auto& part : member.items) {
          put_into(part);
        }
      }
    }
  }

private:
  void put(node& item) const {
    const node* set = item.kind == node_kind::text ? sets_.find(item.text) : nullptr;
    if (set == nullptr || !set->is_mapping()) {
      return;
    }
    node named = *set;
    if (named.find("name") == nullptr) {
      named.add("name", node::text_of(item.text));
    }
    named.at = item.at;
    item = std::move(named);
  }

  const node& sets_;
};

/// The document with the sets of its section `holidays` in place.
[[nodiscard]] inline node with_holidays(const node& root) {
  const node* sets = root.find("holidays");
  if (sets == nullptr || !sets->is_mapping() || root.find("calendars") == nullptr) {
    return root;
  }
  node all = root;
  for (std::size_t i = 0; i < all.keys.size(); ++i) {
    if (all.keys[i] == "calendars") {
      for (auto& calendar : all.items[i].items) {
        holiday_section(*sets).put_into(calendar);
      }
    }
  }
  return all;
}

} // namespace plaint::detail
