// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/detail/loading.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/outcome.hpp>
#include <plaint/expr/program.hpp>
#include <plaint/expr/scope.hpp>
#include <plaint/expr/value.hpp>
#include <plaint/expr/value_text.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// What an atom read: the name as it is written, what it held, and that as text.
struct atom_reading {
  std::string name;
  plaint::value value{};
  std::string text{};

  friend bool operator==(const atom_reading&, const atom_reading&) = default;
};

/// One atom of a guard: a part that no && || ! ?: takes further apart, such as `reopened < 3`.
struct atom {
  std::string text{};
  outcome result{};
  bool decisive = false; ///< of a guard that is yes: it holds because of this; else: this is in the way
  std::vector<atom_reading> readings{};

  friend bool operator==(const atom&, const atom&) = default;
};

/// Why a guard is what it is. Every atom is evaluated, also those that && and || would have skipped.
struct guard_explanation {
  outcome result{};
  std::vector<atom> atoms{};

  friend bool operator==(const guard_explanation&, const guard_explanation&) = default;
};

namespace detail {

/// Walks the skeleton; each part is evaluated by running its own stretch of the program.
class explainer {
public:
  explainer(const code& guard, const scope& seen) : code_(&guard), seen_(&seen) {}

  [[nodiscard]] guard_explanation explain() {
    guard_explanation all;
    all.result = result(code_->shape);
    visit(code_->shape, true, all.result.is == truth::yes, all.atoms);
    return all;
  }

private:
  [[nodiscard]] outcome result(const skeleton& part) const { return run_guard(*code_, *seen_, part.begin, part.end); }

  /// `matters`: the answer hangs on this part. `wanted`: what it is, or would have to be.
  void visit(const skeleton& part, bool matters, bool reached, std::vector<atom>& out, bool wanted = true) {
    const auto is = [&](const skeleton& p) { return result(p).is == truth_of(wanted); };
    switch (part.is) {
    case skeleton::kind::atom:
      out.push_back(atom_of(part, matters));
      return;
    case skeleton::kind::negated:
      visit(part.parts[0], matters, reached, out, !wanted);
      return;
    case skeleton::kind::choice:
      choice(part, matters, reached, out, wanted);
      return;
    default:
      break;
    }
    // Where all parts are needed, those that lack are in the way; where one is enough, any of them would have done.
    const bool needs_all = (part.is == skeleton::kind::all_of) == wanted;
    for (const auto& p : part.parts) {
      const bool counts = reached ? needs_all || is(p) : !needs_all || !is(p);
      visit(p, matters && counts, reached, out, wanted);
    }
  }

  void choice(const skeleton& part, bool matters, bool reached, std::vector<atom>& out, bool wanted) {
    const auto condition = result(part.parts[0]).is;
    const bool known = condition == truth::yes || condition == truth::no;
    visit(part.parts[0], matters && !known, false, out);
    visit(part.parts[1], matters && condition == truth::yes, reached, out, wanted);
    visit(part.parts[2], matters && condition == truth::no, reached, out, wanted);
  }

  [[nodiscard]] atom atom_of(const skeleton& part, bool matters) const {
    atom a;
    a.text = code_->text.substr(part.source.from, part.source.to - part.source.from);
    a.result = result(part);
    a.decisive = matters;
    for (const auto& r : part.readings) {
      auto held = to_value(load({r.root, r.a, r.b, 0}, *seen_));
      auto text = to_text(held, r.of);
      a.readings.push_back({r.name, std::move(held), std::move(text)});
    }
    return a;
  }

  const code* code_;
  const scope* seen_;
};

} // namespace detail

/// Explains a guard by its atoms, in the order in which they are written; the default program has none.
[[nodiscard]] inline guard_explanation explain(const program& guard, const scope& seen) {
  if (guard.is_default()) {
    return {{truth::yes, fault::none}, {}};
  }
  return detail::explainer(guard.code(), seen).explain();
}

/// "`reopened < 3` is false (reopened = 3)"
[[nodiscard]] inline std::string to_string(const atom& a) {
  std::string text = "`" + a.text + "` is " + to_string(a.result.is);
  if (a.result.why != fault::none) {
    text += std::string(": ") + to_string(a.result.why);
  }
  std::string held;
  for (const auto& r : a.readings) {
    if (r.text != "absent") {
      held += (held.empty() ? "" : ", ") + r.name + (r.name == a.text ? std::string() : " = " + r.text);
    } else {
      held += (held.empty() ? "" : ", ") + r.name + " is absent";
    }
  }
  const bool tells = !held.empty() && held != a.text;
  return tells ? text + " (" + held + ")" : text;
}

/// The decisive atoms in words, with "; " between them.
[[nodiscard]] inline std::string to_string(const guard_explanation& e) {
  std::string text;
  for (const auto& a : e.atoms) {
    if (a.decisive) {
      text += (text.empty() ? "" : "; ") + to_string(a);
    }
  }
  return text;
}

} // namespace plaint
