// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/io/detail/transition_label.hpp>
#include <plaint/lifecycle/lifecycle.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace plaint {

namespace detail {

class mermaid_writer {
public:
  mermaid_writer(const lifecycle& in, std::string_view language) : in_(in), language_(language) {}

  std::string write(const configuration* at) {
    out_ = "stateDiagram-v2\n";
    write_inside(no_id, 1);
    for (const auto& e : edges_of(in_)) {
      for (const auto& label : e.labels) {
        write_edge(e, label);
      }
    }
    if (at != nullptr) {
      out_ += "  classDef active fill:#fde68a,stroke:#b45309,stroke-width:2px\n";
      for (const auto s : in_.leaves(*at)) {
        out_ += "  class " + id_of(s) + " active\n";
      }
    }
    return std::move(out_);
  }

private:
  /// Mermaid takes letters, digits and _ only; everything else gets a number and its name as caption.
  [[nodiscard]] std::string id_of(state_id s) const {
    const auto& name = in_.name(s);
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    });
    return plain && name != "end" && name != "state" ? name : "s" + std::to_string(s) + "_";
  }

  [[nodiscard]] static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      switch (c) {
      case '"':
        out += "#quot;";
        break;
      case ';':
        out += "#59;";
        break;
      case '#':
        out += "#35;";
        break;
      case '<':
        out += "#lt;";
        break;
      case '>':
        out += "#gt;";
        break;
      case ':':
        out += "#58;";
        break;
      case '\n':
        out += ' ';
        break;
      default:
        out += c;
      }
    }
    return out;
  }

  void line(int depth, const std::string& text) {
    out_ += std::string(static_cast<std::size_t>(depth) * 2, ' ') + text + "\n";
  }

  void write_inside(state_id parent, int depth) {
    const auto& chart = in_.chart();
    const bool parallel = parent != no_id && in_.type_of(parent) == state_type::parallel;
    if (!parallel) {
      const auto initial =
          chart::part(chart.states_pool, parent == no_id ? chart.initial : chart.states[parent].initial);
      for (const auto s : initial) {
        line(depth, "[*] --> " + id_of(s));
      }
    }
    bool first = true;
    for (std::size_t s = chart.begin_of(parent); s < chart.end_of(parent); s = chart.states[s].end) {
      const auto id = static_cast<state_id>(s);
      if (parallel && !first && !chart.is_history(id)) {
        line(depth, "--");
      }
      first = first && chart.is_history(id);
      write_state(id, depth);
    }
  }

  void write_state(state_id s, int depth) {
    const auto& chart = in_.chart();
    auto caption = caption_of(in_, s, language_);
    if (chart.is_history(s)) {
      caption = in_.type_of(s) == state_type::deep_history ? "H*" : "H";
    }
    if (caption != id_of(s)) {
      line(depth, "state \"" + escaped(caption) + "\" as " + id_of(s));
    } else if (chart.is_leaf(s)) {
      line(depth, id_of(s));
    }
    for (const auto& text : inner_lines(in_, s)) {
      line(depth, id_of(s) + " : " + escaped(text));
    }
    if (in_.type_of(s) == state_type::final) {
      line(depth, id_of(s) + " --> [*]");
    }
    if (!chart.is_leaf(s) && !chart.is_history(s)) {
      line(depth, "state " + id_of(s) + " {");
      write_inside(s, depth + 1);
      line(depth, "}");
    }
  }

  void write_edge(const drawn_edge& e, const std::string& label) {
    if (e.from != no_id) {
      line(1, id_of(e.from) + " --> " + id_of(e.to) + (label.empty() ? "" : " : " + escaped(label)));
    } else { // from wherever the complaint is: no state can stand for all of them
      line(1, "note right of " + id_of(e.to) + " : from anywhere, " + escaped(label));
    }
  }

  const lifecycle& in_;
  std::string_view language_;
  std::string out_{};
};

} // namespace detail

/// The lifecycle as a Mermaid state diagram; where a configuration is given, its states are marked.
[[nodiscard]] inline std::string to_mermaid(const lifecycle& in, const configuration* at = nullptr,
                                            std::string_view language = "") {
  return detail::mermaid_writer(in, language).write(at);
}

} // namespace plaint
