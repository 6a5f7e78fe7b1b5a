// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/expr/outcome.hpp>
#include <plaint/expr/schema.hpp>
#include <plaint/expr/value_text.hpp>

#include <boost/multiprecision/cpp_int.hpp>
#include <rapidcheck.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

/// Random expressions of good type over the desk's attributes, printed with every bracket, and a slow evaluator that
/// walks them: the oracle of the flat program.
namespace random_expression {

using namespace plaint;

struct tree {
  std::string op; ///< an operator, "name", "literal" or "has"
  value literal{};
  type of{};
  std::string name{};
  std::vector<tree> parts{};
};

struct result {
  enum class kind { known, absent, error } is = kind::known;
  plaint::value value{};
  fault why = fault::none;
};

inline truth to_truth(const result& r) {
  return r.is == result::kind::absent  ? truth::unknown
         : r.is == result::kind::error ? truth::error
         : r.value == value(true)      ? truth::yes
                                       : truth::no;
}

inline std::string print(const tree& t) {
  if (t.op == "literal") {
    return to_text(t.literal, t.of);
  }
  if (t.op == "name") {
    return t.name;
  }
  if (t.op == "has") {
    return "has(" + t.name + ")";
  }
  if (t.op == "!" || t.op == "neg") {
    return (t.op == "!" ? "!(" : "-(") + print(t.parts[0]) + ")";
  }
  if (t.op == "size") {
    return "size(" + print(t.parts[0]) + ")";
  }
  if (t.op == "list") {
    std::string items;
    for (const auto& part : t.parts) {
      items += (items.empty() ? "" : ", ") + print(part);
    }
    return "[" + items + "]";
  }
  if (t.op == "?") {
    return "(" + print(t.parts[0]) + " ? " + print(t.parts[1]) + " : " + print(t.parts[2]) + ")";
  }
  return "(" + print(t.parts[0]) + " " + t.op + " " + print(t.parts[1]) + ")";
}

inline rc::Gen<tree> literal(const type& of) {
  return rc::gen::map(rc::gen::inRange(-3, 4), [=](int i) {
    value v;
    switch (of.kind()) {
    case type_kind::boolean:
      v = i > 0;
      break;
    case type_kind::integer:
      v = i == 3 ? std::numeric_limits<std::int64_t>::max() : std::int64_t{i};
      break;
    case type_kind::real:
      v = i / 2.0;
      break;
    default:
      v = std::string(static_cast<std::size_t>(i + 3), 'a');
      break;
    }
    return tree{"literal", std::move(v), of, {}, {}};
  });
}

inline rc::Gen<tree> leaf(const type& of, const std::string& name) {
  const auto named = [=](const std::string& suffix) { return tree{"name", {}, of, name + suffix, {}}; };
  return rc::gen::oneOf(literal(of), rc::gen::element(named(""), named("_unset")));
}

inline tree node(std::string op, std::vector<tree> parts) {
  return {std::move(op), {}, {}, {}, std::move(parts)};
}

rc::Gen<tree> boolean(int depth);

inline rc::Gen<tree> of_type(type_kind kind, int depth) {
  const auto two = [=](std::vector<std::string> ops, type_kind inner) {
    return rc::gen::exec([=] {
      const auto op = *rc::gen::elementOf(ops);
      return node(op, {*of_type(inner, depth - 1), *of_type(inner, depth - 1)});
    });
  };
  const auto chosen = rc::gen::exec([=] {
    return node("?", {*of_type(type_kind::boolean, depth - 1), *of_type(kind, depth - 1), *of_type(kind, depth - 1)});
  });
  if (kind == type_kind::boolean) {
    return depth <= 0 ? leaf(type::boolean(), "urgent") : boolean(depth);
  }
  if (kind == type_kind::integer) {
    if (depth <= 0) {
      return leaf(type::integer(), "reopened");
    }
    const auto one = rc::gen::exec([=] { return node("neg", {*of_type(kind, depth - 1)}); });
    const auto size = rc::gen::exec([=] { return node("size", {*of_type(type_kind::string, depth - 1)}); });
    return rc::gen::oneOf(leaf(type::integer(), "reopened"), two({"+", "-", "*", "/", "%"}, kind), one, size, chosen);
  }
  if (kind == type_kind::real) {
    return depth <= 0 ? leaf(type::real(), "amount")
                      : rc::gen::oneOf(leaf(type::real(), "amount"), two({"+", "-", "*", "/"}, kind), chosen);
  }
  return depth <= 0 ? leaf(type::string(), "owner")
                    : rc::gen::oneOf(leaf(type::string(), "owner"), two({"+"}, kind), chosen);
}

inline rc::Gen<tree> boolean(int depth) {
  if (depth <= 0) {
    return leaf(type::boolean(), "urgent");
  }
  const auto logic = rc::gen::exec([=] {
    const auto op = *rc::gen::element(std::string("&&"), std::string("||"));
    return node(op, {*boolean(depth - 1), *boolean(depth - 1)});
  });
  const auto negated = rc::gen::exec([=] { return node("!", {*boolean(depth - 1)}); });
  const auto compared = rc::gen::exec([=] {
    const auto kind = *rc::gen::element(type_kind::boolean, type_kind::integer, type_kind::real, type_kind::string);
    const auto op = *rc::gen::element<std::string>("==", "!=", "<", "<=", ">", ">=");
    return node(op, {*of_type(kind, depth - 1), *of_type(kind, depth - 1)});
  });
  const auto mixed = rc::gen::exec([=] {
    const auto op = *rc::gen::element<std::string>("<", "<=", ">", ">=");
    return node(op, {*of_type(type_kind::integer, depth - 1), *of_type(type_kind::real, depth - 1)});
  });
  const auto member = rc::gen::exec([=] {
    const auto kind = *rc::gen::element(type_kind::integer, type_kind::string);
    std::vector<tree> items;
    for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
      items.push_back(*of_type(kind, depth - 1));
    }
    return node("in", {*of_type(kind, depth - 1), node("list", std::move(items))});
  });
  const auto set = rc::gen::map(rc::gen::element<std::string>("owner", "owner_unset", "amount"), [](std::string name) {
    return tree{"has", {}, {}, std::move(name), {}};
  });
  const auto chosen = rc::gen::exec([=] {
    return node("?", {*boolean(depth - 1), *boolean(depth - 1), *boolean(depth - 1)});
  });
  return rc::gen::oneOf(logic, logic, negated, compared, mixed, member, set, chosen, leaf(type::boolean(), "urgent"));
}

/// Every attribute with its default, another value, or absent.
inline rc::Gen<std::vector<value>> values(const schema& s) {
  return rc::gen::exec([=] {
    auto all = initial_values(s);
    for (const auto* name :
         {"urgent", "urgent_unset", "reopened", "reopened_unset", "amount", "amount_unset", "owner", "owner_unset"}) {
      const auto slot = *s.slot(name);
      if (*rc::gen::inRange(0, 8) == 0) {
        all[slot] = value();
      } else {
        all[slot] = (*literal(s.attributes[slot].type)).literal;
      }
    }
    return all;
  });
}

inline result failed(fault why) {
  return {result::kind::error, {}, why};
}

inline result calculate(const std::string& op, std::int64_t a, std::int64_t b) {
  if ((op == "/" || op == "%") && b == 0) {
    return failed(fault::division_by_zero);
  }
  const auto least = std::numeric_limits<std::int64_t>::min();
  if ((op == "/" || op == "%") && a == least && b == -1) {
    return failed(fault::overflow);
  }
  using wide = boost::multiprecision::int128_t;
  const wide x = a;
  const wide y = b;
  const wide exact = op == "+"   ? wide(x + y)
                     : op == "-" ? wide(x - y)
                     : op == "*" ? wide(x * y)
                     : op == "/" ? wide(x / y)
                                 : wide(x % y);
  if (exact < least || exact > std::numeric_limits<std::int64_t>::max()) {
    return failed(fault::overflow);
  }
  return {result::kind::known, static_cast<std::int64_t>(exact), fault::none};
}

template <class T>
bool compares(const std::string& op, const T& a, const T& b) {
  return op == "=="   ? a == b
         : op == "!=" ? a != b
         : op == "<"  ? a < b
         : op == "<=" ? a <= b
         : op == ">"  ? a > b
                      : a >= b;
}

inline bool compares(const std::string& op, const value& a, const value& b) {
  if (const auto* i = a.get_if<std::int64_t>(), *j = b.get_if<std::int64_t>(); i != nullptr && j != nullptr) {
    return compares(op, *i, *j);
  }
  if (const auto* s = a.get_if<std::string>()) {
    return compares(op, *s, *b.get_if<std::string>());
  }
  if (const auto* p = a.get_if<bool>()) {
    return compares(op, *p, *b.get_if<bool>());
  }
  const auto wide = [](const value& v) { // 64 bits of mantissa hold every int
    const auto* i = v.get_if<std::int64_t>();
    return i == nullptr ? static_cast<long double>(*v.get_if<double>()) : static_cast<long double>(*i);
  };
  return compares(op, wide(a), wide(b));
}

result walk(const tree& t, const schema& s, const std::vector<value>& values);

inline result logic(const tree& t, const schema& s, const std::vector<value>& values) {
  const bool dominant = t.op == "||";
  const auto a = walk(t.parts[0], s, values);
  const auto b = walk(t.parts[1], s, values);
  for (const auto& r : {a, b}) {
    if (r.is == result::kind::known && r.value == value(dominant)) {
      return r;
    }
  }
  for (const auto kind : {result::kind::absent, result::kind::error}) {
    if (a.is == kind || b.is == kind) {
      return a.is == kind ? a : b;
    }
  }
  return {result::kind::known, !dominant, fault::none};
}

inline result walk(const tree& t, const schema& s, const std::vector<value>& values) {
  if (t.op == "literal") {
    return {result::kind::known, t.literal, fault::none};
  }
  if (t.op == "name" || t.op == "has") {
    const auto& held = values[*s.slot(t.name)];
    if (t.op == "has") {
      return {result::kind::known, !held.is_absent(), fault::none};
    }
    return held.is_absent() ? result{result::kind::absent, {}, fault::none}
                            : result{result::kind::known, held, fault::none};
  }
  if (t.op == "&&" || t.op == "||") {
    return logic(t, s, values);
  }
  if (t.op == "?") {
    const auto c = walk(t.parts[0], s, values);
    return c.is == result::kind::known ? walk(t.parts[c.value == value(true) ? 1 : 2], s, values) : c;
  }
  std::vector<result> parts;
  for (const auto& part : t.parts) {
    parts.push_back(walk(part, s, values));
  }
  for (const auto kind : {result::kind::absent, result::kind::error}) {
    for (const auto& r : parts) {
      if (r.is == kind) {
        return r;
      }
    }
  }
  const auto known = [](value v) { return result{result::kind::known, std::move(v), fault::none}; };
  if (t.op == "list") {
    value::list items;
    for (auto& r : parts) {
      items.push_back(r.value);
    }
    return known(std::move(items));
  }
  const value& a = parts[0].value;
  if (t.op == "!") {
    return known(a == value(false));
  }
  if (t.op == "neg") {
    return calculate("-", 0, *a.get_if<std::int64_t>());
  }
  if (t.op == "size") {
    return known(static_cast<std::int64_t>(a.get_if<std::string>()->size())); // only ASCII here
  }
  const value& b = parts[1].value;
  if (t.op == "in") {
    for (const auto& item : *b.get_if<value::list>()) {
      if (item == a) {
        return known(true);
      }
    }
    return known(false);
  }
  if (std::string("+-*/%").find(t.op) == std::string::npos) {
    return known(compares(t.op, a, b));
  }
  if (const auto* i = a.get_if<std::int64_t>()) {
    return calculate(t.op, *i, *b.get_if<std::int64_t>());
  }
  if (const auto* x = a.get_if<double>()) {
    const double y = *b.get_if<double>();
    return known(t.op == "+" ? *x + y : t.op == "-" ? *x - y : t.op == "*" ? *x * y : *x / y);
  }
  return known(*a.get_if<std::string>() + *b.get_if<std::string>());
}

} // namespace random_expression
