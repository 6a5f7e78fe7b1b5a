// SPDX-License-Identifier: BSL-1.0
// The desk at scale: how much memory a complaint with four clocks takes, what waking costs, and how fast it is saved
// and loaded. PLAINT_BENCH_COMPLAINTS says how many there are (default: a hundred thousand; the aims are for ten
// million).
#include <plaint/desk/desk.hpp>
#include <plaint/desk/desk_file.hpp>
#include <plaint/io/yaml.hpp>

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace {

using namespace plaint;

constexpr const char* text = R"(
plaint: 1
id: bench
version: 1
calendars: { office: { zone: Europe/London, hours: { mon-fri: ["09:00-17:00"] }, horizon: { from: 2026, to: 2028 } } }
attributes: { severity: { enum: [minor, severe], default: severe }, reopened: { int: { min: 0, max: 9 }, default: 0 } }
roles: { agent: {}, customer: { class: customer } }
lifecycle:
  initial: open
  states:
    open: { on: { answer: { target: answered, by: agent, do: [{ notice: final }] }, note: { by: agent } } }
    answered: { on: { object: { target: open, by: customer } } }
clocks:
  acknowledge: { start: opened, stop: notice(ack), goals: [{ goal: 1 business day }], thresholds: { late: { at: at due, do: [{ notify: agent }] } } }
  answer: { start: opened, stop: notice(final), goals: [{ if: severity == "minor", goal: 4h }, { goal: 3 business days }] }
  resolve: { start: opened, stop: notice(final), goals: [{ goal: 10 business days }] }
  statutory: { start: opened, stop: notice(final), goals: [{ goal: 8 weeks }] }
)";

std::size_t complaints() {
  const char* given = std::getenv("PLAINT_BENCH_COMPLAINTS");
  return given != nullptr ? static_cast<std::size_t>(std::strtoull(given, nullptr, 10)) : 100'000;
}

const instant first = *parse_instant("2026-03-02T09:00:00Z");

event said(std::string name, instant at, std::string role) {
  return {.name = std::move(name), .effective_at = at, .recorded_at = at, .actor = {.role = std::move(role)}};
}

/// One opened every second, around the clock.
std::unique_ptr<desk> filled(const policy& by) {
  auto d = std::make_unique<desk>(by);
  for (std::size_t i = 0; i < complaints(); ++i) {
    (void)d->open("C-" + std::to_string(i), said("", first + std::chrono::seconds{i}, "customer"));
  }
  return d;
}

struct shared {
  policy by = load_policy(read_yaml(text));
  std::unique_ptr<desk> all = filled(by);
};

shared& it() {
  static shared made;
  return made;
}

void open_one(benchmark::State& state) {
  desk d(it().by);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(d.open("C-" + std::to_string(i), said("", first + std::chrono::seconds{i}, "customer")));
    ++i;
  }
}

void apply_one(benchmark::State& state) {
  auto& d = *it().all;
  const auto n = complaints();
  const auto at = first + std::chrono::seconds{n};
  std::size_t i = 0;
  for (auto _ : state) {
    i = (i + 7919) % n;
    benchmark::DoNotOptimize(d.apply("C-" + std::to_string(i), said("note", at, "agent")));
  }
}

void advance_idle(benchmark::State& state) {
  auto& d = *it().all;
  const auto now = first;
  for (auto _ : state) {
    benchmark::DoNotOptimize(d.advance(now));
  }
}

/// The time for each firing while the clock runs on by a minute at a time.
void advance_due(benchmark::State& state) {
  desk d(it().by);
  for (std::size_t i = 0; i < complaints(); ++i) {
    (void)d.open("C-" + std::to_string(i), said("", first + std::chrono::milliseconds{i * 10}, "customer"));
  }
  auto now = first;
  std::size_t told = 0;
  for (auto _ : state) {
    const auto before = told;
    const auto start = std::chrono::steady_clock::now();
    while (told == before) {
      now += std::chrono::minutes{1};
      told += d.advance(now).size();
      if (!d.next_wake_up()) {
        break;
      }
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    state.SetIterationTime(told == before ? 1e-9 : took.count() / static_cast<double>(told - before));
  }
}

void save_all(benchmark::State& state) {
  const auto path = std::filesystem::temp_directory_path() / "plaint_bench.desk";
  for (auto _ : state) {
    save(*it().all, path.string());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * std::filesystem::file_size(path)));
}

void load_all(benchmark::State& state) {
  const auto path = std::filesystem::temp_directory_path() / "plaint_bench.desk";
  save(*it().all, path.string());
  for (auto _ : state) {
    benchmark::DoNotOptimize(load_desk(it().by, path.string()));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * std::filesystem::file_size(path)));
  std::filesystem::remove(path);
}

void memory(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(it().all->bytes());
  }
  state.counters["bytes_each"] = static_cast<double>(it().all->bytes()) / static_cast<double>(it().all->size());
}

} // namespace

BENCHMARK(memory)->Name("memory/ours")->Iterations(1);
BENCHMARK(open_one)->Name("open/ours");
BENCHMARK(apply_one)->Name("apply/ours");
BENCHMARK(advance_idle)->Name("advance_idle/ours");
BENCHMARK(advance_due)->Name("advance_due/ours")->UseManualTime()->Iterations(200);
BENCHMARK(save_all)->Name("save/ours")->Unit(benchmark::kMillisecond);
BENCHMARK(load_all)->Name("load/ours")->Unit(benchmark::kMillisecond);
