// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/subject_set.hpp>
#include <plaint/policy/policy.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace plaint::detail {

/// Which names of the vocabulary a policy has.
class known_names {
public:
  explicit known_names(const policy& by) : in_(by.lifecycle()) {}

  [[nodiscard]] bool state(const std::string& name) const { return in_.state(name).has_value(); }
  [[nodiscard]] bool event(std::string_view name) const {
    for (std::size_t e = 0; e < in_.event_count(); ++e) {
      if (in_.event_name(static_cast<event_id>(e)) == name) {
        return true;
      }
    }
    return false;
  }
  /// A notice of this kind; of any where it is empty.
  [[nodiscard]] bool notice(std::string_view name) const { return effect("notice", name); }
  [[nodiscard]] bool effect(std::string_view kind, std::string_view subject = {}) const {
    for (std::size_t e = 0; e < in_.effect_count(); ++e) {
      const auto& d = in_.effect_at(static_cast<effect_id>(e));
      if (d.kind == kind && (subject.empty() || effect_subject(d) == subject)) {
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool carried(std::string_view word) const {
    for (std::size_t e = 0; e < in_.effect_count(); ++e) {
      if (effect_carries(in_.effect_at(static_cast<effect_id>(e)), word)) {
        return true;
      }
    }
    return false;
  }

  /// Those of the names that the policy has, joined; nothing if there are none.
  [[nodiscard]] std::string joined(std::initializer_list<std::string_view> notices,
                                   std::initializer_list<std::string_view> events,
                                   std::initializer_list<std::string_view> states) const {
    std::string text;
    const auto add = [&](bool is, const std::string& name) { text += !is ? "" : (text.empty() ? "" : " or ") + name; };
    for (const auto n : notices) {
      add(notice(n), "notice(" + std::string(n) + ")");
    }
    for (const auto e : events) {
      add(event(e), "event(" + std::string(e) + ")");
    }
    for (const auto s : states) {
      add(state(std::string(s)), "state(" + std::string(s) + ")");
    }
    return text;
  }

private:
  const lifecycle& in_;
};

} // namespace plaint::detail
