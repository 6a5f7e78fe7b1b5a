// SPDX-License-Identifier: BSL-1.0
// One desk, fed with the same random events in one go, in pieces, through files at random places, and by two threads:
// its digest must be the same each time. PLAINT_BENCH_EVENTS says how many events there are (default: a million; ten
// for the figure that is aimed at), a hundredth of them open complaints.
#include <plaint/desk/desk.hpp>
#include <plaint/desk/desk_file.hpp>
#include <plaint/io/yaml.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace plaint;

constexpr const char* text = R"(
plaint: 1
id: replays
version: 1
calendars: { office: { zone: Europe/London, hours: { mon-fri: ["09:00-17:00"] }, horizon: { from: 2026, to: 2028 } } }
attributes: { severity: { enum: [minor, severe], default: severe }, problem: { string: { max: 200 } } }
roles: { customer: { class: customer }, hotline: {}, lead: {} }
lifecycle:
  initial: lodged
  states:
    lodged: { on: { register: { target: open, by: hotline, require: [problem], do: [{ notice: ack }] } } }
    open:
      on:
        ask: { target: waiting, by: hotline }
        answer: { target: answered, by: lead, do: [{ notice: final }] }
        register: { by: hotline, require: [problem] }
    waiting: { on: { reply: { target: open, by: customer } }, after: { 10 days: { target: open } } }
    answered: { on: { object: { target: open, by: customer } }, after: { 15 days: { target: closed } } }
    closed: { on: { object: { target: open, by: customer } } }
clocks:
  acknowledge: { start: opened, stop: notice(ack), goals: [{ goal: 2h }], thresholds: { remind: { at: 50%, do: [{ notify: hotline }] } } }
  answer:
    start: enter(open)
    stop: notice(final)
    cycles: independent
    pause: { while: { papers: in_state("waiting") }, at_most: 200 days }
    goals: [{ if: severity == "minor", goal: "2 business days, due at end of day" }, { goal: 3 business days }]
    thresholds: { warn: { at: 1 business day before, do: [{ notify: lead }] }, late: { at: at due, do: [{ escalate: lead }] } }
ladders:
  late: { trigger: breach(answer), steps: [{ notify: lead }, { after: 1 business day, notify: lead }], ends_on: stop(answer) }
)";

std::size_t events() {
  const char* given = std::getenv("PLAINT_BENCH_EVENTS");
  return given != nullptr ? static_cast<std::size_t>(std::strtoull(given, nullptr, 10)) : 1'000'000;
}

const policy& rules() {
  static const policy made = load_policy(read_yaml(text));
  return made;
}

/// Random events in the order of time, some possible and some not, made piece by piece: ten million don't fit at once.
class traffic {
public:
  [[nodiscard]] bool done() const noexcept { return made_ == events(); }

  [[nodiscard]] std::vector<desk_event> take(std::size_t most) {
    std::vector<desk_event> all;
    for (; all.size() < most && !done(); ++made_) {
      all.push_back(made_ < complaints_ ? opening() : happening());
    }
    return all;
  }
  [[nodiscard]] instant now() const noexcept { return at_; }

private:
  [[nodiscard]] desk_event said(std::size_t who, std::string name, std::string role) {
    desk_event e{.complaint = "C-" + std::to_string(who)};
    e.what = {.name = std::move(name), .effective_at = at_, .recorded_at = at_, .actor = {.role = std::move(role)}};
    return e;
  }
  [[nodiscard]] desk_event opening() {
    at_ += std::chrono::milliseconds{random_() % 2000};
    return said(made_, "opened", "customer");
  }
  [[nodiscard]] desk_event happening() {
    constexpr std::array<std::pair<const char*, const char*>, 6> acts{{{"register", "hotline"},
                                                                       {"ask", "hotline"},
                                                                       {"reply", "customer"},
                                                                       {"answer", "lead"},
                                                                       {"object", "customer"},
                                                                       {"shout", "lead"}}};
    at_ += std::chrono::milliseconds{random_() % 1000};
    const auto which = random_() % acts.size();
    auto e = said(random_() % complaints_, acts[which].first, acts[which].second);
    if (which == 0) {
      e.what.data.add("problem", node::text_of("noise"));
      e.what.data.add("severity", node::text_of(random_() % 2 == 0 ? "minor" : "severe"));
    }
    if (random_() % 64 == 0) {
      e.what.key = "key-" + std::to_string(random_() % 1000);
    }
    return e;
  }

  std::mt19937_64 random_{7};
  std::size_t complaints_ = std::max<std::size_t>(1, events() / 100);
  std::size_t made_ = 0;
  instant at_ = *parse_instant("2026-03-02T10:00:00Z");
};

struct way {
  bool pieces = false; ///< of random sizes, with time passing in between
  bool files = false;  ///< saved and loaded at random
  unsigned threads = 1;
};

struct ending {
  std::string digest{};
  std::size_t accepted = 0;
  std::size_t effects = 0;
};

ending run(const way& how) {
  traffic from;
  desk d(rules(), how.threads);
  ending end;
  std::mt19937 random(how.threads);
  const auto path = (std::filesystem::temp_directory_path() / "plaint_replays.desk").string();
  while (!from.done()) {
    const auto some = from.take(how.pieces ? 1 + random() % 60'000 : 100'000);
    const auto did = d.apply_all(some);
    end.accepted += some.size() - did.rejections.size();
    end.effects += did.effects.size();
    if (how.pieces) {
      end.effects += d.advance(from.now()).size();
    }
    if (how.files && random() % 8 == 0) {
      save(d, path);
      d = load_desk(rules(), path, how.threads);
    }
  }
  end.effects += d.advance(from.now() + std::chrono::days{60}).size();
  end.digest = d.digest();
  std::filesystem::remove(path);
  return end;
}

const ending& in_one_go() {
  static const ending made = run({});
  return made;
}

void replay(benchmark::State& state, way how) {
  const auto& expected = in_one_go();
  for (auto _ : state) {
    const auto begun = std::chrono::steady_clock::now();
    const auto end = run(how);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    state.SetIterationTime(took.count());
    state.SetItemsProcessed(static_cast<std::int64_t>(events()));
    state.counters["accepted"] = static_cast<double>(end.accepted);
    state.counters["effects"] = static_cast<double>(end.effects);
    if (end.digest != expected.digest || end.accepted != expected.accepted || end.effects != expected.effects) {
      state.SkipWithError("the desk ended otherwise than in one go");
    }
  }
}

} // namespace

BENCHMARK_CAPTURE(replay, go, way{})->Name("in_one_go/ours")->UseManualTime()->Iterations(1)->Repetitions(1);
BENCHMARK_CAPTURE(replay, pieces, way{.pieces = true})
    ->Name("in_pieces/ours")
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(1);
BENCHMARK_CAPTURE(replay, files, way{.pieces = true, .files = true})
    ->Name("through_files/ours")
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(1);
BENCHMARK_CAPTURE(replay, threads, way{.threads = 2})
    ->Name("by_two_threads/ours")
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(1);
BENCHMARK_CAPTURE(replay, all, way{.pieces = true, .files = true, .threads = 2})
    ->Name("by_two_threads_in_pieces_through_files/ours")
    ->UseManualTime()
    ->Iterations(1)
    ->Repetitions(1);
