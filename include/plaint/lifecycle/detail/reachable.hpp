// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/detail/exploring.hpp>
#include <plaint/lifecycle/detail/with_words.hpp>

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plaint::detail {

/// How far the configurations of a lifecycle are enumerated.
struct exploration_limits {
  std::size_t rows = 4096;
  std::size_t traces = 32768;
  std::size_t ways = 256;       ///< through one event in one configuration
  std::size_t microsteps = 256; ///< a lifecycle that allows itself more is not enumerated
};

/// All that can happen on one event in one configuration.
struct explored_cell {
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  stretch32 traces{};
};

/// The configurations that can be reached if every condition may go either way; none is left out where `complete`.
struct reachable {
  std::vector<configuration> rows{};
  std::vector<explored_cell> cells{}; ///< row by row; those in which nothing listens are left out
  trace_log log{};
  stretch32 beginnings{};
  bool complete = false;
};

template <std::size_t Words>
class explorer {
public:
  explorer(const chart& in, const exploration_limits& limits) : chart_(in), limits_(limits) {}

  reachable all() {
    if (chart_.definition.max_microsteps > limits_.microsteps) {
      return std::move(out_);
    }
    out_.log.entered.resize(chart_.states.size());
    const opened<Words> nothing(chart_, {});
    bool whole = explore(out_.beginnings, [&](std::vector<bool>& answers) {
      exploring<Words>(chart_, nothing, space_, answers, out_.log).begin();
    });
    for (std::size_t row = 0; whole && row < out_.rows.size(); ++row) {
      const opened<Words> at(chart_, out_.rows[row]);
      for (std::size_t column = 0; whole && column <= chart_.unknown_column() && !at.now.terminated; ++column) {
        if (!listens(at, column)) {
          continue;
        }
        explored_cell cell{static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(column), {}};
        whole = explore(cell.traces, [&](std::vector<bool>& answers) {
          exploring<Words>(chart_, at, space_, answers, out_.log).on(column);
        });
        out_.cells.push_back(cell);
      }
    }
    out_.complete = whole;
    return std::move(out_);
  }

private:
  [[nodiscard]] bool listens(const opened<Words>& at, std::size_t column) const {
    bool any = !chart_.root_lists[column].empty();
    for (std::size_t i = 0; i < Words; ++i) {
      any = any || (at.active.word[i] & chart_.listening[column * Words + i]) != 0;
    }
    return any;
  }

  template <class Run>
  bool explore(stretch32& into, const Run& run) {
    auto& traces = out_.log.traces;
    into.begin = static_cast<std::uint32_t>(traces.size());
    const bool whole = each_trace(limits_.ways, run, [&] {
      const trace& t = traces.back();
      if (t.end == trace_end::moved && known_.try_emplace(t.to, out_.rows.size()).second) {
        out_.rows.push_back(t.to);
      }
    });
    into.end = static_cast<std::uint32_t>(traces.size());
    return whole && out_.rows.size() <= limits_.rows && traces.size() <= limits_.traces;
  }

  const chart& chart_;
  exploration_limits limits_;
  selection_space space_{};
  std::unordered_map<configuration, std::size_t> known_{};
  reachable out_{};
};

[[nodiscard]] inline reachable explore(const chart& in, const exploration_limits& limits = {}) {
  return with_words(in, [&](auto words) { return explorer<decltype(words)::value>(in, limits).all(); });
}

} // namespace plaint::detail
