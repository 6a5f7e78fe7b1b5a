// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/compile.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/io/detail/scxml_content.hpp>
#include <plaint/io/detail/scxml_expression.hpp>
#include <plaint/io/detail/scxml_logs.hpp>
#include <plaint/io/detail/xml_tree.hpp>
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <charconv>
#include <cstddef>
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

  explicit scxml_reader(findings& out) : out_(out), content_(out_) {}

  scxml_chart read(const tree& document) {
    scxml_chart chart;
    chart.definition.cross_region = true;
    chart.definition.max_microsteps = 256;
    for (const auto& [name, root] : document) {
      if (local_name(name) == "scxml") {
        chart.name = attribute_of(root, "name");
        chart.definition.initial.targets = names_in(attribute_of(root, "initial"));
        late_ = attribute_of(root, "binding") == "late";
        read_root(root, chart);
        chart.attributes = std::move(attributes_);
        schema sees;
        sees.attributes = chart.attributes;
        sees.states = state_names_;
        log_settler(std::move(sees)).settle(chart.definition);
        return chart;
      }
    }
    out_.fault("no-chart", "an element <scxml> is required", "");
    return chart;
  }

private:
  void read_root(const tree& root, scxml_chart& chart) {
    each_element(root, "/scxml", [&](const std::string& name, const tree& inner, const std::string& pointer) {
      if (name == "datamodel") {
        read_data(inner, pointer);
      } else if (name == "initial") {
        read_initial(inner, pointer, chart.definition.initial);
      } else if (name == "transition") {
        chart.definition.transitions.push_back(read_transition(inner, pointer));
      } else if (!read_child(name, inner, pointer, chart.definition.states)) {
        out_.refuse(name, pointer);
      }
    });
  }

  /// Data are seen everywhere and bound at the start, wherever they stand.
  void read_data(const tree& model, const std::string& at) {
    each_element(model, at, [&](const std::string& name, const tree& inner, const std::string& pointer) {
      if (name != "data") {
        return out_.refuse(name, pointer);
      }
      if (!attribute_of(inner, "src").empty()) {
        return out_.fault("unsupported-data", "data are not read from another file", pointer);
      }
      const auto id = attribute_of(inner, "id");
      auto text = attribute_of(inner, "expr");
      text = text.empty() ? inner.data() : text;
      const auto type = attribute_of(inner, "plaint:type");
      attributes_.push_back(type.empty() ? attribute_from(id, cel_from_scxml(text), pointer)
                                         : typed_attribute(id, type, cel_from_scxml(text), pointer));
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
    } else if (text.front() == '"') {
      return typed_attribute(id, "string", text, pointer);
    } else if (const auto [stop, error] = std::from_chars(text.data(), end, whole);
               error == std::errc{} && stop == end) {
      a.initial = value(whole);
    } else if (const auto [last, problem] = std::from_chars(text.data(), end, real);
               problem == std::errc{} && last == end) {
      a.type = type::real();
      a.initial = value(real);
    } else {
      out_.fault("unsupported-data", "data begin with a number, a truth value or a text; `" + text + "` is none",
                 pointer);
    }
    return a;
  }

  /// As `to_scxml` writes what a literal does not tell: an enumeration, a time, a list, anything that is not set.
  attribute typed_attribute(const std::string& id, const std::string& type, const std::string& text,
                            const std::string& pointer) {
    attribute a{.name = id, .type = parse_type(type).value_or(type::any())};
    findings none;
    const auto first = text.empty() ? std::nullopt : try_compile(text, {}, a.type, none);
    if (a.type.is(type_kind::any) || (!text.empty() && (!first || !first->constant()))) {
      out_.fault("unsupported-data", "`" + text + "` is no value of type " + type, pointer);
    } else if (first) {
      a.initial = *first->constant();
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
    s.initial.targets = names_in(attribute_of(element, "initial"));
    s.initial.pointer = pointer;
    each_element(element, pointer, [&](const std::string& inner, const tree& part, const std::string& at) {
      read_part(inner, part, at, s);
    });
    s.type = s.type == state_type::atomic && !s.children.empty() ? state_type::compound : s.type;
    into.push_back(std::move(s));
    return true;
  }

  void read_part(const std::string& name, const tree& element, const std::string& pointer, state_definition& s) {
    const bool history = s.type == state_type::shallow_history || s.type == state_type::deep_history;
    if (name == "onentry") {
      content_.read(element, pointer, s.entry);
    } else if (name == "onexit") {
      content_.read(element, pointer, s.exit);
    } else if (name == "initial") {
      read_initial(element, pointer, s.initial);
    } else if (name == "transition" && history) {
      s.initial.targets = names_in(attribute_of(element, "target"));
      content_.read(element, pointer, s.initial.actions);
    } else if (name == "transition") {
      s.transitions.push_back(read_transition(element, pointer));
    } else if (name == "datamodel" && late_) {
      out_.fault("unsupported-data", "data of a state are bound at the start here, not when it is entered", pointer);
    } else if (name == "datamodel") {
      read_data(element, pointer);
    } else if (!read_child(name, element, pointer, s.children)) {
      out_.refuse(name, pointer);
    }
  }

  void read_initial(const tree& element, const std::string& at, initial_definition& into) {
    into.pointer = at;
    each_element(element, at, [&](const std::string& name, const tree& inner, const std::string& pointer) {
      if (name != "transition") {
        return out_.refuse(name, pointer);
      }
      into.targets = names_in(attribute_of(inner, "target"));
      content_.read(inner, pointer, into.actions);
    });
  }

  transition_definition read_transition(const tree& element, const std::string& pointer) {
    transition_definition t;
    t.pointer = pointer;
    t.events = names_in(attribute_of(element, "event"));
    t.targets = names_in(attribute_of(element, "target"));
    t.guard = cel_from_scxml(attribute_of(element, "cond"));
    t.internal = attribute_of(element, "type") == "internal";
    content_.read(element, pointer, t.actions);
    return t;
  }

  scxml_faults out_;
  scxml_content content_;
  std::vector<attribute> attributes_{};
  std::vector<std::string> state_names_{};
  int unnamed_ = 0;
  bool late_ = false; ///< data of a state would have a value only once it has been entered
};

} // namespace detail

} // namespace plaint
