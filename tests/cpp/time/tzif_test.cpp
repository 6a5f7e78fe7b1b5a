// SPDX-License-Identifier: BSL-1.0
#include "../support/zone_bytes.hpp"

#include <plaint/time/tzif.hpp>

#include <catch.hpp>

#include <cstddef>
#include <string>
#include <vector>

using namespace plaint;

namespace {

using bytes = std::vector<std::byte>;

const test::zone_facts small{
    {{0, false, "GMT"}, {3'600, true, "BST"}}, {{100, 1}, {200, 0}}, "GMT0BST,M3.5.0/1,M10.5.0"};

std::string fault(const bytes& file) {
  const auto data = parse_tzif(file);
  return data ? "accepted" : std::string(data.fault().message);
}

bytes with(bytes file, std::size_t at, int value) {
  file.at(at) = static_cast<std::byte>(value);
  return file;
}

/// Where the second header of the files of this test begins: after a header, one type and its empty name.
constexpr std::size_t second = 44 + 6 + 1;
constexpr std::size_t times = second + 44;
constexpr std::size_t indexes = times + 2 * 8;
constexpr std::size_t types = indexes + 2;

} // namespace

TEST_CASE("a file of version 2 gives its types, transitions and footer", "[zone]") {
  const auto data = parse_tzif(test::tzif_bytes(small));
  REQUIRE(data);
  CHECK(data->types == std::vector<local_time_type>{{0, false, "GMT"}, {3'600, true, "BST"}});
  CHECK(data->transitions == std::vector<tzif_data::transition>{{100, 1}, {200, 0}});
  CHECK(data->footer == *parse_posix_rule("GMT0BST,M3.5.0/1,M10.5.0"));
}

TEST_CASE("a file of version 1 has 32-bit times and no footer", "[zone]") {
  const auto data = parse_tzif(test::tzif_bytes_v1({small.types, {{-5, 1}, {200, 0}}, ""}));
  REQUIRE(data);
  CHECK(data->transitions == std::vector<tzif_data::transition>{{-5, 1}, {200, 0}});
  CHECK_FALSE(data->footer);
}

TEST_CASE("an empty footer says nothing about later times", "[zone]") {
  const auto data = parse_tzif(test::tzif_bytes({small.types, small.changes, ""}));
  REQUIRE(data);
  CHECK_FALSE(data->footer);
}

TEST_CASE("every file that is cut anywhere is refused", "[zone]") {
  for (const auto& file : {test::tzif_bytes(small), test::tzif_bytes_v1({small.types, small.changes, ""})}) {
    for (std::size_t size = 0; size < file.size(); ++size) {
      if (parse_tzif(std::span(file).first(size))) {
        FAIL(size);
      }
    }
  }
}

TEST_CASE("counts that the file cannot hold are refused before anything is allocated", "[zone]") {
  const auto file = test::tzif_bytes(small);
  for (const std::size_t count : {20U, 24U, 28U, 32U, 36U, 40U}) {
    CHECK(fault(with(file, second + count, 0xFF)) == "as many bytes as the counts of the header announce required");
    CHECK(fault(with(file, count, 0xFF)) == "as many bytes as the counts of the header announce required");
  }
}

TEST_CASE("a file with leap seconds is refused, as instants do not count them", "[zone]") {
  auto file = test::tzif_bytes_v1({small.types, {}, ""});
  file = with(file, 31, 1);
  file.resize(file.size() + 8);
  CHECK(fault(file) == "zone without leap seconds required, as instants do not count them");
}

TEST_CASE("each rule of the format is checked", "[zone]") {
  const auto file = test::tzif_bytes(small);
  CHECK(fault(with(file, 0, 'X')) == "TZif header required");
  CHECK(fault(with(file, second, 'X')) == "TZif header required");
  CHECK(fault(with(file, 4, '1')) == "TZif version 1 to 9 required");
  CHECK(fault(with(file, second + 4, 1)) == "TZif version 1 to 9 required");
  CHECK(fault(with(file, times + 15, 100)) == "ascending times before the year 10000 required");
  CHECK(fault(with(file, times + 8, 1)) == "ascending times before the year 10000 required");
  CHECK(fault(with(file, indexes, 2)) == "number of a type that exists required");
  CHECK(fault(with(file, types + 6, 0x7F)) == "offset more than -25 h and less than 26 h required");
  CHECK(fault(with(file, types + 4, 2)) == "daylight flag of 0 or 1 required");
  CHECK(fault(with(file, types + 5, 8)) == "abbreviation that ends within its table required");
  CHECK(fault(with(file, types + 12, '\n')) == "abbreviation in visible ASCII required");
  CHECK(fault(with(file, types + 12 + 7, 'T')) == "abbreviation that ends within its table required");
}

TEST_CASE("the footer is read to the last byte", "[zone]") {
  const auto with_footer = [](const std::string& footer) {
    return fault(test::tzif_bytes({small.types, small.changes, footer}));
  };
  CHECK(with_footer("GMT0") == "accepted");
  CHECK(with_footer("GMT0\nmore") == "one footer line that ends the file required");
  CHECK(with_footer("GMT0BST") == "comma and the day of the change required after the daylight part");
  auto file = test::tzif_bytes(small);
  file.push_back(std::byte{0});
  CHECK(fault(file) == "one footer line that ends the file required");
  auto old = test::tzif_bytes_v1({small.types, small.changes, ""});
  old.push_back(std::byte{0});
  CHECK(fault(old) == "end of the file after the data required");
}

TEST_CASE("a file needs a type, and no more than its indexes can name", "[zone]") {
  CHECK(fault(test::tzif_bytes({{}, {}, ""})) == "1 to 256 local time types with abbreviations required");
  const std::vector<test::zone_type_facts> many(257, {0, false, ""});
  CHECK(fault(test::tzif_bytes_v1({many, {}, ""})) == "1 to 256 local time types with abbreviations required");
}

TEST_CASE("a file over the limit is refused unread", "[zone]") {
  CHECK(fault(bytes(zone_file_limit + 1)) == "file of at most 1 MiB required");
}
