// SPDX-License-Identifier: BSL-1.0
#include <plaint/canonical.hpp>
#include <plaint/io/json.hpp>

#include <cstdint>
#include <cstdlib>

// A JSON text is refused as a whole, or its canonical form reads back as the same document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  try {
    const auto read = plaint::read_json(text);
    if (!(plaint::read_json(plaint::canonical(read.root)).root == read.root)) {
      std::abort();
    }
  } catch (const plaint::policy_error& refused) {
    if (refused.all().empty()) {
      std::abort();
    }
  }
  return 0;
}
