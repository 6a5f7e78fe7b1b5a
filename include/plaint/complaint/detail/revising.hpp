// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/effect.hpp>
#include <plaint/complaint/revision.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/value_document.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

[[nodiscard]] inline node state_names(const policy& by, const complaint& c) {
  node names = node::sequence_of();
  for (const auto s : by.lifecycle().leaves(c.where)) {
    names.push(node::text_of(by.lifecycle().name(s)));
  }
  return names;
}

[[nodiscard]] inline std::string_view verdict_word(const clock_cycle& cycle) noexcept {
  return cycle.is_open() ? std::string_view("running") : verdict_words[static_cast<std::size_t>(cycle.verdict())];
}

/// What is said to the outside of one cycle of a clock: when it is due, what its verdict is, whether it was crossed.
[[nodiscard]] inline node cycle_summary(const clock_cycle& cycle, instant as_of) {
  node all = node::mapping_of();
  all.add("due", cycle.due == instant::max() ? node{} : node::text_of(to_iso8601(cycle.due)));
  all.add("verdict", node::text_of(verdict_word(cycle)));
  const auto crossed = cycle.breached(as_of);
  all.add("crossed_at", crossed ? node::text_of(to_iso8601(*crossed)) : node{});
  return all;
}

[[nodiscard]] inline std::vector<node> cycle_summaries(const clock_state& s, instant as_of) {
  std::vector<node> all;
  for (const auto& cycle : s.cycles) {
    all.push_back(cycle_summary(cycle, as_of));
  }
  return all;
}

/// All by which two versions of a complaint's past differ, as of one instant; clocks and attributes go by their names.
[[nodiscard]] inline std::vector<revision> revisions_between(const policy& by, const complaint& before,
                                                             const policy& now_by, const complaint& after,
                                                             const std::string& because) {
  std::vector<revision> all;
  const auto note = [&](std::string kind, std::string name, std::string cycle, node was, node is) {
    if (!(was == is)) {
      all.push_back({std::move(kind), std::move(name), std::move(cycle), std::move(was), std::move(is), because});
    }
  };
  note("state", "", "", state_names(by, before), state_names(now_by, after));
  for (std::size_t i = 0; i < before.attributes.size(); ++i) {
    const auto& declared = by.schema().attributes[i];
    const auto slot = now_by.schema().slot(declared.name);
    note("attribute", declared.name, "", write_value(before.attributes[i], declared.type),
         slot ? write_value(after.attributes[*slot], now_by.schema().attributes[*slot].type) : node{});
  }
  const auto as_of = std::max(before.last_at, after.last_at);
  for (std::size_t i = 0; i < by.named_clocks(); ++i) {
    const auto& id = by.clocks()[i].definition.id;
    const auto other = now_by.clocks().find(id);
    const auto was = cycle_summaries(before.clocks[i], as_of);
    const auto is = other ? cycle_summaries(after.clocks[*other], as_of) : std::vector<node>{};
    for (std::size_t c = 0; c < std::max(was.size(), is.size()); ++c) {
      note("clock", id, std::to_string(c + 1), c < was.size() ? was[c] : node{}, c < is.size() ? is[c] : node{});
    }
  }
  const auto ladder = [](const ladder_state& l) {
    node summary = node::mapping_of();
    summary.add("level", node::integer_of(l.level));
    summary.add("high_water", node::integer_of(l.high_water));
    return summary;
  };
  for (std::size_t i = 0; i < before.ladders.size(); ++i) {
    const auto& id = by.ladders()[i].definition.id;
    const auto other = now_by.ladders().find(id);
    note("ladder", id, "", ladder(before.ladders[i]), other ? ladder(after.ladders[*other]) : node{});
  }
  return all;
}

/// The effects that turn what the host was asked to do into what it should have been asked: what is no longer wanted is
/// taken back, what is new follows. Keys of both carry the sequence of the fact that brought them about.
[[nodiscard]] inline std::vector<effect> compensate(const std::vector<effect>& asked, const std::vector<effect>& wanted,
                                                    const std::string& own, std::uint64_t sequence,
                                                    const std::string& because, instant at) {
  const auto mark = "@" + std::to_string(sequence);
  const auto same = [](const effect& a, const effect& b) {
    return a.kind == b.kind && a.at == b.at && a.parameters == b.parameters;
  };
  std::map<std::string_view, const effect*> before;
  for (const auto& e : asked) {
    before.emplace(e.key, &e);
  }
  std::vector<effect> all;
  std::vector<effect> fresh;
  for (const auto& e : wanted) {
    const auto found = before.find(e.key);
    if (found != before.end() && same(*found->second, e)) {
      before.erase(found);
      continue;
    }
    fresh.push_back(e);
    if (!e.key.starts_with(own)) {
      fresh.back().key += mark;
    }
  }
  for (const auto& e : asked) {
    if (const auto gone = before.find(e.key); gone != before.end()) {
      effect back{
          .key = e.key + "/retract" + mark, .kind = "retract", .cause = because, .at = at, .complaint = e.complaint};
      back.parameters.add("retract", node::text_of(e.key));
      back.parameters.add("kind", node::text_of(e.kind));
      back.parameters.add("parameters", e.parameters);
      all.push_back(std::move(back));
    }
  }
  all.insert(all.end(), std::make_move_iterator(fresh.begin()), std::make_move_iterator(fresh.end()));
  return all;
}

} // namespace plaint::detail
