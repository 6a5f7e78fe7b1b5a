// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <cstddef>
#include <new>
#include <string>
#include <string_view>
#include <utility>

/// Python types made with the C API: an object of them costs a tenth of one that pybind11 makes. Their methods are
/// pybind11's all the same.
namespace plaint::python {

/// Runs what makes a Python object; what it throws becomes Python's error, as pybind11 translates it.
template <class Make>
[[nodiscard]] PyObject* made_or_error(const Make& make) noexcept {
  try {
    return make();
  } catch (py::error_already_set& error) {
    error.restore();
  } catch (const py::builtin_exception& error) {
    error.set_error();
  } catch (...) {
    py::detail::try_translate_exceptions();
  }
  return nullptr;
}

[[nodiscard]] inline std::string_view text_in(PyObject* text, const char* what) {
  Py_ssize_t size = 0;
  if (!PyUnicode_Check(text)) {
    throw py::type_error(std::string(what) + " must be a str");
  }
  const char* bytes = PyUnicode_AsUTF8AndSize(text, &size);
  if (bytes == nullptr) {
    throw py::error_already_set();
  }
  return {bytes, static_cast<std::size_t>(size)};
}

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
