// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/case_search.hpp>
#include <plaint/analysis/proof.hpp>
#include <plaint/lifecycle/detail/refusal.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What a method of proof found out, before it is told as a history.
struct judgement {
  proof_verdict verdict = proof_verdict::holds;
  bool vacuous = false;
  std::string because{};
  case_path path{};                          ///< of the counterexample
  std::optional<std::size_t> repeats_from{}; ///< place in `path` after which the circle begins
  std::vector<std::string> values{};
  struct refused_event {
    event_id event = no_id;
    std::size_t actor = 0;
    std::vector<pinned_value> data{};
    bool refused = true;
  };
  std::optional<refused_event> last{}; ///< one more event, which the path's end is asked for
  std::vector<std::string> assumptions{};

  /// The steps of the history that it tells.
  [[nodiscard]] std::size_t length() const noexcept { return path.size() + (last && last->event != no_id ? 1 : 0); }

  /// Goes on, after the path, in a circle.
  void close_with(const case_path& circle) {
    repeats_from = path.size();
    path.insert(path.end(), circle.begin(), circle.end());
  }
};

[[nodiscard]] inline judgement holds(std::string because, bool vacuous = false) {
  return {.verdict = proof_verdict::holds, .vacuous = vacuous, .because = std::move(because)};
}
[[nodiscard]] inline judgement fails(std::string because, const case_path& path = {}) {
  return {.verdict = proof_verdict::fails, .because = std::move(because), .path = path};
}

/// The atomic states of a node, for messages.
[[nodiscard]] inline std::string standing(const case_graph& in, std::uint32_t node) {
  std::string text;
  if (node == 0) {
    return "nothing";
  }
  const auto& active = in.active(node);
  for (std::size_t s = 0; s < active.size(); ++s) {
    const auto type = in.lifecycle().type_of(static_cast<state_id>(s));
    if (active[s] && (type == state_type::atomic || type == state_type::final)) {
      text += (text.empty() ? "" : " and ") + in_quotes(in.lifecycle().name(static_cast<state_id>(s)));
    }
  }
  return text;
}

/// Subjects as they were written, for messages.
[[nodiscard]] inline std::string written(const std::vector<property_subject>& all) {
  std::string text;
  for (const auto& s : all) {
    text += text.empty() ? "" : " or ";
    switch (s.kind) {
    case subject_kind::event:
      text += "event(" + s.name + ")";
      break;
    case subject_kind::notice:
      text += "notice(" + s.name + ")";
      break;
    case subject_kind::effect:
      text += s.name;
      break;
    case subject_kind::carrying:
      text += "a notice that carries " + s.name;
      break;
    case subject_kind::everything:
      text += "any state";
      break;
    case subject_kind::end:
      text += "an end";
      break;
    case subject_kind::reopening:
      text += "reopening";
      break;
    default:
      text += s.name;
      break;
    }
  }
  return text;
}

} // namespace plaint::detail
