// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace plaint {

/// How much a finding weighs: an error refuses the document, a warning and a note do not.
enum class severity : unsigned char { error, warning, note };

/// One fault in something that came from outside, with its place and what to do about it.
struct finding {
  std::string code;       ///< stable name of the kind of fault, such as "unknown-zone"
  std::string message;    ///< what is required, in lower case
  std::string pointer;    ///< JSON pointer (RFC 6901) to the value, such as "/calendars/office/zone"
  std::string suggestion; ///< a known name near the one that was written, or empty
  severity weight = severity::error;
  std::string file{}; ///< empty where the document came from memory
  int line = 0;       ///< 1-based; 0 where it is not known
  int column = 0;     ///< 1-based; 0 where it is not known

  friend bool operator==(const finding&, const finding&) = default;
};

using findings = std::vector<finding>;

/// One line for a person: `office.yaml:3:9: /zone: unknown zone "Europe/Londno"; did you mean "Europe/London"?`
[[nodiscard]] inline std::string to_string(const finding& f) {
  std::string text;
  if (!f.file.empty()) {
    text += f.file + ":";
  }
  if (f.line > 0) {
    text += std::to_string(f.line) + ":" + std::to_string(f.column) + ":";
  }
  if (!text.empty()) {
    text += " ";
  }
  if (!f.pointer.empty()) {
    text += f.pointer + ": ";
  }
  text += f.message;
  if (!f.suggestion.empty()) {
    text += "; did you mean \"" + f.suggestion + "\"?";
  }
  return text;
}

[[nodiscard]] inline bool has_error(const findings& all) {
  for (const auto& f : all) {
    if (f.weight == severity::error) {
      return true;
    }
  }
  return false;
}

/// Thrown where a definition is built from parts that do not fit; carries every fault, not the first only.
class policy_error : public std::runtime_error {
public:
  explicit policy_error(findings all) : std::runtime_error(text(all)), findings_(std::move(all)) {}

  [[nodiscard]] const plaint::findings& all() const noexcept { return findings_; }

private:
  static std::string text(const plaint::findings& all) {
    std::string lines;
    for (const auto& f : all) {
      lines += (lines.empty() ? "" : "\n") + to_string(f);
    }
    return lines;
  }

  plaint::findings findings_;
};

/// Throws `policy_error` with all findings if one of them is an error.
inline void throw_if_error(const findings& all) {
  if (has_error(all)) {
    throw policy_error(all);
  }
}

} // namespace plaint
