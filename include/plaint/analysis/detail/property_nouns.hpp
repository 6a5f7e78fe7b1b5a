// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/property_words.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Reads the sentences about things: tables, cycles, clocks, notices, roles, attributes.
class property_nouns : protected property_words {
public:
  using property_words::property_words;

protected:
  /// "X is complete", "complete X", "every table is complete and disjoint".
  [[nodiscard]] std::vector<property> read_tables() {
    bool complete = false;
    bool disjoint = false;
    std::size_t begin = 0;
    std::size_t end = end_;
    const auto take = [&](std::size_t at) {
      const bool c = is(at, "complete");
      const bool d = is(at, "disjoint");
      complete = complete || c;
      disjoint = disjoint || d;
      return c || d;
    };
    if (take(0)) {
      begin = 1;
      if (is(1, "and") && take(2)) {
        begin = 3;
      }
      begin += is(begin, ":") ? 1 : 0;
    } else if (take(end - 1)) {
      --end;
      if (end > 1 && is(end - 1, "and") && take(end - 2)) {
        end -= 2;
      }
      while (end > 0 && is_any(end - 1, {"is", "are", "both"})) {
        --end;
      }
    } else {
      return {};
    }
    const auto over = find({"in", "of"}, begin);
    subjects where;
    if (over && over->begin < end && over->begin > begin) { // "dispatch in registered"
      if (auto s = several(over->end, end)) {
        where = std::move(*s);
      }
      end = over->begin;
    }
    subjects what;
    const bool all = begin == end || after_every(begin) > 0 || is_any(begin, {"tables", "table", "decision"});
    if (!all) {
      auto s = several(begin, end);
      if (!s) {
        return {};
      }
      what = std::move(*s);
    }
    std::vector<property> made_of;
    for (const auto kind : {property_kind::complete, property_kind::disjoint}) {
      if (kind == property_kind::complete ? complete : disjoint) {
        auto p = made(kind);
        p.subject = what;
        p.target = where;
        made_of.push_back(std::move(p));
      }
    }
    return made_of;
  }

  [[nodiscard]] std::optional<property> read_cycles() {
    std::size_t at = after_every(0);
    if (!is_any(at, {"cycle", "cycles", "loop", "loops"})) {
      return std::nullopt;
    }
    ++at;
    auto p = made(property_kind::bounded_cycles);
    const auto bounded = find({"bounded"}, at);
    if (!bounded) {
      return std::nullopt;
    }
    if (is_any(at, {"through", "over", "of"})) {
      auto end = bounded->begin;
      while (end > at && is_any(end - 1, {"is", "are"})) {
        --end;
      }
      auto s = several(at + 1, end);
      if (!s) {
        return std::nullopt;
      }
      p.subject = std::move(*s);
    }
    if (is(bounded->end, "by")) {
      p.words = plain(bounded->end + 1, end_, {"consent", "customer's"});
      for (std::size_t i = bounded->end + 1; i < end_; ++i) {
        if (is(i, "customer's")) {
          p.words.emplace_back("customer");
        }
      }
    } else if (bounded->end != end_) {
      return std::nullopt;
    }
    return p;
  }

  [[nodiscard]] std::optional<property> read_clock() {
    const auto has = find({"has a clock", "have a clock", "has clock", "runs a clock", "is timed"});
    if (!has || has->end != end_ || has->begin == 0) {
      return std::nullopt;
    }
    auto p = made(property_kind::has_clock);
    const auto at = after_every(0);
    if (at > 0 && is_any(at, {"waiting", "open"})) {
      p.words = {lower(words_[at])};
      return p;
    }
    if (at > 0 && is_any(at, {"state", "states"})) {
      p.words = {"open"};
      return p;
    }
    auto s = several(0, has->begin);
    if (!s) {
      return std::nullopt;
    }
    p.subject = std::move(*s);
    return p;
  }

  [[nodiscard]] std::optional<property> read_carries() {
    const auto verb = find({"carries", "carry", "must carry", "contains"});
    if (!verb || verb->begin == 0 || verb->end == end_) {
      return std::nullopt;
    }
    std::size_t at = after_every(0);
    auto p = made(property_kind::carries);
    const bool any = at > 0 && is_any(at, {"notice", "notices"}) && at + 1 == verb->begin;
    if (!any) {
      auto s = several(at, verb->begin);
      if (!s) {
        return std::nullopt;
      }
      for (auto& each : *s) {
        each.kind = each.kind == subject_kind::name ? subject_kind::notice : each.kind;
      }
      p.subject = std::move(*s);
    }
    p.words = plain(verb->end, end_);
    return p;
  }

  [[nodiscard]] std::optional<property> read_roles() {
    const auto by = find({"only by", "may only be done by", "is done only by"});
    if (by && by->begin > 0 && by->end < end_) {
      return roles(property_kind::only_roles, by->end, end_, 0, by->begin);
    }
    if (is_any(0, {"only"}) || phrase(0, "nobody but") > 0 || phrase(0, "no one but") > 0) {
      const auto begin = is(0, "only") ? std::size_t{1} : is(0, "nobody") ? std::size_t{2} : std::size_t{3};
      const auto may = find({"may", "can"}, begin);
      return may && may->begin > begin && may->end < end_
                 ? roles(property_kind::only_roles, begin, may->begin, may->end, end_)
                 : std::nullopt;
    }
    const auto not_may = find({"may not", "may never", "must not", "can not", "cannot", "can never", "must never"});
    if (not_may && not_may->begin > 0 && not_may->end < end_) {
      return roles(property_kind::not_roles, 0, not_may->begin, not_may->end, end_);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<property> roles(property_kind kind, std::size_t begin, std::size_t end, std::size_t what,
                                              std::size_t what_end) const {
    auto p = made(kind);
    p.words = plain(begin, end, {"role", "roles"});
    while (what < what_end && is_any(what, {"do", "send", "fire", "enter", "reach", "be"})) {
      ++what;
    }
    auto s = several(what, what_end);
    if (!s || p.words.empty()) {
      return std::nullopt;
    }
    p.subject = std::move(*s);
    return p;
  }

  /// "root_cause and responsibility are set at notice(final)".
  [[nodiscard]] std::optional<property> read_set() {
    const auto set = find({"is set at", "are set at", "is set in", "are set in", "is set before", "are set before"});
    if (!set || set->begin == 0 || set->end == end_) {
      return std::nullopt;
    }
    auto p = made(property_kind::always_set);
    p.words = plain(0, set->begin);
    auto s = several(set->end, end_);
    if (!s) {
      return std::nullopt;
    }
    p.target = std::move(*s);
    return p;
  }
};

} // namespace plaint::detail
