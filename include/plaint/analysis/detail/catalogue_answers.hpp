// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/known_names.hpp>
#include <plaint/analysis/detail/static_checks.hpp>
#include <plaint/analysis/property_text.hpp>
#include <plaint/analysis/prove.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The answers of one entry of the catalogue: claims that are proven, and judgements about definitions.
class catalogue_answers {
protected:
  explicit catalogue_answers(const prover& by) : by_(by), in_(by.rules().lifecycle()), names_(by.rules()) {}

  void claim(const std::string& text) {
    for (auto& p : parse_property(text)) {
      p.id = id_;
      all_.push_back(by_.prove(p));
    }
  }
  void judged(const static_checks::answer& found) {
    if (found) {
      proof out{.claim = {}, .verdict = found->verdict, .vacuous = found->vacuous, .because = found->because};
      out.claim.kind = property_kind::catalogue;
      out.claim.id = id_;
      out.claim.text = title_;
      all_.push_back(std::move(out));
    }
  }
  /// What the policy itself claims under this name.
  void claimed() {
    findings none;
    for (const auto& p : claims_of(by_.rules(), none)) {
      if (p.id == id_ && p.kind != property_kind::catalogue) {
        all_.push_back(by_.prove(p));
      }
    }
  }
  [[nodiscard]] std::string first_state() const {
    for (const auto& m : by_.cases().from(0)) {
      return in_.name(in_.leaves(by_.cases().where(m.to)).front());
    }
    return {};
  }

  const prover& by_;
  const lifecycle& in_;
  known_names names_;
  std::string id_{};
  std::string title_{};
  std::vector<proof> all_{};
};

} // namespace plaint::detail
