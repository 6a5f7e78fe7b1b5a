// SPDX-License-Identifier: BSL-1.0
// The flat and the nested complaint machine by hand: a dense table, a switch for guards and one for actions. It is the
// yardstick, makes the streams of events, and says with what each engine has to end.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <string_view>
#include <vector>

namespace machine {

enum event_code : std::uint8_t {
  triage,
  assign,
  start,
  request_info,
  info_received,
  refer,
  referral_done,
  escalate,
  deescalate,
  resolve,
  reopen,
  close,
  reject,
  sla_breach,
  note,
  event_count
};
inline constexpr std::array<std::string_view, event_count> event_names{
    "triage",     "assign",  "start",  "request_info", "info_received", "refer",      "referral_done", "escalate",
    "deescalate", "resolve", "reopen", "close",        "reject",        "sla_breach", "note"};

enum class guard : std::uint8_t { always, free_of_charge, unregulated, severe, very_severe, may_reopen, regulated };
enum class action : std::uint8_t { nothing, bump, lower, stop_clock, start_clock, count_reopening, archive, take_note };

/// What guards read and actions write.
struct complaint {
  std::uint32_t amount = 5000;
  std::uint32_t notes = 0;
  std::uint32_t pauses = 0;
  std::uint8_t severity = 3;
  std::uint8_t reopened = 0;
  bool is_regulated = true;
  std::uint8_t bumps = 0;
};

inline bool holds(guard g, const complaint& c) {
  switch (g) {
  case guard::always:
    return true;
  case guard::free_of_charge:
    return c.amount == 0;
  case guard::unregulated:
    return !c.is_regulated;
  case guard::severe:
    return c.severity >= 3;
  case guard::very_severe:
    return c.severity >= 4;
  case guard::may_reopen:
    return c.reopened < 3;
  case guard::regulated:
    return c.is_regulated;
  }
  return false;
}

inline void perform(action a, complaint& c) {
  switch (a) {
  case action::nothing:
    break;
  case action::bump:
    c.severity = static_cast<std::uint8_t>(c.severity + (c.severity < 5 ? 1 : 0));
    ++c.bumps;
    break;
  case action::lower:
    c.severity = static_cast<std::uint8_t>(c.severity - (c.severity > 1 ? 1 : 0));
    break;
  case action::stop_clock:
    ++c.pauses;
    break;
  case action::start_clock:
    c.pauses += 2;
    break;
  case action::count_reopening:
    ++c.reopened;
    break;
  case action::archive:
    c.reopened = 0;
    break;
  case action::take_note:
    ++c.notes;
    break;
  }
}

/// What the run of an engine comes to; bumps count in one byte.
constexpr std::uint32_t digest(std::uint64_t notes, std::uint64_t pauses, std::uint64_t severity,
                               std::uint64_t reopened, std::uint64_t bumps) {
  return static_cast<std::uint32_t>(notes * 31 + pauses * 7 + severity + reopened * 3 + (bumps & 0xffU) * 11);
}
inline std::uint32_t digest(const complaint& c) {
  return digest(c.notes, c.pauses, c.severity, c.reopened, c.bumps);
}

struct cell {
  std::uint8_t to = 0;
  guard when = guard::always;
  action does = action::nothing;
  bool known = false;
};
using dense_table = std::array<std::array<cell, 16>, 16>;

inline std::uint8_t step(const dense_table& table, std::uint8_t state, std::uint8_t event, complaint& c) {
  const cell k = table[state][event];
  if (!k.known || !holds(k.when, c)) {
    return state;
  }
  perform(k.does, c);
  return k.to;
}

namespace flat {

enum state : std::uint8_t {
  fresh,
  triaged,
  assigned,
  investigating,
  await_customer,
  await_third,
  escalated_1,
  escalated_2,
  resolved,
  reopened,
  closed,
  rejected
};

constexpr dense_table make_table() {
  dense_table t{};
  const auto row = [&](state from, event_code on, state to, action does = action::nothing, guard when = guard::always) {
    t[from][on] = {to, when, does, true};
  };
  row(fresh, triage, triaged);
  row(fresh, reject, rejected, action::nothing, guard::free_of_charge);
  row(triaged, assign, assigned);
  row(assigned, start, investigating);
  row(assigned, assign, assigned);
  row(investigating, request_info, await_customer, action::stop_clock);
  row(investigating, refer, await_third, action::stop_clock);
  row(await_customer, info_received, investigating, action::start_clock);
  row(await_customer, sla_breach, resolved);
  row(await_third, referral_done, investigating, action::start_clock);
  row(escalated_1, deescalate, assigned, action::lower);
  row(escalated_2, deescalate, escalated_1, action::lower);
  row(resolved, close, closed, action::archive);
  row(resolved, sla_breach, closed, action::archive);
  row(reopened, assign, assigned);
  row(rejected, reopen, reopened, action::count_reopening, guard::regulated);
  for (const auto s : {fresh, triaged, assigned, investigating, await_third}) {
    row(s, sla_breach, escalated_1, action::bump);
  }
  for (const auto s : {escalated_1, escalated_2, reopened}) {
    row(s, sla_breach, escalated_2, action::bump);
    row(s, start, investigating);
  }
  for (const auto s : {triaged, assigned, investigating}) {
    row(s, escalate, escalated_1, action::nothing, guard::severe);
  }
  for (const auto s : {triaged, investigating, await_customer}) {
    row(s, reject, rejected, action::nothing, guard::unregulated);
  }
  for (const auto s : {escalated_1, reopened}) {
    row(s, escalate, escalated_2, action::nothing, guard::very_severe);
  }
  for (const auto s : {investigating, escalated_1, escalated_2}) {
    row(s, resolve, resolved);
  }
  for (const auto s : {resolved, closed}) {
    row(s, reopen, reopened, action::count_reopening, guard::may_reopen);
  }
  for (std::uint8_t s = fresh; s <= reopened; ++s) {
    row(static_cast<state>(s), note, static_cast<state>(s), action::take_note);
  }
  return t;
}
inline constexpr dense_table table = make_table();
inline constexpr std::uint64_t seed = 1;
inline constexpr std::array<event_code, 16> round{assign, start,      request_info, info_received, refer, referral_done,
                                                  note,   sla_breach, deescalate,   start,         note,  resolve,
                                                  note,   close,      reopen,       note};
inline constexpr event_code first = triage;

} // namespace flat

namespace nested {

enum state : std::uint8_t {
  fresh,
  triaged,
  assigned,
  investigating,
  await_customer,
  await_third,
  level_1,
  level_2,
  resolved,
  closed,
  rejected
};

/// What holds for a state with others inside is written at each of those.
constexpr dense_table make_table() {
  dense_table t{};
  const auto row = [&](state from, event_code on, state to, action does = action::nothing, guard when = guard::always) {
    t[from][on] = {to, when, does, true};
  };
  const auto in_intake_or_work = [&](state s) {
    row(s, sla_breach, level_1, action::bump);
    row(s, reject, rejected, action::nothing, guard::unregulated);
    row(s, escalate, level_1, action::nothing, guard::severe);
    row(s, note, s, action::take_note);
  };
  for (const auto s : {fresh, triaged, assigned}) {
    in_intake_or_work(s);
    row(s, start, investigating);
  }
  for (const auto s : {investigating, await_customer, await_third}) {
    in_intake_or_work(s);
    row(s, resolve, resolved);
  }
  for (const auto s : {level_1, level_2}) {
    row(s, start, investigating);
    row(s, resolve, resolved);
    row(s, note, s, action::take_note);
    row(s, sla_breach, level_2, action::bump);
  }
  row(fresh, triage, triaged);
  row(triaged, assign, assigned);
  row(assigned, assign, assigned);
  row(investigating, request_info, await_customer, action::stop_clock);
  row(investigating, refer, await_third, action::stop_clock);
  row(await_customer, info_received, investigating, action::start_clock);
  row(await_third, referral_done, investigating, action::start_clock);
  row(level_1, escalate, level_2, action::nothing, guard::very_severe);
  row(level_2, deescalate, level_1, action::lower);
  row(resolved, close, closed, action::archive);
  row(rejected, reopen, investigating, action::count_reopening, guard::regulated);
  for (const auto s : {resolved, closed}) {
    row(s, reopen, investigating, action::count_reopening, guard::may_reopen);
  }
  return t;
}
inline constexpr dense_table table = make_table();
inline constexpr std::uint64_t seed = 3;
inline constexpr std::array<event_code, 16> round{
    request_info, info_received, refer,   referral_done, note,   sla_breach, sla_breach,    deescalate,
    start,        note,          resolve, close,         reopen, refer,      referral_done, note};
inline constexpr event_code first = start;

} // namespace nested

/// 65,536 events: four fifths are understood in the state that they meet, the rest is drawn from all. No predictor
/// learns them by heart.
inline std::vector<std::uint8_t> walk(const dense_table& table, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint8_t> events(1 << 16);
  std::uint8_t state = 0;
  complaint c;
  for (auto& e : events) {
    e = static_cast<std::uint8_t>(random() % event_count);
    if (random() % 5 != 0) {
      while (!table[state][e].known) {
        e = static_cast<std::uint8_t>(random() % event_count);
      }
    }
    state = step(table, state, e, c);
  }
  return events;
}

/// 65,536 events in a round of 16: near to the bare cost of the instructions.
inline std::vector<std::uint8_t> cycle(const std::array<event_code, 16>& round, event_code first) {
  std::vector<std::uint8_t> events(1 << 16);
  for (std::size_t i = 0; i < events.size(); ++i) {
    events[i] = round[i % round.size()];
  }
  events[0] = first;
  return events;
}

inline std::uint32_t expected(const dense_table& table, const std::vector<std::uint8_t>& events) {
  complaint c;
  std::uint8_t state = 0;
  for (const auto e : events) {
    state = step(table, state, e, c);
  }
  return digest(c);
}

/// The streams of events: flat and nested, walk and cycle.
struct stream {
  std::string_view name;
  const dense_table* table;
  bool is_nested;
  std::vector<std::uint8_t> events;
};

inline const std::array<stream, 4>& streams() {
  static const std::array<stream, 4> all{{
      {"flat.walk", &flat::table, false, walk(flat::table, flat::seed)},
      {"flat.cycle", &flat::table, false, cycle(flat::round, flat::first)},
      {"nested.walk", &nested::table, true, walk(nested::table, nested::seed)},
      {"nested.cycle", &nested::table, true, cycle(nested::round, nested::first)},
  }};
  return all;
}

} // namespace machine
