// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plaint {

/// A share of a whole, from 0 to 1; nothing where there is no whole.
[[nodiscard]] constexpr std::optional<double> share(double part, double whole) noexcept {
  return whole > 0 ? std::optional(part / whole) : std::nullopt;
}

/// Promises kept, of those that were judged. Unit: share.
[[nodiscard]] constexpr std::optional<double> attainment(double met, double missed) noexcept {
  return share(met, met + missed);
}

/// Complaints answered without a second dispatch, of those dispatched (S-110; the manual asks for 0.85). Unit: share.
[[nodiscard]] constexpr std::optional<double> one_time_resolution(double without_redispatch, double due) noexcept {
  return share(without_redispatch, due);
}

/// Complaints that climbed at least one level, of all (S-111; the manual asks for 0). Unit: share.
[[nodiscard]] constexpr std::optional<double> escalation_rate(double escalated, double all) noexcept {
  return share(escalated, all);
}

/// Closed complaints that were opened again, of those closed. Unit: share.
[[nodiscard]] constexpr std::optional<double> reopen_rate(double reopened, double closed) noexcept {
  return share(reopened, closed);
}

/// What a lost customer costs: monthly spend × 12 × years × the people who hear of it (S-112). Unit: that of the spend.
[[nodiscard]] constexpr double lost_value(double monthly_spend, double years, double reach = 100) noexcept {
  return monthly_spend * 12 * years * reach;
}

/// Expectation less perception (S-113): above 0 the customer got less than expected. Unit: points of the scale.
[[nodiscard]] constexpr double satisfaction_gap(double expected, double perceived) noexcept {
  return expected - perceived;
}

/// Dissatisfied customers, of whom only a share complains (S-114). Unit: customers; nothing for a rate outside (0, 1].
[[nodiscard]] constexpr std::optional<double> silent_customers(double complaints, double rate = 0.04) noexcept {
  return rate > 0 && rate <= 1 ? std::optional(complaints / rate) : std::nullopt;
}

/// People who hear of it (S-115): 2 to 5 from each satisfied customer, 25 from each dissatisfied one. Unit: people.
struct word_of_mouth {
  double good_least = 0;
  double good_most = 0;
  double bad = 0;
};
[[nodiscard]] constexpr word_of_mouth heard_by(double satisfied, double dissatisfied) noexcept {
  return {satisfied * 2, satisfied * 5, dissatisfied * 25};
}

/// What it costs to replace lost customers (S-116: 10,000 yuan each, in the manual's example). Unit: that of the cost.
[[nodiscard]] constexpr double replacement_cost(double lost, double cost_of_new = 10'000) noexcept {
  return lost * cost_of_new;
}

/// What a loyal customer is worth (S-116: ten times an average single purchase). Unit: that of the purchase.
[[nodiscard]] constexpr double loyal_value(double purchase, double times = 10) noexcept {
  return purchase * times;
}

/// Cost of winning a customer over that of keeping one (S-117: above 1). Unit: ratio; nothing where keeping costs
/// nothing.
[[nodiscard]] constexpr std::optional<double> acquisition_ratio(double winning, double keeping) noexcept {
  return share(winning, keeping);
}

/// The five dimensions of service quality (S-94), in this order everywhere.
inline constexpr std::array<std::string_view, 5> service_quality_words{"reliability", "responsiveness", "assurance",
                                                                       "empathy", "tangibles"};

/// The gap of each dimension and their mean; above 0 the service falls short. Unit: points of the scale.
struct service_quality {
  std::array<double, 5> gaps{};
  double mean = 0;
};
[[nodiscard]] constexpr service_quality quality_gaps(const std::array<double, 5>& expected,
                                                     const std::array<double, 5>& perceived) noexcept {
  service_quality q;
  for (std::size_t i = 0; i < 5; ++i) {
    q.gaps[i] = satisfaction_gap(expected[i], perceived[i]);
    q.mean += q.gaps[i] / 5;
  }
  return q;
}

/// One cause of a Pareto chart, the most frequent first.
struct pareto_bar {
  std::string cause{};
  std::size_t count = 0;
  double cumulative = 0; ///< share of all complaints with this cause or one before it
  bool vital = false;    ///< one of the fewest causes that together have the share asked for

  friend bool operator==(const pareto_bar&, const pareto_bar&) = default;
};

/// Causes by frequency, equal ones by name; those without complaints are left out.
[[nodiscard]] inline std::vector<pareto_bar> pareto(std::span<const std::pair<std::string, std::size_t>> counts,
                                                    double vital = 0.8) {
  std::vector<pareto_bar> bars;
  std::size_t all = 0;
  for (const auto& [cause, count] : counts) {
    if (count > 0) {
      bars.push_back({cause, count});
      all += count;
    }
  }
  std::sort(bars.begin(), bars.end(),
            [](const auto& a, const auto& b) { return a.count != b.count ? a.count > b.count : a.cause < b.cause; });
  std::size_t sum = 0;
  for (auto& b : bars) {
    b.vital = static_cast<double>(sum) < vital * static_cast<double>(all);
    sum += b.count;
    b.cumulative = static_cast<double>(sum) / static_cast<double>(all);
  }
  return bars;
}

/// The nearest-rank percentile: the least value that at least `percent` % of the values do not exceed. Nothing without
/// values.
[[nodiscard]] inline std::optional<double> percentile(std::vector<double> values, double percent) {
  if (values.empty() || !(percent > 0) || percent > 100) {
    return std::nullopt;
  }
  const auto rank = static_cast<std::size_t>(std::ceil(percent / 100 * static_cast<double>(values.size())));
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

/// How many ages lie below each edge and not below the one before it; the last count is of those beyond.
[[nodiscard]] inline std::vector<std::size_t> ageing(std::span<const double> ages, std::span<const double> edges) {
  std::vector<std::size_t> counts(edges.size() + 1);
  for (const auto age : ages) {
    ++counts[static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), age) - edges.begin())];
  }
  return counts;
}

} // namespace plaint
