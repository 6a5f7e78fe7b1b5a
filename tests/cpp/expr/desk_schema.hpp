// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/compile.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/expr/scope.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace desk {

using namespace plaint;

[[nodiscard]] inline instant at_noon() {
  return instant(std::chrono::sys_days{std::chrono::year{2026} / 3 / 29} + std::chrono::hours{12});
}

/// A complaint desk: one attribute of every type, twice; the second of each has no default.
[[nodiscard]] inline schema attributes() {
  schema s;
  const auto both = [&](const std::string& name, const type& of, value initial) {
    s.add({.name = name, .type = of, .initial = std::move(initial)});
    s.add({.name = name + "_unset", .type = of});
  };
  both("urgent", type::boolean(), true);
  both("reopened", type::integer(), 2);
  both("amount", type::real(), 12.5);
  both("owner", type::string(), "zo\xC3\xAB");
  both("severity", type::enumeration({"minor", "severe", "grave"}), enum_member{1});
  both("received", type::timestamp(), at_noon() - std::chrono::hours{2});
  both("waited", type::duration(), duration(std::chrono::minutes{90}));
  both("tags", type::list(type::string()), value::list{"late", "broken"});
  both("counts", type::list(type::integer()), value::list{1, 2, 3});
  s.states = {"open", "closed"};
  s.clocks = {"answer", "visit"};
  s.ladders = {"late"};
  s.roles = {"lead", "customer"};
  s.events = {"answer", "close"};
  s.event_fields = {{.name = "reason", .type = type::string()}, {.name = "count", .type = type::integer()}};
  return s;
}

/// The result of an expression over the defaults, at noon.
[[nodiscard]] inline computed value_of(std::string_view text) {
  const auto sees = attributes();
  const auto values = initial_values(sees);
  scope seen;
  seen.attributes = values;
  seen.at = at_noon();
  return compute(compile(text, sees, type::any()), seen);
}

[[nodiscard]] inline outcome decide(std::string_view text) {
  const auto sees = attributes();
  const auto values = initial_values(sees);
  scope seen;
  seen.attributes = values;
  seen.at = at_noon();
  return evaluate(compile(text, sees), seen);
}

/// The findings that refuse a text.
[[nodiscard]] inline findings faults_of(std::string_view text, const type& expected = type::any()) {
  findings all;
  (void)try_compile(text, attributes(), expected, all);
  return all;
}

} // namespace desk
