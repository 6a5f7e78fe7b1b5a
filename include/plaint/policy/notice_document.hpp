// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/lifecycle/lifecycle_document.hpp>
#include <plaint/reader.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace plaint {

/// A kind of message to the complainant, and what it must say at least: content atoms such as `due_date` or
/// `right_external`.
struct notice_definition {
  std::string name{};
  titles title{};
  std::vector<std::string> carries{};
  std::string pointer{};

  friend bool operator==(const notice_definition& a, const notice_definition& b) {
    return a.name == b.name && a.title == b.title && a.carries == b.carries;
  }
};

/// The section `notices`: `ack: { title: { en: Acknowledgement }, carries: [received, case_id, due_date] }`.
[[nodiscard]] inline std::vector<notice_definition> read_notices(const value_reader& from) {
  std::vector<notice_definition> all;
  object_reader section(from);
  for (const auto& [name, member] : section.members()) {
    notice_definition read{.name = name, .pointer = member.pointer()};
    if (!member.value().is_null()) {
      object_reader fields(member);
      read.title = detail::read_title(fields.optional("title"));
      read.carries = detail::read_names(fields.optional("carries"));
      fields.finish();
    }
    all.push_back(std::move(read));
  }
  return all;
}

[[nodiscard]] inline node write_notices(const std::vector<notice_definition>& all) {
  node section = node::mapping_of();
  for (const auto& notice : all) {
    node& fields = section.add(notice.name, node::mapping_of());
    detail::lifecycle_writer::write_titles(fields, notice.title);
    node& atoms = fields.add("carries", node::sequence_of());
    for (const auto& atom : notice.carries) {
      atoms.push(node::text_of(atom));
    }
  }
  return section;
}

namespace detail {

/// Holds the notices that a policy sends to what it declares: a known name, and at least the atoms that belong to it.
/// An effect that lists no atoms gets those.
class notice_fitting {
public:
  notice_fitting(const std::vector<notice_definition>& known, findings& out) : known_(known), out_(out) {
    for (const auto& n : known) {
      names_.push_back(n.name);
    }
  }

  void fit(effect_definition& e) const {
    if (e.kind != "notice" || e.parameters.empty() || known_.empty()) {
      return;
    }
    const auto& name = e.parameters.front().value;
    const auto declared =
        std::find_if(known_.begin(), known_.end(), [&](const auto& n) { return n.name == name.text; });
    if (declared == known_.end()) {
      out_.push_back({"unknown-notice", "\"" + name.text + "\" is no notice of the section notices", e.pointer,
                      nearest(name.text, names_)});
      return;
    }
    const auto carries =
        std::find_if(e.parameters.begin(), e.parameters.end(), [](const auto& p) { return p.name == "carries"; });
    if (carries == e.parameters.end()) {
      node atoms = node::sequence_of();
      for (const auto& atom : declared->carries) {
        atoms.push(node::text_of(atom));
      }
      e.parameters.push_back({"carries", std::move(atoms), {}});
      return;
    }
    for (const auto& atom : declared->carries) {
      const auto& listed = carries->value.items;
      if (std::none_of(listed.begin(), listed.end(), [&](const node& n) { return n.text == atom; })) {
        out_.push_back({"notice-lacks", "the notice \"" + name.text + "\" must carry \"" + atom + "\"", e.pointer, {}});
      }
    }
  }

  void fit(actions& all) const {
    for (auto& a : all) {
      if (auto* e = std::get_if<effect_definition>(&a.what)) {
        fit(*e);
      } else if (auto* c = std::get_if<choice>(&a.what)) {
        fit(c->then);
        fit(c->otherwise);
      }
    }
  }

  void fit(std::vector<transition_definition>& all) const {
    for (auto& t : all) {
      fit(t.actions);
    }
  }

  void fit(std::vector<state_definition>& all) const {
    for (auto& s : all) {
      fit(s.initial.actions);
      fit(s.entry);
      fit(s.exit);
      fit(s.transitions);
      fit(s.children);
    }
  }

private:
  const std::vector<notice_definition>& known_;
  findings& out_;
  std::vector<std::string> names_{};
};

} // namespace detail

/// Holds every notice that a lifecycle sends to the section `notices`: an undeclared name and a missing atom are
/// findings, and a notice written without `carries` carries what is declared. Without the section nothing is asked.
inline void fit_notices(lifecycle_definition& d, const std::vector<notice_definition>& known, findings& out) {
  const detail::notice_fitting fitting(known, out);
  fitting.fit(d.initial.actions);
  fitting.fit(d.transitions);
  fitting.fit(d.states);
}

} // namespace plaint
