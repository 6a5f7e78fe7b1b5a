// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/canonical.hpp>
#include <plaint/io/detail/scxml_expression.hpp>
#include <plaint/lifecycle/detail/refusal.hpp> // for joined
#include <plaint/lifecycle/lifecycle.hpp>

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace plaint::detail {

class scxml_writer {
public:
  explicit scxml_writer(const lifecycle& in) : in_(in) {}

  std::string write() {
    const auto& d = in_.definition();
    const bool data = !in_.schema().attributes.empty();
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<scxml xmlns=\"http://www.w3.org/2005/07/scxml\" "
           "xmlns:plaint=\"urn:plaint\" version=\"1.0\" datamodel=\"" +
           std::string(data ? "ecmascript" : "null") + "\"" +
           (d.initial.actions.empty() ? attribute("initial", joined(d.initial.targets, " ")) : "") + ">\n";
    write_data();
    write_initial(d.initial, 1);
    for (const auto& s : d.states) {
      write_state(s, 1);
    }
    for (const auto& t : d.transitions) {
      write_transition(t, 1);
    }
    return std::move(out_) + "</scxml>\n";
  }

private:
  [[nodiscard]] static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default:
        out += c;
      }
    }
    return out;
  }
  [[nodiscard]] static std::string attribute(std::string_view name, std::string_view text) {
    return text.empty() ? std::string{} : " " + std::string(name) + "=\"" + escaped(text) + "\"";
  }
  void line(int depth, const std::string& text) {
    out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
  }

  void write_data() {
    if (in_.schema().attributes.empty()) {
      return;
    }
    line(1, "<datamodel>");
    for (const auto& a : in_.schema().attributes) {
      const bool told = a.initial.is_absent() ? a.type.is(type_kind::integer)
                                              : a.type.is(type_kind::integer) || a.type.is(type_kind::real) ||
                                                    a.type.is(type_kind::boolean) || a.type.is(type_kind::string);
      line(2, "<data" + attribute("id", a.name) +
                  (a.initial.is_absent() ? "" : attribute("expr", to_text(a.initial, a.type))) +
                  (told ? "" : attribute("plaint:type", to_string(a.type))) + "/>");
    }
    line(1, "</datamodel>");
  }

  void write_initial(const initial_definition& d, int depth) {
    if (d.actions.empty()) {
      return;
    }
    line(depth, "<initial>");
    open_block(depth + 1, "transition" + attribute("target", joined(d.targets, " ")), "transition", d.actions);
    line(depth, "</initial>");
  }

  void write_state(const state_definition& s, int depth) {
    const bool history = s.type == state_type::shallow_history || s.type == state_type::deep_history;
    const std::string element = history                          ? "history"
                                : s.type == state_type::parallel ? "parallel"
                                : s.type == state_type::final    ? "final"
                                                                 : "state";
    std::string head = element + attribute("id", s.name);
    if (history) {
      head += attribute("type", s.type == state_type::deep_history ? "deep" : "shallow");
    } else if (s.initial.actions.empty()) {
      head += attribute("initial", joined(s.initial.targets, " "));
    }
    line(depth, "<" + head + attribute("plaint:tags", joined(s.tags, " ")) +
                    attribute("plaint:required", joined(s.required, " ")) + ">");
    if (history) {
      write_default(s, depth + 1);
    } else {
      write_initial(s.initial, depth + 1);
      write_block("onentry", s.entry, depth + 1);
      write_block("onexit", s.exit, depth + 1);
      for (const auto& t : s.transitions) {
        write_transition(t, depth + 1);
      }
      for (const auto& c : s.children) {
        write_state(c, depth + 1);
      }
    }
    line(depth, "</" + element + ">");
  }

  /// SCXML asks for a history's default; where the definition leaves it out, what it means is written.
  void write_default(const state_definition& s, int depth) {
    auto targets = s.initial.targets;
    if (targets.empty()) {
      const auto& chart = in_.chart();
      for (const auto t : chart::part(chart.states_pool, chart.states[*in_.state(s.name)].initial)) {
        targets.push_back(in_.name(t));
      }
    }
    open_block(depth, "transition" + attribute("target", joined(targets, " ")), "transition", s.initial.actions);
  }

  void write_transition(const transition_definition& t, int depth) {
    const auto event = t.after.empty() ? joined(t.events, " ") : "plaint.after." + event_token(t.after);
    open_block(depth,
               "transition" + attribute("event", event) + attribute("cond", scxml_from_cel(t.guard)) +
                   attribute("target", joined(t.targets, " ")) + attribute("type", t.internal ? "internal" : "") +
                   attribute("plaint:after", t.after) + attribute("plaint:by", joined(t.by, " ")) +
                   attribute("plaint:require", joined(t.require, " ")) +
                   attribute("plaint:reasons", joined(t.reasons, " ")) + attribute("plaint:within", t.within),
               "transition", t.actions);
  }
  [[nodiscard]] static std::string event_token(std::string text) {
    for (auto& c : text) {
      c = c == ' ' || c == '.' ? '_' : c;
    }
    return text;
  }

  void write_block(const std::string& element, const actions& list, int depth) {
    if (!list.empty()) {
      open_block(depth, element, element, list);
    }
  }
  void open_block(int depth, const std::string& head, const std::string& element, const actions& list) {
    if (list.empty()) {
      return line(depth, "<" + head + "/>");
    }
    line(depth, "<" + head + ">");
    write_actions(list, depth + 1);
    line(depth, "</" + element + ">");
  }

  void write_actions(const actions& list, int depth) {
    for (const auto& a : list) {
      std::visit([&](const auto& what) { write_action(what, depth); }, a.what);
    }
  }
  void write_action(const assignment& a, int depth) {
    line(depth,
         "<assign" + attribute("location", a.attribute) + attribute("expr", scxml_from_cel(a.expression)) + "/>");
  }
  void write_action(const raised_event& r, int depth) { line(depth, "<raise" + attribute("event", r.event) + "/>"); }
  void write_action(const effect_definition& e, int depth) {
    node all = node::mapping_of();
    for (const auto& p : e.parameters) {
      all.add(p.name, p.expression.empty() ? p.value : node::text_of(p.expression));
    }
    line(depth, "<plaint:effect" + attribute("kind", e.kind) + attribute("parameters", canonical(all)) + "/>");
  }
  void write_action(const choice& c, int depth) {
    line(depth, "<if" + attribute("cond", scxml_from_cel(c.guard)) + ">");
    write_actions(c.then, depth + 1);
    if (!c.otherwise.empty()) {
      line(depth, "<else/>");
      write_actions(c.otherwise, depth + 1);
    }
    line(depth, "</if>");
  }

  const lifecycle& in_;
  std::string out_{};
};

} // namespace plaint::detail
