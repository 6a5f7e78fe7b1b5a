// SPDX-License-Identifier: BSL-1.0
// A policy from a file, a complaint by it: what is due, what is refused and why, what the host is asked to do.
#include <plaint/complaint/apply.hpp>
#include <plaint/io/yaml.hpp>

#include <chrono>
#include <iostream>

int main() {
  using namespace std::chrono;
  const auto rules = plaint::load_policy(plaint::read_document("demo/policy.yaml"));
  const plaint::instant received = sys_days{2025y / March / 7} + 15h + 30min; // a Friday in London
  auto complaint = plaint::open(rules, "K-1", {.effective_at = received}).complaint;

  const auto refused =
      plaint::apply(rules, complaint, {.name = "answer", .effective_at = received + 5min, .actor = {.role = "agent"}});
  for (const auto& why : refused.did.reasons) {
    std::cout << "refused: " << why.message << '\n';
  }
  complaint = plaint::apply(rules, complaint,
                            {.name = "acknowledge", .effective_at = received + 10min, .actor = {.role = "agent"}})
                  .complaint;
  for (std::size_t i = 0; i < rules.named_clocks(); ++i) {
    if (const auto* cycle = complaint.clocks[i].latest()) {
      std::cout << rules.clocks()[i].definition.id << " is due at " << plaint::to_iso8601(cycle->due) << '\n';
    }
  }
  const bool ten_business_days =
      complaint.clocks[1].latest()->due == plaint::instant(sys_days{2025y / March / 21} + 15h + 40min);
  return !refused.did.accepted && ten_business_days ? 0 : 1;
}
