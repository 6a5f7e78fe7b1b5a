// SPDX-License-Identifier: BSL-1.0
// A CRM's worker in one process: events come in, time passes, what is to be done goes into an outbox. Everything is a
// value, so one transaction can hold all of it.
#include <plaint/desk/desk.hpp>
#include <plaint/desk/desk_file.hpp>
#include <plaint/io/yaml.hpp>

#include <cstdio>
#include <map>
#include <string>

namespace {

plaint::instant at(const char* text) {
  return *plaint::parse_instant(text);
}

plaint::event said(std::string name, plaint::instant when, std::string role, std::string key) {
  return {.name = std::move(name),
          .effective_at = when,
          .recorded_at = when,
          .actor = {.role = std::move(role)},
          .key = std::move(key)};
}

} // namespace

int main() {
  const auto policy = plaint::load_policy(plaint::read_document("worker/policy.yaml"));
  std::map<std::string, plaint::effect> outbox; // by key: what is there twice is done once
  const auto post = [&](const std::vector<plaint::effect>& effects) {
    for (const auto& e : effects) {
      outbox.emplace(e.key, e);
    }
  };

  plaint::desk desk(policy, 2);
  const auto opened = at("2026-11-20T15:00:00Z");
  for (const char* id : {"C-1", "C-2"}) {
    post(desk.open(id, said("opened", opened, "customer", std::string("mail-") + id)).effects);
  }
  const auto answer = said("answer", at("2026-11-23T10:00:00Z"), "agent", "call-17");
  post(desk.apply("C-1", answer).effects);
  post(desk.apply("C-1", answer).effects); // delivered twice, happens once

  while (const auto next = desk.next_wake_up()) { // a scheduler would sleep until then
    post(desk.advance(*next));
    save(desk, "worker_loop.desk");
  }
  const auto again = plaint::load_desk(policy, "worker_loop.desk");
  std::remove("worker_loop.desk");
  for (const auto& [key, e] : outbox) {
    std::printf("%s %s %s\n", key.c_str(), e.kind.c_str(), plaint::to_iso8601(e.at).c_str());
  }
  return outbox.size() == 2 && again.digest() == desk.digest() ? 0 : 1;
}
