// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/case_model.hpp>
#include <plaint/analysis/detail/probing.hpp>
#include <plaint/lifecycle/detail/with_words.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace plaint {

using detail::happening;
using detail::happening_kind;

/// How far cases are enumerated; what goes beyond leaves properties undecided, never wrong.
struct case_limits {
  std::size_t nodes = 200'000;
  std::size_t moves = 2'000'000;
  std::size_t ways = 20'000; ///< through one event in one situation
};

/// One step that some complaint can make: an event by some actors, or the firing of a timer, from one situation to
/// another.
struct case_move {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  event_id event = no_id;  ///< `no_id`: the opening
  std::uint16_t group = 0; ///< in `case_graph::groups`
  detail::stretch32 happenings{};
  std::uint64_t raised_counts = 0;
  std::uint64_t other_sets = 0;
  bool moves = false;         ///< a state is left
  bool customer_only = false; ///< nobody but customers can make it
  bool guessed = false;       ///< hangs on time or clocks, which the graph does not hold
};

/// All situations that complaints can come to, by the lifecycle's own step: a configuration together with the values of
/// the attributes on which something hangs. Node 0 is the complaint that is not yet opened; nodes come in the order of
/// their distance from it.
///
/// Exact where only states, roles, document order, data and counters decide. What time and clocks decide is taken to go
/// either way (`approximate`), so that what never happens here never happens at all.
class case_graph {
public:
  explicit case_graph(plaint::lifecycle of, const case_limits& limits = {}, const detail::case_interest& also = {})
      : of_(std::move(of)), model_(std::make_unique<detail::case_model>(of_.chart(), also)), limits_(limits) {
    detail::with_words(of_.chart(), [&](auto words) { explore<decltype(words)::value>(); });
  }

  [[nodiscard]] const plaint::lifecycle& lifecycle() const noexcept { return of_; }
  [[nodiscard]] std::size_t node_count() const noexcept { return where_.size(); }
  [[nodiscard]] const std::vector<case_move>& moves() const noexcept { return moves_; }
  [[nodiscard]] std::span<const happening> happenings(const case_move& m) const noexcept {
    return detail::chart::part(happenings_, m.happenings);
  }
  [[nodiscard]] const configuration& where(std::uint32_t node) const noexcept { return where_[node]; }
  /// A number that nodes share if they are in the same configuration.
  [[nodiscard]] std::uint32_t row(std::uint32_t node) const noexcept { return rows_[node]; }
  [[nodiscard]] std::span<const std::uint16_t> codes(std::uint32_t node) const noexcept {
    return {codes_.data() + node * width(), width()};
  }
  /// The moves from a node: a stretch of `moves`.
  [[nodiscard]] std::span<const case_move> from(std::uint32_t node) const noexcept {
    return {moves_.data() + first_[node], first_[node + 1] - first_[node]};
  }
  [[nodiscard]] const std::vector<bool>& active(std::uint32_t node) const noexcept { return active_[rows_[node]]; }
  [[nodiscard]] bool is_active(std::uint32_t node, state_id s) const noexcept { return node != 0 && active(node)[s]; }

  /// False if the limits were met; then only what was found is certain.
  [[nodiscard]] bool complete() const noexcept { return complete_; }
  [[nodiscard]] bool approximate() const noexcept { return approximate_; }

  [[nodiscard]] const detail::case_model& model() const noexcept { return *model_; }
  [[nodiscard]] const detail::acting_group& group(const case_move& m) const noexcept {
    return model_->groups[m.event][m.group];
  }

  /// True if the data of an event can set an attribute where a complaint stands at a node.
  [[nodiscard]] bool can_bring(std::uint32_t node, event_id event, std::uint16_t slot) const {
    if (event == no_id) {
      return true; // the opening
    }
    const auto& in = of_.chart();
    if (of_.is_timer_event(event) || std::none_of(in.brings[event].begin(), in.brings[event].end(),
                                                  [&](std::uint16_t f) { return in.field_slots[f] == slot; })) {
      return false;
    }
    return !model_->keeps(slot, [&](std::size_t s) { return is_active(node, static_cast<state_id>(s)); });
  }

  /// One way through the step that a move stands for: what it takes, and what it does.
  [[nodiscard]] std::optional<detail::probe> way_of(const case_move& m) const {
    std::optional<detail::probe> found;
    detail::with_words(of_.chart(), [&](auto words) {
      probe_each<decltype(words)::value>(m.from, m.event, m.group, [&](detail::probe& p) {
        if (!found && p.moved && p.to == where_[m.to] &&
            std::equal(p.codes.begin(), p.codes.end(), codes(m.to).begin(), codes(m.to).end()) &&
            std::equal(p.happenings.begin(), p.happenings.end(), happenings(m).begin(), happenings(m).end())) {
          found = std::move(p);
        }
      });
    });
    return found;
  }

private:
  [[nodiscard]] std::size_t width() const noexcept { return model_->tracked.size(); }

  struct key_hash {
    std::size_t operator()(const std::pair<configuration, std::vector<std::uint16_t>>& key) const noexcept {
      auto mixed = std::hash<configuration>{}(key.first);
      for (const auto code : key.second) {
        mixed = (mixed ^ code) * 0x9e3779b97f4a7c15ULL;
        mixed ^= mixed >> 29U;
      }
      return mixed;
    }
  };

  template <std::size_t Words, class Visit>
  bool probe_each(std::uint32_t node, event_id column, std::size_t group, const Visit& visit) const {
    const std::vector<std::uint16_t> held(codes(node).begin(), codes(node).end());
    const auto from = where_[node];
    return detail::each_way(
        limits_.ways,
        [&](std::vector<detail::way_answer>& answers) {
          detail::probing<Words> run(*model_, from, held, space_, answers);
          return column == no_id ? run.begin() : run.on(column, model_->groups[column][group]);
        },
        [&](detail::probe p) {
          auto also = with_data(p, node, column);
          visit(p);
          if (also) {
            visit(*also);
          }
        });
  }

  /// The same way with data for whatever nothing has looked at yet, if a condition may still ask whether it is set: a
  /// way out that wants it unset is closed by that. All of it at once is the worst, for data sets and never unsets.
  [[nodiscard]] std::optional<detail::probe> with_data(const detail::probe& p, std::uint32_t node,
                                                       event_id column) const {
    std::optional<detail::probe> found;
    for (std::size_t i = 0; p.moved && i < p.codes.size(); ++i) {
      const auto slot = model_->tracked[i];
      const auto decided = std::any_of(p.pins.begin(), p.pins.end(),
                                       [&](const auto& pin) { return !pin.is_field && pin.place == slot; });
      if (p.codes[i] != detail::may_be_anything || decided || !model_->questioned[slot] ||
          model_->values[slot].empty() || !can_bring(node, column, slot)) {
        continue;
      }
      found = found ? std::move(found) : std::optional(p);
      found->codes[i] = detail::may_be_any_value;
      found->pins.push_back({false, true, slot, model_->values[slot].front()});
    }
    return found;
  }

  template <std::size_t Words>
  void explore() {
    const auto& in = of_.chart();
    std::vector<std::uint16_t> codes;
    for (const auto slot : model_->tracked) {
      const auto& initial = in.names.attributes[slot].initial;
      const auto& values = model_->values[slot];
      const bool free = model_->use[slot] == detail::slot_use::free; // the opening's data may set it
      const auto place = std::find(values.begin(), values.end(), initial) - values.begin();
      codes.push_back(free                  ? (initial.is_absent() ? detail::may_be_anything : detail::may_be_any_value)
                      : initial.is_absent() ? detail::is_unset
                                            : static_cast<std::uint16_t>(detail::first_value + place));
    }
    (void)node_of<Words>({}, codes);
    first_.push_back(0);
    complete_ = cell<Words>(0, no_id, 0);
    first_.push_back(static_cast<std::uint32_t>(moves_.size()));
    for (std::uint32_t node = 1; node < where_.size(); ++node) {
      const auto from = where_[node];
      const detail::opened<Words> at(in, from);
      for (std::size_t column = 0; complete_ && column <= in.unknown_column() && !from.terminated; ++column) {
        if (!listens<Words>(at, column) || is_overtaken(at, column)) {
          continue;
        }
        for (std::size_t g = 0; g < model_->groups[column].size(); ++g) {
          complete_ = cell<Words>(node, static_cast<event_id>(column), g) && complete_;
        }
      }
      first_.push_back(static_cast<std::uint32_t>(moves_.size()));
    }
  }

  template <std::size_t Words>
  [[nodiscard]] bool listens(const detail::opened<Words>& at, std::size_t column) const {
    const auto& in = of_.chart();
    if (column < in.first_timer && in.events[column].starts_with("done.state.")) {
      return false; // reports of the lifecycle itself
    }
    bool any = !in.root_lists[column].empty();
    for (std::size_t i = 0; i < Words; ++i) {
      any = any || (at.active.word[i] & in.listening[column * Words + i]) != 0;
    }
    return any;
  }

  /// A timer that another one of its state, or of one around it, always forestalls: it began no later and is shorter.
  template <std::size_t Words>
  [[nodiscard]] bool is_overtaken(const detail::opened<Words>& at, std::size_t column) const {
    const auto& in = of_.chart();
    if (column < in.first_timer || column >= in.events.size()) {
      return false;
    }
    const auto timer_of = [&](std::size_t c) {
      return std::find_if(in.timers.begin(), in.timers.end(),
                          [&](const auto& t) { return t.kind == timer_kind::after && t.event == c; });
    };
    const auto mine = timer_of(column);
    if (mine == in.timers.end() || mine->state == no_id || !at.active.test(mine->state)) {
      return false;
    }
    const auto length = plain_length_of(mine->duration);
    for (const auto& other : in.timers) {
      if (other.kind != timer_kind::after || other.event == mine->event ||
          (other.state != mine->state && !in.inside(mine->state, other.state))) {
        continue;
      }
      const auto shorter = plain_length_of(other.duration);
      if (!length || !shorter || shorter->in_days != length->in_days || shorter->amount >= length->amount) {
        continue;
      }
      for (std::size_t t = 0; t < in.transitions.size(); ++t) {
        const auto& d = *in.transition_definitions[t];
        if (in.transitions[t].source == other.state && d.after == other.duration && d.guard.empty() &&
            d.require.empty() && !in.transitions[t].targets.empty() && !in.transitions[t].internal) {
          return true;
        }
      }
    }
    return false;
  }

  /// A length such as "15 days" or "2h" as a number, and its kind: only lengths of one kind can be compared.
  struct plain_length {
    bool in_days = false;
    std::int64_t amount = 0;
  };
  [[nodiscard]] static std::optional<plain_length> plain_length_of(const std::string& text) {
    std::size_t i = 0;
    std::int64_t number = 0;
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9' && number < 1'000'000; ++i) {
      number = number * 10 + (text[i] - '0');
    }
    i = std::min(text.find_first_not_of(' ', i), text.size());
    const auto unit = std::string_view(text).substr(i);
    if (number > 0 && (unit == "h" || unit == "min")) {
      return plain_length{false, unit == "h" ? number * 60 : number};
    }
    if (number > 0 && (unit == "days" || unit == "day" || unit == "weeks" || unit == "week")) {
      return plain_length{true, unit.starts_with("week") ? number * 7 : number};
    }
    return std::nullopt;
  }

  template <std::size_t Words>
  std::uint32_t node_of(const configuration& at, const std::vector<std::uint16_t>& codes) {
    const auto [found, fresh] = known_.emplace(std::pair(at, codes), static_cast<std::uint32_t>(where_.size()));
    if (fresh) {
      where_.push_back(at);
      codes_.insert(codes_.end(), codes.begin(), codes.end());
      const auto [row, new_row] = row_of_.emplace(at, static_cast<std::uint32_t>(active_.size()));
      if (new_row) {
        std::vector<bool> states(of_.state_count());
        const detail::opened<Words> open(of_.chart(), at);
        for (std::size_t s = 0; s < states.size(); ++s) {
          states[s] = open.active.test(s);
        }
        active_.push_back(std::move(states));
      }
      rows_.push_back(row->second);
    }
    return found->second;
  }

  /// All that can come of one event by one group of actors; false where the limits are met.
  template <std::size_t Words>
  bool cell(std::uint32_t node, event_id column, std::size_t group) {
    const auto begin = moves_.size();
    const bool whole = probe_each<Words>(node, column, group, [&](detail::probe& p) {
      if (p.moved && moves_.size() <= limits_.moves && where_.size() <= limits_.nodes) {
        note<Words>(node, column, group, begin, p);
      }
    });
    return whole && moves_.size() <= limits_.moves && where_.size() <= limits_.nodes;
  }

  template <std::size_t Words>
  void note(std::uint32_t node, event_id column, std::size_t group, std::size_t begin, const detail::probe& p) {
    const auto to = node_of<Words>(p.to, p.codes);
    approximate_ = approximate_ || p.guessed;
    for (auto i = begin; i < moves_.size(); ++i) {
      auto& known = moves_[i];
      const auto did = happenings(known);
      if (known.to == to && known.raised_counts == p.raised_counts && known.other_sets == p.other_sets &&
          std::equal(did.begin(), did.end(), p.happenings.begin(), p.happenings.end())) {
        known.guessed = known.guessed && p.guessed;
        return;
      }
    }
    case_move m{.from = node, .to = to, .event = column, .group = static_cast<std::uint16_t>(group)};
    m.happenings.begin = static_cast<std::uint32_t>(happenings_.size());
    happenings_.insert(happenings_.end(), p.happenings.begin(), p.happenings.end());
    m.happenings.end = static_cast<std::uint32_t>(happenings_.size());
    m.raised_counts = p.raised_counts;
    m.other_sets = p.other_sets;
    m.guessed = p.guessed;
    for (const auto& h : p.happenings) {
      m.moves = m.moves || h.kind == happening_kind::left;
    }
    if (column != no_id && !of_.is_timer_event(column)) {
      const auto& who = model_->groups[column][group].who;
      bool others = false;
      for (std::size_t a = 0; a < model_->actors.size(); ++a) {
        others = others || (who.test(a) && model_->actors[a].side != actor_class::customer);
      }
      m.customer_only = !others;
    }
    moves_.push_back(m);
  }

  plaint::lifecycle of_;
  std::unique_ptr<detail::case_model> model_;
  case_limits limits_;
  mutable detail::selection_space space_{};
  std::unordered_map<std::pair<configuration, std::vector<std::uint16_t>>, std::uint32_t, key_hash> known_{};
  std::unordered_map<configuration, std::uint32_t> row_of_{};
  std::vector<configuration> where_{};
  std::vector<std::uint16_t> codes_{};
  std::vector<std::uint32_t> rows_{};
  std::vector<std::vector<bool>> active_{};
  std::vector<std::uint32_t> first_{};
  std::vector<case_move> moves_{};
  std::vector<happening> happenings_{};
  bool complete_ = true;
  bool approximate_ = false;
};

} // namespace plaint
