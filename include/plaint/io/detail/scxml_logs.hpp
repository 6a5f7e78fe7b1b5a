// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/compile.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint::detail {

/// What a chart only logs need not be an expression of ours: where `value` is none, its text is what is logged.
class log_settler {
public:
  explicit log_settler(schema sees) : sees_(std::move(sees)) {}

  void settle(lifecycle_definition& d) {
    settle(d.initial.actions);
    settle(d.transitions);
    settle(d.states);
  }

private:
  void settle(std::vector<state_definition>& all) {
    for (auto& s : all) {
      settle(s.initial.actions);
      settle(s.entry);
      settle(s.exit);
      settle(s.transitions);
      settle(s.children);
    }
  }
  void settle(std::vector<transition_definition>& all) {
    for (auto& t : all) {
      settle(t.actions);
    }
  }
  void settle(actions& all) {
    for (auto& a : all) {
      if (auto* c = std::get_if<choice>(&a.what)) {
        settle(c->then);
        settle(c->otherwise);
      } else if (auto* e = std::get_if<effect_definition>(&a.what); e != nullptr && e->kind == "log") {
        for (auto& p : e->parameters) {
          settle(p);
        }
      }
    }
  }
  void settle(parameter& p) const {
    findings none;
    if (!p.expression.empty() && !try_compile(p.expression, sees_, type::any(), none)) {
      p.value = node::text_of(p.expression);
      p.expression.clear();
    }
  }

  schema sees_;
};

} // namespace plaint::detail
