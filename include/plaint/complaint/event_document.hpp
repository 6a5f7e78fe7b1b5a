// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/digest.hpp>
#include <plaint/lifecycle/role.hpp>
#include <plaint/reader.hpp>
#include <plaint/time/iso8601.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace plaint {

/// An actor as data; nothing of what is empty.
[[nodiscard]] inline node write_actor(const actor& who) {
  node written = node::mapping_of();
  if (!who.id.empty()) {
    written.add("id", node::text_of(who.id));
  }
  if (!who.role.empty()) {
    written.add("role", node::text_of(who.role));
  }
  if (who.side != actor_class::none) {
    written.add("class", node::text_of(actor_class_words[static_cast<std::size_t>(who.side)]));
  }
  return written;
}

[[nodiscard]] inline actor read_actor(const value_reader& from) {
  actor who;
  object_reader fields(from);
  if (const auto id = fields.optional("id")) {
    who.id = id->text().value_or("");
  }
  if (const auto role = fields.optional("role")) {
    who.role = role->text().value_or("");
  }
  if (const auto side = fields.optional("class")) {
    if (const auto word = side->word(actor_class_words, "the class of an actor")) {
      who.side = static_cast<actor_class>(*word);
    }
  }
  fields.finish();
  return who;
}

/// Appends an event's members, always in the same order; nothing of what is empty.
inline void write_event(node& into, const event& what) {
  into.add("event", node::text_of(what.name));
  into.add("effective_at", node::text_of(to_iso8601(what.effective_at)));
  into.add("recorded_at", node::text_of(to_iso8601(what.recorded_at)));
  if (what.actor != actor{}) {
    into.add("actor", write_actor(what.actor));
  }
  if (what.data.is_mapping() && !what.data.keys.empty()) {
    into.add("data", what.data);
  }
  if (!what.key.empty()) {
    into.add("key", node::text_of(what.key));
  }
}

[[nodiscard]] inline node write_event(const event& what) {
  node all = node::mapping_of();
  write_event(all, what);
  return all;
}

namespace detail {

/// Adds to an object the members that `write_event` gives, as text; the host may have learned of it at another time.
inline void write_event(object_text& into, const event& what, instant recorded_at) {
  const auto time = [&](std::string_view name, instant t) {
    auto& out = into.member(name);
    out += '"';
    append_iso8601(out, t);
    out += '"';
  };
  into.add("event", what.name);
  time("effective_at", what.effective_at);
  time("recorded_at", recorded_at);
  const auto& who = what.actor;
  if (!who.id.empty() || !who.role.empty() || who.side != actor_class::none) {
    object_text written(into.member("actor"));
    if (!who.id.empty()) {
      written.add("id", who.id);
    }
    if (!who.role.empty()) {
      written.add("role", who.role);
    }
    if (who.side != actor_class::none) {
      written.add("class", actor_class_words[static_cast<std::size_t>(who.side)]);
    }
    written.finish();
  }
  if (what.data.is_mapping() && !what.data.keys.empty()) {
    append_canonical(into.member("data"), what.data);
  }
  if (!what.key.empty()) {
    into.add("key", what.key);
  }
}

inline instant read_instant(const value_reader& from) {
  const auto text = from.text();
  if (!text) {
    return {};
  }
  const auto read = parse_instant(*text);
  if (!read) {
    from.fault("bad-instant", "an instant such as 2026-01-31T09:00:00Z is required: " + to_string(read.fault()));
    return {};
  }
  return *read;
}

/// Reads an event's members out of a larger object; what is missing or wrong is a finding.
inline event read_event_members(object_reader& fields) {
  event what;
  if (const auto name = fields.required("event")) {
    what.name = name->text().value_or("");
  }
  if (const auto at = fields.required("effective_at")) {
    what.effective_at = read_instant(*at);
  }
  const auto recorded = fields.optional("recorded_at");
  what.recorded_at = recorded ? read_instant(*recorded) : what.effective_at;
  if (const auto who = fields.optional("actor")) {
    what.actor = read_actor(*who);
  }
  if (const auto data = fields.optional("data")) {
    if (!data->value().is_mapping()) {
      data->fault("wrong-type", "the data of an event is a mapping");
    } else {
      what.data = data->value();
    }
  }
  if (const auto key = fields.optional("key")) {
    what.key = key->text().value_or("");
  }
  return what;
}

/// Tells apart two events of one key: a digest of what was said, not of when the host learned of it.
[[nodiscard]] inline std::uint64_t content_of(const event& what) {
  std::string text;
  object_text said(text);
  write_event(said, what, instant{});
  said.finish();
  const auto bytes = sha256{}.update(text).finish();
  std::uint64_t first = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    first = first << 8U | bytes[i];
  }
  return first;
}

} // namespace detail

/// The event that `write_event` wrote; throws nothing, faults become findings.
[[nodiscard]] inline event read_event(const value_reader& from) {
  object_reader fields(from);
  auto what = detail::read_event_members(fields);
  fields.finish();
  return what;
}

} // namespace plaint
