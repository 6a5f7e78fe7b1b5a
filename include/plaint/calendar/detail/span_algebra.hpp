// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/span.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace plaint::detail {

/// Spans in order, none empty, none touching another.
using span_list = std::vector<span>;

inline void append_span(span_list& out, const span& s) {
  if (s.empty()) {
    return;
  }
  if (!out.empty() && s.from <= out.back().to) {
    out.back().to = std::max(out.back().to, s.to);
  } else {
    out.push_back(s);
  }
}

/// Any spans as a list: sorted, joined, without empty ones.
[[nodiscard]] inline span_list joined(std::vector<span> any) {
  if (!std::is_sorted(any.begin(), any.end())) {
    std::sort(any.begin(), any.end());
  }
  span_list out;
  out.reserve(any.size());
  for (const auto& s : any) {
    append_span(out, s);
  }
  return out;
}

[[nodiscard]] inline span_list unite(const span_list& a, const span_list& b) {
  span_list out;
  out.reserve(a.size() + b.size());
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() || j < b.size()) {
    const bool first = j == b.size() || (i < a.size() && a[i].from < b[j].from);
    append_span(out, first ? a[i++] : b[j++]);
  }
  return out;
}

[[nodiscard]] inline span_list intersect(const span_list& a, const span_list& b) {
  span_list out;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (const auto common = a[i] & b[j]) {
      out.push_back(*common);
    }
    ++(a[i].to < b[j].to ? i : j);
  }
  return out;
}

/// What `a` holds and `b` does not.
[[nodiscard]] inline span_list without(span_list a, const span_list& b) {
  if (b.empty()) {
    return a;
  }
  span_list out;
  out.reserve(a.size() + b.size());
  std::size_t j = 0;
  for (span rest : a) {
    while (j < b.size() && b[j].to <= rest.from) {
      ++j;
    }
    std::size_t k = j;
    for (; k < b.size() && b[k].from < rest.to; ++k) {
      if (rest.from < b[k].from) {
        out.push_back({rest.from, b[k].from});
      }
      rest.from = std::max(rest.from, b[k].to);
    }
    if (!rest.empty()) {
      out.push_back(rest);
    }
    j = k > j ? k - 1 : k; // the last one may reach into the next span
  }
  return out;
}

/// Shortens the outermost spans to what lies within; all meet it.
inline void trim(span_list& all, span within) {
  if (!all.empty()) {
    all.front().from = std::max(all.front().from, within.from);
    all.back().to = std::min(all.back().to, within.to);
  }
}

[[nodiscard]] inline span_list cut_to(const span_list& a, span within) {
  if (within.empty()) {
    return {};
  }
  const auto first = std::partition_point(a.begin(), a.end(), [&](const span& s) { return s.to <= within.from; });
  const auto last = std::partition_point(first, a.end(), [&](const span& s) { return s.from < within.to; });
  span_list out(first, last);
  trim(out, within);
  return out;
}
[[nodiscard]] inline span_list cut_to(span_list&& a, span within) {
  if (within.empty()) {
    return {};
  }
  a.erase(std::partition_point(a.begin(), a.end(), [&](const span& s) { return s.from < within.to; }), a.end());
  a.erase(a.begin(), std::partition_point(a.begin(), a.end(), [&](const span& s) { return s.to <= within.from; }));
  trim(a, within);
  return std::move(a);
}

} // namespace plaint::detail
