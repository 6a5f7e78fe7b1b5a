// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/zone_source.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace plaint::detail {

/// The name with the capitals that most zones have: "europe/isle of man" gives "Europe/Isle_of_Man".
[[nodiscard]] inline std::string usual_capitals(std::string_view name) {
  std::string text;
  std::string word;
  const auto finish_word = [&] {
    if (!word.empty() && word != "of" && word != "es" && word != "au") {
      word[0] = word[0] >= 'a' && word[0] <= 'z' ? static_cast<char>(word[0] - 'a' + 'A') : word[0];
    }
    text += word;
    word.clear();
  };
  for (char c : name) {
    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (c == '/' || c == '_' || c == ' ' || c == '-') {
      finish_word();
      text += c == ' ' ? '_' : c;
    } else {
      word += c;
    }
  }
  finish_word();
  return text;
}

/// A name that the source knows and that differs by capitals or one slip of the pen; a source cannot list its names, so
/// a few hundred slips are tried.
[[nodiscard]] inline std::string near_zone_name(std::string_view name, const zone_source& source) {
  constexpr std::size_t longest = 40;
  if (name.empty() || name.size() > longest) {
    return {};
  }
  const std::string usual = usual_capitals(name);
  for (const std::string& base : {usual, std::string(name)}) {
    if (base != name && source(base)) {
      return base;
    }
    for (std::size_t i = 0; i < base.size(); ++i) {
      std::string slip = base;
      if (i + 1 < base.size()) {
        std::swap(slip[i], slip[i + 1]);
        if (source(slip)) {
          return slip;
        }
      }
      slip = base;
      if (source(slip.erase(i, 1))) {
        return slip;
      }
    }
    for (std::size_t i = 0; i <= base.size(); ++i) {
      for (const char c : std::string_view("abcdefghijklmnopqrstuvwxyz_/")) {
        std::string slip = base;
        if (source(slip.insert(i, 1, c))) {
          return slip;
        }
        slip = base;
        if (i < base.size() && source(slip.replace(i, 1, 1, c))) {
          return slip;
        }
      }
    }
  }
  return {};
}

} // namespace plaint::detail
