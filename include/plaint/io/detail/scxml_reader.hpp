// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/schema.hpp>
#include <plaint/io/detail/scxml_expression.hpp>
#include <plaint/io/detail/scxml_logs.hpp>
#include <plaint/io/detail/xml_tree.hpp>
#include <plaint/lifecycle/detail/read_transitions.hpp> // for split_descriptors
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <charconv>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// A chart read from SCXML: the lifecycle and its data as attributes.
struct scxml_chart {
  std::string name{};
  lifecycle_definition definition{};
  std::vector<attribute> attributes{};

  friend bool operator==(const scxml_chart&, const scxml_chart&) = default;
};

namespace detail {

class scxml_reader {
public:
  using tree = boost::property_tree::ptree;

  explicit scxml_reader(findings& out) : out_(out) {}

  scxml_chart read(const tree& document) {
    scxml_chart chart;
    chart.definition.cross_region = true;
    chart.definition.max_microsteps = 256;
    for (const auto& [name, root] : document) {
      if (local_name(name) == "scxml") {
        chart.name = attribute_of(root, "name");
        chart.definition.initial.targets = names(attribute_of(root, "initial"));
        read_root(root, chart);
        schema sees;
        sees.attributes = chart.attributes;
        sees.states = state_names_;
        log_settler(std::move(sees)).settle(chart.definition);
        return chart;
      }
    }
    fault("no-chart", "an element <scxml> is required", "");
    return chart;
  }

private:
  void fault(std::string code, std::string message, std::string pointer) {
    out_.push_back({std::move(code), std::move(message), std::move(pointer), {}});
  }
  void refuse(std::string_view element, const std::string& pointer) {
    fault("unsupported-element", "<" + std::string(element) + "> has no counterpart in a lifecycle", pointer);
  }

  /// A place is the path of elements, each with its position: "/scxml/state[2]/transition[1]".
  template <class Visit>
  static void each(const tree& element, const std::string& pointer, const Visit& visit) {
    std::map<std::string, int, std::less<>> count;
    for (const auto& [name, inner] : element) {
      if (name.front() != '<' && !name.starts_with("plaint:")) { // ours are for people, not for this reader
        const auto local = std::string(local_name(name));
        visit(local, inner, pointer + "/" + local + "[" + std::to_string(++count[local]) + "]");
      }
    }
  }

  static std::vector<std::string> names(std::string text) {
    for (auto& c : text) {
      c = c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
    }
    return split_descriptors(text);
  }

  void read_root(const tree& root, scxml_chart& chart) {
    each(root, "/scxml", [&](const std::string& name, const tree& inner, const std::string& pointer) {
      if (name == "datamodel") {
        read_data(inner, pointer, chart.attributes);
      } else if (name == "initial") {
        read_initial(inner, pointer, chart.definition.initial);
      } else if (name == "transition") {
        chart.definition.transitions.push_back(read_transition(inner, pointer));
      } else if (!read_child(name, inner, pointer, chart.definition.states)) {
        refuse(name, pointer);
      }
    });
  }

  void read_data(const tree& model, const std::string& at, std::vector<attribute>& into) {
    each(model, at, [&](const std::string& name, const tree& inner, const std::string& pointer) {
      if (name != "data") {
        return refuse(name, pointer);
      }
      const auto id = attribute_of(inner, "id");
      auto text = attribute_of(inner, "expr");
      text = text.empty() ? inner.data() : text;
      into.push_back(attribute_from(id, cel_from_scxml(text), pointer));
    });
  }

  /// The type follows from the literal; without one a whole number is meant.
  attribute attribute_from(const std::string& id, const std::string& text, const std::string& pointer) {
    attribute a{.name = id, .type = type::integer()};
    std::int64_t whole = 0;
    double real = 0;
    const auto* const end = text.data() + text.size();
    if (text.empty() || text == "null") {
      return a;
    }
    if (text == "true" || text == "false") {
      a.type = type::boolean();
      a.initial = text == "true";
    } else if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
      a.type = type::string();
      a.initial = value(text.substr(1, text.size() - 2));
    } else if (const auto [stop, error] = std::from_chars(text.data(), end, whole);
               error == std::errc{} && stop == end) {
      a.initial = value(whole);
    } else if (const auto [last, problem] = std::from_chars(text.data(), end, real);
               problem == std::errc{} && last == end) {
      a.type = type::real();
      a.initial = value(real);
    } else {
      fault("unsupported-data", "data begin with a number, a truth value or a text; `" + text + "` is none", pointer);
    }
    return a;
  }

  /// False if the element is no state.
  bool read_child(const std::string& name, const tree& element, const std::string& pointer,
                  std::vector<state_definition>& into) {
    state_definition s;
    if (name == "state") {
      s.type = state_type::atomic;
    } else if (name == "parallel") {
      s.type = state_type::parallel;
    } else if (name == "final") {
      s.type = state_type::final;
    } else if (name == "history") {
      s.type = attribute_of(element, "type") == "deep" ? state_type::deep_history : state_type::shallow_history;
    } else {
      return false;
    }
    s.name = attribute_of(element, "id");
    s.name = s.name.empty() ? "state" + std::to_string(++unnamed_) : s.name;
    state_names_.push_back(s.name);
    s.pointer = pointer;
    s.initial.targets = names(attribute_of(element, "initial"));
    s.initial.pointer = pointer;
    each(element, pointer,
         [&](const std::string& inner, const tree& part, const std::string& at) { read_part(inner, part, at, s); });
    s.type = s.type == state_type::atomic && !s.children.empty() ? state_type::compound : s.type;
    into.push_back(std::move(s));
    return true;
  }

  void read_part(const std::string& name, const tree& element, const std::string& pointer, state_definition& s) {
    const bool history = s.type == state_type::shallow_history || s.type == state_type::deep_history;
    if (name == "onentry") {
      read_content(element, pointer, s.entry);
    } else if (name == "onexit") {
      read_content(element, pointer, s.exit);
    } else if (name == "initial") {
      read_initial(element, pointer, s.initial);
    } else if (name == "transition" && history) {
      s.initial.targets = names(attribute_of(element, "target"));
      read_content(element, pointer, s.initial.actions);
    } else if (name == "transition") {
      s.transitions.push_back(read_transition(element, pointer));
    } else if (name == "donedata") {
      refuse(name, pointer);
    } else if (!read_child(name, element, pointer, s.children)) {
      refuse(name, pointer);
    }
  }

  void read_initial(const tree& element, const std::string& at, initial_definition& into) {
    into.pointer = at;
    each(element, at, [&](const std::string& name, const tree& inner, const std::string& pointer) {
      if (name != "transition") {
        return refuse(name, pointer);
      }
      into.targets = names(attribute_of(inner, "target"));
      read_content(inner, pointer, into.actions);
    });
  }

  transition_definition read_transition(const tree& element, const std::string& pointer) {
    transition_definition t;
    t.pointer = pointer;
    t.events = names(attribute_of(element, "event"));
    t.targets = names(attribute_of(element, "target"));
    t.guard = cel_from_scxml(attribute_of(element, "cond"));
    t.internal = attribute_of(element, "type") == "internal";
    read_content(element, pointer, t.actions);
    return t;
  }

  void read_content(const tree& block, const std::string& at, actions& into) {
    each(block, at, [&](const std::string& name, const tree& element, const std::string& pointer) {
      if (name == "raise") {
        into.push_back({raised_event{attribute_of(element, "event"), pointer}});
      } else if (name == "assign") {
        auto text = attribute_of(element, "expr");
        text = text.empty() ? element.data() : text;
        into.push_back({assignment{attribute_of(element, "location"), cel_from_scxml(text), pointer}});
      } else if (name == "log") {
        into.push_back({log_effect(element, pointer)});
      } else if (name == "send") {
        read_send(element, pointer, into);
      } else if (name == "if") {
        read_if(element, pointer, into);
      } else {
        refuse(name, pointer);
      }
    });
  }

  static effect_definition log_effect(const tree& element, const std::string& pointer) {
    effect_definition e{"log", {}, pointer};
    e.parameters.push_back({"log", node::text_of(attribute_of(element, "label")), {}});
    if (const auto text = cel_from_scxml(attribute_of(element, "expr")); !text.empty()) {
      e.parameters.push_back({"value", {}, text});
    }
    return e;
  }

  /// To oneself at once is `raise`; everything else is the host's to carry out.
  static void read_send(const tree& element, const std::string& pointer, actions& into) {
    if (attribute_of(element, "target") == "#_internal") {
      into.push_back({raised_event{attribute_of(element, "event"), pointer}});
      return;
    }
    effect_definition e{"send", {}, pointer};
    e.parameters.push_back({"send", node::text_of(attribute_of(element, "event")), {}});
    for (const auto* name : {"target", "type", "id", "delay"}) {
      if (const auto text = attribute_of(element, name); !text.empty()) {
        e.parameters.push_back({name, node::text_of(text), {}});
      }
    }
    into.push_back({std::move(e)});
  }

  /// `<elseif/>` and `<else/>` stand between the branches, not around them.
  void read_if(const tree& element, const std::string& pointer, actions& into) {
    std::vector<std::pair<std::string, tree>> branches;
    branches.emplace_back(cel_from_scxml(attribute_of(element, "cond")), tree{});
    bool otherwise = false;
    for (const auto& item : element) {
      const auto name = local_name(item.first);
      if (name == "elseif" || name == "else") {
        otherwise = name == "else";
        branches.emplace_back(otherwise ? std::string{} : cel_from_scxml(attribute_of(item.second, "cond")), tree{});
      } else {
        branches.back().second.push_back(item);
      }
    }
    actions rest;
    for (auto branch = branches.rbegin(); branch != branches.rend(); ++branch) {
      actions list;
      read_content(branch->second, pointer, list);
      if (otherwise && branch == branches.rbegin()) {
        rest = std::move(list);
        continue;
      }
      choice c;
      c.guard = branch->first;
      c.pointer = pointer;
      c.then = std::move(list);
      c.otherwise = std::move(rest);
      rest = {};
      rest.push_back({std::move(c)});
    }
    into.insert(into.end(), rest.begin(), rest.end());
  }

  findings& out_;
  std::vector<std::string> state_names_{};
  int unnamed_ = 0;
};

} // namespace detail

} // namespace plaint
