// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/document.hpp>
#include <plaint/time/instant.hpp>

#include <string>
#include <vector>

namespace plaint {

/// Something that the host is asked to do; plain data, the library never does it.
///
/// The key is the same however often the history is replayed and however the host polls: a host that keeps the keys of
/// what it did never does anything twice. A step's own effects are "C-17/4/0" (complaint, sequence, ordinal), those of
/// a clock "C-17/answer/1/1/warn/1/0" (complaint, clock, cycle, generation, threshold, repetition, ordinal), those of a
/// ladder "C-17/late/1/1/2/0" (complaint, ladder, run, pass, step, ordinal; reminders "2.1"). What a late fact brings
/// or takes back carries that fact's sequence behind an "@".
struct effect {
  std::string key{};
  std::string kind{};                   ///< notice, notify, assign, dispatch …; "retract" takes another effect back
  node parameters = node::mapping_of(); ///< in the policy's order, expressions computed
  std::string cause{};                  ///< the event, or the clock and its threshold
  instant at{};                         ///< the instant that it belongs to, not the one at which it was noticed
  duration late_by{};                   ///< how much later than that it was noticed
  std::string complaint{};              ///< whose it is
  std::string precondition{}; ///< what must still hold when it is carried out, such as "running(answer/1)": `is_wanted`
  std::vector<std::string> also{}; ///< keys of effects of the same instant that say the same: they are this one

  friend bool operator==(const effect&, const effect&) = default;
};

} // namespace plaint
