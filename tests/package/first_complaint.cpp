// SPDX-License-Identifier: BSL-1.0
// The program of a stranger who has just found the library: a policy in plain C++, a complaint, its due date.
#include <plaint/plaint.hpp>

#include <chrono>
#include <iostream>

namespace {

plaint::policy make_policy() {
  using build = plaint::lifecycle_builder;
  plaint::policy_definition rules{.id = "desk", .version = "1"};
  plaint::calendar_definition office{.id = "office", .zone = "Europe/London"};
  office.versions.push_back({.hours = plaint::weekly_hours::from_to(0, 4, {*plaint::parse_interval("09:00-17:00")})});
  rules.calendars.push_back(office);
  rules.roles.push_back({.name = "agent"});
  rules.lifecycle =
      build::lifecycle("received", {
                                       build::state("received", {build::on("register").to("open").by({"agent"})}),
                                       build::state("open", {build::on("answer").to("closed").by({"agent"})}),
                                       build::final_state("closed"),
                                   });
  plaint::clock_definition answer{.id = "answer"};
  answer.start.push_back(*plaint::parse_trigger("opened"));
  answer.stop.push_back(*plaint::parse_trigger("enter(closed)"));
  answer.goals.push_back({.goal = plaint::business_days(3)});
  rules.clocks.push_back(answer);
  return plaint::policy::compile(rules);
}

} // namespace

int main() {
  using namespace std::chrono;
  const auto rules = make_policy();
  const plaint::instant received = sys_days{2026y / November / 20} + 15h; // a Friday
  auto complaint = plaint::open(rules, "C-1", {.effective_at = received}).complaint;
  const plaint::event registered{.name = "register", .effective_at = received + 30min, .actor = {.role = "agent"}};
  complaint = plaint::apply(rules, complaint, registered).complaint;
  const auto due = complaint.clocks[0].latest()->due;
  std::cout << "C-1 is due at " << plaint::to_iso8601(due) << " by policy " << rules.id() << '\n';
  const plaint::event answered{.name = "answer", .effective_at = due, .actor = {.role = "agent"}};
  const auto end = plaint::apply(rules, complaint, answered);
  const bool kept = end.did.accepted && end.complaint.clocks[0].latest()->verdict() == plaint::verdict::met;
  return due == plaint::instant(sys_days{2026y / November / 25} + 15h) && kept ? 0 : 1;
}
