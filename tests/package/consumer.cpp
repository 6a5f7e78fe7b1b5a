// SPDX-License-Identifier: BSL-1.0
// What a stranger's build has to find: the headers, their version, and Boost behind them.
#include <plaint/calendar/holiday/holiday_dates.hpp>
#include <plaint/time/span.hpp>
#include <plaint/version.hpp>

#include <chrono>
#include <iostream>

int main() {
  using namespace std::chrono;
  const plaint::instant opened = sys_days{2026y / March / 2} + 9h;
  const plaint::span morning{opened, opened + 3h};
  const plaint::span office{opened + 2h, opened + 8h};
  const auto common = morning & office;
  std::cout << "plaint " << PLAINT_VERSION_MAJOR << '.' << PLAINT_VERSION_MINOR << '.' << PLAINT_VERSION_PATCH << '\n';
  return common && common->length() == 1h ? 0 : 1;
}
