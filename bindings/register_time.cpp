// SPDX-License-Identifier: BSL-1.0
#include "python_zones.hpp"
#include "time_columns.hpp"

#include <plaint/time/iso8601.hpp>
#include <plaint/time/time_zone.hpp>
#include <plaint/time/wall_format.hpp>

#include <array>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

namespace plaint::python {
namespace {

[[nodiscard]] instant instant_of(std::int64_t us) noexcept {
  return instant{duration{us}};
}
[[nodiscard]] wall_time wall_of(std::int64_t us) noexcept {
  return wall_time{duration{us}};
}

template <class T>
[[nodiscard]] T value_or_raise(const parsed<T>& result) {
  if (!result) {
    throw py::value_error(to_string(result.fault()));
  }
  return *result;
}

[[nodiscard]] py::object bound(instant t, instant none) {
  return t == none ? py::object(py::none()) : py::cast(t);
}

[[nodiscard]] time_zone zone_from_bytes(std::string name, const py::bytes& bytes) {
  const std::string_view text = bytes;
  return time_zone::from_tzif(std::move(name), std::as_bytes(std::span(text)));
}

[[nodiscard]] py::bytes bytes_of(const time_zone& zone) {
  return {reinterpret_cast<const char*>(zone.bytes().data()), zone.bytes().size()};
}

[[nodiscard]] py::tuple zone_state(const time_zone& zone) {
  return py::make_tuple(zone.name(), bytes_of(zone), zone.offset_at(instant{}));
}

[[nodiscard]] time_zone zone_from_state(const py::tuple& state) {
  auto name = state[0].cast<std::string>();
  const auto bytes = state[1].cast<py::bytes>();
  if (py::len(bytes) != 0) {
    return zone_from_bytes(std::move(name), bytes);
  }
  auto fixed = time_zone::fixed(state[2].cast<std::chrono::seconds>());
  return fixed.name() == name ? fixed : time_zone::from_rule(name);
}

[[nodiscard]] py::tuple lookup_many(const time_zone& zone, const py::object& walls) {
  const time_column column = datetime_column(walls);
  const auto values = column.values();
  py::array_t<std::int8_t> kinds(static_cast<py::ssize_t>(values.size()));
  std::array<result_column, 3> instants{result_column(values.size()), result_column(values.size()),
                                        result_column(values.size())};
  std::int8_t* kind = kinds.mutable_data();
  const std::array<std::int64_t*, 3> out{instants[0].data(), instants[1].data(), instants[2].data()};
  {
    const py::gil_scoped_release released;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool none = values[i] == not_a_time;
      const wall_lookup found = zone.lookup(wall_of(values[i]));
      kind[i] = none ? std::int8_t{-1} : static_cast<std::int8_t>(found.kind);
      out[0][i] = none ? not_a_time : found.first.time_since_epoch().count();
      out[1][i] = none ? not_a_time : found.second.time_since_epoch().count();
      out[2][i] = none ? not_a_time : found.jump.time_since_epoch().count();
    }
  }
  return py::make_tuple(kinds, instants[0].as("datetime64[us]"), instants[1].as("datetime64[us]"),
                        instants[2].as("datetime64[us]"));
}

[[nodiscard]] std::string zone_repr(const time_zone& zone) {
  return "Zone(" + py::repr(py::str(zone.name())).cast<std::string>() + ")";
}

void register_lookup(py::module_& m) {
  py::native_enum<wall_kind>(m, "WallKind", "enum.Enum", "How often a zone's clocks show a wall time.")
      .value("UNIQUE", wall_kind::unique)
      .value("SKIPPED", wall_kind::skipped)
      .value("REPEATED", wall_kind::repeated)
      .finalize();
  py::native_enum<gap_policy>(m, "GapPolicy", "enum.Enum", "Which instant a wall time gets that the clocks jump over.")
      .value("SNAP", gap_policy::snap)
      .value("SHIFT", gap_policy::shift)
      .value("REFUSE", gap_policy::refuse)
      .finalize();
  py::native_enum<overlap_policy>(m, "OverlapPolicy", "enum.Enum",
                                  "Which instant a wall time gets that is shown twice.")
      .value("FIRST", overlap_policy::first)
      .value("LAST", overlap_policy::last)
      .value("REFUSE", overlap_policy::refuse)
      .finalize();

  py::class_<wall_lookup>(m, "WallLookup", "What a wall time means in a zone.")
      .def_readonly("kind", &wall_lookup::kind, "Shown once, skipped, or repeated.")
      .def_readonly("first", &wall_lookup::first, "What the offset before the change gives.")
      .def_readonly("second", &wall_lookup::second, "What the offset after the change gives.")
      .def_readonly("jump", &wall_lookup::jump, "The instant of the change.")
      .def(
          "__eq__", [](const wall_lookup& a, const wall_lookup& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const wall_lookup& a) { return py::hash(py::make_tuple(a.first, a.second, a.jump)); })
      .def("__repr__", [](const wall_lookup& a) {
        constexpr std::array<const char*, 3> kinds{"UNIQUE", "SKIPPED", "REPEATED"};
        return std::string("<WallLookup ") + kinds.at(static_cast<std::size_t>(a.kind)) + " " + to_iso8601(a.first) +
               " " + to_iso8601(a.second) + ">";
      });
}

void register_zone(py::module_& m) {
  py::class_<time_zone>(m, "Zone", "A time zone: immutable, compared by name and data.")
      .def(py::init(&zone_of_python), py::arg("name"), "The IANA zone of that name, from zoneinfo.TZPATH or tzdata.")
      .def_static("utc", &time_zone::utc)
      .def_static("fixed", &time_zone::fixed, py::arg("east_of_utc"), "A zone that never changes.")
      .def_static("from_rule", &time_zone::from_rule, py::arg("posix"), "One POSIX rule for all times.")
      .def_static("from_tzif", &zone_from_bytes, py::arg("name"), py::arg("data"), "From the bytes of a TZif file.")
      .def_property_readonly("name", &time_zone::name)
      .def_property_readonly("digest", &time_zone::digest, "SHA-256 of the data, which tells releases apart.")
      .def_property_readonly("data", &bytes_of, "The bytes of the TZif file; empty for other zones.")
      .def("offset_at", &time_zone::offset_at, py::arg("t"), "How far the wall is ahead of UTC.")
      .def("to_wall", &time_zone::to_wall, py::arg("t"), "What the wall shows, as a naive datetime.")
      .def(
          "info_at",
          [](const time_zone& z, instant t) {
            const auto info = z.info_at(t);
            return py::module_::import("types").attr("SimpleNamespace")(
                py::arg("offset") = info.offset,
                py::arg("abbreviation") = py::str(info.abbreviation.data(), info.abbreviation.size()),
                py::arg("is_daylight") = info.is_daylight, py::arg("start") = bound(info.from, instant::min()),
                py::arg("end") = bound(info.to, instant::max()));
          },
          py::arg("t"), "What holds at an instant, and from when until when (None where it holds for ever).")
      .def("lookup", &time_zone::lookup, py::arg("wall"), "What a wall time means here.")
      .def(
          "to_instant",
          [](const time_zone& z, wall_time wall, const py::object& gap, const py::object& overlap) {
            return z.to_instant(wall, gap_option(gap), overlap_option(overlap));
          },
          py::arg("wall"), py::kw_only(), py::arg("gap") = "snap", py::arg("overlap") = "first",
          "The instant at which the wall shows that time; None where a policy refuses.")
      .def(
          "changes",
          [](const time_zone& z, instant start, instant end) {
            const auto found = z.changes({start, end});
            result_column result(found.size());
            std::transform(found.begin(), found.end(), result.data(),
                           [](instant t) { return t.time_since_epoch().count(); });
            return result.as("datetime64[us]");
          },
          py::arg("start"), py::arg("end"), "The instants of change from start up to end, as datetime64[us].")
      .def(
          "offset_at_many",
          [](const time_zone& z, const py::object& instants) {
            return map_column(datetime_column(instants), "timedelta64[us]",
                              [&z](std::int64_t t) { return z.offset_at(instant_of(t)).count() * second_us; });
          },
          py::arg("instants"), "offset_at for a column of datetime64, as timedelta64[us].")
      .def(
          "to_wall_many",
          [](const time_zone& z, const py::object& instants) {
            return map_column(datetime_column(instants), "datetime64[us]",
                              [&z](std::int64_t t) { return z.to_wall(instant_of(t)).time_since_epoch().count(); });
          },
          py::arg("instants"), "to_wall for a column of datetime64.")
      .def(
          "to_instant_many",
          [](const time_zone& z, const py::object& walls, const py::object& gap, const py::object& overlap) {
            const auto g = gap_option(gap);
            const auto o = overlap_option(overlap);
            return map_column(datetime_column(walls), "datetime64[us]", [&z, g, o](std::int64_t wall) {
              const auto t = z.to_instant(wall_of(wall), g, o);
              return t ? t->time_since_epoch().count() : not_a_time;
            });
          },
          py::arg("walls"), py::kw_only(), py::arg("gap") = "snap", py::arg("overlap") = "first",
          "to_instant for a column of datetime64; NaT where a policy refuses.")
      .def("lookup_many", &lookup_many, py::arg("walls"),
           "lookup for a column of datetime64: kinds (0 unique, 1 skipped, 2 repeated, -1 NaT), first, second, jump.")
      .def(
          "__eq__", [](const time_zone& a, const time_zone& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const time_zone& z) { return py::hash(py::str(z.digest())); })
      .def("__repr__", &zone_repr)
      .def("__str__", &time_zone::name)
      .def(py::pickle(&zone_state, &zone_from_state));
}

[[nodiscard]] std::string iso8601_of(const py::object& value) {
  need_datetime();
  if (py::isinstance<calendar_duration>(value)) {
    return to_iso8601(value.cast<const calendar_duration&>());
  }
  if (py::isinstance<py::tuple>(value) && py::len(value) == 2) {
    const auto ends = value.cast<std::pair<instant, instant>>();
    return to_iso8601(span{ends.first, ends.second});
  }
  if (PyDelta_Check(value.ptr())) {
    return to_iso8601(value.cast<duration>());
  }
  if (PyDateTime_Check(value.ptr())) {
    return zone_of(value.ptr()) == Py_None ? to_iso8601(value.cast<wall_time>()) : to_iso8601(value.cast<instant>());
  }
  if (PyDate_Check(value.ptr())) {
    return to_iso8601(value.cast<civil_day>());
  }
  if (is_datetime64(value.ptr())) {
    return to_iso8601(value.cast<instant>());
  }
  throw py::type_error("datetime, date, timedelta, CalendarDuration or (start, end) required");
}

void register_iso8601(py::module_& m) {
  py::class_<calendar_duration>(m, "CalendarDuration", "A duration of ISO 8601 with its units kept apart.")
      .def(py::init([](std::int64_t years, std::int64_t months, std::int64_t weeks, std::int64_t days, duration time) {
             return calendar_duration{years, months, weeks, days, time};
           }),
           py::kw_only(), py::arg("years") = 0, py::arg("months") = 0, py::arg("weeks") = 0, py::arg("days") = 0,
           py::arg("time") = duration{})
      .def_readonly("years", &calendar_duration::years)
      .def_readonly("months", &calendar_duration::months)
      .def_readonly("weeks", &calendar_duration::weeks)
      .def_readonly("days", &calendar_duration::days)
      .def_readonly("time", &calendar_duration::time)
      .def_property_readonly("exact", &calendar_duration::exact, "The elapsed time where that is all there is.")
      .def(
          "__eq__", [](const calendar_duration& a, const calendar_duration& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const calendar_duration& d) { return py::hash(py::str(to_iso8601(d))); })
      .def("__str__", [](const calendar_duration& d) { return to_iso8601(d); })
      .def("__repr__", [](const calendar_duration& d) { return "parse_duration('" + to_iso8601(d) + "')"; })
      .def(py::pickle([](const calendar_duration& d) { return to_iso8601(d); },
                      [](const std::string& text) { return value_or_raise(parse_duration(text)); }));

  m.def(
      "parse_instant", [](std::string_view text) { return value_or_raise(parse_instant(text)); }, py::arg("text"),
      "An ISO 8601 time with an offset as an aware datetime in UTC; ValueError says what and where.");
  m.def(
      "parse_wall_time", [](std::string_view text) { return value_or_raise(parse_wall_time(text)); }, py::arg("text"),
      "An ISO 8601 time without an offset as a naive datetime.");
  m.def(
      "parse_civil_day", [](std::string_view text) { return value_or_raise(parse_civil_day(text)); }, py::arg("text"),
      "An ISO 8601 day as a date.");
  m.def(
      "parse_duration", [](std::string_view text) { return value_or_raise(parse_duration(text)); }, py::arg("text"),
      "An ISO 8601 duration with its units kept apart.");
  m.def(
      "parse_span",
      [](std::string_view text) {
        const auto s = value_or_raise(parse_span(text));
        return std::pair(s.from, s.to);
      },
      py::arg("text"), "start/end of ISO 8601 as two aware datetimes; one side may be an exact duration.");
  m.def("to_iso8601", &iso8601_of, py::arg("value"),
        "The canonical text of a datetime (aware or naive), date, timedelta, CalendarDuration or (start, end).");
}

/// Text cells as Arrow keeps them: row i is data[offsets[i], offsets[i + 1]), and null where its validity bit is 0.
class text_cells {
public:
  text_cells(const py::array& offsets, const py::buffer& data, const std::optional<py::buffer>& validity)
      : offsets_(offsets), data_(data.request()) {
    const bool wide = py::isinstance<py::array_t<std::int64_t>>(offsets);
    if ((!wide && !py::isinstance<py::array_t<std::int32_t>>(offsets)) || offsets.ndim() != 1 || offsets.size() < 1 ||
        (offsets.flags() & py::array::c_style) == 0) {
      throw py::type_error("contiguous int32 or int64 array of offsets required");
    }
    wide_ = wide;
    rows_ = static_cast<std::size_t>(offsets.size()) - 1;
    bytes_ = data_.size * data_.itemsize;
    if (validity) {
      validity_.emplace(validity->request());
      if (static_cast<std::size_t>(validity_->size * validity_->itemsize) < (rows_ + 7) / 8) {
        throw py::value_error("validity bit for each row required");
      }
    }
    for (std::size_t i = 0; i <= rows_; ++i) {
      if (offset(i) < (i == 0 ? 0 : offset(i - 1)) || offset(i) > bytes_) {
        throw py::value_error("ascending offsets within the data required");
      }
    }
  }

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] bool is_valid(std::size_t i) const noexcept {
    return !validity_ || (static_cast<const unsigned char*>(validity_->ptr)[i / 8] >> (i % 8) & 1) != 0;
  }
  [[nodiscard]] std::string_view operator[](std::size_t i) const noexcept {
    return {static_cast<const char*>(data_.ptr) + offset(i), static_cast<std::size_t>(offset(i + 1) - offset(i))};
  }

private:
  [[nodiscard]] std::int64_t offset(std::size_t i) const noexcept {
    return wide_ ? static_cast<const std::int64_t*>(offsets_.data())[i]
                 : static_cast<const std::int32_t*>(offsets_.data())[i];
  }

  py::array offsets_;
  py::buffer_info data_;
  std::optional<py::buffer_info> validity_;
  std::size_t rows_ = 0;
  std::int64_t bytes_ = 0;
  bool wide_ = false;
};

[[nodiscard]] py::object parse_column(const wall_format& format, const py::array& offsets, const py::buffer& data,
                                      const std::optional<py::buffer>& validity, const std::optional<time_zone>& zone,
                                      const py::object& gap, const py::object& overlap) {
  const text_cells cells(offsets, data, validity);
  const auto g = gap_option(gap);
  const auto o = overlap_option(overlap);
  if (zone && format.has_offset()) {
    throw py::value_error("no zone required: the texts say their own offset (%z)");
  }
  result_column result(cells.rows());
  std::int64_t* out = result.data();
  {
    const py::gil_scoped_release released;
    for (std::size_t i = 0; i < cells.rows(); ++i) {
      std::optional<instant> t;
      if (!cells.is_valid(i)) {
        t = std::nullopt;
      } else if (format.has_offset()) {
        t = format.parse_instant(cells[i]);
      } else if (const auto wall = format.parse(cells[i])) {
        t = zone ? zone->to_instant(*wall, g, o) : instant{wall->time_since_epoch()};
      }
      out[i] = t ? t->time_since_epoch().count() : not_a_time;
    }
  }
  return result.as("datetime64[us]");
}

void register_format(py::module_& m) {
  py::class_<wall_format>(m, "WallFormat", "How some file writes its times: a compiled pattern of strptime.")
      .def(py::init<std::string_view>(), py::arg("pattern"))
      .def_property_readonly("pattern", &wall_format::pattern)
      .def_property_readonly("has_offset", &wall_format::has_offset, "True if the texts say their offset (%z).")
      .def("parse", &wall_format::parse, py::arg("text"), "The wall time as written, or None.")
      .def("parse_instant", &wall_format::parse_instant, py::arg("text"), "The instant by %z, or None.")
      .def("parse_column", &parse_column, py::arg("offsets"), py::arg("data"), py::kw_only(),
           py::arg("validity") = py::none(), py::arg("zone") = py::none(), py::arg("gap") = "snap",
           py::arg("overlap") = "first",
           "A column of texts in Arrow's layout (offsets int32 or int64, UTF-8 data, validity bits) as datetime64[us]: "
           "instants where a zone or %z is given, else wall times; NaT where null or refused.")
      .def(
          "__eq__", [](const wall_format& a, const wall_format& b) { return a == b; }, py::is_operator())
      .def("__hash__", [](const wall_format& f) { return py::hash(py::str(f.pattern())); })
      .def(
          "__repr__",
          [](const wall_format& f) { return "WallFormat(" + py::repr(py::str(f.pattern())).cast<std::string>() + ")"; })
      .def(py::pickle([](const wall_format& f) { return f.pattern(); },
                      [](const std::string& pattern) { return wall_format(pattern); }));
}

} // namespace
} // namespace plaint::python

void register_time(py::module_& m) {
  using namespace plaint::python;
  m.doc() = "When? Zones, wall times, ISO 8601.";
  register_lookup(m);
  register_zone(m);
  register_iso8601(m);
  register_format(m);
  m.def("is_zone_name", &plaint::is_zone_name, py::arg("name"), "True for what may name a zone.");
}
