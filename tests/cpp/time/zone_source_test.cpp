// SPDX-License-Identifier: BSL-1.0
#include <plaint/time/zone_source.hpp>

#include <catch.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

using namespace plaint;

namespace {

/// A folder of zones beside a secret that no name may reach.
struct zone_folder {
  std::filesystem::path top = std::filesystem::temp_directory_path() / "plaint_zone_source_test";
  std::filesystem::path root = top / "zoneinfo";

  zone_folder() {
    std::filesystem::remove_all(top);
    std::filesystem::create_directories(root / "Europe");
    std::ofstream(root / "Europe" / "London") << "TZif-london";
    std::ofstream(root / "zone.tab") << "# a table, no zone";
    std::ofstream(top / "secret") << "TZif-secret";
    std::ofstream(root / "Large") << "TZif" << std::string(zone_file_limit, 'x');
    std::ofstream(root / "Largest") << "TZif" << std::string(zone_file_limit - 4, 'x');
  }
  zone_folder(const zone_folder&) = delete;
  zone_folder& operator=(const zone_folder&) = delete;
  ~zone_folder() { std::filesystem::remove_all(top); }
};

std::string text_of(const std::optional<std::vector<std::byte>>& file) {
  return file ? std::string(reinterpret_cast<const char*>(file->data()), file->size()) : "none";
}

} // namespace

TEST_CASE("what may name a zone", "[zone]") {
  for (const char* name : {"Europe/London", "UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "GMT-0", "A.B/..c"}) {
    CAPTURE(name);
    CHECK(is_zone_name(name));
  }
  for (const char* name : {"", "/etc/passwd", "..", "../x", "a/../b", "a/./b", "a//b", "a/", "Europe\\London", "C:zone",
                           "a b", "a\n", "Zürich"}) {
    CAPTURE(name);
    CHECK_FALSE(is_zone_name(name));
  }
  CHECK_FALSE(is_zone_name(std::string_view("Europe/London\0", 14)));
  CHECK(is_zone_name(std::string(255, 'a')));
  CHECK_FALSE(is_zone_name(std::string(256, 'a')));
}

TEST_CASE("a folder gives its zones and nothing else", "[zone]") {
  const zone_folder folder;
  const auto source = directory_source(folder.root);
  CHECK(text_of(source("Europe/London")) == "TZif-london");
  CHECK(text_of(source("Europe/Paris")) == "none");
  CHECK(text_of(source("Europe")) == "none");
  CHECK(text_of(source("zone.tab")) == "none");
  CHECK(text_of(source("../secret")) == "none");
  CHECK(text_of(source("Europe/../../secret")) == "none");
  CHECK(text_of(source((folder.top / "secret").string())) == "none");
  CHECK(text_of(source(std::string_view("Europe/London\0.tab", 18))) == "none");
  CHECK(text_of(source("")) == "none");
}

TEST_CASE("a file over the limit is no zone", "[zone]") {
  const zone_folder folder;
  const auto source = directory_source(folder.root);
  CHECK(text_of(source("Large")) == "none");
  CHECK(source("Largest")->size() == zone_file_limit);
}

TEST_CASE("the first source that knows a name answers", "[zone]") {
  const auto source = first_source(
      {memory_source({{"A", {std::byte{1}}}}), memory_source({{"A", {std::byte{2}}}, {"B", {std::byte{3}}}})});
  CHECK(source("A") == std::vector{std::byte{1}});
  CHECK(source("B") == std::vector{std::byte{3}});
  CHECK(source("C") == std::nullopt);
  CHECK(first_source({})("A") == std::nullopt);
}
