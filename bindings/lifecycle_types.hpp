// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lifecycle_objects.hpp"

#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

/// The Python types `State` and `Step`, made with the C API: an object of them costs a tenth of one that pybind11
/// makes, and a loop over events makes two for each. Their methods are pybind11's all the same.
namespace plaint::python {

/// Steps that are no longer wanted, with the memory that they have grown; at most so many for each thread.
class step_pool {
public:
  static std::unique_ptr<python_step> take() {
    auto& all = free();
    if (all.empty()) {
      return std::make_unique<python_step>();
    }
    auto last = std::move(all.back());
    all.pop_back();
    return last;
  }
  static void give(std::unique_ptr<python_step> used) {
    constexpr std::size_t most = 64;
    used->clear();
    if (auto& all = free(); all.size() < most) {
      all.push_back(std::move(used));
    }
  }

private:
  static std::vector<std::unique_ptr<python_step>>& free() {
    thread_local std::vector<std::unique_ptr<python_step>> all;
    return all;
  }
};

struct back_to_pool {
  void operator()(python_step* used) const { step_pool::give(std::unique_ptr<python_step>(used)); }
};
using pooled_step = std::unique_ptr<python_step, back_to_pool>;

/// An object that holds one C++ value; only C++ makes it.
template <class Held>
struct object_with {
  PyObject_HEAD Held held;

  static void destroy(PyObject* self) {
    auto* type = Py_TYPE(self);
    reinterpret_cast<object_with*>(self)->held.~Held();
    type->tp_free(self);
    Py_DECREF(type);
  }
  static PyObject* make(PyTypeObject* type, Held held) {
    PyObject* made = type->tp_alloc(type, 0);
    if (made == nullptr) {
      throw py::error_already_set();
    }
    new (&reinterpret_cast<object_with*>(made)->held) Held(std::move(held));
    return made;
  }
  /// The value in an object, or null where it is of another type.
  static Held* in(PyObject* object) noexcept {
    return Py_TYPE(object)->tp_dealloc == &destroy ? &reinterpret_cast<object_with*>(object)->held : nullptr;
  }
};
using state_object = object_with<complaint_state>;
using step_object = object_with<pooled_step>;

/// A Python class for such objects, to which methods are added as to one of pybind11's.
class [[gnu::visibility("hidden")]] made_class {
public:
  template <class Object>
  static made_class of(py::module_ & m, const char* name, const char* doc) {
    const auto whole = m.attr("__name__").cast<std::string>() + "." + name;
    PyType_Slot slots[] = {
        {Py_tp_dealloc, reinterpret_cast<void*>(&Object::destroy)}, {Py_tp_doc, const_cast<char*>(doc)}, {0, nullptr}};
    constexpr unsigned flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION;
    PyType_Spec spec{whole.c_str(), static_cast<int>(sizeof(Object)), 0, flags, slots};
    auto made = py::reinterpret_steal<py::object>(PyType_FromSpec(&spec));
    if (!made) {
      throw py::error_already_set();
    }
    m.attr(name) = made;
    return made_class(std::move(made));
  }

  template <class F, class... Extra>
  made_class& def(const char* name, F&& f, const Extra&... extra) {
    type_.attr(name) =
        py::cpp_function(std::forward<F>(f), py::name(name), py::is_method(type_), py::sibling(py::none()), extra...);
    return *this;
  }
  template <class F, class... Extra>
  made_class& def_static(const char* name, F&& f, const Extra&... extra) {
    type_.attr(name) = py::staticmethod(
        py::cpp_function(std::forward<F>(f), py::name(name), py::scope(type_), py::sibling(py::none()), extra...));
    return *this;
  }
  template <class F>
  made_class& property(const char* name, F&& f, const char* doc = "") {
    const py::cpp_function get(std::forward<F>(f), py::name(name), py::is_method(type_));
    type_.attr(name) = py::module_::import("builtins").attr("property")(get, py::none(), py::none(), doc);
    return *this;
  }

  /// A property read through the C API, for those that a loop reads. `def` lives as long as the process.
  made_class& quick(PyGetSetDef & def) {
    type_.attr(def.name) =
        py::reinterpret_steal<py::object>(PyDescr_NewGetSet(reinterpret_cast<PyTypeObject*>(type_.ptr()), &def));
    return *this;
  }

private:
  explicit made_class(py::object type) : type_(std::move(type)) {}

  py::object type_;
};

} // namespace plaint::python

namespace pybind11::detail {

template <>
struct type_caster<plaint::python::complaint_state> {
  static constexpr auto name = const_name("State");
  template <class T>
  using cast_op_type = detail::cast_op_type<T>;

  bool load(handle from, bool) {
    found_ = plaint::python::state_object::in(from.ptr());
    return found_ != nullptr || from.is_none();
  }
  operator plaint::python::complaint_state*() { return found_; }
  operator plaint::python::complaint_state&() { return found_ != nullptr ? *found_ : throw reference_cast_error(); }
  static handle cast(plaint::python::complaint_state made, return_value_policy, handle) {
    auto* const type = made.of->state_type;
    return plaint::python::state_object::make(type, std::move(made));
  }

private:
  plaint::python::complaint_state* found_ = nullptr;
};

template <>
struct type_caster<plaint::python::python_step> {
  static constexpr auto name = const_name("Step");
  template <class T>
  using cast_op_type = detail::cast_op_type<T>;

  bool load(handle from, bool) {
    auto* held = plaint::python::step_object::in(from.ptr());
    found_ = held != nullptr ? held->get() : nullptr;
    return found_ != nullptr;
  }
  operator plaint::python::python_step*() { return found_; }
  operator plaint::python::python_step&() { return *found_; }
  static handle cast(plaint::python::python_step made, return_value_policy, handle) {
    auto* const type = made.of->step_type;
    plaint::python::pooled_step held(plaint::python::step_pool::take().release());
    *held = std::move(made);
    return plaint::python::step_object::make(type, std::move(held));
  }

private:
  plaint::python::python_step* found_ = nullptr;
};

} // namespace pybind11::detail
