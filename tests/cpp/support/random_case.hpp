// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/fixed_story.hpp"
#include "support/hotline.hpp"

#include <rapidcheck.h>

#include <string>
#include <vector>

/// Stories of the hotline: events that are mostly possible, in order, seconds to days apart.
namespace random_case {

inline plaint::event happening(int which, plaint::instant at) {
  constexpr const char* names[] = {"register", "answer", "object", "answer", "object", "shout"};
  constexpr const char* roles[] = {"hotline", "lead", "customer", "lead", "customer", "lead"};
  plaint::event e{
      .name = names[which], .effective_at = at, .recorded_at = at, .actor = {.id = "someone", .role = roles[which]}};
  if (which == 0) {
    e.data.add("problem", plaint::node::text_of("noise"));
    e.data.add("severity", plaint::node::text_of(at.time_since_epoch().count() % 2 == 0 ? "minor" : "severe"));
  }
  return e;
}

/// An opening and so many events; call it inside of a property.
inline std::vector<plaint::event> story(int events) {
  auto at =
      hotline::at("2026-03-02T10:00:00Z") + plaint::duration{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000)};
  std::vector<plaint::event> all{hotline::event("", "2026-03-02T10:00:00Z", "customer")};
  all.front().effective_at = all.front().recorded_at = at;
  for (int i = 0; i < events; ++i) {
    const std::int64_t reach =
        *rc::gen::element<std::int64_t>(0, 1'000'000, 3'600'000'000, 200'000'000'000, 1'500'000'000'000);
    at += plaint::duration{reach == 0 ? 0 : *rc::gen::inRange<std::int64_t>(0, reach)};
    auto e = happening(i == 0 ? 0 : *rc::gen::inRange(0, 6), at);
    if (*rc::gen::inRange(0, 4) == 0) {
      e.key = "key-" + std::to_string(*rc::gen::inRange(0, 30));
    }
    all.push_back(std::move(e));
  }
  return all;
}

} // namespace random_case
