// SPDX-License-Identifier: BSL-1.0
#include "pybind11.hpp"

#include <plaint/version.hpp>

#include <string>

// One function per room, in register_<room>.cpp; each gets the submodule of its name.
void register_errors(py::module_& m);
void register_documents(py::module_& m);
void register_time(py::module_& m);
void register_calendar(py::module_& m);
void register_expr(py::module_& m);
void register_lifecycle(py::module_& m);
// The complaint room is bound in several files; all of them fill one submodule.
void register_clock(py::module_& m);
void register_ladder(py::module_& m);
void register_complaint(py::module_& m);
void register_analysis(py::module_& m);
void register_replay(py::module_& m);
void register_journal(py::module_& m);
void register_policy(py::module_& m);
void register_migration(py::module_& m);
void register_explanation(py::module_& m);
void register_policies(py::module_& m);
void register_desk(py::module_& m);

namespace {

void add(py::module_& m, const char* room, void (*fill)(py::module_&)) {
  auto submodule = m.def_submodule(room);
  fill(submodule);
}

} // namespace

PYBIND11_MODULE(_core, m, py::mod_gil_not_used(), py::multiple_interpreters::per_interpreter_gil()) {
  m.doc() = "The C++ library as Python sees it: one submodule per room. Use the package plaint, not this.";
  m.attr("__version__") = std::to_string(PLAINT_VERSION_MAJOR) + "." + std::to_string(PLAINT_VERSION_MINOR) + "." +
                          std::to_string(PLAINT_VERSION_PATCH);
  add(m, "errors", register_errors);
  add(m, "documents", register_documents);
  add(m, "time", register_time);
  add(m, "calendar", register_calendar);
  add(m, "expr", register_expr);
  add(m, "lifecycle", register_lifecycle);
  add(m, "clock", register_clock);
  add(m, "ladder", register_ladder);
  add(m, "complaint", [](py::module_& room) {
    register_complaint(room);
    register_journal(room);
    register_policy(room);
    register_migration(room);
    register_explanation(room);
  });
  add(m, "analysis", register_analysis); // adds to the policy, which the complaint room registers
  add(m, "replay", register_replay);
  add(m, "policies", register_policies);
  add(m, "desk", register_desk);
}
