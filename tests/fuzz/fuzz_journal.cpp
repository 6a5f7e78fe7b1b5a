// SPDX-License-Identifier: BSL-1.0
#include "support/fixed_story.hpp"

#include <plaint/complaint/case_document.hpp>
#include <plaint/complaint/snapshot_bytes.hpp>
#include <plaint/io/journal_lines.hpp>
#include <plaint/io/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace plaint;

struct stored {
  policy rules = hotline::rules();
  case_file file = random_case::run(rules, random_case::fixed_story());
  std::string lines = to_json_lines(file.journal);
  std::string packed = to_bytes(rules, file.now);
  std::string whole = canonical(write_case(rules, file));
};

std::string reordered(const std::string& text, std::size_t a, std::size_t b) {
  std::vector<std::string> lines;
  for (std::size_t from = 0, to = 0; from < text.size(); from = to + 1) {
    to = text.find('\n', from);
    to = to == text.npos ? text.size() : to;
    lines.push_back(text.substr(from, to - from));
  }
  std::swap(lines[a % lines.size()], lines[b % lines.size()]);
  std::string all;
  for (const auto& line : lines) {
    all += line + "\n";
  }
  return all;
}

/// Flips, cuts, replaces or reorders.
std::string changed(std::string text, const std::uint8_t* bytes, std::size_t size) {
  const auto at = static_cast<std::size_t>(bytes[0] | bytes[1] << 8) % text.size();
  const std::size_t length = bytes[2];
  switch (bytes[3] % 5) {
  case 0:
    return text.replace(at, length, reinterpret_cast<const char*>(bytes + 5), size - 5);
  case 1:
    return text.erase(at, 1 + length);
  case 2:
    return text.substr(0, at);
  case 3:
    return reordered(text, bytes[1], bytes[2]);
  default:
    text[at] = static_cast<char>(text[at] ^ bytes[4]);
    return text;
  }
}

/// Changes what a record says, or which records there are, and makes all seals anew, as a forger would.
journal forged(journal j, const std::uint8_t* bytes, std::size_t size) {
  constexpr const char* names[] = {"register", "answer", "object", "shout", "opened"};
  constexpr const char* roles[] = {"hotline", "lead", "customer", "nobody", ""};
  auto& all = j.records;
  const auto a = bytes[0] % all.size();
  const auto b = bytes[1] % all.size();
  auto& r = all[a];
  switch (bytes[2] % 9) {
  case 0:
    std::swap(all[a], all[b]);
    break;
  case 1:
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(a));
    break;
  case 2:
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(b), journal_record(r));
    break;
  case 3:
    r.what.name = names[bytes[3] % 5];
    break;
  case 4:
    r.what.actor.role = roles[bytes[3] % 5];
    break;
  case 5: // by up to a quarter of a year to and fro, or to the end of time
    r.what.effective_at += std::chrono::minutes{(bytes[3] | bytes[4] << 8) * 4 - 131'072};
    r.what.effective_at = bytes[5] == 7 ? instant::max() : bytes[5] == 8 ? instant::min() : r.what.effective_at;
    break;
  case 6:
    r.states.assign(1, bytes[3] % 2 == 0 ? "closed" : std::string(reinterpret_cast<const char*>(bytes + 4), size - 4));
    break;
  case 7:
    r.effects.push_back(std::string(reinterpret_cast<const char*>(bytes + 4), size - 4));
    break;
  default:
    r.what.data.add(bytes[3] % 2 == 0 ? "severity" : std::string(reinterpret_cast<const char*>(bytes + 4), size - 4),
                    node::text_of(bytes[4] % 2 == 0 ? "minor" : "huge"));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].number = i;
    all[i].seal.clear();
  }
  seal(j);
  return j;
}

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

} // namespace

// Journals and snapshots that were flipped, cut or reordered are refused, or they are what they were. Those that were
// sealed anew are refused, or they are what comes of running them.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const stored kept;
  if (size < 6) {
    return 0;
  }
  auto made = forged(kept.file.journal, bytes, size);
  if (!verify_lines(kept.rules, to_json_lines(made))) { // another life, and a possible one
    auto again = replay(kept.rules, made).file.journal;
    seal(again);
    require(again == made);
  }
  const auto lines = changed(kept.lines, bytes, size);
  if (!verify_lines(kept.rules, lines)) {
    require(read_journal(lines).journal == kept.file.journal);
  }
  try {
    require(from_bytes(kept.rules, changed(kept.packed, bytes, size)) == kept.file.now);
  } catch (const policy_error&) {
  }
  try {
    require(read_case(kept.rules, read_json(changed(kept.whole, bytes, size)).root) == kept.file);
  } catch (const policy_error&) {
  }
  return 0;
}
