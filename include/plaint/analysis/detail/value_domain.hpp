// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/program.hpp>
#include <plaint/expr/schema.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace plaint::detail {

/// What an expression looks at, beyond what `program::reads` tells.
struct program_views {
  std::vector<std::uint16_t> fields{};
  std::vector<std::uint16_t> clocks{};
  std::vector<std::uint16_t> ladders{};
  bool actor_id = false;
  bool actor = false;
  bool now = false;
  bool asks_set = false; ///< whether an attribute is set
  bool measures = false; ///< size, arithmetic and the like: more values than the constants matter
};

[[nodiscard]] inline program_views views_of(const program& p) {
  program_views seen;
  const auto note = [](std::vector<std::uint16_t>& all, std::uint16_t place) {
    if (std::find(all.begin(), all.end(), place) == all.end()) {
      all.push_back(place);
    }
  };
  for (const auto& i : p.code().instructions) {
    switch (i.op) {
    case opcode::event_field:
      note(seen.fields, i.b);
      break;
    case opcode::clock:
      note(seen.clocks, i.b);
      break;
    case opcode::ladder:
      note(seen.ladders, i.b);
      break;
    case opcode::actor:
      seen.actor = true;
      seen.actor_id = seen.actor_id || i.a == 0;
      break;
    case opcode::now:
      seen.now = true;
      break;
    case opcode::size:
      seen.measures = true;
      break;
    case opcode::is_set:
      seen.asks_set = true;
      break;
    default:
      break;
    }
  }
  for (const auto& test : p.code().tests) {
    seen.asks_set = seen.asks_set || test.test == relation::present || test.test == relation::missing;
  }
  return seen;
}

/// The values that stand for all values of a declaration: each guard that these programs hold answers alike for every
/// value between two neighbours.
class value_domain {
public:
  explicit value_domain(const attribute& declared) : declared_(declared) { add(declared.initial); }

  /// Takes note of the constants of a program that reads or writes the attribute.
  void see(const program& p, bool measures) {
    measures_ = measures_ || measures;
    for (const auto& v : p.code().pool) {
      mention(v);
    }
    for (const auto& t : p.code().tests) {
      mention(t);
    }
    for (const auto& t : p.code().comparisons) {
      mention(t);
    }
    for (const auto& c : p.code().constants) {
      mention(to_value(c));
    }
    whole_ = whole_ || !p.code().enumerations.empty() || !p.code().masks.empty();
  }

  [[nodiscard]] std::vector<value> values() {
    switch (declared_.type.kind()) {
    case type_kind::boolean:
      add(false);
      add(true);
      break;
    case type_kind::enumeration:
      add_members();
      break;
    case type_kind::integer:
    case type_kind::timestamp:
    case type_kind::duration:
      add_whole();
      break;
    case type_kind::real:
      add_real();
      break;
    case type_kind::string:
      add_texts();
      break;
    case type_kind::list:
      add_lists();
      break;
    case type_kind::any:
      break;
    }
    return std::move(all_);
  }

private:
  void add(value v) {
    if (!v.is_absent() && !misfit(declared_, v) && std::find(all_.begin(), all_.end(), v) == all_.end()) {
      all_.push_back(std::move(v));
    }
  }

  void mention(const value& v) {
    if (const auto* items = v.get_if<value::list>()) {
      for (const auto& item : *items) {
        mention(item);
      }
    }
    if (const auto* i = v.get_if<std::int64_t>()) {
      whole_numbers_.push_back(*i);
      real_numbers_.push_back(static_cast<double>(*i));
    } else if (const auto* t = v.get_if<instant>()) {
      whole_numbers_.push_back(t->time_since_epoch().count());
    } else if (const auto* d = v.get_if<duration>()) {
      whole_numbers_.push_back(d->count());
    } else if (const auto* m = v.get_if<enum_member>()) {
      members_.push_back(m->index);
    } else if (const auto* r = v.get_if<double>()) {
      real_numbers_.push_back(*r);
    }
    constants_.push_back(v);
  }

  void mention(const comparison& t) {
    switch (t.kind) {
    case tag::integer:
    case tag::timestamp:
    case tag::duration:
      whole_numbers_.push_back(t.bits);
      break;
    case tag::real:
      real_numbers_.push_back(std::bit_cast<double>(t.bits));
      break;
    case tag::member:
      if (t.test != relation::one_of) {
        members_.push_back(static_cast<std::uint16_t>(t.bits));
      }
      for (std::uint16_t m = 0; t.test == relation::one_of && m < 64; ++m) {
        if ((static_cast<std::uint64_t>(t.bits) >> m & 1U) != 0) {
          members_.push_back(m);
        }
      }
      break;
    default:
      break;
    }
  }

  void add_members() {
    constexpr std::size_t few = 12;
    const auto count = declared_.type.names().size();
    bool other = false;
    for (std::size_t m = 0; m < count; ++m) {
      const auto member = static_cast<std::uint16_t>(m);
      const bool named = std::find(members_.begin(), members_.end(), member) != members_.end();
      if (named || count <= few || (whole_ && count <= 64) || !other) {
        add(enum_member{member});
        other = other || !named;
      }
    }
  }

  [[nodiscard]] value whole(std::int64_t i) const {
    switch (declared_.type.kind()) {
    case type_kind::timestamp:
      return instant(duration(i));
    case type_kind::duration:
      return duration(i);
    default:
      return i;
    }
  }

  void add_whole() {
    constexpr std::int64_t far = std::int64_t{1} << 62;
    for (const auto& bound : {declared_.least, declared_.most}) {
      if (bound) {
        add(*bound);
      }
    }
    if (whole_numbers_.empty()) {
      whole_numbers_.push_back(1);
    }
    for (const auto i : whole_numbers_) {
      for (std::int64_t d = -1; d <= 1 && i > -far && i < far; ++d) {
        add(whole(i + d));
      }
    }
  }

  void add_real() {
    for (const auto& bound : {declared_.least, declared_.most}) {
      if (bound) {
        add(*bound);
      }
    }
    auto& marks = real_numbers_;
    marks.push_back(0);
    std::sort(marks.begin(), marks.end());
    marks.erase(std::unique(marks.begin(), marks.end()), marks.end());
    for (std::size_t i = 0; i < marks.size(); ++i) {
      add(i == 0 ? marks[0] - 1 : (marks[i - 1] + marks[i]) / 2);
      add(marks[i]);
    }
    add(marks.back() + 1);
  }

  void add_texts() {
    for (const auto& v : constants_) {
      if (v.is<std::string>()) {
        add(v);
      }
    }
    std::string other = "other";
    while (std::find(all_.begin(), all_.end(), value(other)) != all_.end()) {
      other += "s";
    }
    add(value(other));
    if (measures_) {
      add(value(""));
    }
    if (all_.empty()) { // a declared longest size below that of any word
      add(value("x"));
    }
  }

  void add_lists() {
    constexpr std::size_t most = 4;
    const attribute item{.name = declared_.name, .type = declared_.type.item()};
    value_domain items(item);
    items.constants_ = constants_;
    items.whole_numbers_ = whole_numbers_;
    items.real_numbers_ = real_numbers_;
    items.members_ = members_;
    auto each = items.values();
    add(value(value::list{}));
    for (const auto& v : each) {
      add(value(value::list{v}));
    }
    for (std::size_t set = 0; each.size() <= most && set < (std::size_t{1} << each.size()); ++set) {
      value::list some;
      for (std::size_t i = 0; i < each.size(); ++i) {
        if ((set >> i & 1U) != 0) {
          some.push_back(each[i]);
        }
      }
      add(value(std::move(some)));
    }
    add(value(std::move(each)));
  }

  const attribute& declared_;
  std::vector<value> all_{};
  std::vector<value> constants_{};
  std::vector<std::int64_t> whole_numbers_{};
  std::vector<double> real_numbers_{};
  std::vector<std::uint16_t> members_{};
  bool measures_ = false;
  bool whole_ = false;
};

} // namespace plaint::detail
