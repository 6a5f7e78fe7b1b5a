// SPDX-License-Identifier: BSL-1.0
#include "desk_schema.hpp"
#include "random_expression.hpp"

#include <catch.hpp>
#include <rapidcheck.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <new>
#include <string>

using namespace plaint;
using desk::decide;
using desk::value_of;

namespace {

std::size_t allocations = 0;

void* counted(std::size_t size) noexcept {
  ++allocations;
  return std::malloc(size == 0 ? 1 : size);
}

void* counted_or_throw(std::size_t size) {
  if (void* p = counted(size)) {
    return p;
  }
  throw std::bad_alloc();
}

constexpr outcome yes{truth::yes, fault::none};
constexpr outcome no{truth::no, fault::none};
constexpr outcome unknown{truth::unknown, fault::none};
constexpr outcome divided{truth::error, fault::division_by_zero};

} // namespace

void* operator new(std::size_t size) {
  return counted_or_throw(size);
}
void* operator new[](std::size_t size) {
  return counted_or_throw(size);
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return counted(size);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return counted(size);
}
void operator delete(void* p) noexcept {
  std::free(p);
}
void operator delete[](void* p) noexcept {
  std::free(p);
}
void operator delete(void* p, std::size_t) noexcept {
  std::free(p);
}
void operator delete[](void* p, std::size_t) noexcept {
  std::free(p);
}
void operator delete(void* p, const std::nothrow_t&) noexcept {
  std::free(p);
}
void operator delete[](void* p, const std::nothrow_t&) noexcept {
  std::free(p);
}

TEST_CASE("integers never wrap around", "[expr]") {
  CHECK(value_of("9223372036854775807 + reopened").why == fault::overflow);
  CHECK(value_of("-9223372036854775807 - reopened").why == fault::overflow);
  CHECK(value_of("5000000000000000000 * reopened").why == fault::overflow);
  CHECK(value_of("(-9223372036854775807 - 1 + reopened - 2) / (1 - reopened)").why == fault::overflow);
  CHECK(value_of("(-9223372036854775807 - 1 + reopened - 2) % (1 - reopened)").why == fault::overflow);
  CHECK(value_of("-(-9223372036854775807 - 1 + reopened - 2)").why == fault::overflow);
  CHECK(value_of("1 / (reopened - 2)").why == fault::division_by_zero);
  CHECK(value_of("1 % (reopened - 2)").why == fault::division_by_zero);
}

TEST_CASE("division rounds towards zero and the remainder has the sign of the dividend", "[expr]") {
  CHECK(value_of("-7 / reopened").value == value(-3));
  CHECK(value_of("-7 % reopened").value == value(-1));
  CHECK(value_of("7 % -reopened").value == value(1));
}

TEST_CASE("doubles follow IEEE 754", "[expr]") {
  CHECK(*value_of("amount / 0.0").value.get_if<double>() == std::numeric_limits<double>::infinity());
  CHECK(decide("(amount - amount) / 0.0 == (amount - amount) / 0.0") == no);
  CHECK(decide("(amount - amount) / 0.0 != 1.0") == yes);
  CHECK(decide("(amount - amount) / 0.0 < 1") == no);
  CHECK(decide("1 >= (amount - amount) / 0.0") == no);
}

TEST_CASE("an int and a double are ordered exactly, also near 2 to the 53rd", "[expr]") {
  CHECK(decide("9007199254740993 > 9007199254740992.0") == yes);
  CHECK(decide("9007199254740993 > amount - 12.5 + 9007199254740992.0") == yes);
  CHECK(decide("9223372036854775807 < 9223372036854775808.0") == yes);
  CHECK(decide("-9223372036854775808 <= -9223372036854775808.0") == yes);
  CHECK(decide("reopened < amount") == yes);
  CHECK(decide("amount <= reopened") == no);
}

TEST_CASE("&& and || absorb what is unknown or an error", "[expr]") {
  CHECK(decide("false && 1 / (reopened - 2) == 1") == no);
  CHECK(decide("1 / (reopened - 2) == 1 && reopened == 3") == no);
  CHECK(decide("1 / (reopened - 2) == 1 || reopened == 2") == yes);
  CHECK(decide("1 / (reopened - 2) == 1 || reopened == 3") == divided);
  CHECK(decide("urgent_unset && reopened == 3") == no);
  CHECK(decide("reopened == 2 || urgent_unset") == yes);
  CHECK(decide("urgent_unset && reopened == 2") == unknown);
  CHECK(decide("1 / (reopened - 2) == 1 && urgent_unset") == unknown);
  CHECK(decide("!urgent_unset") == unknown);
  CHECK(decide("urgent_unset ? true : true") == unknown);
  CHECK(decide("urgent ? true : 1 / (reopened - 2) == 1") == yes);
  CHECK(decide("1 / (reopened - 2) == 1 ? true : true") == divided);
}

TEST_CASE("has asks whether an attribute is set", "[expr]") {
  CHECK(decide("has(owner)") == yes);
  CHECK(decide("has(owner_unset)") == no);
  CHECK(decide("!has(owner_unset) || owner_unset == 'x'") == yes);
  CHECK(decide("has(event.reason)") == no);
  CHECK(decide("has(actor.role)") == no);
  CHECK(decide("has(clock('answer').due)") == no);
}

TEST_CASE("sizes count code points and items", "[expr]") {
  CHECK(value_of("size(owner)").value == value(3));
  CHECK(value_of("owner.size() + tags.size()").value == value(5));
  CHECK(value_of("size('\\U0001F600' + owner)").value == value(4));
}

TEST_CASE("lists are indexed, joined, compared and searched", "[expr]") {
  CHECK(value_of("counts[reopened]").value == value(3));
  CHECK(value_of("counts[3]").why == fault::no_such_item);
  CHECK(value_of("counts[-1]").why == fault::no_such_item);
  CHECK(value_of("counts + [reopened]").value == value(value::list{1, 2, 3, 2}));
  CHECK(value_of("[reopened, reopened_unset]").value.is_absent());
  CHECK(decide("'late' in tags && !('early' in tags) && owner in ['x', owner]") == yes);
  CHECK(decide("[[reopened], []] == [[2], []]") == yes);
}

TEST_CASE("texts are searched byte by byte and ordered by code point", "[expr]") {
  CHECK(decide("owner.startsWith('zo') && owner.endsWith('\\u00eb') && owner.contains('o') && owner.contains('')") ==
        yes);
  CHECK(decide("'abc' < 'abcd' && 'Z' < 'a' && 'z' < '\\u00e9'") == yes);
}

TEST_CASE("instants and durations are added, subtracted and held to their range", "[expr]") {
  CHECK(decide("now - received == duration('2h')") == yes);
  CHECK(decide("received + waited + duration('30m') == now && duration('30m') + waited + received == now") == yes);
  CHECK(decide("now == timestamp('2026-03-29T14:00:00+02:00')") == yes);
  CHECK(value_of("received + duration('2000000h') + duration('2000000h') + duration('2500000h')").why == fault::none);
  CHECK(value_of("timestamp('9999-12-31T23:59:59Z') + waited").why == fault::out_of_range);
  CHECK(value_of("timestamp('0001-01-01T00:00:00Z') - waited").why == fault::out_of_range);
  CHECK(value_of("timestamp('9999-12-31T23:59:59Z') - received").why == fault::out_of_range);
  CHECK(value_of("duration('2562047h') + waited").why == fault::out_of_range);
  CHECK(value_of("int(received)").value == value(1774778400));
  CHECK(value_of("timestamp(1774778400) == received").value == value(true));
}

TEST_CASE("durations are read as CEL writes them", "[expr]") {
  CHECK(decide("duration('1h30m') == waited && duration('5400s') == waited && duration('1.5h') == waited") == yes);
  CHECK(decide("duration('-1m30.5s') + duration('90500ms') == duration('0')") == yes);
  CHECK(decide("duration('1us') == duration('1000ns')") == yes);
  for (const auto* wrong : {"", "1", "h", "1h 30m", "1d", "--1s", ".s", "1e3s", "2562048h", "1ns"}) {
    CAPTURE(wrong);
    CHECK(value_of("duration(owner == 'x' ? '0' : '" + std::string(wrong) + "')").why == fault::bad_conversion);
  }
}

TEST_CASE("timestamps are read as RFC 3339 writes them", "[expr]") {
  CHECK(
      decide("timestamp('2024-02-29T23:59:59.123456Z') - timestamp('2024-02-29T23:59:59Z') == duration('123456us')") ==
      yes);
  for (const auto* wrong :
       {"2026-03-29", "2026-03-29T10:00Z", "2026-03-29T10:00:00", "2026-03-29 10:00:00Z", "2026-02-29T10:00:00Z",
        "2026-03-29T24:00:00Z", "2026-03-29T10:00:60Z", "2026-03-29T10:00:00.Z", "0000-01-01T00:00:00Z",
        "2026-03-29T10:00:00.1234567Z", "0001-01-01T00:00:00+00:01", "2026-03-29T10:00:00+2:00",
        "10000-01-01T00:00:00Z", "2026-03-29T10:00:00z"}) {
    CAPTURE(wrong);
    CHECK(value_of("timestamp(owner == 'x' ? '0' : '" + std::string(wrong) + "')").why == fault::bad_conversion);
  }
}

TEST_CASE("scalars convert into each other", "[expr]") {
  CHECK(value_of("int(amount)").value == value(12));
  CHECK(value_of("int(-amount)").value == value(-12));
  CHECK(value_of("int(amount * 1e30)").why == fault::out_of_range);
  CHECK(value_of("int('42') + int('-1')").value == value(41));
  CHECK(value_of("int(owner)").why == fault::bad_conversion);
  CHECK(value_of("double(reopened) + double('0.5')").value == value(2.5));
  CHECK(value_of("double(urgent ? '0x1' : '1')").why == fault::bad_conversion);
  CHECK(value_of("string(reopened) + string(urgent) + string(amount) + string(severity)").value ==
        value("2true12.5severe"));
  CHECK(value_of("string(received)").value == value("2026-03-29T10:00:00Z"));
  CHECK(value_of("string(waited)").value == value("5400s"));
  CHECK(value_of("bool('true') && !bool('F')").value == value(true));
  CHECK(value_of("bool(owner)").why == fault::bad_conversion);
}

TEST_CASE("what an evaluation makes is bounded", "[expr]") {
  std::string text = "owner";
  for (int i = 0; i < 11; ++i) {
    text = "(" + text + " + " + text + ")";
  }
  CHECK(value_of(text).why == fault::too_long);
}

TEST_CASE("states, clocks, ladders, the actor and the event are seen by their places", "[expr]") {
  const auto sees = desk::attributes();
  const std::array<std::uint64_t, 1> states{0b10};
  const std::array<value, 2> data{value("noise"), value(3)};
  scope seen;
  seen.states = states;
  seen.actor = {.id = "u7", .role = "lead", .side = actor_class::agent};
  seen.event_name = "close";
  seen.event = data;
  seen.clocks.read = [](const void*, std::uint16_t place) noexcept {
    clock_reading r;
    r.breached = place == 1;
    r.remaining = duration(-1);
    return r;
  };
  seen.ladders.read = [](const void*, std::uint16_t) noexcept {
    return ladder_reading{.active = true, .level = 2, .high_water = 3};
  };
  const auto is = [&](const char* text) { return evaluate(compile(text, sees), seen); };
  CHECK(is("in_state('closed') && !in_state('open')") == yes);
  CHECK(is("actor.role == 'lead' && actor.class == 'agent' && actor.id in ['u7']") == yes);
  CHECK(is("event.name == 'close' && event.reason == 'noise' && event.count > 2.5") == yes);
  CHECK(is("clock('visit').breached && !clock('answer').breached && clock('answer').remaining < duration('0')") == yes);
  CHECK(is("clock('answer').due < now") == unknown);
  CHECK(is("ladder('late').high_water > 2 && ladder('late').level == 2 && ladder('late').active") == yes);
}

TEST_CASE("a scope that does not keep its declarations is an error, not a crash", "[expr]") {
  const auto sees = desk::attributes();
  std::vector<value> wrong(sees.attributes.size(), value("text"));
  wrong[*sees.slot("tags")] = value::list{1, value(), 2.5};
  scope seen;
  seen.attributes = wrong;
  CHECK(evaluate(compile("reopened < 3", sees), seen) == outcome{truth::error, fault::wrong_type});
  CHECK(evaluate(compile("reopened + 1 < 3", sees), seen) == outcome{truth::error, fault::wrong_type});
  CHECK(evaluate(compile("amount < 3.0 && severity == 'grave'", sees), seen) ==
        outcome{truth::error, fault::wrong_type});
  CHECK(compute(compile("tags[0] + owner", sees, type::string()), seen).why == fault::wrong_type);
  CHECK(compute(compile("tags[1]", sees, type::string()), seen) == computed{});
  CHECK(evaluate(compile("'x' in tags", sees), seen) == no);
  seen.attributes = seen.attributes.first(1);
  CHECK(evaluate(compile("reopened < 3", sees), seen) == unknown);
  CHECK(evaluate(compile("'a' + owner == 'ab'", sees), seen) == unknown);
}

TEST_CASE("a guard of another type than bool is an error, the default guard is yes", "[expr]") {
  CHECK(evaluate(compile("1", desk::attributes(), type::any()), {}) == outcome{truth::error, fault::wrong_type});
  CHECK(evaluate(program{}, {}) == yes);
  CHECK(compute(program{}, {}).value == value(true));
}

TEST_CASE("evaluating allocates nothing", "[expr]") {
  const auto sees = desk::attributes();
  const auto values = initial_values(sees);
  scope seen;
  seen.attributes = values;
  seen.at = desk::at_noon();
  for (const auto* text :
       {"reopened < 3 && severity == 'severe'", "size(owner + owner + string(amount) + string(received)) > 5",
        "'x' in tags + [owner, severity + '!'] || counts[0] == 1", "now - received > waited ? urgent : false",
        "owner_unset == 'x' || has(owner)"}) {
    const auto guard = compile(text, sees);
    const auto before = allocations;
    const auto result = evaluate(guard, seen);
    const auto after = allocations;
    CAPTURE(text);
    CHECK(after == before);
    CHECK(result.why == fault::none);
  }
}

TEST_CASE("the flat program agrees with a walk over the tree", "[expr]") {
  const auto sees = desk::attributes();
  CHECK(rc::check("programs and trees", [&] {
    const auto tree = *random_expression::boolean(3);
    const auto values = *random_expression::values(sees);
    const auto text = random_expression::print(tree);
    findings all;
    const auto p = try_compile(text, sees, type::boolean(), all);
    scope seen;
    seen.attributes = values;
    const auto expected = random_expression::walk(tree, sees, values);
    RC_LOG() << text << " expects " << static_cast<int>(expected.is) << "\n";
    if (!p) { // only what can never succeed may be refused
      RC_ASSERT(all.back().code == "always-fails");
      RC_ASSERT(expected.is == random_expression::result::kind::error);
      return;
    }
    RC_CLASSIFY(expected.is == random_expression::result::kind::known, "known");
    RC_CLASSIFY(expected.is == random_expression::result::kind::absent, "unknown");
    RC_CLASSIFY(expected.is == random_expression::result::kind::error, "error");
    const auto got = evaluate(*p, seen);
    RC_ASSERT(got.is == random_expression::to_truth(expected));
    if (expected.is == random_expression::result::kind::error) {
      RC_ASSERT(got.why == expected.why);
    }
  }));
}
