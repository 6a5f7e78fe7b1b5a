// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/analysis/property.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::detail {

/// A sentence taken apart into words, and what can be looked for in it.
class property_words {
public:
  explicit property_words(std::string_view text) : text_(text) {
    std::string word;
    std::size_t depth = 0;
    const auto end_word = [&] {
      if (!word.empty()) {
        words_.push_back(std::move(word));
        word.clear();
      }
    };
    for (const char c : text) {
      depth += c == '(' ? 1 : 0;
      depth -= c == ')' && depth > 0 ? 1 : 0;
      const bool gap = c == ' ' || c == '\t' || c == '\n' || c == '\r';
      if (depth == 0 && (gap || c == ',' || c == '[' || c == ']' || c == '"' || c == '\'' || c == '`')) {
        end_word();
        if (c == ',') {
          words_.emplace_back(",");
        }
      } else if (!gap) {
        word += c;
      }
    }
    end_word();
    while (!words_.empty() && (words_.back() == "." || words_.back() == ",")) {
      words_.pop_back();
    }
    end_ = words_.size();
  }

protected:
  using list = std::initializer_list<std::string_view>;
  using subjects = std::vector<property_subject>;

  [[nodiscard]] property made(property_kind kind) const {
    property p;
    p.kind = kind;
    p.text = std::string(text_);
    return p;
  }

  [[nodiscard]] static std::string lower(std::string_view s) {
    std::string all(s);
    std::transform(all.begin(), all.end(), all.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return all;
  }
  [[nodiscard]] bool is(std::size_t at, std::string_view word) const { return at < end_ && lower(words_[at]) == word; }
  [[nodiscard]] bool is_any(std::size_t at, list options) const {
    return std::any_of(options.begin(), options.end(), [&](auto w) { return is(at, w); });
  }
  /// The words of a phrase at a place; their number, or 0.
  [[nodiscard]] std::size_t phrase(std::size_t at, std::string_view words) const {
    std::size_t count = 0;
    while (!words.empty()) {
      const auto gap = std::min(words.find(' '), words.size());
      if (!is(at + count, words.substr(0, gap))) {
        return 0;
      }
      ++count;
      words.remove_prefix(std::min(gap + 1, words.size()));
    }
    return count;
  }
  struct found {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  [[nodiscard]] std::optional<found> find(list phrases, std::size_t from = 0) const {
    for (std::size_t at = from; at < end_; ++at) {
      for (const auto p : phrases) {
        if (const auto n = phrase(at, p)) {
          return found{at, at + n};
        }
      }
    }
    return std::nullopt;
  }
  /// A quantifier such as "every" at a place; one past it.
  [[nodiscard]] std::size_t after_every(std::size_t at) const {
    return is_any(at, {"every", "each", "all", "any"}) ? at + 1 : 0;
  }

  /// One word or two: "notice(final)", "notice final", "state closed", "closed".
  [[nodiscard]] std::optional<property_subject> one(std::size_t& at, std::size_t end) const {
    while (at + 1 < end && is_any(at, {"the", "a", "an", "some"}) && !is_any(at + 1, {",", "or", "and"})) {
      ++at;
    }
    if (at >= end) {
      return std::nullopt;
    }
    static constexpr std::array<std::pair<std::string_view, subject_kind>, 11> heads{
        {{"state", subject_kind::state},
         {"enter", subject_kind::state},
         {"event", subject_kind::event},
         {"notice", subject_kind::notice},
         {"effect", subject_kind::effect},
         {"carrying", subject_kind::carrying},
         {"carries", subject_kind::carrying},
         {"clock", subject_kind::clock},
         {"goals", subject_kind::clock},
         {"in_state", subject_kind::state},
         {"do", subject_kind::effect}}};
    const auto& word = words_[at];
    const auto open = word.find('(');
    if (open != std::string::npos && open > 0 && word.back() == ')') {
      auto inner = word.substr(open + 1, word.size() - open - 2);
      std::erase_if(inner, [](char c) { return c == '"' || c == '\''; });
      const auto head = lower(word.substr(0, open));
      ++at;
      for (const auto& [name, kind] : heads) {
        if (head == name) {
          return property_subject{kind, inner};
        }
      }
      return property_subject{subject_kind::effect, word.substr(0, open) + ":" + inner};
    }
    if (const auto n = phrase(at, "external route") + phrase(at, "way outside"); n > 0) {
      at += n;
      return property_subject{subject_kind::carrying, "right_external"};
    }
    if (is_any(at, {"everything", "anything"}) || phrase(at, "every state") > 0 || phrase(at, "any state") > 0 ||
        phrase(at, "all states") > 0) {
      at += is_any(at, {"everything", "anything"}) ? 1 : 2;
      return property_subject{subject_kind::everything, {}};
    }
    if (is_any(at, {"end", "ends"}) || phrase(at, "every end") > 0 || phrase(at, "closed state") > 0 ||
        phrase(at, "final state") > 0) {
      at += is_any(at, {"end", "ends"}) ? 1 : 2;
      return property_subject{subject_kind::end, {}};
    }
    if (is_any(at, {"reopening", "reopenings"})) {
      ++at;
      return property_subject{subject_kind::reopening, {}};
    }
    for (const auto& [name, kind] : heads) {
      if (is(at, name) && at + 1 < end && name != "carries" && name != "do" && name != "enter") {
        at += 2;
        return property_subject{kind, words_[at - 1]};
      }
    }
    return property_subject{subject_kind::name, words_[at++]};
  }

  /// Subjects joined by commas, "or", "and"; nothing where other words stand between them.
  [[nodiscard]] std::optional<subjects> several(std::size_t begin, std::size_t end) const {
    subjects all;
    bool want = true;
    for (std::size_t at = begin; at < end;) {
      if (is_any(at, {",", "or", "and"})) {
        ++at;
        want = true;
        continue;
      }
      if (!want) {
        return std::nullopt;
      }
      auto s = one(at, end);
      if (!s) {
        return std::nullopt;
      }
      all.push_back(std::move(*s));
      want = false;
    }
    return all.empty() ? std::nullopt : std::optional(std::move(all));
  }
  [[nodiscard]] std::vector<std::string> plain(std::size_t begin, std::size_t end, list skipped = {}) const {
    std::vector<std::string> all;
    for (std::size_t at = begin; at < end; ++at) {
      if (!is_any(at, {",", "or", "and", "the", "a", "an", "its"}) && !is_any(at, skipped)) {
        all.push_back(words_[at]);
      }
    }
    return all;
  }

  std::string_view text_;
  std::vector<std::string> words_{};
  std::size_t end_ = 0;
};

} // namespace plaint::detail
