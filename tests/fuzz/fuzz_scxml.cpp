// SPDX-License-Identifier: BSL-1.0
// Any bytes are a chart, which is then walked a little, or findings.
#include <plaint/io/scxml.hpp>
#include <plaint/lifecycle/step.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace plaint;
  try {
    auto chart = read_scxml({reinterpret_cast<const char*>(bytes), size});
    schema sees;
    sees.attributes = std::move(chart.attributes);
    const auto rules = compile(std::move(chart.definition), std::move(sees));
    (void)to_scxml(rules);
    auto values = initial_values(rules.schema());
    auto done = start(rules, values);
    for (event_id e = 0; e <= rules.event_count() && done.accepted && e < 16; ++e) {
      occurrence what;
      what.event = e;
      done = step(rules, done.after, values, what);
    }
  } catch (const policy_error&) {
  }
  return 0;
}
