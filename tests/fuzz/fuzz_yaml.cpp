// SPDX-License-Identifier: BSL-1.0
#include <plaint/io/yaml.hpp>
#include <plaint/pointer.hpp>

#include <cstdint>
#include <cstdlib>

// A YAML text is refused as a whole, or every value of it has a place inside of the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  try {
    const auto read = plaint::read_yaml(text, {}, {.values = 10'000});
    for (std::size_t i = 0; i < read.root.items.size(); ++i) {
      if (read.root.items[i].at.line < 0) {
        std::abort();
      }
    }
  } catch (const plaint::policy_error& refused) {
    if (refused.all().empty()) {
      std::abort();
    }
  }
  return 0;
}
