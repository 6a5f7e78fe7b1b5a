// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "made_class.hpp"

#include <plaint/complaint/progress.hpp>
#include <plaint/policy/policy.hpp>

#include <memory>
#include <utility>
#include <vector>

/// The Python type `ComplaintStep`, made with the C API: one is made for every event.
namespace plaint::python {

/// What Python calls a step: what was done, with the policy that knows the names.
struct bound_step {
  policy by;
  progress did;
};

/// What was done, by steps that nobody wants any more: memory for others; at most so many for each thread.
class progress_pool {
public:
  static progress take() {
    auto& all = free();
    if (all.empty()) {
      return {};
    }
    auto last = std::move(all.back());
    all.pop_back();
    return last;
  }
  static void give(progress used) {
    constexpr std::size_t most = 64;
    if (auto& all = free(); all.size() < most && used.transitions.capacity() > 0) { // not one that was moved away
      used.clear();
      all.push_back(std::move(used));
    }
  }

private:
  static std::vector<progress>& free() {
    thread_local std::vector<progress> all;
    return all;
  }
};

/// A step as long as Python has it; then its memory goes back to the pool.
struct held_step {
  bound_step of;

  explicit held_step(bound_step made) : of(std::move(made)) {}
  held_step(held_step&&) = default;
  held_step(const held_step&) = delete;
  held_step& operator=(const held_step&) = delete;
  held_step& operator=(held_step&&) = delete;
  ~held_step() { progress_pool::give(std::move(of.did)); }
};
using complaint_step_object = object_with<held_step>;

/// The type of steps in this interpreter.
[[nodiscard]] inline PyTypeObject* complaint_step_type() {
  return reinterpret_cast<PyTypeObject*>(py::module_::import("plaint._core.complaint").attr("Step").ptr());
}

} // namespace plaint::python

namespace pybind11::detail {

template <>
struct type_caster<plaint::python::bound_step> {
  static constexpr auto name = const_name("Step");
  template <class T>
  using cast_op_type = detail::cast_op_type<T>;

  bool load(handle from, bool) {
    auto* held = plaint::python::complaint_step_object::in(from.ptr());
    found_ = held != nullptr ? &held->of : nullptr;
    return found_ != nullptr;
  }
  operator plaint::python::bound_step*() { return found_; }
  operator plaint::python::bound_step&() { return *found_; }
  static handle cast(plaint::python::bound_step made, return_value_policy, handle) {
    namespace ours = plaint::python;
    return ours::complaint_step_object::make(ours::complaint_step_type(), ours::held_step(std::move(made)));
  }

private:
  plaint::python::bound_step* found_ = nullptr;
};

} // namespace pybind11::detail
