// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/analysis/conformance.hpp>
#include <plaint/lifecycle/lifecycle_builder.hpp>

#include <functional>
#include <random>

using namespace plaint;
using make = lifecycle_builder;

namespace {

const std::vector<std::string> names{"register", "answer", "object", "close", "sing"};

lifecycle desk() {
  schema sees;
  sees.add({.name = "paid", .type = type::boolean(), .initial = false});
  std::vector<role_definition> roles{{.name = "lead"}, {.name = "clerk"}};
  return compile(
      make::lifecycle("lodged", {make::state("lodged", {make::on("register").to("open")}),
                                 make::state("open", {make::on("answer").to("answered").by({"lead"}),
                                                      make::on("object").to("open").when("false || (paid && !paid)")}),
                                 make::state("answered", {make::on("object").to("open"), make::on("close").to("closed"),
                                                          make::after("15 days").to("closed")}),
                                 make::final_state("closed")}),
      sees, roles);
}

std::vector<recorded_event> trace(const std::vector<std::uint32_t>& events) {
  std::vector<recorded_event> all;
  for (const auto e : events) {
    all.push_back({e, 0xffffffff});
  }
  return all;
}

/// The cost of the cheapest alignment, by trying every sequence of the lifecycle's own up to a length.
std::size_t cheapest(const case_graph& in, const std::vector<recorded_event>& log, std::size_t longest) {
  std::size_t best = 1000;
  std::vector<std::string> made;
  const auto distance = [&] { // insertions and deletions alone
    std::vector<std::vector<std::size_t>> d(log.size() + 1, std::vector<std::size_t>(made.size() + 1));
    for (std::size_t i = 0; i <= log.size(); ++i) {
      for (std::size_t j = 0; j <= made.size(); ++j) {
        d[i][j] = i == 0 ? j : j == 0 ? i : std::min(d[i - 1][j], d[i][j - 1]) + 1;
        if (i > 0 && j > 0 && names[log[i - 1].name] == made[j - 1]) {
          d[i][j] = std::min(d[i][j], d[i - 1][j - 1]);
        }
      }
    }
    return d[log.size()][made.size()];
  };
  const std::function<void(std::uint32_t, std::size_t)> go = [&](std::uint32_t node, std::size_t steps) {
    if (node != 0 && in.where(node).terminated) {
      best = std::min(best, distance());
    }
    for (const auto& m : in.from(node)) {
      const bool silent = m.event == no_id || in.lifecycle().is_timer_event(m.event);
      if (steps == longest) {
        continue;
      }
      if (!silent) {
        made.emplace_back(in.lifecycle().event_name(m.event));
      }
      go(m.to, steps + 1);
      if (!silent) {
        made.pop_back();
      }
    }
  };
  go(0, 0);
  return best;
}

} // namespace

TEST_CASE("a history that the lifecycle allows fits, with or without what timers did", "[analysis][conformance]") {
  conformance against(desk(), names);
  CHECK(against.shortest() == 2); // register, answer; then time passes
  const auto fits = against.check(trace({0, 1, 2, 1, 3}));
  CHECK(fits.kind == departure_kind::none);
  CHECK(fits.fitness == 1.0);
  CHECK(against.check(trace({0, 1})).kind == departure_kind::none);
}

TEST_CASE("the first departure is told by kind, with what could have come instead", "[analysis][conformance]") {
  conformance against(desk(), names, {"clerk", "lead"});
  const auto early = against.check(trace({1, 0}));
  CHECK(early.kind == departure_kind::wrong_state);
  CHECK(early.departure == 0);
  CHECK(early.alternatives == std::vector<std::string>{"register"});
  CHECK(early.standing == std::vector<std::string>{"lodged"});
  CHECK(against.check(trace({0, 4})).kind == departure_kind::unknown_event);
  CHECK(against.check(trace({0, 2})).kind == departure_kind::condition);
  const std::vector<recorded_event> by_clerk{{0, 0}, {1, 0}};
  CHECK(against.check(by_clerk).kind == departure_kind::role);
  const auto open = against.check(trace({0}));
  CHECK(open.kind == departure_kind::unfinished);
  CHECK(open.departure == 1);
}

TEST_CASE("the cost of an alignment is the least of all alignments", "[analysis][conformance]") {
  conformance against(desk(), names);
  std::mt19937 dice(5);
  for (int i = 0; i < 60; ++i) {
    std::vector<std::uint32_t> events;
    for (std::size_t n = dice() % 5; n-- > 0;) {
      events.push_back(static_cast<std::uint32_t>(dice() % names.size()));
    }
    const auto log = trace(events);
    const auto got = against.check(log);
    INFO(i);
    CHECK(got.cost == cheapest(against.cases(), log, 9));
    CHECK((got.cost == 0) == (got.kind == departure_kind::none));
  }
}
