// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/horizon_error.hpp>
#include <plaint/desk/case_log.hpp>
#include <plaint/desk/case_outcomes.hpp>
#include <plaint/desk/detail/bound_column.hpp>
#include <plaint/desk/detail/case_run.hpp>
#include <plaint/desk/detail/plain_policy.hpp>
#include <plaint/desk/detail/plain_run.hpp>
#include <plaint/desk/detail/plain_ways.hpp>
#include <plaint/policy/policy.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Every case of a log, one after the other, on one working complaint; without any where the policy is plain.
class log_run {
public:
  /// Throws `std::invalid_argument` where the log does not fit itself or the policy. `shortcut` is false to have the
  /// general path only.
  log_run(const policy& by, const case_log& log, bool shortcut = true)
      : by_(by), log_(log), run_(by), fields_(by.schema().event_fields.size()) {
    check_shape();
    for (const auto& name : log.event_names) {
      events_.push_back(by.lifecycle().event(name));
    }
    for (const auto& name : log.role_names) {
      std::vector<refusal> refused;
      actors_.push_back(view_of(by, {.role = name}, refused));
      require(refused.empty(), "\"" + name + "\" is no role of the policy");
      actors_.back().id = actors_.back().role = name; // logs name no people: a role stands for whoever acts in it
    }
    bind(log.attributes, log.cases, given_);
    bind(log.data, log.event.size(), data_);
    prepare();
    if (shortcut && log.data.empty() && is_plain(by) && plain_run::suits(by)) {
      plain_.emplace(by, plain_ways(by, events_, log.event_names, actors_));
    }
  }

  [[nodiscard]] case_outcomes run() {
    const std::size_t events = log_.event.size();
    for (std::size_t begin = 0, end = 0; begin < events; begin = end) {
      end = begin + 1;
      while (end < events && log_.owner[end] == log_.owner[begin]) {
        ++end;
      }
      run_case(begin, end);
    }
    return std::move(out_);
  }

private:
  static void require(bool holds, std::string_view otherwise) {
    if (!holds) {
      throw std::invalid_argument(std::string(otherwise));
    }
  }

  void check_shape() const {
    const auto events = log_.event.size();
    require(log_.owner.size() == events && log_.at.size() == events,
            "case, event and at must have one value for each event");
    require(log_.role.empty() || log_.role.size() == events, "role must have one value for each event");
    for (std::size_t i = 0; i < events; ++i) {
      const bool first = i == 0 || log_.owner[i] != log_.owner[i - 1];
      require(log_.owner[i] < log_.cases && (i == 0 || log_.owner[i] >= log_.owner[i - 1]), "cases must be in order");
      require(first == (log_.event[i] == case_log::opening), "each case begins with its opening, and has but one");
      require(first || (log_.event[i] >= 0 && static_cast<std::size_t>(log_.event[i]) < log_.event_names.size()),
              "an event must be a place in the list of names");
      require(log_.role.empty() || log_.role[i] < static_cast<std::int64_t>(log_.role_names.size()),
              "a role must be a place in the list of roles");
    }
  }

  /// Both what the opening gives and what events carry are event fields.
  void bind(const std::vector<log_column>& columns, std::size_t rows, std::vector<bound_column>& into) {
    std::vector<std::string> known;
    for (const auto& f : by_.schema().event_fields) {
      known.push_back(f.name);
    }
    for (const auto& c : columns) {
      const auto place = by_.schema().event_field(c.name);
      const auto near = place ? "" : nearest(c.name, known);
      require(place.has_value(), "\"" + c.name + "\" is neither an attribute nor a field of events" +
                                     (near.empty() ? "" : "; did you mean \"" + near + "\"?"));
      require(c.size() == rows, "the column of \"" + c.name + "\" has another length");
      into.emplace_back(c, by_.schema().event_fields[*place], *place);
      const auto* texts = std::get_if<category_column>(&c.values);
      require(texts == nullptr ||
                  std::all_of(texts->codes.begin(), texts->codes.end(),
                              [&](std::int32_t code) { return code < static_cast<std::int64_t>(texts->names.size()); }),
              "the column of \"" + c.name + "\" has a code without a name");
    }
  }

  void prepare() {
    out_.accepted.assign(log_.cases, 0);
    out_.state.assign(log_.cases, case_outcomes::never_opened);
    out_.clocks.resize(by_.named_clocks());
    for (auto& c : out_.clocks) {
      for (auto* column : {&c.due, &c.started, &c.stopped, &c.breached}) {
        column->assign(log_.cases, no_instant);
      }
      c.outcome.assign(log_.cases, clock_outcome::none);
    }
  }

  void run_case(std::size_t begin, std::size_t end) {
    const auto refused = out_.refused.size();
    try {
      if (plain_ && run_plain(begin, end)) {
        return;
      }
    } catch (const horizon_error&) { // rare
    }
    out_.refused.shorten(refused);
    try {
      run_events(begin, end, false);
    } catch (const horizon_error&) { // rare: once more, with a copy to fall back on before each event
      out_.refused.shorten(refused);
      run_events(begin, end, true);
    }
  }

  /// False where the case must be run the general way.
  [[nodiscard]] bool run_plain(std::size_t begin, std::size_t end) {
    const auto owner = log_.owner[begin];
    std::uint32_t accepted = 0;
    if (!begins(begin) || !read(given_, owner, begin)) {
      return false;
    }
    plain_->begin(fields_, given_);
    if (!plain_->open(role_of(begin), latest_)) {
      return false;
    }
    for (auto i = begin + 1; i < end; ++i) {
      if (happens(i)) {
        if (plain_->handle(log_.event[i], role_of(i), latest_)) {
          ++accepted;
        } else {
          out_.refused.add(i, plain_->why());
        }
      }
    }
    const auto until = log_.as_of ? std::max(*log_.as_of, latest_) : latest_;
    if (!plain_->ordinary(until)) {
      return false;
    }
    out_.accepted[owner] = accepted;
    plain_->note(owner, until, out_);
    return true;
  }

  void run_events(std::size_t begin, std::size_t end, bool careful) {
    const auto owner = log_.owner[begin];
    out_.accepted[owner] = 0;
    const bool opened = begins(begin) && read(given_, owner, begin) && guarded(begin, careful, [&] {
                          return run_.open(latest_, fields_, actor_of(begin)) || refuse(begin);
                        });
    if (!opened) {
      return refuse_rest(begin + 1, end);
    }
    for (auto i = begin + 1; i < end; ++i) {
      out_.accepted[owner] += handle(i, careful) ? 1 : 0;
    }
    (void)guarded(end - 1, careful, [&] {
      run_.advance(log_.as_of ? std::max(*log_.as_of, latest_) : latest_);
      return true;
    });
    run_.note(owner, out_);
  }

  [[nodiscard]] bool begins(std::size_t i) {
    if (log_.at[i] == no_instant) {
      out_.refused.add(i, "the opening has no time");
      return false;
    }
    latest_ = instant(duration{log_.at[i]});
    return true;
  }

  /// Sets the instant at which an event takes effect; false where it cannot.
  [[nodiscard]] bool happens(std::size_t i) {
    if (log_.at[i] == no_instant) {
      out_.refused.add(i, "the event has no time");
      return false;
    }
    const instant at(duration{log_.at[i]});
    if (at < latest_ - log_.slack) {
      out_.refused.add(i, "an event must not be earlier than the one before it");
      return false;
    }
    latest_ = std::max(at, latest_);
    return true;
  }

  [[nodiscard]] bool handle(std::size_t i, bool careful) {
    const auto which = static_cast<std::size_t>(log_.event[i]);
    return happens(i) && read(data_, i, i) && guarded(i, careful, [&] {
             return run_.handle(events_[which], log_.event_names[which], latest_, fields_, actor_of(i)) || refuse(i);
           });
  }

  void refuse_rest(std::size_t from, std::size_t end) {
    for (auto i = from; i < end; ++i) {
      out_.refused.add(i, "the complaint was not opened");
    }
  }

  /// Runs a step; in careful mode one that meets the horizon is refused and undone.
  template <class Step>
  [[nodiscard]] bool guarded(std::size_t i, bool careful, Step step) {
    if (!careful) {
      return step();
    }
    run_.save();
    try {
      return step();
    } catch (const horizon_error& e) {
      run_.restore();
      out_.refused.add(i, e.what());
      return false;
    }
  }

  bool refuse(std::size_t i) {
    out_.refused.add(i, run_.why());
    return false;
  }

  [[nodiscard]] bool read(const std::vector<bound_column>& columns, std::size_t row, std::size_t event) {
    for (auto& v : fields_) {
      v = value();
    }
    faults_.clear();
    for (const auto& c : columns) {
      c.read(row, fields_[c.place()], faults_);
    }
    if (faults_.empty()) {
      return true;
    }
    std::string all;
    for (const auto& f : faults_) {
      all += (all.empty() ? "" : "; ") + f;
    }
    out_.refused.add(event, all);
    return false;
  }

  [[nodiscard]] std::int32_t role_of(std::size_t i) const noexcept {
    return log_.role.empty() || log_.role[i] < 0 ? -1 : log_.role[i];
  }

  [[nodiscard]] actor_view actor_of(std::size_t i) const noexcept {
    const auto role = role_of(i);
    return role < 0 ? actor_view{} : actors_[static_cast<std::size_t>(role)];
  }

  const policy& by_;
  const case_log& log_;
  case_run run_;
  std::vector<event_id> events_{};
  std::vector<actor_view> actors_{};
  std::vector<bound_column> given_{};
  std::vector<bound_column> data_{};
  std::vector<value> fields_;
  std::vector<std::string> faults_{};
  instant latest_{}; ///< of the events of this case so far, the refused ones too
  std::optional<plain_run> plain_{};
  case_outcomes out_{};
};

} // namespace plaint::detail
