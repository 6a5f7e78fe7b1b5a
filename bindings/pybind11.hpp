// SPDX-License-Identifier: BSL-1.0
#pragma once

// The one include of every binding file: a translation unit that misses a caster would convert differently.
// <pybind11/chrono.h> is never included: it drops time zones and reads the machine's own.
#include <pybind11/native_enum.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

namespace py = pybind11;

#include "instant_caster.hpp"
