// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/calendar/goal/goal_text.hpp>
#include <plaint/clock/clock_state.hpp>
#include <plaint/clock/compiled_clock.hpp>
#include <plaint/clock/detail/state_fields.hpp>
#include <plaint/lifecycle/lifecycle.hpp>
#include <plaint/reader.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

namespace detail {

/// The state of one clock by names: of its calendars, thresholds, extensions and reasons, of the lifecycle's events.
class clock_state_names {
public:
  clock_state_names(const compiled_clock& c, const lifecycle& in) : c_(c), in_(in) {
    for (const auto& t : c.definition.thresholds) {
      thresholds_.push_back(t.id);
    }
    for (const auto& e : c.definition.extensions) {
      extensions_.push_back(e.id);
    }
    for (const auto& each : c.calendars) {
      calendars_.push_back(calendar_name(each));
    }
    for (const auto& row : c.definition.goals) {
      goals_.push_back(to_string(row.goal) + (row.guard.empty() ? "" : " if " + row.guard));
    }
    if (c.definition.pause) {
      reasons_ = c.definition.pause->reasons;
    }
  }

  [[nodiscard]] node write(const clock_state& s) const {
    node all = node::sequence_of();
    for (const auto& y : s.cycles) {
      all.push(write(y));
    }
    return all;
  }

  [[nodiscard]] clock_state read(const value_reader& from) const {
    clock_state s;
    if (!from.value().is_sequence()) {
      from.fault("wrong-type", "a list of cycles is required");
      return s;
    }
    for (const auto& item : from.items()) {
      s.cycles.push_back(read_cycle(item));
    }
    return s;
  }

private:
  /// "office", "office in Asia/Tokyo", "office as summer in Asia/Tokyo" for an edition.
  [[nodiscard]] std::string calendar_name(const clock_calendar& one) const {
    const auto first =
        std::find_if(c_.calendars.begin(), c_.calendars.end(), [&](const auto& o) { return o.rule == one.rule; });
    return (first->name == one.name ? one.name : first->name + " as " + one.name) +
           (one.zone.empty() ? "" : " in " + one.zone);
  }

  template <class Names>
  [[nodiscard]] static std::string name_of(const Names& names, std::uint16_t place) {
    return place < names.size() ? std::string(names[place]) : std::string{};
  }

  template <class Cycle>
  [[nodiscard]] static auto flags(Cycle& y) {
    return std::array{
        std::pair("paused", &y.paused),      std::pair("held", &y.held), std::pair("overridden", &y.overridden),
        std::pair("exceeded", &y.exceeded),  std::pair("late", &y.late), std::pair("waived", &y.waived),
        std::pair("recurring", &y.recurring)};
  }

  [[nodiscard]] node write(const clock_cycle& y) const {
    state_writer w;
    w.time("started", y.started, instant{});
    w.time("anchor", y.anchor);
    w.time("since", y.since, instant{});
    w.time("due", y.due);
    w.time("crossed", y.crossed);
    w.time("stopped", y.stopped);
    w.time("next", y.next);
    w.number("closed", y.closed);
    w.number("carried", y.carried);
    w.number("pause_used", y.pause_used);
    w.number("reviews", y.reviews);
    w.text("edition", name_of(calendars_, y.edition));
    w.text("verdict", y.result == verdict::none ? "" : verdict_words[static_cast<std::size_t>(y.result)]);
    for (const auto& [name, is] : flags(y)) {
      w.flag(std::string(name), *is);
    }
    w.list("generations", y.generations, [&](const auto& g) { return write(g); });
    w.list("segments", y.segments, [&](const auto& s) { return write(s); });
    w.list("fired", y.fired, [&](const auto& f) { return write(f); });
    w.list("extensions", y.extensions, [&](const auto& e) { return write(e); });
    w.list("revisions", y.revisions, [&](const auto& r) { return write(r); });
    w.list("parts", y.parts, [](std::int64_t n) { return node::integer_of(n); });
    return std::move(w.to);
  }

  [[nodiscard]] node write(const clock_generation& g) const {
    state_writer w;
    w.time("since", g.since, instant{});
    w.time("due", g.due);
    w.time("crossed", g.crossed);
    w.number("amount", g.amount, -1);
    w.number("added", g.added);
    w.text("goal", name_of(goals_, g.row));
    w.text("calendar", name_of(calendars_, g.calendar));
    w.text("replaced", name_of(extensions_, g.replaced));
    w.flag("late", g.late);
    return std::move(w.to);
  }

  [[nodiscard]] node write(const clock_segment& s) const {
    state_writer w;
    w.time("from", s.from, instant{});
    w.time("to", s.to);
    w.number("sequence", static_cast<std::int64_t>(s.sequence));
    w.text("event", in_.event_name(s.event));
    w.number("generation", s.generation);
    w.text("calendar", name_of(calendars_, s.calendar));
    w.text("reason", name_of(reasons_, s.reason));
    w.text("cause", segment_cause_words[static_cast<std::size_t>(s.cause)]);
    w.flag("paused", s.paused);
    return std::move(w.to);
  }

  [[nodiscard]] node write(const clock_fired& f) const {
    state_writer w;
    w.time("at", f.at, instant{});
    w.text("threshold", name_of(thresholds_, f.threshold));
    w.number("repetition", f.repetition);
    w.number("generation", f.generation);
    w.flag("skipped", f.skipped);
    return std::move(w.to);
  }

  [[nodiscard]] node write(const clock_extension& e) const {
    state_writer w;
    w.time("at", e.at, instant{});
    w.time("due_before", e.due_before);
    w.time("due_after", e.due_after);
    w.number("sequence", static_cast<std::int64_t>(e.sequence));
    w.number("amount_before", e.amount_before, -1);
    w.number("added_before", e.added_before);
    w.text("replaced_before", name_of(extensions_, e.replaced_before));
    w.text("extension", name_of(extensions_, e.extension));
    w.text("reason", e.extension < extensions_.size() ? name_of(c_.definition.extensions[e.extension].reasons, e.reason)
                                                      : std::string{});
    w.flag("revokes", e.revokes);
    return std::move(w.to);
  }

  [[nodiscard]] node write(const clock_revision& r) const {
    state_writer w;
    w.time("at", r.at, instant{});
    w.time("due_before", r.due_before);
    w.time("due_after", r.due_after);
    w.time("crossed_before", r.crossed_before);
    w.time("crossed_after", r.crossed_after);
    w.text("before", verdict_words[static_cast<std::size_t>(r.before)]);
    w.text("after", verdict_words[static_cast<std::size_t>(r.after)]);
    w.text("calendar", name_of(calendars_, r.calendar));
    return std::move(w.to);
  }

  [[nodiscard]] clock_cycle read_cycle(const value_reader& from) const {
    state_reader_fields r(from);
    clock_cycle y;
    y.started = r.time("started", instant{});
    y.anchor = r.time("anchor");
    y.since = r.time("since", instant{});
    y.due = r.time("due");
    y.crossed = r.time("crossed");
    y.stopped = r.time("stopped");
    y.next = r.time("next");
    y.closed = r.number("closed");
    y.carried = r.number("carried");
    y.pause_used = r.number("pause_used");
    y.reviews = r.small("reviews");
    y.edition = place(r, "edition", calendars_);
    y.result = static_cast<verdict>(r.word("verdict", verdict_words));
    for (const auto& [name, is] : flags(y)) {
      *is = r.flag(name);
    }
    for (const auto& item : r.list("generations")) {
      y.generations.push_back(read_generation(item));
    }
    for (const auto& item : r.list("segments")) {
      y.segments.push_back(read_segment(item));
    }
    for (const auto& item : r.list("fired")) {
      y.fired.push_back(read_fired(item));
    }
    for (const auto& item : r.list("extensions")) {
      y.extensions.push_back(read_extension(item));
    }
    for (const auto& item : r.list("revisions")) {
      y.revisions.push_back(read_revision(item));
    }
    for (const auto& item : r.list("parts")) {
      y.parts.push_back(item.integer().value_or(0));
    }
    r.finish();
    if (y.generations.empty() || y.segments.empty()) {
      from.fault("missing", "a cycle has a generation and a segment");
      y.generations.resize(std::max<std::size_t>(1, y.generations.size()));
      y.segments.resize(std::max<std::size_t>(1, y.segments.size()));
    }
    for (const auto& g : y.generations) {
      const bool whole = g.replaced == no_id || c_.extensions[g.replaced].to;
      const auto leaves =
          (whole && g.replaced != no_id ? *c_.extensions[g.replaced].to : c_.goals[g.row]).leaves.size();
      if (!whole || (&g == &y.generations.back() && y.parts.size() != leaves - 1)) {
        from.fault("bad-value", "what is consumed does not fit the goal");
        y.generations = {clock_generation{}};
        y.parts.assign(c_.goals.front().leaves.size() - 1, 0);
        break;
      }
    }
    return y;
  }

  template <class Names>
  [[nodiscard]] static std::uint16_t place(state_reader_fields& r, std::string_view name, const Names& names,
                                           std::uint16_t otherwise = no_id) {
    return static_cast<std::uint16_t>(r.word(name, names, otherwise));
  }

  [[nodiscard]] clock_generation read_generation(const value_reader& from) const {
    state_reader_fields r(from);
    clock_generation g{.since = r.time("since", instant{}), .due = r.time("due"), .crossed = r.time("crossed")};
    g.amount = r.number("amount", -1);
    g.added = r.number("added");
    g.row = place(r, "goal", goals_, 0);
    g.calendar = place(r, "calendar", calendars_, 0);
    g.replaced = place(r, "replaced", extensions_);
    g.late = r.flag("late");
    r.finish();
    return g;
  }

  [[nodiscard]] clock_segment read_segment(const value_reader& from) const {
    state_reader_fields r(from);
    clock_segment s{.from = r.time("from", instant{}), .to = r.time("to")};
    s.sequence = static_cast<std::uint64_t>(r.number("sequence"));
    if (const auto event = r.member("event")) {
      const auto name = event->text().value_or("");
      s.event = in_.event(name);
      if (in_.event_name(s.event) != name) {
        event->fault("unknown-event", "\"" + name + "\" is no event of the lifecycle");
      }
    }
    s.generation = r.small("generation");
    s.calendar = place(r, "calendar", calendars_, 0);
    s.reason = place(r, "reason", reasons_);
    s.cause = static_cast<segment_cause>(r.word("cause", segment_cause_words));
    s.paused = r.flag("paused");
    r.finish();
    return s;
  }

  [[nodiscard]] clock_fired read_fired(const value_reader& from) const {
    state_reader_fields r(from);
    clock_fired f{.at = r.time("at", instant{}), .threshold = place(r, "threshold", thresholds_, 0)};
    f.repetition = r.small("repetition");
    f.generation = r.small("generation");
    f.skipped = r.flag("skipped");
    r.finish();
    return f;
  }

  [[nodiscard]] clock_extension read_extension(const value_reader& from) const {
    state_reader_fields r(from);
    clock_extension e{
        .at = r.time("at", instant{}), .due_before = r.time("due_before"), .due_after = r.time("due_after")};
    e.sequence = static_cast<std::uint64_t>(r.number("sequence"));
    e.amount_before = r.number("amount_before", -1);
    e.added_before = r.number("added_before");
    e.replaced_before = place(r, "replaced_before", extensions_);
    e.extension = place(r, "extension", extensions_, 0);
    e.reason =
        e.extension < extensions_.size() ? place(r, "reason", c_.definition.extensions[e.extension].reasons) : no_id;
    e.revokes = r.flag("revokes");
    r.finish();
    return e;
  }

  [[nodiscard]] clock_revision read_revision(const value_reader& from) const {
    state_reader_fields r(from);
    clock_revision v{.at = r.time("at", instant{}),
                     .due_before = r.time("due_before"),
                     .due_after = r.time("due_after"),
                     .crossed_before = r.time("crossed_before"),
                     .crossed_after = r.time("crossed_after")};
    v.before = static_cast<verdict>(r.word("before", verdict_words));
    v.after = static_cast<verdict>(r.word("after", verdict_words));
    v.calendar = place(r, "calendar", calendars_, 0);
    r.finish();
    return v;
  }

  const compiled_clock& c_;
  const lifecycle& in_;
  std::vector<std::string> thresholds_{};
  std::vector<std::string> extensions_{};
  std::vector<std::string> calendars_{};
  std::vector<std::string> goals_{};
  std::vector<std::string> reasons_{};
};

} // namespace detail

/// The cycles of a clock as a document that holds names, never internal numbers.
[[nodiscard]] inline node write_clock_state(const compiled_clock& c, const lifecycle& in, const clock_state& s) {
  return detail::clock_state_names(c, in).write(s);
}

/// The state that `write_clock_state` wrote; a name that the policy does not have is a finding.
[[nodiscard]] inline clock_state read_clock_state(const compiled_clock& c, const lifecycle& in,
                                                  const value_reader& from) {
  return detail::clock_state_names(c, in).read(from);
}

} // namespace plaint
