// SPDX-License-Identifier: BSL-1.0
#include "node_caster.hpp"
#include "policy_library.hpp"

#include <plaint/io/mermaid.hpp>
#include <plaint/policy/policy_versions.hpp>
#include <plaint/policy/wording.hpp>
#include <plaint/suggestion.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace plaint;

void fail(findings out, const document& in) {
  place_findings(out, in);
  throw_if_error(out);
}

py::object extended(const document& from) {
  findings out;
  const auto whole = extend(from, python::documents_beside(from.file), out);
  throw_if_error(out);
  return python::to_python(whole.root);
}

/// The rules of a document's section `wording`.
class wording {
public:
  explicit wording(const document& from) {
    findings out;
    object_reader all(from.root, "", out);
    if (const auto section = all.required("wording")) {
      rules_ = read_wording(*section);
    }
    all.finish();
    fail(std::move(out), from);
  }

  [[nodiscard]] findings lint(const std::string& text, const std::string& language) const {
    return lint_text(text, rules_, language);
  }
  [[nodiscard]] std::size_t size() const noexcept { return rules_.size(); }

  [[nodiscard]] std::vector<std::string> languages() const {
    std::vector<std::string> all;
    for (const auto& r : rules_) {
      if (!r.language.empty() && std::find(all.begin(), all.end(), r.language) == all.end()) {
        all.push_back(r.language);
      }
    }
    return all;
  }

private:
  std::vector<wording_rule> rules_{};
};

std::optional<policy> version_at(const policy_versions& all, const std::variant<instant, civil_day>& when) {
  const auto* found = std::visit([&](const auto& w) { return all.at(w); }, when);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

} // namespace

void register_policies(py::module_& m) {
  py::class_<policy_versions>(
      m, "PolicyVersions", "The versions of one policy: a complaint stays under the rules of the day on which it came.")
      .def(py::init<std::vector<policy>>(), py::arg("policies"),
           "Raises PolicyError where a day would not have one answer.")
      .def("at", &version_at, py::arg("received"),
           "The version that takes complaints of a date, or of an aware datetime on the day of the policy's first "
           "calendar; None where none does.")
      .def("__len__", [](const policy_versions& all) { return all.all().size(); })
      .def(
          "__iter__", [](const policy_versions& all) { return py::iter(py::cast(all.all())); },
          "In the order of their dates.");
  py::class_<wording>(m, "Wording", "What texts to complainants should not say.")
      .def(py::init<const document&>(), py::arg("document"), "The section `wording` of a document. Raises PolicyError.")
      .def("lint", &wording::lint, py::arg("text"), py::arg("language") = "",
           "One finding for each place: code, message, what to say instead as suggestion, line and column.")
      .def_property_readonly("languages", &wording::languages)
      .def("__len__", &wording::size);
  m.def(
      "picture", [](const policy& p) { return to_mermaid(p.lifecycle()); }, py::arg("policy"),
      "The lifecycle as Mermaid.");
  m.def("extended", &extended, py::arg("document"),
        "The data of a document laid over those that it extends. Raises PolicyError.");
  m.def(
      "near", [](const std::string& written, const std::vector<std::string>& known) { return nearest(written, known); },
      py::arg("written"), py::arg("known"), "The known name nearest to what was written, or \"\".");
}
