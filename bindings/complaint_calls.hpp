// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "complaint_objects.hpp"

#include <plaint/complaint/caseworker.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// `Complaint.apply` and `try_apply` by the C API's quickest convention.
namespace plaint::python {

/// A caseworker of this thread for a policy; those of the last few policies are kept, with their memory.
[[nodiscard]] inline caseworker& worker_for(const policy& by) {
  constexpr std::size_t most = 4;
  thread_local std::vector<std::unique_ptr<caseworker>> all;
  for (const auto& known : all) {
    if (known->rules() == by) {
      return *known;
    }
  }
  if (all.size() == most) {
    all.erase(all.begin());
  }
  return *all.emplace_back(std::make_unique<caseworker>(by));
}

[[nodiscard]] inline instant instant_given(const char* what, py::handle given) {
  py::detail::make_caster<instant> read;
  if (!read.load(given, true)) {
    throw py::type_error(std::string(what) + " must be an aware datetime, not " + Py_TYPE(given.ptr())->tp_name);
  }
  return py::detail::cast_op<instant>(read);
}

/// An event as Python gives it: its name, and keywords; those that say nothing of the event itself are its data.
struct given_event {
  event what{};
  std::optional<std::uint64_t> expected_sequence{};

  given_event(PyObject* const* given, Py_ssize_t count, PyObject* names) {
    if (count > 1) {
      throw py::type_error("only the event's name is given by its place; at, actor and all others by name");
    }
    if (count == 1) {
      take_name(given[0]);
    }
    const auto named = names == nullptr ? 0 : PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < named; ++i) {
      take(text_in(PyTuple_GET_ITEM(names, i), "a keyword"), given[count + i]);
    }
    if (!has_name_ || !has_time_) {
      throw py::type_error(has_name_ ? "an event needs a time: at=" : "the event's name is required");
    }
    if (!is_recorded_) {
      what.recorded_at = what.effective_at;
    }
  }

private:
  void take_name(PyObject* given) {
    if (has_name_) {
      throw py::type_error("the event's name is given twice");
    }
    what.name = text_in(given, "an event");
    has_name_ = true;
  }

  void take(std::string_view name, PyObject* given) {
    if (name == "at") {
      what.effective_at = instant_given("at", given);
      has_time_ = true;
    } else if (name == "actor") {
      what.actor = actor_from(given);
    } else if (name == "key") {
      what.key = text_in(given, "key");
    } else if (name == "recorded_at") {
      is_recorded_ = given != Py_None;
      what.recorded_at = is_recorded_ ? instant_given("recorded_at", given) : instant{};
    } else if (name == "expected_sequence") {
      expected_sequence = given == Py_None ? std::nullopt : std::optional(number_in(given));
    } else if (name == "event") {
      take_name(given);
    } else {
      what.data.add(std::string(name), to_node(given));
    }
  }

  [[nodiscard]] static std::uint64_t number_in(PyObject* given) {
    const auto whole = py::reinterpret_steal<py::object>(PyNumber_Index(given));
    const auto number = whole ? PyLong_AsUnsignedLongLong(whole.ptr()) : 0;
    if (PyErr_Occurred() != nullptr) {
      throw py::error_already_set();
    }
    return number;
  }

  bool has_name_ = false;
  bool has_time_ = false;
  bool is_recorded_ = false;
};

/// One event on a complaint, in the memory of the last steps.
[[nodiscard]] inline bound_step apply_to(bound_complaint& c, event what, const apply_options& options) {
  bound_step made{c.by, progress_pool::take()};
  const std::lock_guard held(c.lock);
  auto& worker = worker_for(c.by);
  worker.apply(c.file, std::move(what), options);
  worker.hand_over(made.did);
  return made;
}

template <bool Raises>
PyObject* apply_method(PyObject* self, PyObject* const* given, Py_ssize_t count, PyObject* names) noexcept {
  return made_or_error([&] {
    auto* const c = reinterpret_cast<py::detail::instance*>(self)->get_value_and_holder().value_ptr<bound_complaint>();
    if (c == nullptr) {
      throw py::type_error("this Complaint has not been made");
    }
    given_event asked(given, count, names);
    const auto name = Raises ? asked.what.name : std::string{};
    auto step = apply_to(*c, std::move(asked.what), {.expected_sequence = asked.expected_sequence});
    if (Raises && !step.did.accepted) {
      reject("\"" + name + "\"", step.did);
    }
    return complaint_step_object::make(c->types_step(), held_step(std::move(step)));
  });
}

inline void install_apply(const py::object& complaints) {
  constexpr auto call = [](auto* method) {
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(method));
  };
  static PyMethodDef apply{
      "apply", call(&apply_method<true>), METH_FASTCALL | METH_KEYWORDS,
      "apply($self, event, *, at, recorded_at=None, actor=None, key='', expected_sequence=None, **data)\n--\n\n"
      "One event; further keywords are its data. Raises Rejected, and then nothing has changed."};
  static PyMethodDef try_apply{
      "try_apply", call(&apply_method<false>), METH_FASTCALL | METH_KEYWORDS,
      "try_apply($self, event, *, at, recorded_at=None, actor=None, key='', expected_sequence=None, **data)\n--\n\n"
      "One event; a rejection is in the result and changes nothing."};
  for (auto* method : {&apply, &try_apply}) {
    auto made =
        py::reinterpret_steal<py::object>(PyDescr_NewMethod(reinterpret_cast<PyTypeObject*>(complaints.ptr()), method));
    if (!made) {
      throw py::error_already_set();
    }
    complaints.attr(method->ml_name) = made;
  }
}

} // namespace plaint::python
