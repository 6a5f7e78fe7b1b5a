// SPDX-License-Identifier: BSL-1.0
// Random instants of 1990 to 2040 to the wall and back: ours beside a bare table of buckets (the limit), the date
// library and cctz, as far as they are installed.
#include <plaint/time/time_zone.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#ifdef PLAINT_BENCH_DATE
#include <date/tz.h>
#endif
#ifdef PLAINT_BENCH_CCTZ
#include <cctz/time_zone.h>
#endif

namespace {

using namespace plaint;

constexpr std::int64_t first_second = 631'152'000;
constexpr std::int64_t last_second = 2'208'988'800;

std::vector<std::int64_t> random_seconds() {
  std::mt19937_64 random(7);
  std::vector<std::int64_t> seconds(1 << 14);
  for (auto& s : seconds) {
    s = first_second + static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(last_second - first_second));
  }
  return seconds;
}

template <class Convert>
void measure(benchmark::State& state, std::int64_t scale, Convert convert) {
  auto values = random_seconds();
  for (auto& v : values) {
    v *= scale;
  }
  for (auto _ : state) {
    std::int64_t sum = 0;
    for (const auto v : values) {
      sum += convert(v);
    }
    benchmark::DoNotOptimize(sum);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(values.size()));
}

/// The least that any table can do: one row for each 49 days, in plain seconds, without a check of the range. It knows
/// one change a row and the years from 1970 to 2106 only.
class bare_table {
public:
  explicit bare_table(const time_zone& zone) {
    for (std::int64_t begin = 0; begin < std::int64_t{1} << 32; begin += std::int64_t{1} << 22) {
      const std::int64_t end = begin + (std::int64_t{1} << 22);
      const auto changes = zone.changes({at(begin), at(end)});
      row r{end, offset(zone, begin), offset(zone, begin)};
      if (!changes.empty()) {
        r.at = changes.back().time_since_epoch().count() / 1'000'000;
        r.after = offset(zone, r.at);
      }
      rows_.push_back(r);
    }
  }

  [[nodiscard]] std::int64_t to_wall(std::int64_t t) const {
    const row& r = rows_[static_cast<std::size_t>(t) >> 22];
    return t + r.before + ((r.after - r.before) & -static_cast<std::int32_t>(t >= r.at));
  }

private:
  struct row {
    std::int64_t at;
    std::int32_t before;
    std::int32_t after;
  };

  static instant at(std::int64_t second) { return instant{std::chrono::seconds{second}}; }
  static std::int32_t offset(const time_zone& zone, std::int64_t second) {
    return static_cast<std::int32_t>(zone.offset_at(at(second)).count());
  }

  std::vector<row> rows_;
};

void register_zone(const std::string& name) {
  const auto zone = load_zone(name);
  const auto add = [](const std::string& title, auto run) { benchmark::RegisterBenchmark(title.c_str(), run); };
  const std::string offset = "offset " + name;
  const std::string to_wall = "to_wall " + name;
  const std::string to_instant = "to_instant " + name;

  add(offset + "/ours", [zone](benchmark::State& state) {
    measure(state, 1'000'000, [&zone](std::int64_t t) { return zone.offset_at(instant{duration{t}}).count(); });
  });
  add(to_wall + "/ours", [zone](benchmark::State& state) {
    measure(state, 1'000'000,
            [&zone](std::int64_t t) { return zone.to_wall(instant{duration{t}}).time_since_epoch().count(); });
  });
  add(to_instant + "/ours", [zone](benchmark::State& state) {
    measure(state, 1'000'000,
            [&zone](std::int64_t w) { return zone.to_instant(wall_time{duration{w}})->time_since_epoch().count(); });
  });
  for (const auto& subject : {offset, to_wall}) {
    add(subject + "/limit", [zone](benchmark::State& state) {
      const bare_table table(zone);
      measure(state, 1, [&table](std::int64_t t) { return table.to_wall(t); });
    });
  }

#ifdef PLAINT_BENCH_DATE
  const auto* theirs = date::locate_zone(name);
  for (const auto& subject : {offset, to_wall}) {
    add(subject + "/date", [theirs](benchmark::State& state) {
      measure(state, 1, [theirs](std::int64_t t) {
        return theirs->to_local(date::sys_seconds{std::chrono::seconds{t}}).time_since_epoch().count();
      });
    });
  }
  add(to_instant + "/date", [theirs](benchmark::State& state) {
    measure(state, 1, [theirs](std::int64_t w) {
      const date::local_seconds wall{std::chrono::seconds{w}};
      return theirs->to_sys(wall, date::choose::earliest).time_since_epoch().count();
    });
  });
#else
  for (const auto& subject : {offset, to_wall, to_instant}) {
    add(subject + "/date", [](benchmark::State& state) { state.SkipWithError("not installed"); });
  }
#endif
#ifdef PLAINT_BENCH_CCTZ
  cctz::time_zone other;
  cctz::load_time_zone(name, &other);
  for (const auto& subject : {offset, to_wall}) {
    add(subject + "/cctz", [other](benchmark::State& state) {
      measure(state, 1, [&other](std::int64_t t) {
        return t + other.lookup(cctz::time_point<cctz::seconds>(cctz::seconds(t))).offset;
      });
    });
  }
  add(to_instant + "/cctz", [other](benchmark::State& state) {
    measure(state, 1, [&other](std::int64_t w) {
      return other.lookup(cctz::civil_second(1970) + w).pre.time_since_epoch().count();
    });
  });
#else
  for (const auto& subject : {offset, to_wall, to_instant}) {
    add(subject + "/cctz", [](benchmark::State& state) { state.SkipWithError("not installed"); });
  }
#endif
}

void load(benchmark::State& state) {
  const auto source = system_source();
  for (auto _ : state) {
    benchmark::DoNotOptimize(load_zone("America/New_York", source));
  }
}
BENCHMARK(load);

// Benchmarks are registered by name at run time, as which peers there are is known to the build only.
const bool registered = [] {
  register_zone("America/New_York");
  register_zone("Asia/Shanghai");
  return true;
}();

} // namespace
