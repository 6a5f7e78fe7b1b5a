// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/complaint/event.hpp>
#include <plaint/complaint/event_document.hpp>
#include <plaint/digest.hpp>
#include <plaint/document.hpp>
#include <plaint/reader.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

/// One accepted event, what came of it, and the seal that binds it to all before it.
struct journal_record {
  std::uint64_t number = 0; ///< 0 is the opening; its sequence is one more
  event what{};
  std::vector<std::string> states{};  ///< the active atomic and final states right after it
  std::vector<std::string> effects{}; ///< keys of its own effects, not of what time brought
  std::string previous{};             ///< the seal of the record before; empty for the opening
  std::string seal{}; ///< SHA-256 of the record's canonical JSON without it; empty until it is asked for

  friend bool operator==(const journal_record&, const journal_record&) = default;
};

/// All that happened to a complaint, in the order in which the host learned of it; nothing is ever taken out of it.
struct journal {
  std::string complaint{};
  std::string policy{}; ///< `policy::reference()`
  std::vector<journal_record> records{};

  friend bool operator==(const journal&, const journal&) = default;
};

namespace detail {

[[nodiscard]] inline node texts(const std::vector<std::string>& all) {
  node list = node::sequence_of();
  for (const auto& text : all) {
    list.push(node::text_of(text));
  }
  return list;
}

/// A record as data, without its seal.
[[nodiscard]] inline node unsealed(const journal& in, const journal_record& r) {
  node all = node::mapping_of();
  all.add("record", node::integer_of(static_cast<std::int64_t>(r.number)));
  if (r.number == 0) {
    all.add("complaint", node::text_of(in.complaint));
    all.add("policy", node::text_of(in.policy));
  }
  write_event(all, r.what);
  all.add("states", texts(r.states));
  all.add("effects", texts(r.effects));
  all.add("previous", node::text_of(r.previous));
  return all;
}

} // namespace detail

namespace detail {

/// The canonical JSON of a record without its seal, and without the brace that ends it: what `unsealed` gives.
inline object_text write_unsealed(std::string& out, const journal& in, const journal_record& r,
                                  std::string_view previous) {
  object_text all(out);
  all.add("record", r.number);
  if (r.number == 0) {
    all.add("complaint", in.complaint);
    all.add("policy", in.policy);
  }
  write_event(all, r.what, r.what.recorded_at);
  all.add("states", r.states);
  all.add("effects", r.effects);
  all.add("previous", previous);
  return all;
}

/// The seal that a record should have; `text` is used for what it says.
[[nodiscard]] inline std::string seal_of(const journal& in, const journal_record& r, std::string& text) {
  text.clear();
  write_unsealed(text, in, r, r.previous).finish();
  return sha256_hex(text);
}

} // namespace detail

/// Seals the records that have no seal yet: each with the digest of itself and of the seal before it.
inline void seal(journal& j) {
  std::string text;
  for (std::size_t i = 0; i < j.records.size(); ++i) {
    auto& r = j.records[i];
    if (r.seal.empty()) {
      r.previous = i == 0 ? std::string{} : j.records[i - 1].seal;
      r.seal = detail::seal_of(j, r, text);
    }
  }
}

/// The seal of the last record: who keeps it elsewhere can prove that the journal is the one it was.
[[nodiscard]] inline std::string head(journal& j) {
  seal(j);
  return j.records.empty() ? std::string{} : j.records.back().seal;
}

/// A sealed record as data, as it stands in a line.
[[nodiscard]] inline node write_record(const journal& in, const journal_record& r) {
  node all = detail::unsealed(in, r);
  all.add("seal", node::text_of(r.seal));
  return all;
}

namespace detail {

/// Appends the canonical text of a sealed record.
inline void write_record(std::string& out, const journal& in, const journal_record& r) {
  auto all = write_unsealed(out, in, r, r.previous);
  all.add("seal", r.seal);
  all.finish();
}

} // namespace detail

/// JSON Lines: the opening, one line for each further record, and an end that says how many there are and the last
/// seal.
[[nodiscard]] inline std::string to_json_lines(journal& j) {
  seal(j);
  std::string text;
  for (const auto& r : j.records) {
    detail::write_record(text, j, r);
    text += '\n';
  }
  detail::object_text end(text);
  end.add("records", j.records.size());
  end.add("head", head(j));
  end.finish();
  text += '\n';
  return text;
}

/// Reads a record; the opening gives the journal its complaint and policy. Faults become findings.
[[nodiscard]] inline journal_record read_record(const value_reader& from, journal& into) {
  object_reader fields(from);
  journal_record r;
  if (const auto number = fields.required("record")) {
    r.number = static_cast<std::uint64_t>(number->integer(0).value_or(0));
  }
  const auto text = [&](const char* name) {
    const auto member = fields.required(name);
    return member ? member->text().value_or("") : std::string{};
  };
  if (into.records.empty()) {
    into.complaint = text("complaint");
    into.policy = text("policy");
  }
  r.what = detail::read_event_members(fields);
  if (const auto states = fields.required("states")) {
    r.states = states->texts();
  }
  if (const auto effects = fields.required("effects")) {
    r.effects = effects->texts();
  }
  r.previous = text("previous");
  r.seal = text("seal");
  fields.finish();
  return r;
}

} // namespace plaint
