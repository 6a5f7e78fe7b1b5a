// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/civil.hpp>
#include <plaint/time/instant.hpp>

#include <datetime.h>
#include <pybind11/pybind11.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

/// Times between Python and C++, read from and written to the fields of the objects:
/// aware datetime or numpy.datetime64 <-> instant, naive datetime <-> wall_time, date <-> civil_day,
/// timedelta <-> duration and seconds.
namespace plaint::python {

inline constexpr std::int64_t second_us = 1'000'000;
inline constexpr std::int64_t day_us = 86'400 * second_us;

/// CPython's header gives each translation unit a table of its own; inline functions are merged across them, and would
/// read the table of any. So they all share this one.
inline PyDateTime_CAPI* datetime_table = nullptr;
#define PyDateTimeAPI ::plaint::python::datetime_table

/// Imports the table of datetime's functions once.
inline void need_datetime() {
  if (PyDateTimeAPI == nullptr) {
    PyDateTime_IMPORT;
    if (PyDateTimeAPI == nullptr) {
      throw pybind11::error_already_set();
    }
  }
}

[[nodiscard]] inline PyObject* zone_of(PyObject* datetime) noexcept {
  const auto* fields = reinterpret_cast<PyDateTime_DateTime*>(datetime);
  return fields->hastzinfo != 0 ? fields->tzinfo : Py_None;
}

/// The fields of a datetime in microseconds, as if they were UTC.
[[nodiscard]] inline std::int64_t fields_of(PyObject* t) noexcept {
  const std::int64_t days =
      detail::days_from_date(PyDateTime_GET_YEAR(t), PyDateTime_GET_MONTH(t), PyDateTime_GET_DAY(t));
  const std::int64_t seconds =
      PyDateTime_DATE_GET_HOUR(t) * 3'600 + PyDateTime_DATE_GET_MINUTE(t) * 60 + PyDateTime_DATE_GET_SECOND(t);
  return days * day_us + seconds * second_us + PyDateTime_DATE_GET_MICROSECOND(t);
}

/// A timedelta of the C API in microseconds; one beyond 292,000 years is an OverflowError.
[[nodiscard]] inline std::int64_t delta_of(PyObject* delta) {
  const std::int64_t days = PyDateTime_DELTA_GET_DAYS(delta);
  constexpr std::int64_t most_days = std::numeric_limits<std::int64_t>::max() / day_us - 1;
  if (days > most_days || days < -most_days) {
    throw std::overflow_error("timedelta within 292,000 years required");
  }
  return days * day_us + PyDateTime_DELTA_GET_SECONDS(delta) * second_us + PyDateTime_DELTA_GET_MICROSECONDS(delta);
}

[[noreturn]] inline void refuse_naive() {
  throw pybind11::type_error(
      "aware datetime required: a naive datetime names no instant; give it a tzinfo, such as datetime.timezone.utc");
}

/// What the tzinfo of an aware datetime says, in microseconds; it is asked itself, so fold and every zone are right.
[[nodiscard]] inline std::int64_t utc_offset(PyObject* datetime, PyObject* zone) {
  if (zone == PyDateTime_TimeZone_UTC) {
    return 0;
  }
  if (zone == Py_None) {
    refuse_naive();
  }
  const auto name = pybind11::reinterpret_steal<pybind11::object>(PyUnicode_InternFromString("utcoffset"));
  const auto offset =
      pybind11::reinterpret_steal<pybind11::object>(PyObject_CallMethodObjArgs(zone, name.ptr(), datetime, nullptr));
  if (!offset) {
    throw pybind11::error_already_set();
  }
  if (offset.is_none()) {
    refuse_naive();
  }
  if (!PyDelta_Check(offset.ptr())) {
    throw pybind11::type_error("timedelta from utcoffset() required");
  }
  return delta_of(offset.ptr());
}

[[nodiscard]] inline bool is_datetime64(PyObject* object) noexcept {
  return std::string_view(Py_TYPE(object)->tp_name) == "numpy.datetime64";
}

/// A numpy.datetime64 of any unit in microseconds, finer units rounded down.
[[nodiscard]] inline std::int64_t microseconds_of_datetime64(pybind11::handle value) {
  const auto us = value.attr("astype")("datetime64[us]");
  const auto count = us.attr("astype")("int64").cast<std::int64_t>();
  if (count == std::numeric_limits<std::int64_t>::min()) {
    throw pybind11::value_error("time required, not NaT");
  }
  const auto type = value.attr("dtype");
  const auto unit =
      pybind11::module_::import("numpy").attr("datetime_data")(type)[pybind11::int_(0)].cast<std::string>();
  const bool finer = unit == "ns" || unit == "ps" || unit == "fs" || unit == "as";
  if (!finer && !us.attr("astype")(type).equal(value)) { // numpy wraps round in silence
    throw std::overflow_error("numpy.datetime64 within 292,000 years of 1970 required");
  }
  return count;
}

[[nodiscard]] inline PyObject* make_datetime(std::int64_t us, PyObject* zone) {
  std::int64_t days = us / day_us;
  std::int64_t rest = us % day_us;
  if (rest < 0) {
    rest += day_us;
    --days;
  }
  const civil_date date = detail::date_from_days(days);
  if (date.year < 1 || date.year > 9'999) {
    throw std::overflow_error("datetime from year 1 to 9999 required");
  }
  const auto seconds = static_cast<int>(rest / second_us);
  PyObject* made = PyDateTimeAPI->DateTime_FromDateAndTime(
      static_cast<int>(date.year), date.month, date.day, seconds / 3'600, seconds / 60 % 60, seconds % 60,
      static_cast<int>(rest % second_us), zone, PyDateTimeAPI->DateTimeType);
  if (made == nullptr) {
    throw pybind11::error_already_set();
  }
  return made;
}

[[nodiscard]] inline PyObject* make_timedelta(std::int64_t us) {
  std::int64_t days = us / day_us;
  std::int64_t rest = us % day_us;
  if (rest < 0) {
    rest += day_us;
    --days;
  }
  PyObject* made =
      PyDelta_FromDSU(static_cast<int>(days), static_cast<int>(rest / second_us), static_cast<int>(rest % second_us));
  if (made == nullptr) {
    throw pybind11::error_already_set();
  }
  return made;
}

} // namespace plaint::python

namespace pybind11::detail {

template <>
class type_caster<plaint::instant> {
public:
  PYBIND11_TYPE_CASTER(plaint::instant, const_name("datetime.datetime"));

  bool load(handle source, bool) {
    namespace ours = plaint::python;
    ours::need_datetime();
    if (!source) {
      return false;
    }
    if (PyDateTime_Check(source.ptr())) {
      value = plaint::instant{plaint::duration{ours::fields_of(source.ptr()) -
                                               ours::utc_offset(source.ptr(), ours::zone_of(source.ptr()))}};
      return true;
    }
    if (ours::is_datetime64(source.ptr())) {
      value = plaint::instant{plaint::duration{ours::microseconds_of_datetime64(source)}};
      return true;
    }
    return false;
  }

  static handle cast(plaint::instant t, return_value_policy, handle) {
    plaint::python::need_datetime();
    return plaint::python::make_datetime(t.time_since_epoch().count(), PyDateTime_TimeZone_UTC);
  }
};

template <>
class type_caster<plaint::wall_time> {
public:
  PYBIND11_TYPE_CASTER(plaint::wall_time, const_name("datetime.datetime"));

  bool load(handle source, bool) {
    namespace ours = plaint::python;
    ours::need_datetime();
    if (!source || !PyDateTime_Check(source.ptr())) {
      return false;
    }
    if (ours::zone_of(source.ptr()) != Py_None) {
      throw type_error("naive datetime required: a wall time gets its zone from the call");
    }
    value = plaint::wall_time{plaint::duration{ours::fields_of(source.ptr())}};
    return true;
  }

  static handle cast(plaint::wall_time t, return_value_policy, handle) {
    plaint::python::need_datetime();
    return plaint::python::make_datetime(t.time_since_epoch().count(), Py_None);
  }
};

template <>
class type_caster<plaint::civil_day> {
public:
  PYBIND11_TYPE_CASTER(plaint::civil_day, const_name("datetime.date"));

  /// A datetime is refused: which day it lies on depends on a zone.
  bool load(handle source, bool) {
    plaint::python::need_datetime();
    if (!source || !PyDate_Check(source.ptr()) || PyDateTime_Check(source.ptr())) {
      return false;
    }
    value = plaint::civil_day{std::chrono::days{plaint::detail::days_from_date(
        PyDateTime_GET_YEAR(source.ptr()), PyDateTime_GET_MONTH(source.ptr()), PyDateTime_GET_DAY(source.ptr()))}};
    return true;
  }

  static handle cast(plaint::civil_day day, return_value_policy, handle) {
    plaint::python::need_datetime();
    const auto date = plaint::date_of(day);
    if (date.year < 1 || date.year > 9'999) {
      throw std::overflow_error("date from year 1 to 9999 required");
    }
    PyObject* made = PyDate_FromDate(static_cast<int>(date.year), date.month, date.day);
    if (made == nullptr) {
      throw error_already_set();
    }
    return made;
  }
};

template <>
class type_caster<plaint::duration> {
public:
  PYBIND11_TYPE_CASTER(plaint::duration, const_name("datetime.timedelta"));

  bool load(handle source, bool) {
    plaint::python::need_datetime();
    if (!source || !PyDelta_Check(source.ptr())) {
      return false;
    }
    value = plaint::duration{plaint::python::delta_of(source.ptr())};
    return true;
  }

  static handle cast(plaint::duration d, return_value_policy, handle) {
    plaint::python::need_datetime();
    return plaint::python::make_timedelta(d.count());
  }
};

template <>
class type_caster<std::chrono::seconds> {
public:
  PYBIND11_TYPE_CASTER(std::chrono::seconds, const_name("datetime.timedelta"));

  /// Whole seconds only: rounding would hide that something was lost.
  bool load(handle source, bool) {
    plaint::python::need_datetime();
    if (!source || !PyDelta_Check(source.ptr())) {
      return false;
    }
    if (PyDateTime_DELTA_GET_MICROSECONDS(source.ptr()) != 0) {
      throw value_error("timedelta of whole seconds required");
    }
    value = std::chrono::seconds{plaint::python::delta_of(source.ptr()) / plaint::python::second_us};
    return true;
  }

  static handle cast(std::chrono::seconds s, return_value_policy, handle) {
    plaint::python::need_datetime();
    constexpr auto most = std::numeric_limits<std::int64_t>::max() / plaint::python::second_us;
    if (s.count() > most || s.count() < -most) {
      throw std::overflow_error("duration within 292,000 years required");
    }
    return plaint::python::make_timedelta(s.count() * plaint::python::second_us);
  }
};

} // namespace pybind11::detail
