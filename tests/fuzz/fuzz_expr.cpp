// SPDX-License-Identifier: BSL-1.0
#include <plaint/expr/compile.hpp>
#include <plaint/expr/explain.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace {

plaint::schema desk() {
  using namespace plaint;
  schema s;
  s.add({.name = "b", .type = type::boolean(), .initial = true});
  s.add({.name = "i", .type = type::integer(), .initial = 3});
  s.add({.name = "d", .type = type::real(), .initial = 0.5});
  s.add({.name = "s", .type = type::string(), .initial = "text"});
  s.add({.name = "e", .type = type::enumeration({"minor", "severe"}), .initial = enum_member{1}});
  s.add({.name = "t", .type = type::timestamp(), .initial = instant{}});
  s.add({.name = "w", .type = type::duration(), .initial = duration{1}});
  s.add({.name = "l", .type = type::list(type::string()), .initial = value::list{"a"}});
  s.add({.name = "u", .type = type::integer()});
  s.states = {"open"};
  s.clocks = {"answer"};
  s.ladders = {"late"};
  s.event_fields = {{.name = "reason", .type = type::string()}};
  return s;
}

} // namespace

/// What is refused has an error with a place; what is accepted evaluates, and its explanation agrees with that.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plaint;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const schema sees = desk();
  const auto values = initial_values(sees);
  findings all;
  const auto p = try_compile(text, sees, type::any(), all);
  if (p.has_value() == has_error(all)) {
    std::abort();
  }
  for (const auto& f : all) {
    if (f.line < 1 || f.column < 1) {
      std::abort();
    }
  }
  if (p) {
    scope seen;
    seen.attributes = values;
    (void)compute(*p, seen);
    if (!(explain(*p, seen).result == evaluate(*p, seen))) {
      std::abort();
    }
    (void)to_string(explain(*p, {}));
  }
  return 0;
}
