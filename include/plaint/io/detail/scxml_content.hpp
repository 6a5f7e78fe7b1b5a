// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/error.hpp>
#include <plaint/io/detail/scxml_expression.hpp>
#include <plaint/io/detail/xml_tree.hpp>
#include <plaint/lifecycle/detail/read_transitions.hpp> // for split_descriptors
#include <plaint/lifecycle/lifecycle_definition.hpp>

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

using scxml_tree = boost::property_tree::ptree;

/// What an SCXML file has that a lifecycle has not.
class scxml_faults {
public:
  explicit scxml_faults(findings& out) : out_(&out) {}

  void fault(std::string code, std::string message, std::string pointer) const {
    out_->push_back({std::move(code), std::move(message), std::move(pointer), {}});
  }
  void refuse(std::string_view element, const std::string& pointer) const {
    fault("unsupported-element", "<" + std::string(element) + "> has no counterpart in a lifecycle", pointer);
  }

private:
  findings* out_;
};

/// A place is the path of elements, each with its position: "/scxml/state[2]/transition[1]".
template <class Visit>
void each_element(const scxml_tree& element, const std::string& pointer, const Visit& visit) {
  std::map<std::string, int, std::less<>> count;
  for (const auto& [name, inner] : element) {
    if (name.front() != '<' && !name.starts_with("plaint:")) { // ours are for people, not for this reader
      const auto local = std::string(local_name(name));
      visit(local, inner, pointer + "/" + local + "[" + std::to_string(++count[local]) + "]");
    }
  }
}

[[nodiscard]] inline std::vector<std::string> names_in(std::string text) {
  for (auto& c : text) {
    c = c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
  }
  return split_descriptors(text);
}

/// Executable content: what is done in transitions, on entry and on exit.
class scxml_content {
public:
  explicit scxml_content(scxml_faults out) : out_(out) {}

  void read(const scxml_tree& block, const std::string& at, actions& into) const {
    each_element(block, at, [&](const std::string& name, const scxml_tree& element, const std::string& pointer) {
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
      } else if (name == "cancel") {
        effect_definition e{"cancel", {}, pointer};
        add_parameter(e, element, "cancel", "sendid");
        into.push_back({std::move(e)});
      } else if (name == "if") {
        read_if(element, pointer, into);
      } else {
        out_.refuse(name, pointer);
      }
    });
  }

private:
  static effect_definition log_effect(const scxml_tree& element, const std::string& pointer) {
    effect_definition e{"log", {}, pointer};
    e.parameters.push_back({"log", node::text_of(attribute_of(element, "label")), {}});
    if (const auto text = cel_from_scxml(attribute_of(element, "expr")); !text.empty()) {
      e.parameters.push_back({"value", {}, text});
    }
    return e;
  }

  /// The attribute as a text, or as an expression where `NAMEexpr` is given; none where neither is, but for the first.
  static void add_parameter(effect_definition& e, const scxml_tree& element, const std::string& as,
                            const std::string& name) {
    const auto text = attribute_of(element, name);
    const auto expression = cel_from_scxml(attribute_of(element, name + "expr"));
    if (!text.empty() || !expression.empty() || as == e.kind) {
      e.parameters.push_back({as, expression.empty() ? node::text_of(text) : node{}, expression});
    }
  }

  /// To oneself at once is `raise`; everything else is the host's to carry out.
  void read_send(const scxml_tree& element, const std::string& pointer, actions& into) const {
    const bool to_itself = attribute_of(element, "target") == "#_internal";
    const bool has_data =
        !attribute_of(element, "namelist").empty() || element.count("param") != 0 || element.count("content") != 0;
    if (!attribute_of(element, "idlocation").empty()) {
      return out_.fault("unsupported-element", "<send idlocation> has no counterpart in a lifecycle", pointer);
    }
    if (to_itself && (has_data || !attribute_of(element, "eventexpr").empty())) {
      return out_.fault("unsupported-element", "a raised event has a fixed name and no data", pointer);
    }
    if (to_itself) {
      into.push_back({raised_event{attribute_of(element, "event"), pointer}});
      return;
    }
    effect_definition e{"send", {}, pointer};
    add_parameter(e, element, "send", "event");
    for (const auto* name : {"target", "type", "id", "delay"}) {
      add_parameter(e, element, name, name);
    }
    for (const auto& name : names_in(attribute_of(element, "namelist"))) {
      e.parameters.push_back({name, {}, name});
    }
    read_sent(element, pointer, e);
    into.push_back({std::move(e)});
  }

  void read_sent(const scxml_tree& send, const std::string& at, effect_definition& e) const {
    each_element(send, at, [&](const std::string& name, const scxml_tree& element, const std::string& pointer) {
      auto expression = attribute_of(element, "expr");
      if (name == "param") {
        expression = expression.empty() ? attribute_of(element, "location") : expression;
        e.parameters.push_back({attribute_of(element, "name"), {}, cel_from_scxml(expression)});
      } else if (name == "content") {
        e.parameters.push_back(
            {"content", expression.empty() ? node::text_of(element.data()) : node{}, cel_from_scxml(expression)});
      } else {
        out_.refuse(name, pointer);
      }
    });
  }

  /// `<elseif/>` and `<else/>` stand between the branches, not around them.
  void read_if(const scxml_tree& element, const std::string& pointer, actions& into) const {
    std::vector<std::pair<std::string, scxml_tree>> branches;
    branches.emplace_back(cel_from_scxml(attribute_of(element, "cond")), scxml_tree{});
    bool otherwise = false;
    for (const auto& item : element) {
      const auto name = local_name(item.first);
      if (name == "elseif" || name == "else") {
        otherwise = name == "else";
        branches.emplace_back(otherwise ? std::string{} : cel_from_scxml(attribute_of(item.second, "cond")),
                              scxml_tree{});
      } else {
        branches.back().second.push_back(item);
      }
    }
    actions rest;
    for (auto branch = branches.rbegin(); branch != branches.rend(); ++branch) {
      actions list;
      read(branch->second, pointer, list);
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

  scxml_faults out_;
};

} // namespace plaint::detail
