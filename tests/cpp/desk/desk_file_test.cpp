// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/fixed_story.hpp"
#include "support/hotline.hpp"

#include <plaint/complaint/case_document.hpp>
#include <plaint/complaint/snapshot_bytes.hpp>
#include <plaint/desk/desk_file.hpp>
#include <plaint/io/journal_lines.hpp>
#include <plaint/io/json.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

using namespace plaint;

namespace {

desk small(const policy& rules) {
  desk d(rules);
  for (int i = 0; i < 40; ++i) {
    (void)d.open("C-" + std::to_string(i), hotline::event("", "2026-11-20T15:00:00Z", "customer"));
    (void)d.apply("C-" + std::to_string(i),
                  hotline::event("register", "2026-11-20T15:30:00Z", "hotline", "{ problem: noise }"));
  }
  return d;
}

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string refused(const policy& by, const std::string& bytes) {
  std::ofstream("desk_bad.bin", std::ios::binary) << bytes;
  try {
    (void)load_desk(by, "desk_bad.bin");
  } catch (const policy_error& e) {
    return e.all().front().code;
  }
  return "read";
}

} // namespace

TEST_CASE("a desk goes to a file and comes back", "[desk]") {
  const auto rules = hotline::rules();
  const auto d = small(rules);
  save(d, "desk_good.bin");
  for (const unsigned threads : {1U, 2U, 5U, 40U}) {
    const auto back = load_desk(rules, "desk_good.bin", threads);
    CHECK(back.size() == d.size());
    CHECK(back.digest() == d.digest());
    CHECK(back.next_wake_up() == d.next_wake_up());
  }
  CHECK_FALSE(std::filesystem::exists("desk_good.bin.writing"));
}

TEST_CASE("a desk that was cut, flipped, written by a newer version or by another policy is refused", "[desk]") {
  const auto rules = hotline::rules();
  save(small(rules), "desk_good.bin");
  const auto bytes = bytes_of("desk_good.bin");
  std::mt19937 random(5);
  for (int i = 0; i < 300; ++i) {
    CHECK(refused(rules, bytes.substr(0, random() % bytes.size())) != "read");
    auto flipped = bytes;
    flipped[random() % flipped.size()] ^= static_cast<char>(1U << random() % 8);
    CHECK(refused(rules, flipped) != "read");
  }
  auto newer = bytes;
  newer[detail::desk_mark.size() - 1] = 3;
  CHECK(refused(rules, newer) == "newer-format");
  CHECK(refused(rules, "nothing of the kind, really") == "not-a-desk");
  auto other = rules.definition();
  other.version = "2";
  CHECK(refused(policy::compile(other), bytes) == "other-policy");
}

TEST_CASE("who can't write leaves the old file whole", "[desk]") {
  const auto rules = hotline::rules();
  save(small(rules), "desk_kept.bin");
  const auto before = bytes_of("desk_kept.bin");
  { // killed in the middle: what was begun lies beside
    detail::file_replacement begun("desk_kept.bin");
    begun.write("half");
    CHECK(bytes_of("desk_kept.bin") == before);
  }
  CHECK(bytes_of("desk_kept.bin") == before);
  CHECK_THROWS_AS(save(small(rules), "no/such/folder/desk.bin"), policy_error);
}

TEST_CASE("a file whose sum fits but whose complaints do not is refused", "[desk]") {
  const auto rules = hotline::rules();
  save(small(rules), "desk_good.bin");
  const auto bytes = bytes_of("desk_good.bin");
  const auto body = bytes.substr(0, bytes.size() - 8);
  std::mt19937 random(9);
  std::size_t refusals = 0;
  for (int i = 0; i < 800; ++i) {
    auto forged = body;
    forged[body.size() / 3 + random() % (body.size() * 2 / 3)] ^= static_cast<char>(1U << random() % 8);
    detail::quick_sum sum;
    sum.update(forged); // one block
    const auto value = sum.value();
    for (unsigned b = 0; b < 8; ++b) {
      forged += static_cast<char>(value >> (8 * b));
    }
    const bool is_refused = refused(rules, forged) != "read";
    refusals += is_refused ? 1U : 0U;
    if (!is_refused) { // it says something else that could be so, and says it as it would have been written
      const auto read = load_desk(rules, "desk_bad.bin");
      desk again(rules);
      read.for_each([&](const complaint& c) { again.put(c); });
      CHECK(again.digest() == read.digest());
    }
  }
  CHECK(refusals > 200);
}

TEST_CASE("what earlier versions have stored stays readable", "[desk]") {
  const std::string kept = "tests/python/released/1/"; // never written anew: another format gets a folder of its own
  const auto rules = load_policy(read_document(kept + "policy.yaml"));
  auto file = random_case::run(rules, random_case::fixed_story());
  seal(file.journal);
  CHECK(read_case(rules, read_json(bytes_of(kept + "case.json")).root) == file);
  CHECK(from_bytes(rules, bytes_of(kept + "snapshot.bin")) == file.now);
  CHECK_FALSE(verify_lines(rules, bytes_of(kept + "journal.jsonl"), &file.now));
  for (const std::string format : {"1", "2"}) {
    const auto desk = load_desk(rules, "tests/python/released/" + format + "/desk.bin");
    REQUIRE(desk.size() == 2);
    CHECK(desk.find("C-1") == file.now);
  }
}

TEST_CASE("C++ stores the bytes that Python stores", "[desk]") {
  // tests/python/test_released_forms.py holds Python against the same files.
  const std::string kept = "tests/python/released/1/";
  const auto rules = load_policy(read_document(kept + "policy.yaml"));
  auto file = random_case::run(rules, random_case::fixed_story());
  CHECK(canonical(write_case(rules, file, true)) == bytes_of(kept + "case.json"));
  CHECK(to_bytes(rules, file.now) == bytes_of(kept + "snapshot.bin"));
  CHECK(to_json_lines(file.journal) == bytes_of(kept + "journal.jsonl"));
  desk d(rules, 2);
  d.put(file.now);
  const auto at = file.now.opened_at;
  d.put(open(rules, "C-2", {.effective_at = at, .recorded_at = at, .actor = {.role = "customer"}}).complaint);
  save(d, "desk_same.bin");
  CHECK(bytes_of("desk_same.bin") == bytes_of("tests/python/released/2/desk.bin"));
}
