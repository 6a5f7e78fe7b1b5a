// SPDX-License-Identifier: BSL-1.0
// Open time of Mon-Fri 09:00-17:00 in New York less federal holidays: ours beside the bare table that such a calendar
// can be at best, and beside the memory traffic alone. `span/peer` compares an hour with ten years. QuantLib, if it is
// installed, counts whole days; it has the same holidays.
#include <plaint/calendar/calendar.hpp>
#include <plaint/calendar/holiday/named_holidays.hpp>

#include <benchmark/benchmark.h>

#ifdef PLAINT_BENCH_QUANTLIB
#include <ql/time/calendars/bespokecalendar.hpp>
#include <ql/time/date.hpp>
#endif

#include <array>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <vector>

namespace {

using namespace plaint;

constexpr std::int64_t second = 1'000'000;
constexpr std::int64_t hour = 3'600 * second;

calendar_definition office() {
  calendar_definition d{.zone = "America/New_York"};
  d.versions.push_back({.hours = weekly_hours::from_to(0, 4, {{9 * 3'600, 17 * 3'600}})});
  d.holidays.push_back(us_federal());
  return d;
}

/// Night shifts, lunch breaks and 500 exceptions.
calendar_definition busy() {
  auto d = office();
  d.versions.front().hours =
      weekly_hours::from_to(0, 4, {{8 * 3'600, 12 * 3'600}, {13 * 3'600, 17 * 3'600}, {22 * 3'600, 30 * 3'600}});
  for (int i = 0; i < 500; ++i) {
    d.exceptions.push_back(
        {.day = *make_civil_day(2012, 1, 2) + std::chrono::days{i * 9}, .hours = {{10 * 3'600, 14 * 3'600}}});
  }
  return d;
}

/// The least that a table can do: whole days of UTC, unsigned seconds of 2010 to 2046, one period a day, no range
/// check, no null, no night shift. It is filled from the calendar that it is compared with.
class bare_table {
public:
  explicit bare_table(const calendar& from) {
    std::uint32_t total = 0;
    for (std::int64_t day = 0; day < 37 * 365; ++day) {
      const instant start{duration{(base + day * 86'400) * second}};
      const auto open = from.periods({start, start + std::chrono::days{1}});
      row r{total, 0, 0};
      if (!open.empty()) {
        r.open = static_cast<std::uint16_t>((open[0].from - start).count() / (60 * second));
        r.close = static_cast<std::uint16_t>((open[0].to - start).count() / (60 * second));
      }
      rows_.push_back(r);
      total += 60U * static_cast<std::uint32_t>(r.close - r.open);
    }
    std::uint16_t next_open = 0;
    next_.resize(rows_.size());
    for (std::size_t i = rows_.size(); i-- > 0;) {
      next_[i] = next_open;
      next_open = rows_[i].close > rows_[i].open ? static_cast<std::uint16_t>(i) : next_open;
    }
    std::uint16_t at = 0;
    for (std::uint32_t amount = 0; amount <= total; amount += 1U << 14) {
      while (at + 1U < rows_.size() && rows_[at + 1U].before <= amount) {
        ++at;
      }
      by_amount_.push_back(at);
    }
  }

  [[nodiscard]] std::uint32_t before(std::int64_t t) const {
    const auto s = static_cast<std::uint32_t>(t - base);
    const row r = rows_[s / 86'400];
    const std::uint32_t open = r.open * 60U;
    const std::uint32_t capped = std::min(s % 86'400, r.close * 60U);
    return r.before + std::max(capped, open) - open;
  }
  [[nodiscard]] std::int64_t between(std::int64_t a, std::int64_t b) const {
    return std::int64_t{before(b)} - before(a);
  }
  [[nodiscard]] std::int64_t add(std::int64_t t, std::uint32_t open) const {
    const std::uint32_t wanted = before(t) + open - 1;
    std::uint32_t at = by_amount_[wanted >> 14];
    const std::uint32_t next = next_[at];
    at = rows_[next].before <= wanted ? next : at;
    const row r = rows_[at];
    return base + at * std::int64_t{86'400} + r.open * 60U + (wanted - r.before) + 1;
  }

private:
  struct row {
    std::uint32_t before;
    std::uint16_t open, close;
  };
  static constexpr std::int64_t base = 1'262'304'000; // 2010-01-01
  std::vector<row> rows_;
  std::vector<std::uint16_t> next_;
  std::vector<std::uint16_t> by_amount_;
};

#ifdef PLAINT_BENCH_QUANTLIB
/// Mon-Fri less the same holidays, in QuantLib's days.
class quantlib_days {
public:
  quantlib_days() {
    days_.addWeekend(QuantLib::Saturday);
    days_.addWeekend(QuantLib::Sunday);
    for (const auto& h : holidays_in(us_federal(), 2010, 2060)) {
      days_.addHoliday(date_of(h.day.time_since_epoch().count()));
    }
  }

  [[nodiscard]] static QuantLib::Date date_of(std::int64_t days) {
    return QuantLib::Date(static_cast<QuantLib::Date::serial_type>(days + 25'569));
  }
  [[nodiscard]] std::int64_t add(std::int64_t day, int n) const {
    return days_.advance(date_of(day), n, QuantLib::Days).serialNumber() - 25'569;
  }
  [[nodiscard]] std::int64_t between(std::int64_t a, std::int64_t b) const {
    return days_.businessDaysBetween(date_of(a), date_of(b));
  }

private:
  QuantLib::BespokeCalendar days_{"federal"};
};
#else
struct quantlib_days {};
#endif

struct scene {
  calendar ours = calendar::compile(office());
  calendar crowded = calendar::compile(busy());
  bare_table bare{ours};
  quantlib_days quantlib{};
};

const scene& all() {
  static const scene made;
  return made;
}

std::vector<std::int64_t> random_seconds(std::size_t count) {
  std::mt19937_64 random(7);
  std::vector<std::int64_t> values(count);
  for (auto& v : values) {
    v = 1'451'606'400 + static_cast<std::int64_t>(random() % 284'000'000); // 2016 to 2024
  }
  return values;
}

template <class Call>
void scalar(benchmark::State& state, std::int64_t scale, Call call) {
  auto values = random_seconds(1'024);
  for (auto& v : values) {
    v *= scale;
  }
  for (auto _ : state) {
    for (const auto v : values) {
      auto answer = call(v);
      benchmark::DoNotOptimize(answer);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}

struct length {
  const char* name;
  std::int64_t open;     // seconds to add
  std::int64_t calendar; // seconds to measure over
  int days;              // business days to add; 0: not in whole days
};
constexpr std::array<length, 4> lengths{{{"1h", 3'600, 3'600, 0},
                                         {"1d", 8 * 3'600, 86'400, 1},
                                         {"1y", 2'016 * 3'600, 365 * 86'400, 252},
                                         {"10y", 20'160 * 3'600, 3'652 * 86'400, 2'520}}};

instant at(std::int64_t us) {
  return instant{duration{us}};
}

std::int64_t add(const calendar& c, std::int64_t t, std::int64_t open) {
  return c.add(at(t), duration{open}).time_since_epoch().count();
}
std::int64_t between(const calendar& c, std::int64_t t, std::int64_t over) {
  return c.between(at(t), at(t + over)).count();
}

template <class Call>
void column(benchmark::State& state, std::int64_t scale, Call call) {
  auto from = random_seconds(1 << 22);
  auto to = from;
  std::vector<std::int64_t> out(from.size());
  for (std::size_t i = 0; i < from.size(); ++i) {
    from[i] *= scale;
    to[i] = from[i] + 30 * 86'400 * scale;
  }
  for (auto _ : state) {
    call(from, to, out);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(from.size()));
}

using numbers = std::vector<std::int64_t>;

void enlist(const std::string& name, auto run) {
  benchmark::RegisterBenchmark(name.c_str(), run);
}

/// `call` gets days since 1970.
void enlist_quantlib(const std::string& name, [[maybe_unused]] auto call) {
#ifdef PLAINT_BENCH_QUANTLIB
  enlist(name + "/QuantLib, days only",
         [=](benchmark::State& s) { scalar(s, 1, [=](std::int64_t t) { return call(all().quantlib, t / 86'400); }); });
#else
  enlist(name + "/QuantLib", [](benchmark::State& s) { s.SkipWithError("not installed"); });
#endif
}

void enlist_days(const length& l) {
  const std::string name = l.name;
  const int n = l.days;
  const std::int64_t over = l.calendar / 86'400;
  const auto add = [n](const auto& theirs, std::int64_t day) { return theirs.add(day, n); };
  enlist_quantlib("add " + name, add);
  enlist_quantlib("between " + name,
                  [over](const auto& theirs, std::int64_t day) { return theirs.between(day, day + over); });
  enlist("add business days " + name + "/ours", [=](benchmark::State& s) {
    scalar(s, 1, [=](std::int64_t t) {
      return all().ours.add_business_days(civil_day{std::chrono::days{t / 86'400}}, n).time_since_epoch().count();
    });
  });
  enlist_quantlib("add business days " + name, add);
}

void enlist_scalars() {
  for (const auto& l : lengths) {
    const auto open = l.open;
    const auto over = l.calendar;
    const std::string name = l.name;
    enlist("add " + name + "/ours", [=](benchmark::State& s) {
      scalar(s, second, [=](std::int64_t t) { return add(all().ours, t, open * second); });
    });
    enlist("add " + name + "/bare table", [=](benchmark::State& s) {
      scalar(s, 1, [=](std::int64_t t) { return all().bare.add(t, static_cast<std::uint32_t>(open)); });
    });
    enlist("add " + name + "/night shifts, lunch, 500 exceptions", [=](benchmark::State& s) {
      scalar(s, second, [=](std::int64_t t) { return add(all().crowded, t, open * second); });
    });
    enlist("between " + name + "/ours", [=](benchmark::State& s) {
      scalar(s, second, [=](std::int64_t t) { return between(all().ours, t, over * second); });
    });
    enlist("between " + name + "/bare table",
           [=](benchmark::State& s) { scalar(s, 1, [=](std::int64_t t) { return all().bare.between(t, t + over); }); });
    enlist("between " + name + "/night shifts, lunch, 500 exceptions", [=](benchmark::State& s) {
      scalar(s, second, [=](std::int64_t t) { return between(all().crowded, t, over * second); });
    });
    if (l.days > 0) {
      enlist_days(l);
    }
  }
}

void enlist_columns() {
  enlist("column between/ours", [](benchmark::State& s) {
    column(s, second, [](const numbers& a, const numbers& b, numbers& out) { all().ours.between(a, b, out); });
  });
  enlist("column between/bare table", [](benchmark::State& s) {
    column(s, 1, [](const numbers& a, const numbers& b, numbers& out) {
      for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = all().bare.between(a[i], b[i]);
      }
    });
  });
  enlist("column between/memory traffic alone", [](benchmark::State& s) {
    column(s, 1, [](const numbers& a, const numbers& b, numbers& out) {
      for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = b[i] - a[i];
      }
    });
  });
  enlist("column add/ours", [](benchmark::State& s) {
    column(s, second,
           [](const numbers& a, const numbers&, numbers& out) { all().ours.add(a, duration{40 * hour}, out); });
  });
  enlist("column add/bare table", [](benchmark::State& s) {
    column(s, 1, [](const numbers& a, const numbers&, numbers& out) {
      const auto& bare = all().bare;
      for (std::size_t i = 0; i < out.size(); ++i) {
        out[i] = bare.add(a[i], 40 * 3'600);
      }
    });
  });
}

void enlist_building() {
  enlist("build 130 years/ours", [](benchmark::State& s) {
    const auto definition = office();
    for (auto _ : s) {
      benchmark::DoNotOptimize(calendar::compile(definition));
    }
  });
  enlist("build 130 years/night shifts, lunch, 500 exceptions", [](benchmark::State& s) {
    const auto definition = busy();
    for (auto _ : s) {
      benchmark::DoNotOptimize(calendar::compile(definition));
    }
  });
}

/// The peers must say what the calendar says, or the comparison is worth nothing.
bool peers_agree() {
  for (const auto t : random_seconds(1'024)) {
    const auto same = add(all().ours, t * second, 8 * hour) == all().bare.add(t, 8 * 3'600) * second &&
                      between(all().ours, t * second, 720 * hour) == all().bare.between(t, t + 720 * 3'600) * second;
    if (!same) {
      return false;
    }
#ifdef PLAINT_BENCH_QUANTLIB
    const civil_day day{std::chrono::days{t / 86'400}};
    const auto ten_years = all().ours.add_business_days(day, 2'520);
    if (all().quantlib.add(t / 86'400, 2'520) != ten_years.time_since_epoch().count() ||
        all().quantlib.between(t / 86'400, t / 86'400 + 3'652) !=
            all().ours.count_business_days(day, day + std::chrono::days{3'652})) {
      return false;
    }
#endif
  }
  return true;
}

} // namespace

int main(int argc, char** argv) {
  if (!peers_agree()) {
    return EXIT_FAILURE;
  }
  enlist_scalars();
  enlist_columns();
  enlist_building();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
