// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/apply.hpp>
#include <plaint/policy/value_document.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

/// Real complaints, driven through every short history: each actor, event and combination of data, at once or at the
/// last instant at which no promise is broken.
class clock_oracle {
public:
  /// Longer histories are not tried.
  static constexpr std::size_t depth = 6;

  explicit clock_oracle(const plaint::policy& by) : by_(by) {
    const auto& asked = read_by(by);
    std::vector<plaint::node> all{plaint::node::mapping_of()};
    const auto& names = by.schema();
    for (std::size_t slot = 0; slot < names.attributes.size(); ++slot) {
      const auto& a = names.attributes[slot];
      const auto texts = a.name == "kind"   ? std::vector<std::string>{"x", "y"}
                         : a.name == "paid" ? std::vector<std::string>{"true", "false"}
                                            : std::vector<std::string>{};
      if (texts.empty() || asked.find(a.name) == std::string::npos) {
        continue;
      }
      const auto before = all;
      for (const auto& text : texts) {
        for (auto data : before) {
          data.add(a.name, a.name == "kind" ? plaint::node::text_of(text) : plaint::node::boolean_of(text == "true"));
          all.push_back(std::move(data));
        }
      }
    }
    data_ = std::move(all);
  }

  [[nodiscard]] bool exhausted() const noexcept { return exhausted_; }

  /// The events of the shortest history on which `to` is entered more than so many hours after `from` was, or the
  /// complaint was opened where that is empty.
  std::optional<std::size_t> late(const std::string& from, const std::string& to, std::int64_t most) {
    return shortest(true, [&](visit& v, const std::vector<std::string>& entered, bool opening) {
      bool late = false;
      if (opening && from.empty()) {
        v.since = v.of.last_at;
      }
      for (const auto& s : entered) {
        if (v.since && s == to) {
          late = late || v.of.last_at - *v.since > std::chrono::hours{most};
          v.since.reset();
        }
        if (!v.since && s == from) {
          v.since = v.of.last_at;
        }
      }
      return late;
    });
  }

  /// ... on which it stands in a state without a clock that runs.
  std::optional<std::size_t> clockless(const std::string& state) {
    const auto id = by_.lifecycle().state(state);
    return shortest(false, [&](visit& v, const auto&, bool) {
      const auto active = by_.lifecycle().active(v.of.where);
      return std::find(active.begin(), active.end(), *id) != active.end() &&
             std::none_of(v.of.clocks.begin(), v.of.clocks.end(), [](const auto& c) { return c.is_open(); });
    });
  }

private:
  struct visit {
    plaint::complaint of{};
    std::optional<plaint::instant> since{};
  };

  /// What conditions read, but for what the lifecycle itself sets.
  static std::string read_by(const plaint::policy& by) {
    std::string all;
    std::string set;
    for (std::size_t t = 0; t < by.lifecycle().transition_count(); ++t) {
      const auto& d = by.lifecycle().transition_at(static_cast<plaint::transition_id>(t));
      all += d.guard + " ";
      for (const auto& r : d.require) {
        all += r + " ";
      }
      for (const auto& a : d.actions) {
        const auto* to = std::get_if<plaint::assignment>(&a.what);
        set += to == nullptr ? "" : to->attribute + " ";
      }
    }
    for (const auto& c : by.definition().clocks) {
      all += c.applies + " ";
      for (const auto* list : {&c.start, &c.stop, &c.cancel, &c.reset.on}) {
        for (const auto& t : *list) {
          all += t.guard + " ";
        }
      }
      for (const auto& g : c.goals) {
        all += g.guard + " ";
      }
    }
    for (auto at = set.find("kind") == std::string::npos ? std::string::npos : all.find("kind");
         at != std::string::npos; at = all.find("kind")) {
      all.erase(at, 4);
    }
    return all;
  }

  /// The last instant before a promise is broken.
  [[nodiscard]] plaint::instant latest(const plaint::complaint& c) const {
    auto at = c.last_at + std::chrono::hours{10'000};
    for (std::size_t i = 0; i < c.clocks.size(); ++i) {
      const auto& d = by_.clocks()[i].definition;
      if (c.clocks[i].is_open() && d.side != plaint::clock_side::customer && d.kind != plaint::clock_kind::internal) {
        at = std::min(at, c.clocks[i].cycles.back().due);
      }
    }
    return at;
  }

  [[nodiscard]] std::string key(const visit& v, bool timed) const {
    std::string text(reinterpret_cast<const char*>(v.of.where.choices.data()), sizeof v.of.where.choices);
    for (std::size_t slot = 0; slot < v.of.attributes.size(); ++slot) {
      text += plaint::to_text(v.of.attributes[slot], by_.schema().attributes[slot].type) + "|";
    }
    for (const auto& c : v.of.clocks) {
      text += c.cycles.empty() ? "-" : c.is_open() ? "o" : "d";
      if (timed && c.is_open()) {
        const auto& y = c.cycles.back();
        text +=
            std::to_string((y.due - v.of.last_at).count()) + "," + std::to_string((v.of.last_at - y.anchor).count());
        text += "," + std::to_string(y.generations.back().row);
      }
    }
    return text + (timed && v.since ? std::to_string((v.of.last_at - *v.since).count()) : v.since ? "s" : "");
  }

  template <class Hits>
  std::optional<std::size_t> shortest(bool timed, const Hits& hits) {
    using namespace plaint;
    const instant begin = std::chrono::sys_days{std::chrono::year{2026} / 1 / 5};
    std::unordered_set<std::string> seen;
    std::vector<visit> now;
    exhausted_ = false;
    const auto add = [&](std::vector<visit>& to, visit v) {
      if (seen.insert(key(v, timed)).second) {
        to.push_back(std::move(v));
      }
    };
    for (const auto& data : data_) {
      event e{.name = "", .effective_at = begin, .recorded_at = begin, .data = data};
      auto done = open(by_, "x", e);
      visit v{std::move(done.complaint)};
      if (done.did.accepted && hits(v, done.did.entered, true)) {
        return 0;
      }
      if (done.did.accepted) {
        add(now, std::move(v));
      }
    }
    for (std::size_t length = 1; length <= depth; ++length) {
      std::vector<visit> next;
      for (const auto& from : now) {
        if (seen.size() > 40'000) {
          exhausted_ = true;
          return std::nullopt;
        }
        for (const auto at :
             timed ? std::vector<instant>{from.of.last_at, latest(from.of)} : std::vector<instant>{from.of.last_at}) {
          for (std::size_t id = 0; id < by_.lifecycle().event_count(); ++id) {
            if (!by_.lifecycle().is_sent(static_cast<event_id>(id))) {
              continue;
            }
            for (const auto* role : {"lead", "customer", "clerk"}) {
              for (const auto& data : data_) {
                event e{.name = std::string(by_.lifecycle().event_name(static_cast<event_id>(id))),
                        .effective_at = at,
                        .recorded_at = at,
                        .actor = {.id = "someone", .role = role},
                        .data = data};
                auto done = apply(by_, from.of, e);
                if (!done.did.accepted) {
                  continue;
                }
                visit v{std::move(done.complaint), from.since};
                if (hits(v, done.did.entered, false)) {
                  return length;
                }
                add(next, std::move(v));
              }
            }
          }
        }
      }
      now = std::move(next);
    }
    return std::nullopt;
  }

  const plaint::policy& by_;
  std::vector<plaint::node> data_{};
  bool exhausted_ = false;
};
