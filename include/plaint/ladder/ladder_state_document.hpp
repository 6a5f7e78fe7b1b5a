// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/clock/detail/state_fields.hpp>
#include <plaint/ladder/ladder_state.hpp>
#include <plaint/reader.hpp>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace plaint {

namespace detail {

struct ladder_state_names {
  template <class State>
  [[nodiscard]] static auto flags(State& s) {
    return std::array{std::pair("active", &s.active),         std::pair("acknowledged", &s.acknowledged),
                      std::pair("pass_begun", &s.pass_begun), std::pair("holds", &s.holds),
                      std::pair("requested", &s.requested),   std::pair("silence_told", &s.silence_told)};
  }

  template <class State>
  [[nodiscard]] static auto instants(State& s) {
    return std::array{std::pair("began", &s.began),
                      std::pair("previous", &s.previous),
                      std::pair("pass_base", &s.pass_base),
                      std::pair("forced", &s.forced),
                      std::pair("frozen_since", &s.frozen_since),
                      std::pair("acknowledged_at", &s.acknowledged_at),
                      std::pair("last_sign", &s.last_sign),
                      std::pair("next", &s.next)};
  }

  [[nodiscard]] static node write(const ladder_state& s) {
    state_writer w;
    for (const auto& [name, is] : flags(s)) {
      w.flag(name, *is);
    }
    w.number("level", s.level);
    w.number("high_water", s.high_water);
    w.number("token", s.token);
    w.number("runs", s.runs);
    w.number("step", s.step);
    w.number("pass", s.pass);
    w.number("last_step", s.last_step, no_id);
    w.number("cycle", s.cycle, no_id);
    for (const auto& [name, at] : instants(s)) {
      w.time(name, *at);
    }
    w.time("cooldown_until", s.cooldown_until, instant::min());
    w.list("freezes", s.freezes, [](const ladder_freeze& f) {
      state_writer one;
      one.time("from", f.from);
      one.time("to", f.to);
      return std::move(one.to);
    });
    w.list("reminders", s.reminders, [](const ladder_reminder& r) {
      state_writer one;
      one.time("let_out", r.let_out);
      one.number("step", r.step);
      one.number("pass", r.pass);
      one.number("sent", r.sent);
      one.number("again", r.again);
      return std::move(one.to);
    });
    w.list("history", s.history, [](const ladder_record& r) {
      state_writer one;
      one.time("at", r.at);
      one.text("act", ladder_act_words[static_cast<std::size_t>(r.act)]);
      one.number("step", r.step, no_id);
      one.number("pass", r.pass);
      one.number("run", r.run);
      one.number("repetition", r.repetition);
      one.number("level", r.level);
      return std::move(one.to);
    });
    return std::move(w.to);
  }

  [[nodiscard]] static ladder_state read(const value_reader& from) {
    state_reader_fields r(from);
    ladder_state s;
    for (const auto& [name, is] : flags(s)) {
      *is = r.flag(name);
    }
    s.level = r.number("level");
    s.high_water = r.number("high_water");
    s.token = static_cast<std::uint32_t>(r.number("token"));
    s.runs = r.small("runs");
    s.step = r.small("step");
    s.pass = r.small("pass");
    s.last_step = r.small("last_step", no_id);
    s.cycle = r.small("cycle", no_id);
    for (const auto& [name, at] : instants(s)) {
      *at = r.time(name);
    }
    s.cooldown_until = r.time("cooldown_until", instant::min());
    for (const auto& item : r.list("freezes")) {
      state_reader_fields one(item);
      s.freezes.push_back({one.time("from"), one.time("to")});
      one.finish();
    }
    for (const auto& item : r.list("reminders")) {
      state_reader_fields one(item);
      s.reminders.push_back(
          {one.time("let_out"), one.small("step"), one.small("pass"), one.small("sent"), one.small("again")});
      one.finish();
    }
    for (const auto& item : r.list("history")) {
      state_reader_fields one(item);
      ladder_record record{.at = one.time("at"), .act = static_cast<ladder_act>(one.word("act", ladder_act_words))};
      record.step = one.small("step", no_id);
      record.pass = one.small("pass");
      record.run = one.small("run");
      record.repetition = one.small("repetition");
      record.level = one.number("level");
      s.history.push_back(record);
      one.finish();
    }
    r.finish();
    return s;
  }
};

} // namespace detail

/// The state of a ladder as a document: places of steps are counted from 0 as in the policy.
[[nodiscard]] inline node write_ladder_state(const ladder_state& s) {
  return detail::ladder_state_names::write(s);
}

/// The state that `write_ladder_state` wrote; `steps`: how many the ladder has, a place beyond them is a finding.
[[nodiscard]] inline ladder_state read_ladder_state(const value_reader& from, std::size_t steps) {
  auto s = detail::ladder_state_names::read(from);
  bool fits = s.step <= steps && (s.last_step == no_id || s.last_step < steps);
  for (const auto& r : s.reminders) {
    fits = fits && r.step < steps;
  }
  if (!fits) {
    from.fault("unknown-step", "the ladder has " + std::to_string(steps) + " steps");
    return {};
  }
  return s;
}

} // namespace plaint
