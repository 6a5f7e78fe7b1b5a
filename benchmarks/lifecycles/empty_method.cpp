// SPDX-License-Identifier: BSL-1.0
// What a call of a bound method costs at least: the yardstick for every call from Python.
#include <pybind11/pybind11.h>

namespace {

struct empty {
  void nothing() {}
};

} // namespace

PYBIND11_MODULE(empty_method, m) {
  pybind11::class_<empty>(m, "Empty").def(pybind11::init<>()).def("nothing", &empty::nothing);
}
