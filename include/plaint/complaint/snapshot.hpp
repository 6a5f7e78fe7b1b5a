// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/clock/clock_state_document.hpp>
#include <plaint/complaint/complaint.hpp>
#include <plaint/complaint/detail/reducer.hpp>
#include <plaint/complaint/event_document.hpp>
#include <plaint/ladder/ladder_state_document.hpp>
#include <plaint/lifecycle/snapshot_names.hpp>
#include <plaint/policy/policy.hpp>
#include <plaint/policy/value_document.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace plaint {

/// The format in which snapshots are written; every earlier one can be read.
inline constexpr std::int64_t snapshot_format = 1;

namespace detail {

[[nodiscard]] inline node write_known(const std::vector<known_event>& all) {
  node list = node::sequence_of();
  for (const auto& k : all) {
    node one = node::mapping_of();
    one.add("key", node::text_of(k.key));
    one.add("sequence", node::integer_of(static_cast<std::int64_t>(k.sequence)));
    one.add("content", node::text_of(std::to_string(k.content)));
    list.push(std::move(one));
  }
  return list;
}

[[nodiscard]] inline node write_trail(const policy& by, const complaint& c) {
  node list = node::sequence_of();
  for (const auto& s : c.trail) {
    node one = node::mapping_of();
    one.add("from", node::text_of(to_iso8601(s.from)));
    if (s.state != no_id) {
      one.add("state", node::text_of(by.lifecycle().name(s.state)));
    }
    if (s.owner != no_id) {
      one.add("owner", node::text_of(c.parties[s.owner]));
    }
    if (s.unit != no_id) {
      one.add("unit", node::text_of(c.parties[s.unit]));
    }
    list.push(std::move(one));
  }
  return list;
}

/// Reads the parts of a snapshot against a policy; every fault is a finding.
class snapshot_reader {
public:
  snapshot_reader(const policy& by, findings& out) : by_(by), out_(out) {}

  [[nodiscard]] complaint read(const node& written) {
    object_reader fields(written, "", out_);
    complaint c;
    if (const auto format = fields.required("snapshot")) {
      (void)format->integer(1, snapshot_format);
    }
    c.id = text(fields, "id");
    c.policy = text(fields, "policy");
    if (c.policy != by_.reference()) {
      out_.push_back({"other-policy", "the snapshot is of " + c.policy + ", not of " + by_.reference(), "/policy", {}});
    }
    if (const auto n = fields.required("sequence")) {
      c.sequence = static_cast<std::uint64_t>(n->integer(0).value_or(0));
    }
    c.opened_at = moment(fields, "opened_at");
    c.happened_at = moment(fields, "happened_at");
    c.last_at = moment(fields, "last_at");
    if (const auto where = fields.required("where")) {
      read_where(*where, c);
    }
    if (const auto attributes = fields.required("attributes")) {
      read_attributes(*attributes, c);
    }
    if (const auto clocks = fields.required("clocks")) {
      read_clocks(*clocks, c);
    }
    if (const auto ladders = fields.required("ladders")) {
      read_ladders(*ladders, c);
    }
    if (const auto trail = fields.required("trail")) {
      read_trail(*trail, c);
    }
    c.next = next_of(c);
    if (const auto known = fields.required("known")) {
      read_known(*known, c);
    }
    (void)fields.required("seal");
    fields.finish();
    return c;
  }

private:
  static std::string text(object_reader& fields, const char* name) {
    const auto member = fields.required(name);
    return member ? member->text().value_or("") : std::string{};
  }
  static instant moment(object_reader& fields, const char* name) {
    const auto member = fields.required(name);
    return member ? read_instant(*member) : instant{};
  }

  void read_where(const value_reader& from, complaint& c) {
    object_reader fields(from);
    configuration_names names;
    if (const auto active = fields.required("active")) {
      names.active = active->texts();
    }
    if (const auto remembered = fields.required("remembered")) {
      object_reader all(*remembered);
      for (const auto& [history, states] : all.members()) {
        names.remembered.push_back({history, states.texts()});
      }
    }
    fields.finish();
    try {
      c.where = configuration_of(by_.lifecycle(), names);
    } catch (const policy_error& e) {
      for (auto f : e.all()) {
        f.pointer = from.pointer() + f.pointer;
        out_.push_back(std::move(f));
      }
    }
  }

  void read_attributes(const value_reader& from, complaint& c) {
    c.attributes.resize(by_.schema().attributes.size());
    object_reader all(from);
    for (const auto& [name, member] : all.members()) {
      const auto slot = by_.schema().slot(name);
      if (!slot) {
        member.fault("unknown-attribute", "the policy has no attribute \"" + name + "\"");
        continue;
      }
      const auto& declared = by_.schema().attributes[*slot];
      if (auto held = read_value(member, declared.type)) {
        if (const auto why = misfit(declared, *held)) {
          member.fault("out-of-range", *why);
        }
        c.attributes[*slot] = *std::move(held);
      }
    }
  }

  void read_clocks(const value_reader& from, complaint& c) {
    c.clocks.resize(by_.clocks().size());
    object_reader all(from);
    for (const auto& [name, member] : all.members()) {
      if (const auto place = by_.clocks().find(name)) {
        c.clocks[*place] = read_clock_state(by_.clocks()[*place], by_.lifecycle(), member);
      } else {
        member.fault("unknown-clock", "the policy has no clock \"" + name + "\"");
      }
    }
  }

  void read_ladders(const value_reader& from, complaint& c) {
    c.ladders.resize(by_.ladders().size());
    object_reader all(from);
    for (const auto& [name, member] : all.members()) {
      if (const auto place = by_.ladders().find(name)) {
        c.ladders[*place] = read_ladder_state(member, by_.ladders()[*place].definition.steps.size());
      } else {
        member.fault("unknown-ladder", "the policy has no ladder \"" + name + "\"");
      }
    }
  }

  void read_trail(const value_reader& from, complaint& c) {
    if (!from.value().is_sequence()) {
      return from.fault("wrong-type", "a list required, " + from.described() + " found");
    }
    for (const auto& item : from.items()) {
      object_reader fields(item);
      stay s{.from = moment(fields, "from")};
      if (const auto state = fields.optional("state")) {
        const auto found = by_.lifecycle().state(state->text().value_or(""));
        if (!found) {
          state->fault("unknown-state", "the policy has no such state");
        }
        s.state = found.value_or(no_id);
      }
      s.owner = party(fields, "owner", c);
      s.unit = party(fields, "unit", c);
      fields.finish();
      c.trail.push_back(s);
    }
  }

  /// The place of a name among the complaint's parties, where it is put if it is new.
  static std::uint16_t party(object_reader& fields, const char* name, complaint& c) {
    const auto member = fields.optional(name);
    const auto text = member ? member->text() : std::nullopt;
    if (!text) {
      return no_id;
    }
    const auto found = std::find(c.parties.begin(), c.parties.end(), *text);
    const auto place = static_cast<std::uint16_t>(found - c.parties.begin());
    if (found == c.parties.end()) {
      c.parties.push_back(*text);
    }
    return place;
  }

  void read_known(const value_reader& from, complaint& c) {
    if (!from.value().is_sequence()) {
      return from.fault("wrong-type", "a list required, " + from.described() + " found");
    }
    for (const auto& item : from.items()) {
      object_reader fields(item);
      known_event k{.key = text(fields, "key")};
      if (const auto n = fields.required("sequence")) {
        k.sequence = static_cast<std::uint64_t>(n->integer(1).value_or(0));
      }
      const auto content = text(fields, "content");
      const auto [end, error] = std::from_chars(content.data(), content.data() + content.size(), k.content);
      if (error != std::errc{} || end != content.data() + content.size()) {
        item.fault("bad-digest", "the digest of an event is a whole number");
      }
      fields.finish();
      c.known.push_back(std::move(k));
    }
  }

  const policy& by_;
  findings& out_;
};

} // namespace detail

/// A complaint by names, with the policy's reference and a seal over all of it: what a host stores, in JSON by
/// `canonical`. What is absent is left out; no number of this is one of a table's places.
[[nodiscard]] inline node write_snapshot(const policy& by, const complaint& c) {
  node all = node::mapping_of();
  all.add("snapshot", node::integer_of(snapshot_format));
  all.add("id", node::text_of(c.id));
  all.add("policy", node::text_of(c.policy));
  all.add("sequence", node::integer_of(static_cast<std::int64_t>(c.sequence)));
  all.add("opened_at", node::text_of(to_iso8601(c.opened_at)));
  all.add("happened_at", node::text_of(to_iso8601(c.happened_at)));
  all.add("last_at", node::text_of(to_iso8601(c.last_at)));
  const auto names = names_of(by.lifecycle(), c.where);
  node& where = all.add("where", node::mapping_of());
  node& active = where.add("active", node::sequence_of());
  for (const auto& name : names.active) {
    active.push(node::text_of(name));
  }
  node& remembered = where.add("remembered", node::mapping_of());
  for (const auto& r : names.remembered) {
    node& states = remembered.add(r.history, node::sequence_of());
    for (const auto& name : r.states) {
      states.push(node::text_of(name));
    }
  }
  node& attributes = all.add("attributes", node::mapping_of());
  for (std::size_t i = 0; i < c.attributes.size(); ++i) {
    const auto& declared = by.schema().attributes[i];
    if (!c.attributes[i].is_absent()) {
      attributes.add(declared.name, write_value(c.attributes[i], declared.type));
    }
  }
  node& clocks = all.add("clocks", node::mapping_of());
  for (std::size_t i = 0; i < c.clocks.size(); ++i) {
    if (!c.clocks[i].cycles.empty()) {
      clocks.add(by.clocks()[i].definition.id, write_clock_state(by.clocks()[i], by.lifecycle(), c.clocks[i]));
    }
  }
  node& ladders = all.add("ladders", node::mapping_of());
  for (std::size_t i = 0; i < c.ladders.size(); ++i) {
    if (c.ladders[i] != ladder_state{}) {
      ladders.add(by.ladders()[i].definition.id, write_ladder_state(c.ladders[i]));
    }
  }
  all.add("trail", detail::write_trail(by, c));
  all.add("known", detail::write_known(c.known));
  all.add("seal", node::text_of(digest(all)));
  return all;
}

/// The complaint that a snapshot holds. Throws `policy_error` with all that is wrong: another policy, a newer format, a
/// seal that is not that of what it says, names that the policy does not know.
[[nodiscard]] inline complaint read_snapshot(const policy& by, const node& written) {
  findings faults;
  auto unsealed = written;
  if (unsealed.is_mapping() && !unsealed.keys.empty() && unsealed.keys.back() == "seal") {
    const auto seal = unsealed.items.back();
    unsealed.keys.pop_back();
    unsealed.items.pop_back();
    const auto* format = written.find("snapshot");
    const bool newer = format != nullptr && format->text != std::to_string(snapshot_format);
    if (!newer && seal.text != digest(unsealed)) {
      faults.push_back({"bad-seal", "the seal is not that of what the snapshot says", "/seal", {}});
    }
  }
  auto c = detail::snapshot_reader(by, faults).read(written);
  throw_if_error(faults);
  return c;
}

} // namespace plaint
