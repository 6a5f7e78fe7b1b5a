// SPDX-License-Identifier: BSL-1.0
#include "desk_schema.hpp"
#include "random_expression.hpp"

#include <plaint/expr/explain.hpp>

#include <catch.hpp>
#include <rapidcheck.h>

#include <algorithm>
#include <string>

using namespace plaint;

namespace {

guard_explanation explained(std::string_view text) {
  const auto sees = desk::attributes();
  const auto values = initial_values(sees);
  scope seen;
  seen.attributes = values;
  return explain(compile(text, sees), seen);
}

} // namespace

TEST_CASE("a guard that does not hold names the atoms in its way, with what they read", "[expr]") {
  const auto e = explained("severity == 'grave' && reopened < 3 && owner_unset != 'x'");
  REQUIRE(e.atoms.size() == 3);
  CHECK(e.result == outcome{truth::no, fault::none});
  CHECK(e.atoms[0].text == "severity == 'grave'");
  CHECK(e.atoms[0].result.is == truth::no);
  CHECK(e.atoms[0].decisive);
  CHECK(e.atoms[1].result.is == truth::yes);
  CHECK_FALSE(e.atoms[1].decisive);
  CHECK(e.atoms[2].result.is == truth::unknown);
  CHECK(e.atoms[2].readings == std::vector<atom_reading>{{"owner_unset", value(), "absent"}});
  CHECK(to_string(e) == "`severity == 'grave'` is false (severity = \"severe\"); `owner_unset != 'x'` is unknown "
                        "(owner_unset is absent)");
}

TEST_CASE("a guard that holds names the atoms that it holds by", "[expr]") {
  CHECK(to_string(explained("urgent_unset || reopened == 2 || reopened > 5")) ==
        "`reopened == 2` is true (reopened = 2)");
  CHECK(to_string(explained("!(reopened == 3 || !urgent)")) ==
        "`reopened == 3` is false (reopened = 2); `urgent` is true");
}

TEST_CASE("an atom that fails says why", "[expr]") {
  CHECK(to_string(explained("amount > 1.0 && 6 / (reopened - 2) == 3")) ==
        "`6 / (reopened - 2) == 3` is error: division by zero (reopened = 2)");
}

TEST_CASE("of a choice, the branch taken is in the way, or a condition that is not known", "[expr]") {
  CHECK(to_string(explained("urgent ? reopened > 2 : reopened < 9")) == "`reopened > 2` is false (reopened = 2)");
  CHECK(to_string(explained("urgent_unset ? true : reopened < 9")) ==
        "`urgent_unset` is unknown (urgent_unset is absent)");
}

TEST_CASE("the guard without conditions has nothing to explain", "[expr]") {
  CHECK(explain(program{}, {}) == guard_explanation{{truth::yes, fault::none}, {}});
}

TEST_CASE("an explanation agrees with the evaluation and is never empty-handed", "[expr]") {
  const auto sees = desk::attributes();
  CHECK(rc::check("explained guards", [&] {
    const auto text = random_expression::print(*random_expression::boolean(3));
    const auto values = *random_expression::values(sees);
    findings all;
    const auto p = try_compile(text, sees, type::boolean(), all);
    RC_PRE(p.has_value());
    scope seen;
    seen.attributes = values;
    const auto e = explain(*p, seen);
    RC_ASSERT(e.result == evaluate(*p, seen));
    RC_ASSERT(std::any_of(e.atoms.begin(), e.atoms.end(), [](const atom& a) { return a.decisive; }));
  }));
}
