// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace plaint {

/// Where zone data comes from: an IANA name in, TZif bytes out; nothing when the name is unknown.
using zone_source = std::function<std::optional<std::vector<std::byte>>(std::string_view name)>;

/// The longest TZif file that is read, in bytes; the largest of tzdata has about 4,000.
inline constexpr std::size_t zone_file_limit = std::size_t{1} << 20;

/// True for what may name a zone: up to 255 letters, digits and "_+-./", in parts that are not empty, "." or "..".
[[nodiscard]] inline bool is_zone_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > 255) {
    return false;
  }
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const char c = i < name.size() ? name[i] : '/';
    const bool ordinary = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
                          c == '+' || c == '-' || c == '.' || c == '/';
    if (!ordinary) {
      return false;
    }
    if (c == '/') {
      const std::string_view part = name.substr(begin, i - begin);
      if (part.empty() || part == "." || part == "..") {
        return false;
      }
      begin = i + 1;
    }
  }
  return true;
}

namespace detail {

[[nodiscard]] inline std::optional<std::vector<std::byte>> read_zone_file(const std::filesystem::path& path) {
  std::error_code failed;
  if (!std::filesystem::is_regular_file(path, failed) || failed) {
    return std::nullopt;
  }
  std::ifstream file(path, std::ios::binary);
  std::string text(zone_file_limit + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  const auto size = static_cast<std::size_t>(file.gcount());
  // Zoneinfo folders also hold tables and leap second lists; they name no zone.
  if (size > zone_file_limit || !text.starts_with("TZif")) {
    return std::nullopt;
  }
  const auto* bytes = reinterpret_cast<const std::byte*>(text.data());
  return std::vector<std::byte>(bytes, bytes + size);
}

} // namespace detail

/// Zones from a folder laid out like /usr/share/zoneinfo; what is no `is_zone_name` is unknown, so nothing outside is
/// read.
[[nodiscard]] inline zone_source directory_source(std::filesystem::path root) {
  return [root = std::move(root)](std::string_view name) -> std::optional<std::vector<std::byte>> {
    if (!is_zone_name(name)) {
      return std::nullopt;
    }
    return detail::read_zone_file(root / std::string(name));
  };
}

/// Zones from memory: embedded or pinned bytes by name.
[[nodiscard]] inline zone_source memory_source(std::map<std::string, std::vector<std::byte>, std::less<>> zones) {
  return [zones = std::move(zones)](std::string_view name) -> std::optional<std::vector<std::byte>> {
    const auto found = zones.find(name);
    return found == zones.end() ? std::nullopt : std::optional(found->second);
  };
}

/// The first of the sources that knows the name.
[[nodiscard]] inline zone_source first_source(std::vector<zone_source> sources) {
  return [sources = std::move(sources)](std::string_view name) -> std::optional<std::vector<std::byte>> {
    for (const auto& source : sources) {
      if (auto bytes = source(name)) {
        return bytes;
      }
    }
    return std::nullopt;
  };
}

/// The zoneinfo folders of the system, in the order of tzdata's own search; no environment variable is read.
[[nodiscard]] inline zone_source system_source() {
  return first_source({directory_source("/usr/share/zoneinfo"), directory_source("/usr/lib/zoneinfo"),
                       directory_source("/usr/share/lib/zoneinfo"), directory_source("/etc/zoneinfo")});
}

} // namespace plaint
