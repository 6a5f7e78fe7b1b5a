// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/detail/property_nouns.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Reads the sentences that properties are written in; here those about what comes when.
class property_reader : private property_nouns {
public:
  using property_nouns::property_nouns;

  [[nodiscard]] std::vector<property> read() {
    if (words_.empty()) {
      return {};
    }
    if (end_ == 1 && words_[0].size() > 2 && (words_[0][0] == 'P' || words_[0][0] == 'p') && words_[0][1] == '-') {
      auto p = made(property_kind::catalogue);
      p.words = {"P" + words_[0].substr(1)};
      return {p};
    }
    if (auto tables = read_tables(); !tables.empty()) {
      return tables;
    }
    std::optional<property> sentence;
    const auto first = [&](std::optional<property> p) {
      sentence = std::move(p);
      return sentence.has_value();
    };
    if (first(read_cycles()) || first(read_clock()) || first(read_carries()) || first(read_roles()) ||
        first(read_set()) || first(read_never_after()) || first(read_within()) || first(read_before()) ||
        first(read_possible()) || first(read_reach())) {
      return {std::move(*sentence)};
    }
    return {};
  }

private:
  [[nodiscard]] std::size_t without_verbs(std::size_t begin, std::size_t end) const {
    while (end > begin && is_any(end - 1, {"is",   "are",    "comes", "come",   "happens", "happen",  "told",
                                           "sent", "given",  "must",  "always", "again",   "taken",   "done",
                                           "be",   "passed", "was",   "has",    "been",    "reached", "occurs"})) {
      --end;
    }
    return end;
  }

  [[nodiscard]] std::optional<property> pair(property_kind kind, std::size_t a, std::size_t a_end, std::size_t b,
                                             std::size_t b_end) const {
    auto p = made(kind);
    auto first = several(a, without_verbs(a, a_end));
    auto second = several(b, without_verbs(b, b_end));
    if (!first || !second) {
      return std::nullopt;
    }
    p.subject = std::move(*first);
    p.target = std::move(*second);
    return p;
  }

  [[nodiscard]] std::optional<property> read_never_after() {
    const auto after = find({"after"});
    if (!after) {
      return std::nullopt;
    }
    if (after->begin == 0) { // "after B never A"
      const auto never = find({"never", "no"}, 1);
      return never && never->end < end_ ? pair(property_kind::never_after, never->end, end_, 1, never->begin)
                                        : std::nullopt;
    }
    if (is_any(0, {"never", "no"})) {
      return pair(property_kind::never_after, 1, after->begin, after->end, end_);
    }
    const auto never = find({"never", "is never", "must not", "must never"});
    if (!never || never->begin == 0 || never->begin > after->begin) {
      return std::nullopt;
    }
    return pair(property_kind::never_after, 0, never->begin, after->end, end_);
  }

  /// "B within 8 weeks of A", "from A to B within 8 weeks", "A to B within 3 business days on office".
  [[nodiscard]] std::optional<property> read_within() {
    const auto within = find({"within", "in at most"});
    if (!within || within->begin == 0 || within->end == end_) {
      return std::nullopt;
    }
    auto p = made(property_kind::within);
    auto end = end_;
    if (const auto on = find({"on"}, within->end); on && on->end + 1 == end_) {
      p.calendar = words_[on->end];
      end = on->begin;
    }
    const auto anchor = find({"of", "after", "from", "since"}, within->end);
    auto goal_end = end;
    if (anchor && anchor->begin < end && !phrase(anchor->begin, "of the same") && !phrase(anchor->begin, "of same")) {
      auto s = several(anchor->end, end);
      if (!s) {
        return std::nullopt;
      }
      p.subject = std::move(*s);
      goal_end = anchor->begin;
    }
    for (auto at = within->end; at < goal_end; ++at) {
      p.goal += (p.goal.empty() ? "" : " ") + words_[at];
    }
    std::size_t begin = is(0, "from") ? 1 : 0;
    const auto to = find({"to"}, begin);
    if (p.subject.empty() && to && to->begin < within->begin && to->begin > begin) {
      auto s = several(begin, to->begin);
      if (!s) {
        return std::nullopt;
      }
      p.subject = std::move(*s);
      begin = to->end;
    }
    auto target = several(begin, without_verbs(begin, within->begin));
    if (!target || p.goal.empty()) {
      return std::nullopt;
    }
    p.target = std::move(*target);
    return p;
  }

  [[nodiscard]] std::optional<property> read_before() {
    subjects anew;
    const auto whole = end_;
    if (const auto again =
            find({"anew after each", "anew after every", "anew after", "again after each", "again after every",
                  "again after", "since the last", "since each", "since", "after each", "after every", "anew"})) {
      if (again->begin > 0) {
        if (again->end == end_) {
          anew = {{subject_kind::reopening, {}}};
        } else if (auto s = several(again->end, end_)) {
          anew = std::move(*s);
        }
        end_ = anew.empty() ? end_ : again->begin;
      }
    }
    auto p = read_order();
    end_ = whole;
    if (p) {
      p->anew = std::move(anew);
    }
    return p;
  }

  [[nodiscard]] std::optional<property> read_order() {
    for (const auto* head : {"every path to", "every way to", "each path to", "all paths to", "any path to"}) {
      if (const auto n = phrase(0, head)) {
        const auto verb =
            find({"passes", "pass", "goes through", "go through", "passes through", "contains", "must pass"}, n);
        return verb && verb->begin > n && verb->end < end_ ? with_except(verb->end, end_, n, verb->begin)
                                                           : std::nullopt;
      }
    }
    for (const auto* head : {"no path to", "no way to", "no", "never"}) {
      const auto n = phrase(0, head);
      const auto without = find({"without"}, n);
      if (n > 0 && without && without->begin > n && without->end < end_) {
        return with_except(without->end, end_, n, without->begin);
      }
    }
    if (const auto only = find({"only after", "requires", "needs"}); only && only->begin > 0 && only->end < end_) {
      return with_except(only->end, end_, 0, only->begin);
    }
    if (const auto b = find({"comes before", "before", "precedes", "dominates"}); b && b->begin > 0 && b->end < end_) {
      return with_except(0, b->begin, b->end, end_);
    }
    return std::nullopt;
  }

  /// The target may be "everything but lodged".
  [[nodiscard]] std::optional<property> with_except(std::size_t a, std::size_t a_end, std::size_t b,
                                                    std::size_t b_end) const {
    const auto but = find({"but", "except", "other than"}, b);
    if (!but || but->begin >= b_end || but->begin == b) {
      return pair(property_kind::before, a, a_end, b, b_end);
    }
    auto p = pair(property_kind::before, a, a_end, b, but->begin);
    auto except = several(but->end, b_end);
    if (!p || !except) {
      return std::nullopt;
    }
    p->except = std::move(*except);
    return p;
  }

  [[nodiscard]] std::optional<property> read_possible() {
    const auto finish = [&](property_kind kind, std::size_t a, std::size_t a_end, std::size_t b,
                            std::size_t b_end) -> std::optional<property> {
      auto p = made(kind);
      auto what = several(a, a_end);
      if (!what) {
        return std::nullopt;
      }
      p.subject = std::move(*what);
      const auto at = after_every(b);
      if (at > 0 && is_any(at, {"open", "waiting", "closed"}) && is_any(at + 1, {"state", "states"})) {
        p.words = {lower(words_[at])};
      } else if (at > 0 && is_any(at, {"state", "states"})) {
        p.words = {"any"};
      } else if (auto where = several(b, b_end)) {
        p.target = std::move(*where);
      } else {
        return std::nullopt;
      }
      return p;
    };
    if (const auto no = find({"is never possible in", "is refused in", "is impossible in", "is not possible in"});
        no && no->begin > 0 && no->end < end_) {
      return finish(property_kind::impossible, 0, no->begin, no->end, end_);
    }
    if (const auto yes = find({"is possible in", "is always possible in"}); yes && yes->begin > 0 && yes->end < end_) {
      return finish(property_kind::possible, 0, yes->begin, yes->end, end_);
    }
    if (const auto refuses = find({"refuses", "never allows"}); refuses && refuses->begin > 0 && refuses->end < end_) {
      return finish(property_kind::impossible, refuses->end, end_, 0, refuses->begin);
    }
    if (const auto allows = find({"allows", "allow", "accepts"}); allows && allows->begin > 0 && allows->end < end_) {
      return finish(property_kind::possible, allows->end, end_, 0, allows->begin);
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<property> read_reach() {
    if (phrase(0, "no dead ends") == end_ || phrase(0, "no dead end") == end_) {
      auto p = made(property_kind::can_reach);
      p.target = {{subject_kind::end, {}}};
      return p;
    }
    const auto reach = [&](property_kind kind, std::size_t a, std::size_t a_end, std::size_t b,
                           std::size_t b_end) -> std::optional<property> {
      auto p = made(kind);
      auto target = several(b, b_end);
      if (!target) {
        return std::nullopt;
      }
      p.target = std::move(*target);
      if (a < a_end && is(a, "from")) {
        ++a;
      }
      if (a < a_end && !(after_every(a) > 0)) {
        auto from = several(a, a_end);
        if (!from) {
          return std::nullopt;
        }
        p.subject = std::move(*from);
      }
      return p;
    };
    const auto path = std::max(phrase(0, "every path"), phrase(0, "each path"));
    if (path > 0) {
      const auto verb = find({"reaches", "ends in", "leads to", "comes to"}, path);
      return verb && verb->end < end_ ? reach(property_kind::must_reach, path, verb->begin, verb->end, end_)
                                      : std::nullopt;
    }
    if (const auto must =
            find({"must reach", "inevitably reaches", "surely reaches", "in the end reaches", "eventually reaches"});
        must && must->end < end_) {
      return reach(property_kind::must_reach, 0, must->begin, must->end, end_);
    }
    if (const auto can = find({"always reaches", "can always reach", "can still reach", "can reach", "always reach"});
        can && can->end < end_) {
      if (const auto from = find({"from"}, can->end); from && from->end < end_ && can->begin == 0) {
        return reach(property_kind::can_reach, from->end, end_, can->end, from->begin);
      }
      return reach(property_kind::can_reach, 0, can->begin, can->end, end_);
    }
    const auto only = [&](property_kind kind, std::size_t b, std::size_t b_end) -> std::optional<property> {
      auto p = made(kind);
      auto s = several(b, b_end);
      if (!s) {
        return std::nullopt;
      }
      p.subject = std::move(*s);
      return p;
    };
    if (const auto no =
            find({"is never reached", "is unreachable", "is not reachable", "never happens", "is never sent"});
        no && no->begin > 0 && no->end == end_) {
      return only(property_kind::unreachable, 0, no->begin);
    }
    if (const auto yes = find({"is reachable", "are reachable", "can be reached", "can happen"});
        yes && yes->begin > 0 && yes->end == end_) {
      return only(property_kind::reachable, 0, yes->begin);
    }
    if (is(0, "unreachable") && end_ > 1) {
      return only(property_kind::unreachable, 1, end_);
    }
    if (is_any(0, {"reachable", "reachable:"}) && end_ > 1) {
      return only(property_kind::reachable, 1, end_);
    }
    return std::nullopt;
  }
};

} // namespace plaint::detail
