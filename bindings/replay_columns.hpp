// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "pybind11.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace plaint {
class policy;
}

namespace plaint::python {

/// A log as Python gives it: arrays of NumPy and names.
struct replay_request {
  std::size_t cases = 0;
  py::object owner, event, at;
  std::vector<std::string> event_names{};
  std::optional<std::vector<std::string>> role_names{};
  py::object role, attributes, data;
  std::optional<instant> as_of{};
  duration slack{};
};

/// Runs it without the lock of Python; what comes back is a `ReplayResult`.
[[nodiscard]] py::object replay(const policy& by, const replay_request& given);

} // namespace plaint::python
