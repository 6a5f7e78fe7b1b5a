// SPDX-License-Identifier: BSL-1.0
#include "calendar_calls.hpp"
#include "calendar_objects.hpp"

#include <plaint/calendar/holiday/named_holidays.hpp>
#include <plaint/calendar/horizon_error.hpp>

#include <pybind11/eval.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <vector>

namespace plaint::python {
namespace {

using words = plaint::detail::option_words;
using word = std::optional<std::string>;

// --- errors -------------------------------------------------------------------------------------

void raise_horizon_error(const horizon_error& error) {
  const auto type = py::module_::import("plaint._core").attr("calendar").attr("HorizonError");
  const auto raised = type(error.what());
  raised.attr("horizon") = py::make_tuple(error.horizon().from, error.horizon().to);
  PyErr_SetObject(type.ptr(), raised.ptr());
}

void register_horizon_error(py::module_& m) {
  const auto scope = py::dict(py::arg("__name__") = "plaint");
  py::exec(R"(
class HorizonError(ValueError):
    """A calendar was asked about time that it does not know; `horizon` is what it knows."""

    horizon = None
)",
           scope);
  m.attr("HorizonError") = scope["HorizonError"];
  py::register_local_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) {
        std::rethrow_exception(thrown);
      }
    } catch (const horizon_error& error) {
      raise_horizon_error(error);
    }
  });
}

// --- building -----------------------------------------------------------------------------------

/// The keywords become a document, as a file would write it; `plaint.calendars._document` knows what Python may say.
[[nodiscard]] calendar make(const py::object& zone, const py::object& hours, const py::object& holidays,
                            const py::object& exceptions, const py::object& added, const py::object& breaks,
                            const py::object& working_days, const py::object& versions, const py::object& horizon,
                            const std::string& id, const py::kwargs& options) {
  const auto build = py::module_::import("plaint.calendars._document").attr("document");
  const py::object made =
      build(py::arg("id") = id, py::arg("zone") = zone, py::arg("hours") = hours, py::arg("versions") = versions,
            py::arg("holidays") = holidays, py::arg("exceptions") = exceptions, py::arg("added") = added,
            py::arg("breaks") = breaks, py::arg("working_days") = working_days, py::arg("horizon") = horizon,
            py::arg("options") = options);
  return calendar_from(to_node(made));
}

[[nodiscard]] calendar from_spans(const std::vector<std::pair<instant, instant>>& spans, std::string zone,
                                  std::string id) {
  std::vector<span> all;
  for (const auto& [from, to] : spans) {
    all.push_back({from, to});
  }
  auto definition = during(std::move(all), std::move(zone));
  definition.id = std::move(id);
  return calendar::compile(definition, python_zones());
}

[[nodiscard]] calendar combined(const calendar& a, const calendar& b, calendar_kind kind) {
  return calendar::compile(plaint::detail::combine(kind, a.definition(), b.definition()), python_zones());
}

[[nodiscard]] calendar load_file(const py::object& path) {
  return load_calendar(read_document(py::str(path).cast<std::string>()), python_zones());
}

[[nodiscard]] calendar from_json(const std::string& json) {
  return load_calendar(read_json(json), python_zones());
}
[[nodiscard]] std::string to_json(const calendar& c) {
  return canonical(write_calendar(c.definition()));
}

// --- scalars ------------------------------------------------------------------------------------

[[nodiscard]] py::tuple pair_of(span s) {
  return py::make_tuple(s.from, s.to);
}

[[nodiscard]] py::list periods(const calendar& c, instant start, std::optional<instant> end,
                               std::optional<std::int64_t> limit, bool reverse) {
  if (limit && *limit < 0) {
    throw py::value_error("limit of none or more required");
  }
  const instant last = end.value_or(reverse ? c.horizon().from : c.horizon().to);
  const auto all = c.periods(reverse ? span{std::min(start, last), std::max(start, last)} : span{start, last});
  const std::size_t count = std::min(all.size(), limit ? static_cast<std::size_t>(*limit) : all.size());
  py::list out(count);
  for (std::size_t i = 0; i < count; ++i) {
    out[i] = pair_of(all[reverse ? all.size() - 1 - i : i]);
  }
  return out;
}

[[nodiscard]] py::object add_business_days(const calendar& c, const py::object& t, std::int64_t n, const word& roll_to,
                                           const word& rule) {
  const auto rolled = word_option<roll>("roll", words::roll, roll_to);
  const auto counting = word_option<day_rule>("day_rule", words::day_rule, rule);
  need_datetime();
  const py::object plain = is_datetime64(t.ptr()) ? py::object(t.attr("tolist")()) : t; // a date where the unit is days
  const bool is_day = PyDate_Check(plain.ptr()) && !PyDateTime_Check(plain.ptr());
  return is_day ? py::cast(c.add_business_days(plain.cast<civil_day>(), n, rolled, counting))
                : py::cast(c.add_business_days(t.cast<instant>(), n, rolled, counting));
}

[[nodiscard]] std::int64_t business_days_between(const calendar& c, const py::object& a, const py::object& b,
                                                 const word& ends) {
  return c.count_business_days(day_of_argument(c, a), day_of_argument(c, b),
                               word_option<counted>("counted", words::counted, ends));
}

// --- columns ------------------------------------------------------------------------------------

template <class Work>
[[nodiscard]] py::object two_columns(const py::object& first, char first_kind, const py::object& second,
                                     char second_kind, const char* dtype, int threads, Work work) {
  given_column a(first, first_kind);
  given_column b(second, second_kind);
  const std::size_t rows = common_rows(a, b);
  const auto as = a.values(rows);
  const auto bs = b.values(rows);
  result_column result(rows);
  const std::span<std::int64_t> out(result.data(), rows);
  in_threads(rows, threads, [&](std::size_t from, std::size_t to) {
    work(as.subspan(from, to - from), bs.subspan(from, to - from), out.subspan(from, to - from));
  });
  return in_likeness(result.as(dtype), a.rows() ? a.given() : b.given());
}

using numbers = std::span<const std::int64_t>;
using results = std::span<std::int64_t>;

[[nodiscard]] py::object between_many(const calendar& c, const py::object& a, const py::object& b, int threads) {
  return two_columns(a, 'M', b, 'M', "timedelta64[us]", threads,
                     [&c](numbers x, numbers y, results out) { c.between(x, y, out); });
}
[[nodiscard]] py::object add_many(const calendar& c, const py::object& t, const py::object& open, int threads) {
  return two_columns(t, 'M', open, 'm', "datetime64[us]", threads,
                     [&c](numbers x, numbers y, results out) { c.add(x, y, out); });
}
[[nodiscard]] py::object subtract_many(const calendar& c, const py::object& t, const py::object& open, int threads) {
  return two_columns(t, 'M', open, 'm', "datetime64[us]", threads,
                     [&c](numbers x, numbers y, results out) { c.subtract(x, y, out); });
}

[[nodiscard]] py::object is_open_many(const calendar& c, const py::object& t, int threads) {
  given_column times(t, 'M');
  const std::size_t rows = times.rows() ? *times.rows() : 1;
  const auto values = times.values(rows);
  py::array_t<bool> result(static_cast<py::ssize_t>(rows));
  auto* out = reinterpret_cast<std::uint8_t*>(result.mutable_data());
  in_threads(rows, threads, [&](std::size_t from, std::size_t to) {
    c.is_open(values.subspan(from, to - from), std::span(out + from, to - from));
  });
  if (py::isinstance<py::array>(t) || std::find(values.begin(), values.end(), not_a_time) == values.end()) {
    return in_likeness(result, t);
  }
  py::array_t<bool> null(static_cast<py::ssize_t>(rows));
  std::transform(values.begin(), values.end(), null.mutable_data(), [](std::int64_t v) { return v == not_a_time; });
  return in_likeness(py::module_::import("numpy").attr("ma").attr("array")(result, py::arg("mask") = null), t);
}

[[nodiscard]] py::object times_of(const py::list& all, bool instants) {
  result_column result(all.size());
  std::int64_t* out = result.data();
  for (const auto& each : all) {
    if (each.is_none() || py::str(each).equal(py::str("NaT"))) {
      *out++ = not_a_time;
    } else {
      *out++ = instants ? each.cast<instant>().time_since_epoch().count() : each.cast<open_amount>().value.count();
    }
  }
  return result.as(instants ? "datetime64[us]" : "timedelta64[us]");
}

// --- goals --------------------------------------------------------------------------------------

/// What `until` says: nothing, a mapping from names to instants, or a function of the name.
[[nodiscard]] until_lookup lookup_of(const py::object& until) {
  if (until.is_none()) {
    return {};
  }
  return [until](std::string_view name) -> std::optional<instant> {
    const py::str key(name.data(), name.size());
    const py::object found = PyCallable_Check(until.ptr()) != 0 ? until(key) : until.attr("get")(key);
    return found.is_none() ? std::nullopt : std::optional(found.cast<instant>());
  };
}

[[nodiscard]] py::object due_many(const goal& g, const py::object& starts, const calendar& c, int threads) {
  given_column times(starts, 'M');
  const std::size_t rows = times.rows() ? *times.rows() : 1;
  const auto values = times.values(rows);
  result_column result(rows);
  std::int64_t* out = result.data();
  in_threads(rows, threads, [&](std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
      const auto at = values[i] == not_a_time ? std::nullopt : due(g, instant{duration{values[i]}}, c);
      out[i] = at ? at->time_since_epoch().count() : not_a_time;
    }
  });
  return in_likeness(result.as("datetime64[us]"), starts);
}

using explained_goal = explained<goal_explanation>;
using explained_span = explained<time_explanation>;

void register_enums(py::module_& m) {
  py::native_enum<time_cause>(m, "TimeCause", "enum.Enum", "Why a stretch of time is open or not.")
      .value("OPEN", time_cause::open)
      .value("HOURS", time_cause::hours)
      .value("EXCEPTION", time_cause::exception)
      .value("HOLIDAY", time_cause::holiday)
      .value("BREAK", time_cause::closure)
      .value("PAUSE", time_cause::pause)
      .finalize();
  py::native_enum<certainty>(m, "Certainty", "enum.Enum", "How sure a calendar is about some time.")
      .value("KNOWN", certainty::known)
      .value("PROVISIONAL", certainty::provisional)
      .value("EXTRAPOLATED", certainty::extrapolated)
      .finalize();
}

void register_explanations(py::module_& m) {
  py::class_<explained_time>(m, "ExplainedTime", "A stretch of time with the reason why it is open or not.")
      .def_property_readonly("start", [](const explained_time& e) { return e.when.from; })
      .def_property_readonly("end", [](const explained_time& e) { return e.when.to; })
      .def_readonly("cause", &explained_time::cause)
      .def_readonly("name", &explained_time::name,
                    "of the holiday, the exception, the calendar that took it out; or empty")
      .def(
          "__eq__", [](const explained_time& a, const explained_time& b) { return a == b; }, py::is_operator())
      .def("__repr__", [](const explained_time& e) {
        return "<ExplainedTime " + to_iso8601(e.when) + " " + plaint::detail::cause_words(e.cause, e.name) + ">";
      });
  py::class_<explained_day>(m, "ExplainedDay", "A local day that is a business day, or why it is none.")
      .def_readonly("day", &explained_day::day)
      .def_readonly("is_business", &explained_day::is_business)
      .def_readonly("cause", &explained_day::cause)
      .def_readonly("name", &explained_day::name)
      .def(
          "__eq__", [](const explained_day& a, const explained_day& b) { return a == b; }, py::is_operator())
      .def("__repr__", [](const explained_day& d) { return "<ExplainedDay " + to_string(d) + ">"; });
  py::class_<explained_span>(m, "TimeExplanation", "All time between two instants, each stretch once, with its reason.")
      .def_property_readonly("start", [](const explained_span& e) { return e.what.within.from; })
      .def_property_readonly("end", [](const explained_span& e) { return e.what.within.to; })
      .def_property_readonly(
          "open", [](const explained_span& e) { return e.what.open; }, "negative where asked backwards")
      .def_property_readonly("parts", [](const explained_span& e) { return e.what.parts; })
      .def_property_readonly("certainty", [](const explained_span& e) { return e.what.how; })
      .def("__str__", [](const explained_span& e) { return to_string(e.what, e.by); })
      .def("__repr__", [](const explained_span& e) {
        return "<TimeExplanation " + to_iso8601(e.what.within) + " open " + plaint::detail::length_words(e.what.open) +
               ">";
      });
  py::class_<explained_goal>(m, "GoalExplanation", "How a due date came about: the time or the days that were counted.")
      .def_property_readonly("goal", [](const explained_goal& e) { return e.what.of; })
      .def_property_readonly("start", [](const explained_goal& e) { return e.what.start; })
      .def_property_readonly(
          "received", [](const explained_goal& e) { return e.what.received; }, "what the receipt counted as")
      .def_property_readonly(
          "due", [](const explained_goal& e) { return e.what.due; }, "None while it is not known")
      .def_property_readonly("parts", [](const explained_goal& e) { return e.what.parts; })
      .def_property_readonly("days", [](const explained_goal& e) { return e.what.days; })
      .def_property_readonly("choices",
                             [](const explained_goal& e) {
                               std::vector<explained_goal> all;
                               for (const auto& choice : e.what.choices) {
                                 all.push_back({e.by, choice});
                               }
                               return all;
                             })
      .def_property_readonly("certainty", [](const explained_goal& e) { return e.what.how; })
      .def("__str__", [](const explained_goal& e) { return to_string(e.what, e.by); })
      .def("__repr__", [](const explained_goal& e) {
        return "<GoalExplanation " + to_string(e.what.of) + " due " +
               (e.what.due ? to_iso8601(*e.what.due) : "unknown") + ">";
      });
}

void register_goal(py::module_& m) {
  py::class_<goal>(m, "Goal", "By when something is promised: \"4h\", \"3 business days\", \"15 days\", \"P15D\".")
      .def(py::init([](const std::string& text) { return parse_goal(text); }), py::arg("text"), "Raises PolicyError.")
      .def(
          "due",
          [](const goal& g, instant start, const calendar& c, const py::object& until) {
            return due(g, start, c, lookup_of(until));
          },
          py::arg("start"), py::arg("calendar"), py::kw_only(), py::arg("until") = py::none(),
          "When a goal that starts at `start` is due; None only while an `until` is unset. Raises HorizonError.")
      .def("due_many", &due_many, py::arg("starts"), py::arg("calendar"), py::kw_only(), py::arg("threads") = 1,
           "`due` for a column of instants; null stays null.")
      .def(
          "explain",
          [](const goal& g, instant start, const calendar& c, const py::object& until) {
            return explained_goal{c, explain(g, start, c, lookup_of(until))};
          },
          py::arg("start"), py::arg("calendar"), py::kw_only(), py::arg("until") = py::none(), "Why it is due then.")
      .def("__str__", [](const goal& g) { return to_string(g); })
      .def("__repr__",
           [](const goal& g) { return "Goal(" + py::repr(py::str(to_string(g))).cast<std::string>() + ")"; })
      .def(
          "__eq__", [](const goal& a, const goal& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const goal& g) { return py::hash(py::str(to_string(g))); })
      .def(py::pickle([](const goal& g) { return to_string(g); },
                      [](const std::string& text) { return parse_goal(text); }));
  m.def(
      "counting_rules",
      [] {
        py::dict all;
        for (const auto& rule : named_rules()) {
          all[py::str(std::string(rule.id))] =
              py::make_tuple(py::str(std::string(rule.title)), py::str(std::string(rule.source)));
        }
        return all;
      },
      "The rules of counting that ship, for \"15 days, under ID\": title and source by id.");
}

void register_class(py::module_& m) {
  py::class_<calendar> made(m, "Calendar", "Open hours that are exact: immutable, safe to share between threads.");
  made.def(py::init(&make), py::arg("zone") = py::none(), py::arg("hours") = py::none(),
           py::arg("holidays") = py::none(), py::arg("exceptions") = py::none(), py::arg("added") = py::none(),
           py::arg("breaks") = py::none(), py::arg("working_days") = py::none(), py::arg("versions") = py::none(),
           py::arg("horizon") = py::none(), py::arg("id") = "", "Raises PolicyError with every fault and its place.")
      .def_static("load", &load_file, py::arg("path"), "From a YAML or JSON file. Raises PolicyError.")
      .def_static(
          "from_dict", [](const py::dict& data) { return calendar_from(to_node(data)); }, py::arg("data"))
      .def_static("from_json", &from_json, py::arg("text"), "What `to_json` wrote.")
      .def_static(
          "always", [](const std::string& zone) { return calendar::compile(always(zone), python_zones()); },
          py::arg("zone") = "UTC", "Open at every instant.")
      .def_static(
          "never", [](const std::string& zone) { return calendar::compile(never(zone), python_zones()); },
          py::arg("zone") = "UTC")
      .def_static("during", &from_spans, py::arg("spans"), py::arg("zone") = "UTC", py::arg("id") = "",
                  "Open in the listed spans, pairs of instants: pauses and rotas.")
      .def("to_dict", [](const calendar& c) { return to_python(write_calendar(c.definition())); })
      .def("to_json", &to_json, "The canonical form.");
  made.def(
          "add", [](const calendar& c, instant t, open_amount d) { return c.add(t, d.value); }, py::arg("t"),
          py::arg("length"), "When that much open time after `t` is used up.")
      .def(
          "subtract", [](const calendar& c, instant t, open_amount d) { return c.subtract(t, d.value); }, py::arg("t"),
          py::arg("length"))
      .def(
          "between", [](const calendar& c, instant a, instant b) { return c.between(a, b); }, py::arg("a"),
          py::arg("b"), "Open time from a to b; negative where b is before a.")
      .def(
          "is_open", [](const calendar& c, instant t) { return c.is_open(t); }, py::arg("t"))
      .def("next_open", &calendar::next_open, py::arg("t"), py::arg("strict") = false,
           "The first opening at or after t (strict: after t); None where it never opens again.")
      .def("next_close", &calendar::next_close, py::arg("t"), py::arg("strict") = false)
      .def("previous_open", &calendar::previous_open, py::arg("t"), py::arg("strict") = false,
           "The last opening at or before t.")
      .def("previous_close", &calendar::previous_close, py::arg("t"), py::arg("strict") = false)
      .def("next_open_or_self", &calendar::next_open_or_self, py::arg("t"),
           "t where it is open, else the next opening.")
      .def("periods", &periods, py::arg("start"), py::arg("end") = py::none(), py::arg("limit") = py::none(),
           py::arg("reverse") = false,
           "The open periods as pairs of instants, cut to the span; reverse: from start back to end, latest first.");
  made.def(
          "is_business_day",
          [](const calendar& c, const py::object& day) { return c.is_business_day(day_of_argument(c, day)); },
          py::arg("day"))
      .def("add_business_days", &add_business_days, py::arg("t"), py::arg("n"), py::kw_only(),
           py::arg("roll") = py::none(), py::arg("day_rule") = py::none(),
           "The n-th business day after a date, or an instant at the same wall-clock time on it.")
      .def("business_days_between", &business_days_between, py::arg("a"), py::arg("b"), py::kw_only(),
           py::arg("counted") = py::none(),
           "Business days from a to b, [a,b) unless counted says otherwise; negative when reversed.")
      .def(
          "business_days",
          [](const calendar& c, const py::object& a, const py::object& b) {
            return c.business_days(day_of_argument(c, a), day_of_argument(c, b));
          },
          py::arg("start"), py::arg("end"), "The business days in [start, end).")
      .def(
          "roll_day",
          [](const calendar& c, const py::object& day, const std::string& rule) {
            return c.roll_day(day_of_argument(c, day), *word_option<roll>("roll", words::roll, rule));
          },
          py::arg("day"), py::arg("roll"), "The day itself if it is a business day, else where the roll sends it.")
      .def(
          "start_of", [](const calendar& c, const py::object& day) { return c.start_of(day_of_argument(c, day)); },
          py::arg("day"), "The instant at which a local day begins.")
      .def(
          "opening_of", [](const calendar& c, const py::object& day) { return c.opening_of(day_of_argument(c, day)); },
          py::arg("day"), "The first opening of a business day; None on other days.")
      .def(
          "close_of", [](const calendar& c, const py::object& day) { return c.close_of(day_of_argument(c, day)); },
          py::arg("day"), "The last closing of what opens on a business day.")
      .def("day_at", &calendar::day_at, py::arg("t"), "The local day of an instant.")
      .def(
          "resolve", [](const calendar& c, wall_time wall) { return c.at_wall(wall); }, py::arg("wall"),
          "The instant of a naive datetime on the calendar's wall, by its gap and overlap.");
  made.def(
          "explain",
          [](const calendar& c, instant a, instant b) {
            return explained_span{c, explain(c, a, b)};
          },
          py::arg("a"), py::arg("b"), "Why `between` is what it is: every stretch of time with its reason.")
      .def(
          "explain_days",
          [](const calendar& c, const py::object& a, const py::object& b) {
            return explain_days(c, day_of_argument(c, a), day_of_argument(c, b));
          },
          py::arg("start"), py::arg("end"), "The local days in [start, end), each with its reason.")
      .def(
          "certainty",
          [](const calendar& c, instant a, instant b) {
            return c.certainty_of({std::min(a, b), std::max(a, b)});
          },
          py::arg("a"), py::arg("b"), "How sure the least certain time between a and b is.");
  made.def("add_many", &add_many, py::arg("t"), py::arg("length"), py::kw_only(), py::arg("threads") = 1,
           "`add` for columns: NumPy, Arrow, pandas; null gives null.")
      .def("subtract_many", &subtract_many, py::arg("t"), py::arg("length"), py::kw_only(), py::arg("threads") = 1)
      .def("between_many", &between_many, py::arg("a"), py::arg("b"), py::kw_only(), py::arg("threads") = 1)
      .def("is_open_many", &is_open_many, py::arg("t"), py::kw_only(), py::arg("threads") = 1);
  made.def_property_readonly("id", [](const calendar& c) { return c.definition().id; })
      .def_property_readonly(
          "zone", [](const calendar& c) { return c.zone(); }, "in force at the end of the horizon")
      .def_property_readonly(
          "horizon", [](const calendar& c) { return pair_of(c.horizon()); }, "what the calendar knows: (from, to)")
      .def_property_readonly("digest", &calendar::digest, "SHA-256 over the canonical form and the data of its zones.")
      .def(
          "__or__", [](const calendar& a, const calendar& b) { return combined(a, b, calendar_kind::any_of); },
          py::is_operator())
      .def(
          "__and__", [](const calendar& a, const calendar& b) { return combined(a, b, calendar_kind::all_of); },
          py::is_operator())
      .def(
          "__sub__", [](const calendar& a, const calendar& b) { return combined(a, b, calendar_kind::first_without); },
          py::is_operator())
      .def(
          "__eq__", [](const calendar& a, const calendar& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const calendar& c) { return py::hash(py::str(c.digest())); })
      .def(
          "svg",
          [](const py::object& self, int year) {
            return py::module_::import("plaint.calendars.year_view").attr("svg")(self, year);
          },
          py::arg("year"), "A picture of one year.")
      .def("_repr_svg_",
           [](const py::object& self) {
             return py::module_::import("plaint.calendars.year_view").attr("repr_svg")(self);
           })
      .def("__repr__",
           [](const calendar& c) {
             const auto& id = c.definition().id;
             return "<Calendar " + (id.empty() ? "" : id + " ") + c.zone().name() + " " + c.digest().substr(0, 12) +
                    ">";
           })
      .def(py::pickle(&to_json, &from_json));
}

} // namespace
} // namespace plaint::python

void register_calendar(py::module_& m) {
  using namespace plaint::python;
  m.doc() = "When are we open? Calendars, goals, explanations.";
  register_horizon_error(m);
  register_enums(m);
  register_explanations(m);
  register_goal(m);
  register_class(m);
  install_quick_calls(m.attr("Calendar"), m.attr("Goal"));
  m.def("times_of", &times_of, py::arg("values"), py::arg("instants"),
        "A list of times as datetime64[us] or timedelta64[us].");
  m.def(
      "holiday_sets",
      [] { return std::vector<std::string>(plaint::holiday_set_names.begin(), plaint::holiday_set_names.end()); },
      "The names of the sets of holidays that ship.");
}
