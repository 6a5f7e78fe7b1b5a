// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "lifecycle_objects.hpp"
#include "made_class.hpp"

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

using state_object = object_with<complaint_state>;
using step_object = object_with<pooled_step>;

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
