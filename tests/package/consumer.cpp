// SPDX-License-Identifier: BSL-1.0
// The program of a stranger who has just found the library.
#include <plaint/plaint.hpp>

#include <chrono>
#include <iostream>

int main() {
  using namespace std::chrono;
  const plaint::instant opened = sys_days{2026y / March / 2} + 9h;
  const plaint::span morning{opened, opened + 3h};
  const plaint::span office{opened + 2h, opened + 8h};
  const auto common = morning & office;
  if (!common || common->length() != 1h) {
    std::cerr << "the morning and the office hours must share one hour\n";
    return 1;
  }
  std::cout << "plaint " << PLAINT_VERSION_MAJOR << '.' << PLAINT_VERSION_MINOR << '.' << PLAINT_VERSION_PATCH << '\n';
  return 0;
}
