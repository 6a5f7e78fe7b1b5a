// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/complaint/detail/byte_archive.hpp>
#include <plaint/error.hpp>

#include <bit>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace plaint::detail {

/// A sum over bytes that is quick to take, eight at a time; it finds mistakes, not malice.
class quick_sum {
public:
  void update(std::string_view bytes) noexcept {
    std::size_t i = 0;
    for (; i + 8 <= bytes.size(); i += 8) {
      mix(eight_bytes(bytes.data() + i));
    }
    std::uint64_t rest = bytes.size() - i;
    for (; i < bytes.size(); ++i) {
      rest = rest << 8U | static_cast<unsigned char>(bytes[i]);
    }
    mix(rest);
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return (state_ ^ state_ >> 31U) * 0xbf58476d1ce4e5b9ULL; }

private:
  void mix(std::uint64_t word) noexcept {
    state_ = std::rotl(state_ ^ word, 27) * 0x9e3779b97f4a7c15ULL + 0x2545f4914f6cdd1dULL;
  }
  std::uint64_t state_ = 0x243f6a8885a308d3ULL;
};

[[noreturn]] inline void refuse_desk(std::string code, std::string message, const std::string& file) {
  throw policy_error(
      {{.code = std::move(code), .message = std::move(message), .pointer = {}, .suggestion = {}, .file = file}});
}

/// Writes to a file beside, and puts it in the place of the old one only when all of it has reached the disk.
class file_replacement {
public:
  explicit file_replacement(const std::string& path)
      : path_(path), beside_(path + ".writing"), file_(std::fopen(beside_.c_str(), "wb")) {
    if (file_ == nullptr) {
      refuse_desk("unwritable", "the file can't be written", path_);
    }
  }
  file_replacement(const file_replacement&) = delete;
  file_replacement& operator=(const file_replacement&) = delete;
  ~file_replacement() {
    if (file_ != nullptr) {
      std::fclose(file_);
      std::remove(beside_.c_str());
    }
  }

  void write(std::string_view bytes) {
    sum_.update(bytes);
    put(bytes);
  }

  void finish() {
    const auto sum = sum_.value();
    std::string bytes;
    for (unsigned b = 0; b < 8; ++b) {
      bytes += static_cast<char>(sum >> (8 * b));
    }
    put(bytes);
    bool whole = std::fflush(file_) == 0;
#if defined(__unix__) || defined(__APPLE__)
    whole = whole && ::fsync(::fileno(file_)) == 0;
#endif
    whole = std::fclose(std::exchange(file_, nullptr)) == 0 && whole;
    std::error_code broken;
    if (whole) {
      std::filesystem::rename(beside_, path_, broken);
    }
    if (!whole || broken) {
      std::remove(beside_.c_str());
      refuse_desk("unwritable", "the file can't be written as a whole", path_);
    }
  }

private:
  void put(std::string_view bytes) {
    if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
      refuse_desk("unwritable", "the file can't be written as a whole", path_);
    }
  }

  std::string path_;
  std::string beside_;
  std::FILE* file_;
  quick_sum sum_{};
};

} // namespace plaint::detail
