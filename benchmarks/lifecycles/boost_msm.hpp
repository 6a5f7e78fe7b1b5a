// SPDX-License-Identifier: BSL-1.0
// The same two machines as Boost.MSM compiles them. Kept in a translation unit of their own: it takes a minute.
#pragma once

#include <cstdint>
#include <vector>

namespace machine {

/// A fresh machine fed with all events; the digest of what it ends with.
[[nodiscard]] std::uint32_t run_msm_flat(const std::vector<std::uint8_t>& events);
[[nodiscard]] std::uint32_t run_msm_nested(const std::vector<std::uint8_t>& events);

} // namespace machine
