// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"
#include "support/random_case.hpp"

#include <plaint/io/journal_lines.hpp>

#include <algorithm>
#include <random>

using namespace plaint;

TEST_CASE("a journal goes through JSON Lines and back, byte for byte", "[io]") {
  const auto rules = hotline::rules();
  auto file = random_case::run(rules, random_case::fixed_story());
  const auto text = to_json_lines(file.journal);
  auto read = read_journal(text);
  REQUIRE_FALSE(read.fault);
  CHECK(read.journal == file.journal);
  CHECK(to_json_lines(read.journal) == text);
  CHECK_FALSE(verify_lines(rules, text, &file.now));
}

TEST_CASE("the end of a journal vouches for its last record", "[io]") {
  const auto rules = hotline::rules();
  auto good = random_case::run(rules, random_case::fixed_story()).journal;
  auto text = to_json_lines(good);
  const auto end = text.substr(text.rfind('\n', text.size() - 2) + 1);
  const auto forged = [&](std::size_t which) {
    auto j = good;
    j.records[which].what.actor.id += "!";
    j.records[which].seal = digest(detail::unsealed(j, j.records[which]));
    std::string lines;
    for (const auto& r : j.records) {
      detail::write_record(lines, j, r);
      lines += '\n';
    }
    return verify_lines(rules, lines + end).value_or(journal_fault{99, ""}).record;
  };
  const auto n = good.records.size();
  CHECK(forged(n - 2) == n - 2);
  CHECK(forged(n - 1) == n); // it is the end that no longer fits
}

TEST_CASE("a journal that was cut short is refused at the first record that is missing", "[io]") {
  const auto rules = hotline::rules();
  auto file = random_case::run(rules, random_case::fixed_story());
  const auto text = to_json_lines(file.journal);
  std::size_t whole = 0;
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    const auto fault = verify_lines(rules, std::string_view(text).substr(0, cut));
    REQUIRE(fault);
    CHECK(fault->record == whole);
    whole += text[cut] == '\n' ? 1U : 0U;
  }
}

TEST_CASE("flipped, cut and reordered journals are refused, or they are what they were", "[io]") {
  const auto rules = hotline::rules();
  auto file = random_case::run(rules, random_case::fixed_story());
  const auto text = to_json_lines(file.journal);
  std::mt19937 random(42);
  const auto place = [&](std::size_t size) { return std::uniform_int_distribution<std::size_t>(0, size - 1)(random); };
  for (int i = 0; i < 3000; ++i) {
    auto other = text;
    switch (i % 3) {
    case 0:
      other[place(other.size())] = static_cast<char>(place(256));
      break;
    case 1:
      other.erase(place(other.size()), 1 + place(40));
      break;
    default: {
      const auto from = place(other.size());
      std::rotate(other.begin() + static_cast<std::ptrdiff_t>(from),
                  other.begin() + static_cast<std::ptrdiff_t>(from + place(other.size() - from)), other.end());
    }
    }
    REQUIRE((other == text || verify_lines(rules, other).has_value()));
  }
}
