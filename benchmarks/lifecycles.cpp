// SPDX-License-Identifier: BSL-1.0
// One event through a policy that is loaded at run time, beside a dense table written by hand and Boost.MSM. Every
// engine has to end with the same digest, or its row is an error.
#include "lifecycles/boost_msm.hpp"
#include "lifecycles/machine.hpp"

#include <plaint/io/yaml.hpp>
#include <plaint/lifecycle/dispatch_table.hpp>
#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/lifecycle/step.hpp>
#include <plaint/lifecycle/step_many.hpp>
#include <plaint/policy/attribute_document.hpp>

#include <benchmark/benchmark.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <vector>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace {

using namespace plaint;

/// The lifecycle of a policy with its table, and where its attributes stand.
struct loaded {
  lifecycle rules;
  dispatch_table table;
  std::uint32_t first_row;
  std::vector<std::int64_t> first_slots{};
  std::uint64_t first_set = 0;
  std::array<event_id, machine::event_count> events{};

  static loaded from(const std::string& name) {
    findings found;
    const auto text = read_document("benchmarks/lifecycles/" + name + ".yaml");
    schema sees;
    sees.attributes = read_attributes({*text.root.find("attributes"), "/attributes", found});
    auto rules = compile(read_lifecycle({*text.root.find("lifecycle"), "/lifecycle", found}), std::move(sees));
    throw_if_error(found);
    auto table = dispatch_table::build(rules);
    const auto values = initial_values(rules.schema());
    const auto row = table->row_of(start(rules, values).after);
    loaded all{std::move(rules), *std::move(table), *row};
    all.first_slots.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      (void)to_slot(values[i], i, all.first_slots, all.first_set);
    }
    for (std::size_t e = 0; e < all.events.size(); ++e) {
      all.events[e] = all.rules.event(machine::event_names[e]);
    }
    return all;
  }

  [[nodiscard]] std::vector<event_id> translated(const std::vector<std::uint8_t>& stream) const {
    std::vector<event_id> all;
    for (const auto e : stream) {
      all.push_back(events[e]);
    }
    return all;
  }
  [[nodiscard]] std::uint32_t digest(const std::int64_t* slots) const {
    const auto at = [&](const char* name) { return static_cast<std::uint64_t>(slots[*rules.schema().slot(name)]); };
    return machine::digest(at("notes"), at("pauses"), at("severity"), at("reopened"), at("bumps"));
  }
};

const loaded& policy_for(const machine::stream& s) {
  static const loaded flat = loaded::from("flat");
  static const loaded nested = loaded::from("nested");
  return s.is_nested ? nested : flat;
}

/// What an engine ended with is what the table by hand ends with.
void hold(benchmark::State& state, const machine::stream& s, std::uint32_t digest) {
  if (digest != machine::expected(*s.table, s.events)) {
    state.SkipWithError("another digest than the dense table's");
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(s.events.size()));
}

void step_ours(benchmark::State& state, const machine::stream& s) {
  const auto& in = policy_for(s);
  const auto events = in.translated(s.events);
  std::uint32_t digest = 0;
  for (auto _ : state) {
    auto row = in.first_row;
    auto slots = in.first_slots;
    auto set = in.first_set;
    std::uint32_t way = 0;
    for (const auto e : events) {
      (void)in.table.step(row, slots, set, e, ~std::uint64_t{0}, way);
    }
    benchmark::DoNotOptimize(row);
    digest = in.digest(slots.data());
  }
  hold(state, s, digest);
}

void step_dense_table(benchmark::State& state, const machine::stream& s) {
  std::uint32_t digest = 0;
  for (auto _ : state) {
    machine::complaint c;
    std::uint8_t at = 0;
    for (const auto e : s.events) {
      at = machine::step(*s.table, at, e, c);
    }
    benchmark::DoNotOptimize(at);
    digest = machine::digest(c);
  }
  hold(state, s, digest);
}

void step_msm(benchmark::State& state, const machine::stream& s) {
  std::uint32_t digest = 0;
  for (auto _ : state) {
    digest = s.is_nested ? machine::run_msm_nested(s.events) : machine::run_msm_flat(s.events);
  }
  hold(state, s, digest);
}

/// `step` itself: any lifecycle, any attribute, with everything that a record of it says.
void step_interpreter(benchmark::State& state, const machine::stream& s) {
  const auto& in = policy_for(s);
  const auto events = in.translated(s.events);
  const auto& rules = in.rules;
  std::uint32_t digest = 0;
  step_memory memory;
  step_result result;
  for (auto _ : state) {
    auto values = initial_values(rules.schema());
    auto at = start(rules, values).after;
    for (const auto e : events) {
      occurrence what;
      what.event = e;
      step(rules, at, values, what, memory, result);
      at = result.after;
      for (const auto& c : result.changes) {
        values[c.slot] = c.to;
      }
    }
    std::vector<std::int64_t> slots(values.size());
    std::uint64_t set = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      (void)to_slot(values[i], i, slots, set);
    }
    digest = in.digest(slots.data());
  }
  hold(state, s, digest);
}

/// 16 bytes for each event, as a journal keeps at least.
struct record {
  std::uint32_t complaint;
  std::uint32_t at;
  std::uint32_t to;
  std::uint16_t event;
  std::uint8_t result;
  std::uint8_t spare;
};
static_assert(sizeof(record) == 16);
constexpr std::size_t records = std::size_t{1} << 16;

void record_ours(benchmark::State& state, const machine::stream& s) {
  const auto& in = policy_for(s);
  const auto events = in.translated(s.events);
  std::vector<record> journal(records);
  std::uint32_t digest = 0;
  for (auto _ : state) {
    auto row = in.first_row;
    auto slots = in.first_slots;
    auto set = in.first_set;
    std::uint32_t way = 0;
    std::uint32_t at = 0;
    for (const auto e : events) {
      const auto result = in.table.step(row, slots, set, e, ~std::uint64_t{0}, way);
      journal[at % records] = {7, at, row, e, static_cast<std::uint8_t>(result), 0};
      ++at;
    }
    benchmark::DoNotOptimize(journal.data());
    benchmark::ClobberMemory();
    digest = in.digest(slots.data());
  }
  hold(state, s, digest);
}

void record_dense_table(benchmark::State& state, const machine::stream& s) {
  std::vector<record> journal(records);
  std::uint32_t digest = 0;
  for (auto _ : state) {
    machine::complaint c;
    std::uint8_t where = 0;
    std::uint32_t at = 0;
    for (const auto e : s.events) {
      const auto to = machine::step(*s.table, where, e, c);
      journal[at % records] = {7, at, to, e, static_cast<std::uint8_t>(to != where), 0};
      where = to;
      ++at;
    }
    benchmark::DoNotOptimize(journal.data());
    benchmark::ClobberMemory();
    digest = machine::digest(c);
  }
  hold(state, s, digest);
}

/// Ten million complaints, one cache line each, drawn at random; with `ahead` the lines of the next 32 events are asked
/// for.
constexpr std::size_t complaints = 10'000'000;

/// A column of default values; on Linux in pages of 2 MiB if the system grants them.
template <class Slot>
class column {
public:
  explicit column(const Slot& each) : bytes_((complaints * sizeof(Slot) + (page - 1)) & ~(page - 1)) {
    all_ = static_cast<Slot*>(std::aligned_alloc(page, bytes_));
#ifdef __linux__
    (void)madvise(all_, bytes_, MADV_HUGEPAGE);
#endif
    for (std::size_t i = 0; i < complaints; ++i) {
      new (all_ + i) Slot(each);
    }
  }
  column(const column&) = delete;
  column& operator=(const column&) = delete;
  ~column() {
    std::free(all_);
  }
  Slot& operator[](std::size_t i) {
    return all_[i];
  }

private:
  static constexpr std::size_t page = std::size_t{2} << 20U;
  std::size_t bytes_;
  Slot* all_ = nullptr;
};

class draw {
public:
  std::uint32_t next() {
    x_ = x_ * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::uint32_t>(((x_ >> 32U) * complaints) >> 32U);
  }

private:
  std::uint64_t x_ = 88172645463325252ULL;
};

template <class Slot, class Step>
void at_random(benchmark::State& state, column<Slot>& all, bool ahead, const Step& step) {
  constexpr std::size_t distance = 32;
  std::array<std::uint32_t, 64> next{};
  draw random;
  for (std::size_t i = 0; i < distance; ++i) {
    next[i] = random.next();
  }
  std::size_t i = 0;
  for (auto _ : state) {
    for (std::size_t n = 0; n < records; ++n, ++i) {
      const auto later = random.next();
      next[(i + distance) % 64] = later;
      if (ahead) {
        __builtin_prefetch(&all[later], 1);
      }
      step(all[next[i % 64]], n);
    }
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(records));
}

struct alignas(64) our_slot {
  std::array<std::int64_t, 7> values;
  std::uint32_t row;
};
static_assert(sizeof(our_slot) == 64);

void random_ours(benchmark::State& state, bool ahead) {
  const auto& s = machine::streams()[0];
  const auto& in = policy_for(s);
  const auto events = in.translated(s.events);
  our_slot first{};
  first.row = in.first_row;
  std::copy(in.first_slots.begin(), in.first_slots.end(), first.values.begin());
  column<our_slot> all(first);
  auto set = in.first_set; // all attributes are set and stay so
  at_random(state, all, ahead, [&](our_slot& c, std::size_t n) {
    std::uint32_t way = 0;
    (void)in.table.step(c.row, c.values, set, events[n], ~std::uint64_t{0}, way);
  });
}

struct alignas(32) hand_slot {
  machine::complaint held;
  std::uint8_t at;
};

void random_dense_table(benchmark::State& state, bool ahead) {
  const auto& s = machine::streams()[0];
  column<hand_slot> all(hand_slot{{}, 0});
  at_random(state, all, ahead,
            [&](hand_slot& c, std::size_t n) { c.at = machine::step(*s.table, c.at, s.events[n], c.held); });
}

/// The bare lifecycle, without guards or attributes, over ten million complaints in order, one event each.
lifecycle bare_lifecycle() {
  lifecycle_definition d;
  const auto& table = machine::flat::table;
  for (std::size_t from = 0; from <= machine::flat::rejected; ++from) {
    state_definition s;
    s.name = "s" + std::to_string(from);
    s.tags = {"closed"};
    for (std::size_t e = 0; e < machine::event_count; ++e) {
      if (table[from][e].known) {
        transition_definition t;
        t.events = {std::string(machine::event_names[e])};
        t.targets = {"s" + std::to_string(table[from][e].to)};
        s.transitions.push_back(std::move(t));
      }
    }
    d.states.push_back(std::move(s));
  }
  return compile(std::move(d));
}

void in_order_ours(benchmark::State& state) {
  const auto rules = bare_lifecycle();
  const auto table = *dispatch_table::build(rules);
  const auto& stream = machine::streams()[0].events;
  std::vector<event_id> events(complaints);
  for (std::size_t i = 0; i < complaints; ++i) {
    events[i] = rules.event(machine::event_names[stream[i % stream.size()]]);
  }
  std::vector<std::uint32_t> rows(complaints, *table.row_of(start(rules, {}).after));
  for (auto _ : state) {
    (void)step_many(table, rules, {.rows = rows, .events = events}, 0);
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(complaints));
}

void in_order_bare_table(benchmark::State& state) {
  const auto& stream = machine::streams()[0].events;
  std::array<std::array<std::uint8_t, 16>, 16> next{};
  for (std::size_t s = 0; s < 16; ++s) {
    for (std::size_t e = 0; e < 16; ++e) {
      const auto& c = machine::flat::table[s][e];
      next[s][e] = c.known ? c.to : static_cast<std::uint8_t>(s);
    }
  }
  benchmark::DoNotOptimize(next);
  std::vector<std::uint8_t> at(complaints);
  std::vector<std::uint8_t> events(complaints);
  for (std::size_t i = 0; i < complaints; ++i) {
    events[i] = stream[i % stream.size()];
  }
  for (auto _ : state) {
    for (std::size_t i = 0; i < complaints; ++i) {
      at[i] = next[at[i]][events[i]];
    }
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(complaints));
}

/// 25 states in three regions, as a complaint's handling, its money and its correspondence are.
lifecycle_definition three_regions() {
  lifecycle_definition d;
  state_definition all{.name = "complaint", .type = state_type::parallel};
  constexpr std::array<std::size_t, 3> sizes{7, 7, 7};
  for (std::size_t r = 0; r < sizes.size(); ++r) {
    const auto region = "r" + std::to_string(r);
    state_definition inside{.name = region, .type = state_type::compound};
    for (std::size_t n = 0; n < sizes[r]; ++n) {
      state_definition s{.name = region + "_" + std::to_string(n)};
      const auto way = [&](const std::string& event, std::size_t to) {
        transition_definition t;
        t.events = {event};
        t.targets = {region + "_" + std::to_string(to % sizes[r])};
        s.transitions.push_back(std::move(t));
      };
      way("forward." + region, n + 1);
      if (n > 1) {
        way("back." + region, n - 1);
      }
      if (n + 1 == sizes[r]) {
        way("reopen", 0);
      }
      inside.children.push_back(std::move(s));
    }
    all.children.push_back(std::move(inside));
  }
  d.states.push_back(std::move(all));
  return d;
}

void compile_three_regions(benchmark::State& state) {
  const auto d = three_regions();
  std::size_t states = 0;
  for (auto _ : state) {
    const auto rules = compile(d);
    states = rules.state_count();
    benchmark::DoNotOptimize(rules);
  }
  if (states != 25) {
    state.SkipWithError("not 25 states");
  }
}

void determinise_three_regions(benchmark::State& state) {
  const auto rules = compile(three_regions());
  for (auto _ : state) {
    const auto table = dispatch_table::build(rules);
    benchmark::DoNotOptimize(table->row_count());
  }
}

[[maybe_unused]] const bool registered = [] {
  for (const auto& s : machine::streams()) {
    const auto subject = [&](const char* what, const char* who) {
      return what + ("." + std::string(s.name)) + "/" + who;
    };
    const auto add = [&](const std::string& name, void (*run)(benchmark::State&, const machine::stream&)) {
      benchmark::RegisterBenchmark(name.c_str(), [run, &s](benchmark::State& state) { run(state, s); });
    };
    add(subject("step", "ours"), step_ours);
    add(subject("step", "dense_table"), step_dense_table);
    add(subject("step", "boost_msm"), step_msm);
    add(subject("step", "interpreter"), step_interpreter);
    add(subject("record", "ours"), record_ours);
    add(subject("record", "dense_table"), record_dense_table);
  }
  for (const bool ahead : {false, true}) {
    const std::string subject = ahead ? "random_ahead.10M" : "random.10M";
    benchmark::RegisterBenchmark((subject + "/ours").c_str(), [=](benchmark::State& s) { random_ours(s, ahead); });
    benchmark::RegisterBenchmark((subject + "/dense_table").c_str(),
                                 [=](benchmark::State& s) { random_dense_table(s, ahead); });
  }
  benchmark::RegisterBenchmark("in_order.10M/ours", in_order_ours);
  benchmark::RegisterBenchmark("in_order.10M/bare_table", in_order_bare_table);
  benchmark::RegisterBenchmark("compile.25_states/ours", compile_three_regions);
  benchmark::RegisterBenchmark("determinise.25_states/ours", determinise_three_regions);
  return true;
}();

} // namespace
