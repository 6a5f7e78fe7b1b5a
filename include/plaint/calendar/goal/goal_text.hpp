// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/calendar_text.hpp>
#include <plaint/calendar/detail/words.hpp>
#include <plaint/calendar/goal/goal.hpp>
#include <plaint/calendar/goal/named_rules.hpp>
#include <plaint/error.hpp>
#include <plaint/suggestion.hpp>
#include <plaint/time/calendar_duration.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

namespace detail {

inline constexpr std::array<std::string_view, 6> roll_words{
    "none", "open", "following", "preceding", "modified following", "nearest"};
inline constexpr std::array<std::string_view, 4> receipt_words{"", "next opening", "next business day",
                                                               "next business day or opening"};
inline constexpr std::array<std::string_view, 3> due_words{"same time", "end of day", "close of business"};
inline constexpr std::string_view next_hour_words = "from the next full hour";
inline constexpr std::int64_t most_days = 1'000'000;

inline bool take_phrase(words& from, std::string_view phrase) {
  words parts(phrase);
  words trial = from;
  while (const auto word = parts.take_word()) {
    if (!trial.take(*word)) {
      return false;
    }
  }
  from = trial;
  return true;
}

/// The place of the longest of some phrases that comes next.
template <std::size_t N>
std::optional<std::size_t> take_one_of(words& from, const std::array<std::string_view, N>& phrases) {
  std::optional<std::size_t> best;
  words after = from;
  for (std::size_t i = 0; i < N; ++i) {
    words trial = from;
    if (!phrases[i].empty() && take_phrase(trial, phrases[i]) && (!best || phrases[i].size() > phrases[*best].size())) {
      best = i;
      after = trial;
    }
  }
  from = after;
  return best;
}

/// One condition after a comma: "due at end of day", "cut-off 16:00", "received at the next opening" …
inline bool read_rule(std::string_view text, day_rules& rules) {
  words from(text);
  if (from.take_all({"due", "at"})) {
    (void)from.take("the");
    const auto at = take_one_of(from, due_words);
    rules.at = static_cast<due_at>(at.value_or(0));
    return at && from.done();
  }
  if (from.take("cut-off")) {
    const auto at = parse_time_of_day(trimmed(text.substr(text.find("cut-off") + 7)));
    rules.cut_off = at;
    return at.has_value();
  }
  if (from.take("received")) {
    (void)(from.take_any({"at", "on"}) && from.take("the"));
    const auto as = take_one_of(from, receipt_words);
    rules.receipt = static_cast<receipt_rule>(as.value_or(0));
    return as && from.done();
  }
  if (from.take("roll")) {
    const auto where = take_one_of(from, roll_words);
    rules.roll = static_cast<roll>(where.value_or(0));
    return where && from.done();
  }
  if (from.take_all({"day", "of", "receipt", "counts"})) {
    rules.receipt_day_counts = true;
    return from.done();
  }
  if (from.take_all({"counted", "from"})) {
    rules.from = from.take_all({"the", "day", "after"}) ? day_rule::next : day_rule::adjust;
    return (*rules.from == day_rule::next || take_phrase(from, "the next business day")) && from.done();
  }
  const auto least = from.take_all({"at", "least"}) ? from.take_number() : std::nullopt;
  rules.least_business_days = static_cast<int>(std::min<std::int64_t>(least.value_or(0), 1'000));
  return least && *least > 0 && from.take("business") && from.take_any({"day", "days"}) && from.done();
}

/// "1h 30min" as a length; the words after it are left.
inline std::optional<duration> take_length(words& from) {
  duration sum{};
  bool any = false;
  constexpr std::int64_t most = 100'000'000; // hours: 11,000 years
  while (true) {
    words trial = from;
    const auto n = trial.take_number();
    if (!n || *n > most) {
      break;
    }
    (void)trial.take("business");
    if (trial.take_any({"h", "hour", "hours"})) {
      sum += std::chrono::hours{*n};
    } else if (trial.take_any({"m", "min", "minute", "minutes"})) {
      sum += std::chrono::minutes{*n};
    } else if (trial.take_any({"s", "sec", "second", "seconds"})) {
      sum += std::chrono::seconds{*n};
    } else {
      break;
    }
    any = true;
    from = trial;
  }
  return any && sum > duration{} ? std::optional(sum) : std::nullopt;
}

inline std::optional<goal> read_iso_goal(std::string_view text) {
  const auto read = parse_duration(text);
  if (!read) {
    return std::nullopt;
  }
  const auto months_in_all = read->years * 12 + read->months;
  const int kinds = (months_in_all != 0) + (read->weeks != 0) + (read->days != 0) + (read->time != duration{});
  const bool sane = kinds == 1 && months_in_all >= 0 && read->weeks >= 0 && read->days >= 0 &&
                    read->time >= duration{} && months_in_all <= most_days && read->weeks <= most_days &&
                    read->days <= most_days;
  if (!sane) {
    return std::nullopt;
  }
  if (months_in_all != 0) {
    return months(months_in_all);
  }
  if (read->time != duration{}) {
    return business(read->time);
  }
  return read->weeks != 0 ? weeks(read->weeks) : calendar_days(read->days);
}

/// What stands before the first comma.
inline std::optional<goal> read_head(std::string_view text) {
  words from(text);
  if (from.next().starts_with('P') && text.find(' ') == text.npos) {
    return read_iso_goal(text);
  }
  if (from.take("until")) {
    const auto name = trimmed(text.substr(text.find("until") + 5));
    return name.empty() || name.find(' ') != name.npos ? std::nullopt : std::optional(until(std::string(name)));
  }
  if (from.take_all({"end", "of"})) {
    (void)from.take("the");
    const day_rules end{.at = due_at::end_of_day};
    if (from.take_all({"same", "day"}) && from.done()) {
      return calendar_days(0, end);
    }
    if (from.take("next") && (from.next() == "day" || from.next() == "business")) {
      const bool open = from.take("business");
      return from.take("day") && from.done() ? std::optional(open ? business_days(1, end) : calendar_days(1, end))
                                             : std::nullopt;
    }
    return std::nullopt;
  }
  if (const auto length = take_length(from)) {
    const bool is_elapsed = from.take("elapsed");
    return from.done() ? std::optional(is_elapsed ? elapsed(*length) : business(*length)) : std::nullopt;
  }
  const auto n = from.take_number();
  if (!n || *n > most_days) {
    return std::nullopt;
  }
  const bool open = from.take_any({"business", "working"});
  std::optional<goal> read;
  if (from.take_any({"d", "day", "days"})) {
    read = open ? business_days(*n) : calendar_days(*n);
  } else if (!open && (from.take("calendar") && from.take_any({"day", "days"}))) {
    read = calendar_days(*n);
  } else if (!open && from.take_any({"week", "weeks"})) {
    read = weeks(*n);
  } else if (!open && from.take_any({"month", "months"})) {
    read = months(*n);
  }
  return from.done() ? read : std::nullopt;
}

/// Cuts at a separator outside of brackets.
inline std::vector<std::string_view> cut_at(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] == separator && depth == 0)) {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    } else {
      depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    }
  }
  return parts;
}

class goal_reader {
public:
  goal_reader(findings& out, const std::string& pointer) : out_(out), pointer_(pointer) {}

  [[nodiscard]] std::optional<goal> read(std::string_view text, int depth = 0) {
    text = trimmed(text);
    constexpr std::size_t longest = 1'000;
    if (text.size() > longest || depth > 8) {
      fault("a goal of at most 1000 characters, 8 choices deep, required");
      return std::nullopt;
    }
    for (const auto& [word, which] :
         {std::pair("earliest of", which_goal::earliest), std::pair("latest of", which_goal::latest)}) {
      if (text.starts_with(word)) {
        return read_choice(trimmed(text.substr(std::string_view(word).size())), which, depth);
      }
    }
    const auto parts = cut_at(text, ',');
    auto made = read_head(parts.front());
    if (!made) {
      fault("goal required, such as 4h, 3 business days, 15 days, 8 weeks, end of same day or until ATTRIBUTE; \"" +
            std::string(parts.front()) + "\" is none");
      return std::nullopt;
    }
    auto* days = std::get_if<days_goal>(&made->form);
    if (auto* counted = std::get_if<elapsed_goal>(&made->form);
        counted != nullptr && parts.size() == 2 && parts[1] == next_hour_words) {
      counted->from_next_hour = true;
      return made;
    }
    for (std::size_t i = 1; i < parts.size(); ++i) {
      if (days == nullptr) {
        fault("conditions such as \"" + std::string(parts[i]) + "\" belong to goals in days, weeks or months");
        return std::nullopt;
      }
      if (parts[i].starts_with("under ")) {
        if (!read_named_rule(trimmed(parts[i].substr(6)), days->rules)) {
          return std::nullopt;
        }
      } else if (!read_rule(parts[i], days->rules)) {
        fault("\"" + std::string(parts[i]) +
              "\" is no condition of a goal; known are due at …, cut-off …, received at …, roll …, "
              "day of receipt counts, counted from …, at least … business days");
        return std::nullopt;
      }
    }
    return made;
  }

private:
  [[nodiscard]] bool read_named_rule(std::string_view id, day_rules& into) {
    if (const auto rule = find_named_rule(id)) {
      into = rule->rules;
      return true;
    }
    std::vector<std::string_view> known;
    for (const auto& rule : named_rules()) {
      known.push_back(rule.id);
    }
    out_.push_back({"unknown-rule", "the name of a rule of counting is required; \"" + std::string(id) + "\" is none",
                    pointer_, nearest(id, known)});
    return false;
  }

  [[nodiscard]] std::optional<goal> read_choice(std::string_view text, which_goal which, int depth) {
    if (text.size() < 2 || text.front() != '(' || text.back() != ')') {
      fault("goals in brackets required, such as earliest of (15 business days; 90 days)");
      return std::nullopt;
    }
    std::vector<goal> all;
    bool whole = true;
    for (const auto part : cut_at(text.substr(1, text.size() - 2), ';')) {
      auto one = read(part, depth + 1);
      whole = whole && one.has_value();
      if (one) {
        all.push_back(std::move(*one));
      }
    }
    if (whole && all.size() < 2) {
      fault("two or more goals to choose from required");
      return std::nullopt;
    }
    return whole ? std::optional(goal{choice_goal{which, std::move(all)}}) : std::nullopt;
  }

  void fault(std::string message) { out_.push_back({"bad-goal", std::move(message), pointer_, {}}); }

  findings& out_;
  const std::string& pointer_;
};

inline std::string length_text(duration length) {
  const auto us = length.count();
  if (us % 1'000'000 != 0) {
    return to_iso8601(length);
  }
  std::string text;
  const auto part = [&](std::int64_t n, std::string_view unit) {
    if (n != 0) {
      text += (text.empty() ? "" : " ") + std::to_string(n) + std::string(unit);
    }
  };
  part(us / 3'600'000'000, "h");
  part(us / 60'000'000 % 60, "min");
  part(us / 1'000'000 % 60, "s");
  return text.empty() ? "PT0S" : text;
}

inline std::string days_text(const days_goal& g) {
  constexpr std::array<std::string_view, 4> units{"business day", "day", "week", "month"};
  std::string text =
      std::to_string(g.count) + " " + std::string(units[static_cast<std::size_t>(g.unit)]) + (g.count == 1 ? "" : "s");
  const auto& r = g.rules;
  const auto add = [&](std::string condition) { text += ", " + condition; };
  if (r.receipt_day_counts) {
    add("day of receipt counts");
  }
  if (r.receipt != receipt_rule::as_is) {
    add("received at the " + std::string(receipt_words[static_cast<std::size_t>(r.receipt)]));
  }
  if (r.cut_off) {
    add("cut-off " + time_of_day_text(*r.cut_off));
  }
  if (r.at != due_at::same_time) {
    add("due at " + std::string(due_words[static_cast<std::size_t>(r.at)]));
  }
  if (r.roll) {
    add("roll " + std::string(roll_words[static_cast<std::size_t>(*r.roll)]));
  }
  if (r.from) {
    add(*r.from == day_rule::next ? "counted from the day after" : "counted from the next business day");
  }
  if (r.least_business_days > 0) {
    add("at least " + std::to_string(r.least_business_days) + " business days");
  }
  return text;
}

} // namespace detail

/// Reads a goal as it is written in a policy; faults are appended with the pointer, and then nothing is given.
///
///     "4h", "90 minutes", "4 business hours", "PT4H"   open time of the clock's calendar
///     "4h elapsed"                                     elapsed time
///     "3 business days", "15 days", "8 weeks", "2 months", "P15D"
///     "end of same day", "end of next business day", "2 business days, due at close of business, cut-off 16:00"
///     "10 business days, received at the next opening", "15 days, under eu-1182-71" (a rule of named_rules.hpp)
///     "until target_date", "earliest of (15 business days; 90 days)"
[[nodiscard]] inline std::optional<goal> parse_goal(std::string_view text, findings& out,
                                                    const std::string& pointer = "") {
  return detail::goal_reader(out, pointer).read(text);
}

/// The same with one `policy_error` for all faults.
[[nodiscard]] inline goal parse_goal(std::string_view text) {
  findings out;
  auto read = parse_goal(text, out);
  throw_if_error(out);
  return *std::move(read);
}

/// The text that reads back as the same goal.
[[nodiscard]] inline std::string to_string(const goal& g) {
  if (const auto* elapsed = std::get_if<elapsed_goal>(&g.form)) {
    return detail::length_text(elapsed->length) + " elapsed" +
           (elapsed->from_next_hour ? ", " + std::string(detail::next_hour_words) : std::string());
  }
  if (const auto* open = std::get_if<business_goal>(&g.form)) {
    return detail::length_text(open->length);
  }
  if (const auto* days = std::get_if<days_goal>(&g.form)) {
    return detail::days_text(*days);
  }
  if (const auto* attribute = std::get_if<until_goal>(&g.form)) {
    return "until " + attribute->attribute;
  }
  const auto& all = std::get<choice_goal>(g.form);
  std::string text = all.which == which_goal::earliest ? "earliest of (" : "latest of (";
  for (std::size_t i = 0; i < all.of.size(); ++i) {
    text += (i == 0 ? "" : "; ") + to_string(all.of[i]);
  }
  return text + ")";
}

} // namespace plaint
