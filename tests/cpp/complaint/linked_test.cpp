// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/linked.hpp>

using namespace plaint;

namespace {

effect asked(std::string kind, std::string_view parameters) {
  return {.key = "C-1/2/0",
          .kind = std::move(kind),
          .parameters = read_yaml(parameters).root,
          .at = hotline::at("2026-11-20T15:30:00Z"),
          .complaint = "C-1"};
}

policy work_orders(std::string goal) {
  return load_policy(read_yaml(
      "{ plaint: 1, id: order, version: 1, attributes: { parent: string, problem: string }, roles: { unit: {} },"
      " calendars: { office: { zone: Europe/London, hours: { mon-fri: [\"09:00-17:00\"] }, horizon: { from: 2026, to: "
      "2027 } } },"
      " lifecycle: { initial: sent, states: { sent: { on: { reply: { target: done, do: [{ send: answered, to: parent "
      "}] } } }, done: { type: final } } },"
      " clocks: { reply: { start: opened, stop: event(reply), goals: [{ goal: " +
      goal + " }] } } }"));
}

} // namespace

TEST_CASE("a dispatched work order is opened by an event that knows its parent, and answers by a message",
          "[complaint]") {
  const auto rules = work_orders("4h");
  const auto sent = linked_opening(asked("dispatch", "{ dispatch: unit, as: D-1, with: { problem: noise } }"), rules);
  REQUIRE(sent);
  CHECK(sent->to == "D-1");
  auto [order, did] = open(rules, sent->to, sent->what);
  REQUIRE(did.accepted);
  const auto replied = apply(rules, order, hotline::event("reply", "2026-11-20T16:00:00Z", "unit"));
  REQUIRE(replied.did.accepted);
  const auto message = linked_event(replied.did.effects.front(), rules, replied.complaint);
  REQUIRE(message);
  CHECK(message->to == "C-1");
  CHECK(message->what.name == "answered");
  CHECK(message->what.key == replied.did.effects.front().key);
  CHECK_FALSE(linked_event(asked("notify", "{ notify: lead }"), rules, order));
  CHECK_FALSE(linked_opening(asked("notify", "{ notify: lead }"), rules));
}

TEST_CASE("a work order that can't come back in time is told when it is dispatched", "[complaint]") {
  const auto rules = hotline::rules();
  const auto parent = apply(rules, hotline::opened(rules),
                            hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }"))
                          .complaint;
  const auto fit = [&](const std::string& goal) {
    const auto child = work_orders(goal);
    const auto order = open(child, "D-1", hotline::event("", "2026-11-20T15:30:00Z", "")).complaint;
    return fit_of(rules, parent, "answer", child, order);
  };
  CHECK(fit("2 business days").fits);
  const auto late = fit("5 business days");
  CHECK_FALSE(late.fits);
  CHECK(late.clock == "reply");
  CHECK(infeasible(late, parent, {.id = "D-1"}, parent.last_at)->parameters.find("parent_due")->text ==
        "2026-11-25T15:30:00Z");
  CHECK_FALSE(infeasible(fit("4h"), parent, {.id = "D-1"}, parent.last_at));
  CHECK_THROWS_AS(fit_of(rules, parent, "anser", rules, parent), std::invalid_argument);
}

TEST_CASE("a reminder is no longer wanted once what it reminds of is done", "[complaint]") {
  const auto rules = hotline::rules();
  const auto c = hotline::opened(rules);
  const auto told = advance(rules, c, hotline::at("2026-11-20T16:30:00Z"));
  REQUIRE(told.did.effects.size() == 1);
  CHECK(told.did.effects[0].precondition == "running(acknowledge/1)");
  CHECK(is_wanted(rules, told.complaint, told.did.effects[0]));
  const auto done =
      apply(rules, told.complaint, hotline::event("register", "2026-11-20T16:31:00Z", "hotline", "{ problem: noise }"))
          .complaint;
  CHECK_FALSE(is_wanted(rules, done, told.did.effects[0]));
  CHECK(is_wanted(rules, done, effect{}));
}
