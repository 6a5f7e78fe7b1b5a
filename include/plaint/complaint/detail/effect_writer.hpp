// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/clock_work.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/progress.hpp>
#include <plaint/expr/evaluate.hpp>
#include <plaint/ladder/ladder_work.hpp>
#include <plaint/lifecycle/step_result.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/value_document.hpp>
#include <plaint/time/iso8601.hpp>

#include <array>
#include <charconv>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace plaint::detail {

/// The parts with a slash between each two, numbers in figures: how keys are written.
template <class First, class... Rest>
[[nodiscard]] std::string key_of(const First& first, const Rest&... rest) {
  std::string key;
  const auto append = [&key](const auto& part) {
    if constexpr (std::is_integral_v<std::remove_cvref_t<decltype(part)>>) {
      std::array<char, 20> digits{};
      key.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), part).ptr);
    } else {
      key += part;
    }
  };
  append(first);
  ((key += '/', append(rest)), ...);
  return key;
}

/// Turns what a step did into effects with their keys; the only place where texts are made.
class effect_writer {
public:
  effect_writer(const policy& by, const complaint& of, progress& did) : by_(by), of_(of), did_(did) {}

  /// The effects of a step of the lifecycle; `timed`: nobody sent its event.
  void step(const step_result& result, const occurrence& what, bool timed) {
    const auto& in = by_.lifecycle();
    for (std::size_t i = 0; i < result.effects.size(); ++i) {
      const auto& emitted = result.effects[i];
      const auto& definition = in.effect_at(emitted.effect);
      auto& made = did_.effects.emplace_back();
      made.kind = definition.kind;
      made.cause = what.name.empty() ? in.event_name(what.event) : what.name;
      made.at = *what.at;
      made.key = timed ? key_of(of_.id, made.cause, to_iso8601(*what.at), i) : key_of(of_.id, of_.sequence, i);
      std::size_t computed = 0;
      reserve(made.parameters, definition.parameters.size());
      for (const auto& p : definition.parameters) {
        made.parameters.add(p.name, p.expression.empty() ? p.value : plain_node(emitted.values[computed++]));
      }
    }
  }

  /// What a clock asks for; nothing where the firing was left out.
  void clock(const clock_firing& f, instant noticed, const scope& seen) {
    const auto& c = by_.clocks()[f.clock];
    const auto* effects = effects_of(c, f);
    if (f.skipped || effects == nullptr || (effects->empty() && f.kind != firing_kind::infeasible)) {
      return;
    }
    const auto name = f.kind == firing_kind::threshold ? c.definition.thresholds[f.threshold].id
                                                       : std::string(firing_words[static_cast<std::size_t>(f.kind)]);
    const bool of_pause = f.kind == firing_kind::exceeded || f.kind == firing_kind::review;
    const auto which = of_pause ? name + "-" + std::to_string(f.threshold + 1) : name;
    const auto key = key_of(of_.id, c.definition.id, f.cycle + 1, f.generation + 1, which, f.repetition + 1);
    const auto cause = c.definition.id + " " +
                       (f.kind == firing_kind::threshold ? to_string(c.definition.thresholds[f.threshold].at) : name);
    if (f.kind == firing_kind::infeasible) {
      effect made{.key = key + "/0", .kind = "infeasible", .cause = cause, .at = f.at, .late_by = noticed - f.at};
      made.parameters.add("infeasible", node::text_of(c.definition.id));
      made.parameters.add("within", node::text_of(c.definition.fits_in.clock));
      did_.effects.push_back(std::move(made));
      return;
    }
    const auto first = did_.effects.size();
    all(*effects, key, cause, f.at, noticed, seen, f.late);
    for (auto i = first; i < did_.effects.size() && f.kind == firing_kind::threshold; ++i) {
      did_.effects[i].precondition = "running(" + c.definition.id + "/" + std::to_string(f.cycle + 1) + ")";
    }
    if (c.definition.catch_up == catch_up::latest_only && f.kind == firing_kind::threshold) {
      only_latest(f, first);
    }
  }

  /// What a ladder asks for.
  void rung(const ladder_firing& f, instant noticed, const scope& seen) {
    const auto& l = by_.ladders()[f.ladder];
    auto step = f.step == no_id ? std::string("end") : std::to_string(f.step + 1);
    step += f.again > 0 ? "+" + std::to_string(f.again) : "";
    step += f.kind == rung_kind::reminder ? "." + std::to_string(f.repetition + 1) : "";
    step += f.kind == rung_kind::fallback || f.kind == rung_kind::error ? "/" + std::to_string(f.repetition + 1) : "";
    const auto key = key_of(of_.id, l.definition.id, f.run + 1, f.pass + 1, step);
    if (f.kind == rung_kind::incident || f.kind == rung_kind::error) {
      const std::string kind(f.kind == rung_kind::incident ? "incident" : "error");
      effect made{
          .key = key + "/" + kind, .kind = kind, .cause = l.definition.id, .at = f.at, .late_by = noticed - f.at};
      made.parameters.add(kind, node::text_of(l.definition.id));
      did_.effects.push_back(std::move(made));
      return;
    }
    const bool fallback = f.kind == rung_kind::fallback;
    const auto first = did_.effects.size();
    all(fallback ? l.steps[f.step].fallback : l.steps[f.step].effects, key + (fallback ? "/fallback" : ""),
        l.definition.id + " level " + std::to_string(f.level), f.at, noticed, seen, false);
    const auto& d = l.definition.steps[f.step];
    for (auto i = first; i < did_.effects.size(); ++i) {
      if (d.fan != fan_out::all) {
        did_.effects[i].parameters.add("fan_out", node::text_of(fan_out_words[static_cast<std::size_t>(d.fan)]));
      }
      if (d.kind == step_kind::functional) {
        did_.effects[i].parameters.add("kind", node::text_of("functional"));
      }
    }
    merge(first);
  }

  /// What is noticed together from here on is held against each other by `latest_only`.
  void begin_catching_up() { latest_.clear(); }

private:
  [[nodiscard]] static const std::vector<compiled_effect>* effects_of(const compiled_clock& c, const clock_firing& f) {
    switch (f.kind) {
    case firing_kind::threshold:
      return &c.thresholds[f.threshold].effects;
    case firing_kind::exceeded:
      return &c.pause->effects;
    case firing_kind::review:
      return &c.pause->review;
    case firing_kind::breach:
    case firing_kind::infeasible:
      return &c.breach_effects;
    case firing_kind::moved:
      break;
    }
    return nullptr;
  }

  void all(const std::vector<compiled_effect>& effects, const std::string& key, const std::string& cause, instant at,
           instant noticed, const scope& seen, bool late) {
    for (std::size_t i = 0; i < effects.size(); ++i) {
      const auto& e = effects[i];
      auto& made = did_.effects.emplace_back();
      made.key = key_of(key, i);
      made.kind = e.definition.kind;
      made.cause = cause;
      made.at = at;
      made.late_by = noticed - at;
      reserve(made.parameters, e.definition.parameters.size());
      for (std::size_t p = 0; p < e.definition.parameters.size(); ++p) {
        const auto& parameter = e.definition.parameters[p];
        made.parameters.add(parameter.name,
                            e.computed[p] ? plain_node(compute(*e.computed[p], seen).value) : parameter.value);
      }
      if (late) {
        made.parameters.add("late", node::boolean_of(true));
      }
    }
  }

  static void reserve(node& mapping, std::size_t members) {
    mapping.keys.reserve(members);
    mapping.items.reserve(members);
  }

  /// Two ladders that tell the same people the same at the same instant tell them once.
  void merge(std::size_t first) {
    for (auto i = first; i < did_.effects.size();) {
      const auto& made = did_.effects[i];
      std::size_t same = 0;
      while (same < first &&
             !(did_.effects[same].kind == "notify" && did_.effects[same].at == made.at &&
               did_.effects[same].kind == made.kind && did_.effects[same].parameters == made.parameters)) {
        ++same;
      }
      if (same == first) {
        ++i;
        continue;
      }
      did_.effects[same].also.push_back(made.key);
      did_.effects.erase(did_.effects.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }

  void only_latest(const clock_firing& f, std::size_t first) {
    for (auto& l : latest_) {
      if (l.clock == f.clock && l.cycle == f.cycle) {
        std::erase_if(did_.effects,
                      [&](const effect& e) { return std::find(l.keys.begin(), l.keys.end(), e.key) != l.keys.end(); });
        for (auto& told : did_.firings) {
          told.skipped = told.skipped || (told.clock == f.clock && told.cycle == f.cycle &&
                                          told.kind == firing_kind::threshold && !(told == f));
        }
        first -= l.keys.size();
        l.keys = keys_from(first);
        return;
      }
    }
    latest_.push_back({f.clock, f.cycle, keys_from(first)});
  }

  [[nodiscard]] std::vector<std::string> keys_from(std::size_t first) const {
    std::vector<std::string> keys;
    for (auto i = first; i < did_.effects.size(); ++i) {
      keys.push_back(did_.effects[i].key);
    }
    return keys;
  }

  /// A computed value as data; members of enumerations come out of expressions as text.
  [[nodiscard]] static node plain_node(const value& v) { return write_value(v, type::any()); }

  struct latest_told {
    std::uint16_t clock = 0;
    std::uint16_t cycle = 0;
    std::vector<std::string> keys{};
  };

  const policy& by_;
  const complaint& of_;
  progress& did_;
  std::vector<latest_told> latest_{};
};

} // namespace plaint::detail
