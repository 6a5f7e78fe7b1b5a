// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/property.hpp>
#include <plaint/complaint/event.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

enum class proof_verdict : unsigned char {
  holds,
  fails,
  not_applicable, ///< the policy has nothing of what the property speaks of
  undecided       ///< there are more situations than the limits allow to look at
};

inline constexpr std::array<std::string_view, 4> proof_verdict_words{"holds", "fails", "not-applicable", "undecided"};

[[nodiscard]] constexpr std::string_view to_string(proof_verdict v) noexcept {
  return proof_verdict_words[static_cast<std::size_t>(v)];
}

/// One event of a counterexample and what it does.
struct counterexample_step {
  plaint::event event{}; ///< name, actor, data and instant; "opened" is the first
  bool timer = false;    ///< time passes until a clock fires it; then it has no actor
  std::vector<std::string> entered{};
  std::vector<std::string> left{};
  std::vector<std::string> effects{}; ///< such as "notice(final)"
  std::vector<std::string> states{};  ///< the atomic states afterwards
  bool refused = false;               ///< the point is that nothing takes it
};

/// The shortest history that does what a property forbids.
struct counterexample {
  std::vector<counterexample_step> steps{};  ///< the opening, then one for each event or timer
  std::optional<std::size_t> repeats_from{}; ///< for circles: the step whose situation the last one comes back to
  std::vector<std::string> values{};         ///< the combination that matters, such as `severity = "minor"`
  bool replayed = false;                     ///< the policy itself was run over it and did the same

  /// Events after the opening; a timer counts as one.
  [[nodiscard]] std::size_t length() const noexcept { return steps.empty() ? 0 : steps.size() - 1; }
};

/// What became of one property.
struct proof {
  property claim{};
  proof_verdict verdict = proof_verdict::undecided;
  bool vacuous = false;                   ///< holds only because what it speaks of never happens
  std::string because{};                  ///< one sentence in lower case
  std::vector<std::string> assumptions{}; ///< what the verdict rests on
  std::optional<plaint::counterexample> counterexample{};
};

} // namespace plaint
