// SPDX-License-Identifier: BSL-1.0
#include "value_conversion.hpp"

#include <plaint/expr/compile.hpp>
#include <plaint/expr/explain.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint::python {
namespace {

using names = std::vector<std::string>;

[[nodiscard]] std::vector<attribute> declarations(const py::dict& written) {
  std::vector<attribute> all;
  for (const auto& [name, of] : written) {
    auto text = name.cast<std::string>();
    auto read = type_from(of, text);
    all.push_back({.name = std::move(text), .type = std::move(read)});
  }
  return all;
}

[[nodiscard]] std::uint16_t place_in(const names& known, const std::string& name, const char* what) {
  const auto found = std::find(known.begin(), known.end(), name);
  if (found == known.end()) {
    const auto near = nearest(name, known);
    throw py::key_error("there is no " + std::string(what) + " \"" + name + "\"" +
                        (near.empty() ? std::string() : "; did you mean \"" + near + "\"?"));
  }
  return static_cast<std::uint16_t>(found - known.begin());
}

[[nodiscard]] names names_of(const std::vector<attribute>& all) {
  names known;
  for (const auto& a : all) {
    known.push_back(a.name);
  }
  return known;
}

[[nodiscard]] std::vector<value> values_from(const py::dict& given, const std::vector<attribute>& declared,
                                             const char* what) {
  std::vector<value> all(declared.size());
  const auto known = names_of(declared);
  for (const auto& [key, held] : given) {
    const auto name = key.cast<std::string>();
    const auto place = place_in(known, name, what);
    all[place] = value_from(held, declared[place].type, name);
  }
  return all;
}

/// Takes the known fields of a dict one after the other; what is left at the end is a KeyError.
class fields {
public:
  explicit fields(const py::dict& from) : left_(from.attr("copy")()) {}

  template <class T>
  void take(const char* name, T& into) {
    if (left_.contains(name)) {
      into = left_.attr("pop")(name).template cast<T>();
    }
  }
  void finish() const {
    if (!left_.empty()) {
      throw py::key_error("unknown field: " + py::repr(left_).cast<std::string>());
    }
  }

private:
  py::dict left_;
};

[[nodiscard]] clock_reading clock_from(const py::dict& given) {
  clock_reading r;
  fields f(given);
  f.take("running", r.running);
  f.take("paused", r.paused);
  f.take("breached", r.breached);
  f.take("done", r.done);
  f.take("elapsed", r.elapsed);
  f.take("remaining", r.remaining);
  f.take("due", r.due);
  f.finish();
  return r;
}

[[nodiscard]] ladder_reading ladder_from(const py::dict& given) {
  ladder_reading r;
  fields f(given);
  f.take("active", r.active);
  f.take("acknowledged", r.acknowledged);
  f.take("level", r.level);
  f.take("high_water", r.high_water);
  f.finish();
  return r;
}

/// Owns what a scope only views.
class scene {
public:
  scene(const schema& sees, const py::dict& attributes, const py::kwargs& rest)
      : values_(values_from(attributes, sees.attributes, "attribute")), states_((sees.states.size() + 63) / 64),
        event_(sees.event_fields.size()), clocks_(sees.clocks.size()), ladders_(sees.ladders.size()) {
    fields given(rest);
    py::object states = py::tuple();
    py::dict event;
    py::dict actor;
    py::dict clocks;
    py::dict ladders;
    std::optional<instant> at;
    given.take("states", states);
    given.take("event_name", event_name_);
    given.take("event", event);
    given.take("actor", actor);
    given.take("clocks", clocks);
    given.take("ladders", ladders);
    given.take("at", at);
    given.finish();
    event_ = values_from(event, sees.event_fields, "event field");
    for (const auto& name : states.cast<names>()) {
      const auto place = place_in(sees.states, name, "state");
      states_[place / 64U] |= std::uint64_t{1} << (place % 64U);
    }
    for (const auto& [name, reading] : clocks) {
      clocks_[place_in(sees.clocks, name.cast<std::string>(), "clock")] = clock_from(reading.cast<py::dict>());
    }
    for (const auto& [name, reading] : ladders) {
      ladders_[place_in(sees.ladders, name.cast<std::string>(), "ladder")] = ladder_from(reading.cast<py::dict>());
    }
    fields who(actor);
    std::string side = "none";
    who.take("id", id_);
    who.take("role", role_);
    who.take("class", side);
    who.finish();
    const names sides{"customer", "agent", "supplier", "system", "none"};
    scope_.actor = {id_, role_, static_cast<actor_class>(place_in(sides, side, "class of actors"))};
    scope_.attributes = values_;
    scope_.states = states_;
    scope_.event_name = event_name_;
    scope_.event = event_;
    scope_.at = at;
    scope_.clocks = {&clocks_, &read<clock_reading>};
    scope_.ladders = {&ladders_, &read<ladder_reading>};
  }
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  [[nodiscard]] const scope& seen() const noexcept { return scope_; }

private:
  template <class Reading>
  static Reading read(const void* all, std::uint16_t place) noexcept {
    return (*static_cast<const std::vector<Reading>*>(all))[place];
  }

  std::vector<value> values_;
  std::vector<std::uint64_t> states_;
  std::vector<value> event_;
  std::vector<clock_reading> clocks_;
  std::vector<ladder_reading> ladders_;
  std::string event_name_{};
  std::string id_{};
  std::string role_{};
  scope scope_{};
};

/// A program with the schema that it was compiled against, and what Python gave for both.
struct expression {
  expression(const std::string& text, const py::dict& attributes, const py::kwargs& rest)
      : attributes_given(attributes), rest_given(rest) {
    fields given(rest);
    py::dict event;
    std::string returns = "any";
    sees.attributes = declarations(attributes);
    given.take("states", sees.states);
    given.take("clocks", sees.clocks);
    given.take("ladders", sees.ladders);
    given.take("roles", sees.roles);
    given.take("events", sees.events);
    given.take("event", event);
    given.take("returns", returns);
    given.finish();
    sees.event_fields = declarations(event);
    throw_if_error(check(sees));
    compiled = compile(text, sees, returns == "any" ? type::any() : type_from(py::str(returns), "returns"));
  }

  [[nodiscard]] py::object evaluate(const py::dict& attributes, const py::kwargs& rest) const {
    const scene given(sees, attributes, rest);
    const auto result = compute(compiled, given.seen());
    if (result.why != fault::none) {
      py::set_error(PyExc_ArithmeticError, to_string(result.why));
      throw py::error_already_set();
    }
    return to_python(result.value, compiled.result());
  }

  [[nodiscard]] guard_explanation explain(const py::dict& attributes, const py::kwargs& rest) const {
    const scene given(sees, attributes, rest);
    return plaint::explain(compiled, given.seen());
  }

  [[nodiscard]] py::tuple state() const {
    return py::make_tuple(std::string(compiled.text()), attributes_given, rest_given);
  }

  schema sees{};
  program compiled{};
  py::dict attributes_given;
  py::dict rest_given;
};

[[nodiscard]] names reads(const expression& e) {
  names all;
  for (const auto slot : e.compiled.reads()) {
    all.push_back(e.sees.attributes[slot].name);
  }
  return all;
}

[[nodiscard]] py::dict readings(const atom& a) {
  py::dict all;
  for (const auto& r : a.readings) {
    all[py::str(r.name)] = r.text;
  }
  return all;
}

} // namespace
} // namespace plaint::python

void register_expr(py::module_& m) {
  using namespace plaint;
  using python::expression;

  py::native_enum<truth>(m, "Truth", "enum.Enum", "A guard's answer; only YES enables.")
      .value("NO", truth::no)
      .value("YES", truth::yes)
      .value("UNKNOWN", truth::unknown)
      .value("ERROR", truth::error)
      .finalize();

  py::class_<atom>(m, "Atom", "A part of a guard that no && || ! ?: takes further apart.")
      .def_readonly("text", &atom::text)
      .def_property_readonly("result", [](const atom& a) { return a.result.is; })
      .def_property_readonly("fault", [](const atom& a) { return to_string(a.result.why); })
      .def_readonly("decisive", &atom::decisive, "it makes a guard hold, or is in its way")
      .def_property_readonly("readings", &python::readings, "what it read, as text by name")
      .def("__str__", [](const atom& a) { return to_string(a); })
      .def("__repr__", [](const atom& a) { return "<Atom " + to_string(a) + ">"; });

  py::class_<guard_explanation>(m, "GuardExplanation", "Why a guard is what it is.")
      .def_property_readonly("result", [](const guard_explanation& e) { return e.result.is; })
      .def_property_readonly("fault", [](const guard_explanation& e) { return to_string(e.result.why); })
      .def_readonly("atoms", &guard_explanation::atoms)
      .def("__str__", [](const guard_explanation& e) { return to_string(e); })
      .def("__repr__", [](const guard_explanation& e) { return "<GuardExplanation " + to_string(e) + ">"; });

  py::class_<expression>(m, "Expression", "A compiled expression of plaint's subset of CEL.")
      .def(py::init<const std::string&, const py::dict&, const py::kwargs&>(), py::arg("text"),
           py::arg("attributes") = py::dict())
      .def("evaluate", &expression::evaluate, py::arg("attributes") = py::dict(),
           "The value; None if it depends on something absent; ArithmeticError if an operation fails.")
      .def("explain", &expression::explain, py::arg("attributes") = py::dict(), "A guard's answer, atom by atom.")
      .def_property_readonly("text", [](const expression& e) { return std::string(e.compiled.text()); })
      .def_property_readonly("type", [](const expression& e) { return to_string(e.compiled.result()); })
      .def_property_readonly("reads", &python::reads, "the attributes that it reads")
      .def_property_readonly("notes", [](const expression& e) { return e.compiled.notes(); })
      .def("__repr__", [](const expression& e) { return "<Expression " + std::string(e.compiled.text()) + ">"; })
      .def(py::pickle([](const expression& e) { return e.state(); },
                      [](const py::tuple& state) {
                        return expression(state[0].cast<std::string>(), state[1].cast<py::dict>(),
                                          py::reinterpret_borrow<py::kwargs>(state[2]));
                      }));
}
