// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/io/detail/transition_label.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

namespace detail {

class dot_writer {
public:
  dot_writer(const lifecycle& in, std::string_view language) : in_(in), chart_(in.chart()), language_(language) {}

  std::string write(const configuration* at) {
    if (at != nullptr) {
      active_ = in_.active(*at);
    }
    out_ = "digraph lifecycle {\n"
           "  compound=true; rankdir=TB; fontname=\"Helvetica\"; nodesep=0.4; ranksep=0.5;\n"
           "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\", fontsize=11];\n"
           "  edge [fontname=\"Helvetica\", fontsize=9, arrowsize=0.7];\n";
    const auto edges = edges_of(in_);
    for (const auto& e : edges) {
      if (leads_inside(e)) {
        with_way_inside_.insert(e.from);
      }
    }
    write_inside(no_id, 1);
    for (const auto& e : edges) {
      write_edge(e);
    }
    return std::move(out_) + "}\n";
  }

private:
  [[nodiscard]] static std::string text_of(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') {
        out += '\\';
      }
      out += c == '\n' ? ' ' : c;
    }
    return out + '"';
  }
  /// Lines that Graphviz sets to the left, broken where they grow long.
  [[nodiscard]] static std::string label(const std::vector<std::string>& lines) {
    std::string out;
    for (const auto& l : lines) {
      const auto quoted_line = text_of(l);
      out += quoted_line.substr(1, quoted_line.size() - 2) + "\\l";
    }
    return "\"" + out + "\"";
  }
  [[nodiscard]] static std::string node_of(state_id s) { return "s" + std::to_string(s); }
  [[nodiscard]] bool is_active(state_id s) const { return std::binary_search(active_.begin(), active_.end(), s); }
  [[nodiscard]] bool is_group(state_id s) const { return !chart_.is_leaf(s) && !chart_.is_history(s); }

  void line(int depth, const std::string& text) {
    out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
  }

  void write_inside(state_id parent, int depth) {
    if (parent == no_id || in_.type_of(parent) == state_type::compound) {
      write_initial(parent, depth);
    }
    for (std::size_t s = chart_.begin_of(parent); s < chart_.end_of(parent); s = chart_.states[s].end) {
      write_state(static_cast<state_id>(s), depth);
    }
  }

  void write_initial(state_id parent, int depth) {
    const auto start = "i" + (parent == no_id ? std::string("all") : std::to_string(parent));
    line(depth, start + " [shape=point, width=0.12, label=\"\"];");
    for (const auto s :
         chart::part(chart_.states_pool, parent == no_id ? chart_.initial : chart_.states[parent].initial)) {
      line(depth, start + " -> " + node_of(leaf_in(s)) + heads(s, false) + ";");
    }
  }

  void write_state(state_id s, int depth) {
    const auto caption = caption_of(in_, s, language_);
    if (chart_.is_history(s)) {
      line(depth, node_of(s) + " [shape=circle, width=0.3, fixedsize=true, label=\"" +
                      (in_.type_of(s) == state_type::deep_history ? "H*" : "H") + "\"];");
      return;
    }
    if (!is_group(s)) {
      auto lines = inner_lines(in_, s);
      lines.insert(lines.begin(), caption);
      line(depth, node_of(s) + " [label=" + (lines.size() == 1 ? text_of(caption) : label(lines)) +
                      (in_.type_of(s) == state_type::final ? ", peripheries=2" : "") +
                      (is_active(s) ? ", fillcolor=\"#fde68a\", penwidth=2" : "") + "];");
      return;
    }
    const bool region = in_.parent_of(s) != no_id && in_.type_of(in_.parent_of(s)) == state_type::parallel;
    line(depth, "subgraph cluster_" + node_of(s) + " {");
    if (with_way_inside_.count(s) != 0) {
      line(depth + 1, way_inside(s) + " [shape=point, width=0.06, color=gray40, label=\"\"];");
    }
    line(depth + 1, "label=" + text_of(caption) + "; style=\"rounded" + (region ? ",dashed" : "") +
                        "\"; color=" + (is_active(s) ? "\"#b45309\"" : "gray40") + ";");
    write_inside(s, depth + 1);
    line(depth, "}");
  }

  /// Ways from a state to what lies inside it begin at a dot inside; its frame cannot be both ends' side.
  [[nodiscard]] bool leads_inside(const drawn_edge& e) const {
    return e.from != no_id && is_group(e.from) && chart_.inside(e.to, e.from);
  }
  [[nodiscard]] static std::string way_inside(state_id s) { return "o" + std::to_string(s); }

  /// Graphviz joins nodes only: a state with others inside is stood for by its first leaf, and cut off at its frame.
  [[nodiscard]] state_id leaf_in(state_id s) const {
    while (is_group(s)) {
      s = chart_.children_of(s).front();
    }
    return s;
  }
  [[nodiscard]] std::string heads(state_id to, bool from, state_id source = no_id) const {
    std::string text;
    if (is_group(to)) {
      text += "lhead=cluster_" + node_of(to);
    }
    if (from && is_group(source)) {
      text += (text.empty() ? "" : ", ") + std::string("ltail=cluster_") + node_of(source);
    }
    return text.empty() ? "" : " [" + text + "]";
  }

  void write_edge(const drawn_edge& e) {
    if (e.from == no_id) {
      const auto anywhere = "any" + std::to_string(e.to);
      line(1, anywhere + " [shape=plaintext, style=\"\", label=\"anywhere\"];");
      line(1, anywhere + " -> " + node_of(leaf_in(e.to)) + " [label=" + label(e.labels) + "];");
      return;
    }
    if (leads_inside(e)) {
      const auto head = heads(e.to, false);
      line(1, way_inside(e.from) + " -> " + node_of(leaf_in(e.to)) + " [label=" + label(e.labels) +
                  (head.empty() ? "" : ", " + head.substr(2, head.size() - 3)) + "];");
      return;
    }
    auto more = heads(e.to, true, e.from);
    more = more.empty() ? "" : ", " + more.substr(2, more.size() - 3);
    line(1, node_of(leaf_in(e.from)) + " -> " + node_of(leaf_in(e.to)) + " [label=" + label(e.labels) + more + "];");
  }

  const lifecycle& in_;
  const chart& chart_;
  std::string_view language_;
  std::vector<state_id> active_{};
  std::set<state_id> with_way_inside_{};
  std::string out_{};
};

} // namespace detail

/// The lifecycle as a Graphviz graph; where a configuration is given, its states are marked.
[[nodiscard]] inline std::string to_dot(const lifecycle& in, const configuration* at = nullptr,
                                        std::string_view language = "") {
  return detail::dot_writer(in, language).write(at);
}

} // namespace plaint
