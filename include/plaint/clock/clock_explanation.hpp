// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/calendar/time_explanation.hpp>
#include <plaint/clock/clock_reading.hpp>
#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/expr/value.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// One stretch of an explanation: of the ledger, or projected from its end to the due instant.
struct explained_segment {
  instant from{};
  instant to{};
  bool paused = false;
  bool projected = false;
  segment_cause cause = segment_cause::start;
  std::string reason{}; ///< of a pause
  std::string calendar{};
  std::uint16_t generation = 0;         ///< from 0
  std::int64_t consumed = 0;            ///< µs of the goal's measure, or days
  std::vector<explained_time> closed{}; ///< what has a name and did not count: holidays, breaks, exceptions
};

/// Why a cycle is due when it is.
struct clock_explanation {
  std::string clock{};
  std::string goal{}; ///< with what extensions added
  bool in_days = false;
  instant anchor = instant::max();
  std::int64_t amount = 0;  ///< the goal: µs or days
  std::int64_t carried = 0; ///< consumed before the first segment
  std::optional<instant> due{};
  instant crossed = instant::max();
  plaint::verdict verdict = plaint::verdict::none;
  std::vector<explained_segment> segments{};
  calendar wall; ///< whose local time the words use
};

namespace detail {

inline void name_closed(const calendar& c, explained_segment& s) {
  const auto known = c.horizon();
  const span within{std::max(s.from, known.from), std::min(s.to, known.to)};
  if (s.paused || within.empty()) {
    return;
  }
  for (auto& part : c.explain(within)) {
    if (part.cause > time_cause::hours) {
      s.closed.push_back(std::move(part));
    }
  }
}

[[nodiscard]] inline explained_segment explain_segment(const compiled_clock& c, const clock_cycle& y,
                                                       const clock_segment& s, instant to) {
  explained_segment e{.from = s.from,
                      .to = std::max(s.from, std::min({to, s.to, y.stopped})),
                      .paused = s.paused,
                      .cause = s.cause,
                      .calendar = c.calendars[s.calendar].name,
                      .generation = s.generation};
  if (s.paused && c.definition.pause && s.reason < c.definition.pause->reasons.size()) {
    e.reason = c.definition.pause->reasons[s.reason];
  }
  e.consumed = consumed_in(c, y, s, instant::min(), e.to);
  name_closed(c.calendar_at(s.calendar), e);
  return e;
}

} // namespace detail

/// Why a cycle is due when it is, as of an instant: every segment of the ledger, then what is projected. The parts that
/// were consumed, with what was carried over, add up to what is consumed.
[[nodiscard]] inline clock_explanation explain(const compiled_clock& c, const clock_cycle& y,
                                               std::span<const value> attributes, instant at) {
  const detail::cycle_meter m(c, y, attributes);
  const auto& g = y.generations.back();
  clock_explanation e{.clock = c.definition.id,
                      .goal = to_string(m.goal().source),
                      .in_days = m.goal().leaves.front().in == measure::days,
                      .anchor = y.anchor,
                      .carried = y.carried,
                      .crossed = y.crossed,
                      .verdict = y.result,
                      .wall = m.calendar()};
  e.amount = y.anchor == instant::max() || m.goal().leaves.front().in == measure::date ? 0 : m.amount(0);
  if (g.added != 0 || g.amount >= 0) {
    e.goal += e.in_days ? " (" + std::to_string(e.amount) + " days in all)"
                        : " (" + detail::length_text(duration{e.amount}) + " in all)";
  }
  if (y.due != instant::max()) {
    e.due = y.due;
  }
  for (const auto& s : y.segments) {
    e.segments.push_back(detail::explain_segment(c, y, s, std::max(at, s.from)));
  }
  if (y.running() && e.due && *e.due > at && y.anchor != instant::max()) {
    const auto& last = y.segments.back();
    explained_segment rest{.from = std::max(at, last.from),
                           .to = *e.due,
                           .projected = true,
                           .cause = last.cause,
                           .calendar = c.calendars[last.calendar].name,
                           .generation = last.generation};
    rest.consumed = consumed_in(c, y, last, rest.from, rest.to);
    detail::name_closed(c.calendar_at(last.calendar), rest);
    e.segments.push_back(std::move(rest));
  }
  if (e.in_days) {
    std::int64_t sum = 0;
    for (const auto& s : e.segments) {
      sum += s.projected ? 0 : s.consumed;
    }
    e.carried = std::max<std::int64_t>(0, consumed_by(c, y, attributes, at) - sum);
  }
  return e;
}

namespace detail {

/// The words of explanations, in English or Chinese.
struct explaining_words {
  bool chinese = false;

  [[nodiscard]] std::string amount(std::int64_t n, bool days) const {
    if (days) {
      return std::to_string(n) + (chinese ? " 天" : n == 1 ? " day" : " days");
    }
    return length_words(duration{n});
  }

  [[nodiscard]] std::string cause(const explained_segment& s) const {
    constexpr std::array<std::string_view, 7> english{"started",         "paused",        "resumed",     "retargeted",
                                                      "calendar edited", "pause used up", "date reached"};
    constexpr std::array<std::string_view, 7> chinese_words{"开始计时", "暂停",     "恢复",      "目标变更",
                                                            "日历变更", "暂停期满", "到约定时间"};
    return std::string(chinese ? chinese_words[static_cast<std::size_t>(s.cause)]
                               : english[static_cast<std::size_t>(s.cause)]);
  }

  [[nodiscard]] std::string closed(time_cause cause) const {
    constexpr std::array<std::string_view, 6> english{"open", "closed", "exception", "holiday", "break", "taken out"};
    constexpr std::array<std::string_view, 6> chinese_words{"营业", "休息", "例外", "节假日", "间歇", "扣除"};
    return std::string(chinese ? chinese_words[static_cast<std::size_t>(cause)]
                               : english[static_cast<std::size_t>(cause)]);
  }

  [[nodiscard]] std::string line(const explained_segment& s, bool days, const calendar& wall) const {
    auto text = wall_words(wall, s.from) + " - " + wall_words(wall, s.to) + "  ";
    if (s.paused) {
      text += (chinese ? "暂停" : "paused") + (s.reason.empty() ? std::string() : (chinese ? "：" : ": ") + s.reason);
    } else {
      text +=
          (s.projected ? (chinese ? "预计 " : "to come ") : (chinese ? "计时 " : "ran ")) + amount(s.consumed, days);
      text += s.projected ? "" : (chinese ? "（" : " (") + cause(s) + (chinese ? "）" : ")");
    }
    text += "\n";
    for (const auto& c : s.closed) {
      text += "  " + to_iso8601(wall.day_at(c.when.from)) + "  " + closed(c.cause) +
              (c.name.empty() ? "" : (chinese ? "：" : ": ") + c.name) + "\n";
    }
    return text;
  }
};

} // namespace detail

/// The explanation in lines, in the calendar's local time; `language` is "en" or "zh".
[[nodiscard]] inline std::string to_string(const clock_explanation& e, std::string_view language = "en") {
  const detail::explaining_words say{language.starts_with("zh")};
  const bool zh = say.chinese;
  auto text = e.clock + ": " + e.goal;
  if (e.anchor != instant::max()) {
    text += (zh ? "，自 " : " from ") + detail::wall_words(e.wall, e.anchor) + (zh ? " 起" : "");
  }
  text += "\n";
  if (e.carried > 0) {
    text += (zh ? "此前已用 " : "carried over ") + say.amount(e.carried, e.in_days) + "\n";
  }
  for (const auto& s : e.segments) {
    text += say.line(s, e.in_days, e.wall);
  }
  if (e.due) {
    text += (zh ? "到期 " : "due ") + detail::wall_words(e.wall, *e.due) + "\n";
  } else {
    text += zh ? "暂停或待定，尚无到期时间\n" : "no due date while it is paused or waits for a date\n";
  }
  if (e.crossed != instant::max()) {
    text += (zh ? "超时于 " : "broken at ") + detail::wall_words(e.wall, e.crossed) + "\n";
  }
  if (e.verdict != verdict::none) {
    constexpr std::array<std::string_view, 5> chinese_words{"", "按时", "超时", "已取消", "已被取代"};
    text += std::string(zh ? chinese_words[static_cast<std::size_t>(e.verdict)]
                           : verdict_words[static_cast<std::size_t>(e.verdict)]) +
            "\n";
  }
  return text;
}

} // namespace plaint
