// SPDX-License-Identifier: BSL-1.0
// The desk at scale: what a complaint with four clocks takes, what it costs to open, wake, move, save and load many,
// and to replay a log. PLAINT_BENCH_COMPLAINTS says how many there are (default: a million; the aims are for ten).
#include <plaint/complaint/caseworker.hpp>
#include <plaint/desk/desk.hpp>
#include <plaint/desk/desk_file.hpp>
#include <plaint/io/yaml.hpp>

#include <benchmark/benchmark.h>

#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

using namespace plaint;

constexpr const char* text = R"(
plaint: 1
id: bench
version: 1
calendars: { office: { zone: Europe/London, hours: { mon-fri: ["09:00-17:00"] }, horizon: { from: 2026, to: 2028 } } }
attributes: { severity: { enum: [minor, severe], default: severe } }
roles: { agent: {}, customer: { class: customer } }
lifecycle:
  initial: open
  states:
    open: { on: { note: { by: agent, do: [{ notice: ack }] }, answer: { target: answered, by: agent, do: [{ notice: final }] } } }
    answered: { on: { object: { target: open, by: customer } } }
clocks:
  acknowledge: { start: opened, stop: notice(ack), goals: [{ goal: 1 business day }], thresholds: { late: { at: at due, do: [{ notify: agent }] } } }
  answer: { start: opened, stop: notice(final), retarget: pin, goals: [{ if: severity == "minor", goal: 4h }, { goal: 3 business days }] }
  resolve: { start: opened, stop: notice(final), goals: [{ goal: 10 business days }] }
  statutory: { start: opened, stop: notice(final), goals: [{ goal: 8 weeks }] }
)";

constexpr const char* ladders = R"(
ladders:
  late: { trigger: breach(answer), steps: [{ notify: agent }, { after: 1 business day, notify: agent }], ends_on: stop(answer) }
)";

std::size_t complaints() {
  const char* given = std::getenv("PLAINT_BENCH_COMPLAINTS");
  return given != nullptr ? static_cast<std::size_t>(std::strtoull(given, nullptr, 10)) : 1'000'000;
}

const instant first = *parse_instant("2026-03-02T09:00:00Z");
/// Within thirty days, at random.
const std::chrono::seconds span = std::chrono::days{30};

event said(std::string name, instant at, std::string role) {
  return {.name = std::move(name), .effective_at = at, .recorded_at = at, .actor = {.role = std::move(role)}};
}

std::vector<desk_event> openings(std::size_t from, std::size_t to) {
  std::vector<desk_event> all;
  for (auto i = from; i < to; ++i) {
    const auto at = first + std::chrono::seconds{i * static_cast<std::size_t>(span.count()) / complaints()};
    all.push_back({"C-" + std::to_string(i), said("opened", at, "customer")});
  }
  return all;
}

const policy& rules() {
  static const policy made = load_policy(read_yaml(text));
  return made;
}

std::string stored() {
  return (std::filesystem::temp_directory_path() / "plaint_bench.desk").string();
}

/// All of them open, in the order of time.
std::unique_ptr<desk> filled() {
  auto d = std::make_unique<desk>(rules());
  constexpr std::size_t piece = 100'000;
  for (std::size_t i = 0; i < complaints(); i += piece) {
    (void)d->apply_all(openings(i, std::min(i + piece, complaints())));
  }
  return d;
}

/// The same, from the file; made once.
std::unique_ptr<desk> loaded() {
  static const bool made = [] {
    save(*filled(), stored());
    return true;
  }();
  (void)made;
  return std::make_unique<desk>(load_desk(rules(), stored()));
}

/// What one thread takes is counted as its process's own time, so that others at work do not count; what several take
/// together is elapsed time.
class stopwatch {
public:
  explicit stopwatch(unsigned threads = 1) : threads_(threads) {}

  [[nodiscard]] double seconds() const {
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begun_;
    return threads_ > 1 ? elapsed.count() : static_cast<double>(std::clock() - own_) / CLOCKS_PER_SEC;
  }
  void tell(benchmark::State& state, std::size_t things) const {
    state.SetIterationTime(seconds());
    state.SetItemsProcessed(static_cast<std::int64_t>(things));
  }

private:
  unsigned threads_;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  std::clock_t own_ = std::clock();
};

/// Counts what `work` does, by the thing.
template <class Work>
void count(benchmark::State& state, std::size_t things, Work work, unsigned threads = 1) {
  const stopwatch watch(threads);
  work();
  watch.tell(state, things);
}

void memory(benchmark::State& state) {
  for (auto _ : state) {
    const auto d = loaded();
    state.SetIterationTime(1e-9);
    state.counters["bytes_each"] = static_cast<double>(d->bytes()) / static_cast<double>(d->size());
  }
}

void open_table(benchmark::State& state) {
  const auto n = std::min<std::size_t>(complaints(), 200'000);
  for (auto _ : state) {
    desk d(rules());
    const auto events = openings(0, n);
    count(state, n, [&] { benchmark::DoNotOptimize(d.apply_all(events)); });
  }
}

void apply_random(benchmark::State& state) {
  const auto d = loaded();
  const auto n = std::min<std::size_t>(complaints(), 200'000);
  std::vector<desk_event> events;
  std::mt19937_64 random(1);
  for (std::size_t i = 0; i < n; ++i) {
    events.push_back({"C-" + std::to_string(random() % complaints()), said("note", first + span, "agent")});
  }
  for (auto _ : state) {
    count(state, n, [&] { benchmark::DoNotOptimize(d->apply_all(events)); });
  }
}

void advance_idle(benchmark::State& state) {
  const auto d = loaded();
  for (auto _ : state) {
    benchmark::DoNotOptimize(d->advance(first));
  }
}

/// What fires in a day, minute by minute, while the rest sleeps.
void advance_due(benchmark::State& state) {
  const auto d = loaded();
  auto now = first + std::chrono::days{8};
  (void)d->advance(now);
  for (auto _ : state) {
    std::size_t fired = 0;
    std::size_t told = 0;
    const stopwatch watch;
    for (int minute = 0; minute < 1440; ++minute) {
      now += std::chrono::minutes{1};
      told += d->advance(now).size();
      fired += d->fired();
    }
    watch.tell(state, fired);
    state.counters["fired"] = static_cast<double>(fired);
    state.counters["effects"] = static_cast<double>(told);
  }
}

void save_all(benchmark::State& state) {
  const auto d = loaded();
  const auto path = stored() + ".copy";
  for (auto _ : state) {
    count(state, complaints(), [&] { save(*d, path); });
  }
  state.counters["MB"] = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
  std::filesystem::remove(path);
}

void load_all(benchmark::State& state, unsigned threads) {
  (void)loaded();
  for (auto _ : state) {
    std::optional<desk> d;
    count(
        state, complaints(), [&] { d = load_desk(rules(), stored(), threads); }, threads);
  }
  state.counters["MB"] = static_cast<double>(std::filesystem::file_size(stored())) / 1e6;
}

// --- moving deadlines, without complaints ---

/// The queue of the desk beside a column of deadlines, cleared of numbers left behind as the desk does it.
struct our_queue {
  std::vector<instant> due;
  detail::wake_queue queue{};
  explicit our_queue(std::size_t n) : due(n, instant::max()) {}
  void move(std::uint32_t who, std::uint32_t seconds) {
    due[who] = first + std::chrono::seconds{seconds};
    queue.push(who, due[who]);
    if (queue.is_crowded(due.size())) {
      queue.refill(static_cast<std::uint32_t>(due.size()), [&](std::uint32_t each) { return due[each]; });
    }
  }
};

/// What is usual: a hierarchical wheel over minutes, four levels of 64 slots, linked both ways.
struct wheel {
  static constexpr std::uint32_t nobody = 0xffffffff;
  struct link {
    std::uint32_t next = nobody;
    std::uint32_t before = nobody; ///< from the number of timers on: the first one of a slot
  };
  std::vector<link> links;
  std::vector<std::uint32_t> due;
  std::vector<std::uint32_t> heads = std::vector<std::uint32_t>(256, nobody);
  explicit wheel(std::size_t n) : links(n), due(n, nobody) {}

  void move(std::uint32_t who, std::uint32_t seconds) {
    if (due[who] != nobody) {
      take_out(who);
    }
    due[who] = seconds;
    const auto minute = (seconds + 59) / 60;
    const std::uint32_t level = minute < 64 ? 0 : minute < 4096 ? 1 : minute < 262144 ? 2 : 3;
    const auto slot = level * 64 + (minute >> 6 * level & 63U);
    links[who] = {heads[slot], static_cast<std::uint32_t>(links.size()) + slot};
    if (heads[slot] != nobody) {
      links[heads[slot]].before = who;
    }
    heads[slot] = who;
  }
  void take_out(std::uint32_t who) {
    const auto l = links[who];
    (l.before >= links.size() ? heads[l.before - links.size()] : links[l.before].next) = l.next;
    if (l.next != nobody) {
      links[l.next].before = l.before;
    }
  }
};

/// The least that can be done: a bucket for each minute, and a number left behind in the old one.
struct minute_buckets {
  std::vector<std::vector<std::uint32_t>> buckets = std::vector<std::vector<std::uint32_t>>(60 * 1440 + 1);
  std::vector<std::uint32_t> due;
  explicit minute_buckets(std::size_t n) : due(n) {}
  void move(std::uint32_t who, std::uint32_t seconds) {
    due[who] = seconds;
    buckets[(seconds + 59) / 60].push_back(who);
  }
};

template <class Queue>
void move_random(benchmark::State& state) {
  const auto n = complaints();
  for (auto _ : state) {
    Queue q(n);
    std::mt19937 random(1);
    const auto second = [&] { return static_cast<std::uint32_t>(random() % (60 * 86400)); };
    for (std::uint32_t i = 0; i < n; ++i) {
      q.move(i, second());
    }
    count(state, 2 * n, [&] { // enough for numbers left behind to be cleared away
      for (std::size_t i = 0; i < 2 * n; ++i) {
        q.move(static_cast<std::uint32_t>(random() % n), second());
      }
    });
  }
}

// --- replay ---

/// case,event,seconds,role: complaints in order, three or four events each.
std::string log_of(std::size_t events) {
  std::string all;
  std::mt19937 random(1);
  std::size_t rows = 0;
  for (std::size_t c = 0; rows < events; ++c) {
    auto at =
        std::chrono::duration_cast<std::chrono::seconds>(first.time_since_epoch()).count() + 60 * random() % 90'000;
    const auto row = [&](const char* name, const char* role) {
      all += "C-" + std::to_string(c) + "," + name + "," + std::to_string(at) + "," + role + "\n";
      at += random() % 300'000;
      ++rows;
    };
    row("opened", "customer");
    row("note", "agent");
    row("answer", "agent");
    if (random() % 2 == 0) {
      row("object", "customer");
      row("answer", "agent");
    }
  }
  return all;
}

/// Takes the text before the next separator off the front.
std::string_view cut(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const auto piece = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return piece;
}

/// Every event of the log by the complaint that it belongs to, with its journal; sealed where that is asked for.
void replay_journals(benchmark::State& state, bool sealed) {
  const auto with_ladders = load_policy(read_yaml(std::string(text) + ladders));
  const auto log = log_of(300'000);
  for (auto _ : state) {
    std::unordered_map<std::string, case_file> files;
    caseworker worker(with_ladders);
    std::size_t events = 0;
    const stopwatch watch;
    for (std::string_view rest = log; !rest.empty(); ++events) {
      const std::string id(cut(rest, ','));
      const std::string name(cut(rest, ','));
      const auto number = cut(rest, ',');
      std::int64_t seconds = 0;
      std::from_chars(number.data(), number.data() + number.size(), seconds);
      auto what = said(name, instant(std::chrono::seconds{seconds}), std::string(cut(rest, '\n')));
      if (name == "opened") {
        worker.open(files[id], id, std::move(what));
      } else if (!worker.apply(files[id], std::move(what)).accepted) {
        state.SkipWithError("an event was refused");
      }
    }
    if (sealed) {
      for (auto& [id, file] : files) {
        seal(file.journal);
      }
    }
    watch.tell(state, events);
  }
}

} // namespace

BENCHMARK(memory)->Name("memory/ours")->UseManualTime()->Iterations(1)->Repetitions(1);
BENCHMARK(open_table)->Name("open_table/ours")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(apply_random)->Name("apply_table/ours")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(advance_idle)->Name("advance_idle/ours")->Iterations(100'000)->Repetitions(3);
BENCHMARK(advance_due)->Name("advance_due/ours")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(move_random<our_queue>)->Name("move/ours")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(move_random<wheel>)->Name("move/wheel")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(move_random<minute_buckets>)->Name("move/minute_buckets")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK(save_all)->Name("save/ours")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK_CAPTURE(load_all, one, 1)->Name("load/ours")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK_CAPTURE(load_all, two, 2)->Name("load/two_threads")->UseManualTime()->Iterations(1)->Repetitions(3);
BENCHMARK_CAPTURE(replay_journals, plain, false)
    ->Name("replay_journal/ours")
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(3);
BENCHMARK_CAPTURE(replay_journals, sealed, true)
    ->Name("replay_sealed/ours")
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(3);
