// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/detail/check_holidays.hpp>
#include <plaint/calendar/detail/read_holidays.hpp>
#include <plaint/document.hpp>
#include <plaint/error.hpp>
#include <plaint/pointer.hpp>
#include <plaint/reader.hpp>

#include <map>
#include <string>
#include <utility>

namespace plaint::detail {

/// The section `holidays`: sets by name. Each is read and checked here, whether a calendar names it or not, and put
/// where calendars name it, so that calendars need not know about policies.
class holiday_section {
public:
  holiday_section(const node& sets, findings& out) {
    for (const auto& [name, member] : object_reader(sets, "/holidays", out).members()) {
      const auto before = out.size();
      check_set(read_set(member), member.pointer(), out);
      const bool sound = out.size() == before;
      node set = sound ? member.value() : node::mapping_of(); // a fault is told once
      if (set.find("name") == nullptr) {
        set.add("name", node::text_of(name));
      }
      sets_.emplace(name, std::move(set));
    }
  }

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
    const auto found = item.kind == node_kind::text ? sets_.find(item.text) : sets_.end();
    if (found == sets_.end()) {
      return;
    }
    node named = found->second;
    named.at = item.at;
    item = std::move(named);
  }

  std::map<std::string, node> sets_;
};

/// The document with the sets of its section `holidays` in place; their faults become findings.
[[nodiscard]] inline node with_holidays(const node& root, findings& out) {
  const node* sets = root.find("holidays");
  if (sets == nullptr) {
    return root;
  }
  const holiday_section section(*sets, out);
  node all = root;
  for (std::size_t i = 0; i < all.keys.size(); ++i) {
    if (all.keys[i] == "calendars") {
      for (auto& calendar : all.items[i].items) {
        section.put_into(calendar);
      }
    }
  }
  return all;
}

} // namespace plaint::detail
