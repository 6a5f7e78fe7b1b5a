// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/policy/header_document.hpp>
#include <plaint/policy/policy_definition.hpp>
#include <plaint/reader.hpp>
#include <plaint/time/iso8601.hpp>

#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// The members `jurisdiction`, `sector`, `confidence`, `reviewed`, `legal_note` and `readings` of a policy.
[[nodiscard]] inline policy_about read_about(object_reader& all) {
  policy_about read;
  read.jurisdiction = detail::read_names(all.optional("jurisdiction"));
  read.sector = detail::read_names(all.optional("sector"));
  read.confidence = detail::read_words(all.optional("confidence"));
  if (const auto member = all.optional("reviewed")) {
    read.reviewed = detail::read_day(*member);
  }
  read.legal_note = detail::read_title(all.optional("legal_note"));
  if (const auto section = all.optional("readings")) {
    for (const auto& [name, member] : object_reader(*section).members()) {
      read.readings.push_back({name, detail::read_title(member)});
    }
  }
  return read;
}

namespace detail {

/// One text, or one for each language, under a name.
inline void write_texts(node& to, const std::string& name, const titles& all) {
  node holder = node::mapping_of();
  lifecycle_writer::write_titles(holder, all);
  if (!holder.items.empty()) {
    to.add(name, std::move(holder.items.front()));
  }
}

} // namespace detail

inline void write_about(node& to, const policy_about& about) {
  const auto names = [&](const char* name, const std::vector<std::string>& all) {
    if (!all.empty()) {
      node& list = to.add(name, node::sequence_of());
      for (const auto& each : all) {
        list.push(node::text_of(each));
      }
    }
  };
  names("jurisdiction", about.jurisdiction);
  names("sector", about.sector);
  detail::lifecycle_writer::write_text(to, "confidence", about.confidence);
  if (about.reviewed) {
    to.add("reviewed", node::text_of(to_iso8601(*about.reviewed)));
  }
  detail::write_texts(to, "legal_note", about.legal_note);
  if (!about.readings.empty()) {
    node& section = to.add("readings", node::mapping_of());
    for (const auto& each : about.readings) {
      detail::write_texts(section, each.name, each.text);
    }
  }
}

} // namespace plaint
