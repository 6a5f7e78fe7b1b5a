// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "complaint_steps.hpp"
#include "node_caster.hpp"
#include "value_conversion.hpp"

#include <plaint/complaint/case_file.hpp>
#include <plaint/complaint/detail/revising.hpp>
#include <plaint/complaint/possible_event.hpp>
#include <plaint/complaint/verify.hpp>

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// What stands behind the Python classes of the complaint room.
namespace plaint::python {

/// What Python calls a complaint: the case file, the policy that runs it, and a lock for interpreters without theirs.
/// Nothing of Python is called while the lock is held.
struct bound_complaint {
  policy by;
  case_file file;
  progress opening{};
  mutable std::mutex lock{};

  bound_complaint(policy rules, case_file of, progress did = {})
      : by(std::move(rules)), file(std::move(of)), opening(std::move(did)) {}

  /// What `see` makes of the complaint as it is now; it may not call Python.
  template <class See>
  [[nodiscard]] auto look(See see) const {
    const std::lock_guard held(lock);
    return see(file.now);
  }
  [[nodiscard]] complaint now() const {
    return look([](const complaint& c) { return c; });
  }
  [[nodiscard]] case_file copy() const {
    const std::lock_guard held(lock);
    return file;
  }

  /// The type of its steps, looked up once: a complaint belongs to one interpreter.
  [[nodiscard]] PyTypeObject* types_step() {
    auto* known = step_type_.load(std::memory_order_relaxed);
    if (known == nullptr) {
      known = complaint_step_type();
      step_type_.store(known, std::memory_order_relaxed);
    }
    return known;
  }

private:
  std::atomic<PyTypeObject*> step_type_{nullptr};
};

/// None, a role, or a dict with id, role and class.
[[nodiscard]] inline actor actor_from(py::handle given) {
  if (given.is_none()) {
    return {};
  }
  if (PyUnicode_Check(given.ptr())) {
    return {.role = std::string(text_in(given.ptr(), "a role"))};
  }
  if (!PyDict_Check(given.ptr())) {
    throw py::type_error("actor must be None, a role, or a dict with id, role, class");
  }
  actor who;
  for (const auto& [key, held] : py::reinterpret_borrow<py::dict>(given)) {
    const auto name = key.cast<std::string>();
    auto text = held.is_none() ? std::string{} : held.cast<std::string>();
    if (name == "id") {
      who.id = std::move(text);
    } else if (name == "role") {
      who.role = std::move(text);
    } else if (name == "class") {
      const auto found = std::find(actor_class_words.begin(), actor_class_words.end(), text);
      if (found == actor_class_words.end()) {
        throw py::value_error("an actor's class is customer, agent, supplier or system");
      }
      who.side = static_cast<actor_class>(found - actor_class_words.begin());
    } else {
      throw py::key_error("an actor has id, role and class, and no \"" + name + "\"");
    }
  }
  return who;
}

[[nodiscard]] inline event event_from(std::string name, instant at, const std::optional<instant>& recorded_at,
                                      const py::object& who, std::string key, const py::kwargs& data) {
  event what{.name = std::move(name),
             .effective_at = at,
             .recorded_at = recorded_at.value_or(at),
             .actor = actor_from(who),
             .key = std::move(key)};
  if (!data.empty()) {
    what.data = to_node(data);
  }
  return what;
}

/// The reasons as Python has them everywhere: dicts of kind, state, transition, subject and message.
[[nodiscard]] inline py::list reasons_of(const std::vector<refusal>& reasons) {
  const auto text_or_none = [](const std::string& text) {
    return text.empty() ? py::object(py::none()) : py::object(py::str(text));
  };
  py::list all;
  for (const auto& r : reasons) {
    py::dict one;
    one["kind"] = r.kind;
    one["state"] = text_or_none(r.state);
    one["transition"] = text_or_none(r.transition);
    one["subject"] = r.subject;
    one["message"] = r.message;
    all.append(one);
  }
  return all;
}

/// By event: whether it would be accepted, or what it lacks and why not.
[[nodiscard]] inline py::dict possible_as_dict(const std::vector<possible_event>& events) {
  py::dict all;
  for (const auto& p : events) {
    py::dict one;
    one["enabled"] = p.enabled;
    one["lacking"] = p.lacking;
    one["reasons"] = reasons_of(p.reasons);
    all[py::str(p.name)] = one;
  }
  return all;
}

/// What turned out otherwise, as dicts.
[[nodiscard]] inline py::list revisions_of(const std::vector<revision>& revisions) {
  py::list all;
  for (const auto& r : revisions) {
    py::dict one;
    one["kind"] = r.kind;
    one["name"] = r.name;
    one["cycle"] = r.cycle.empty() ? py::object(py::none()) : py::object(py::int_(std::stoi(r.cycle)));
    one["before"] = to_python(r.before);
    one["after"] = to_python(r.after);
    one["because"] = r.because;
    all.append(one);
  }
  return all;
}

/// Raises `Rejected` with the reasons; looked up in the module, as nothing may be static.
[[noreturn]] inline void reject(const std::string& what, const progress& did) {
  std::string text = what + " is rejected";
  for (const auto& r : did.reasons) {
    text += "\n" + r.kind + ": " + r.message;
  }
  const auto type = py::module_::import("plaint._core").attr("complaint").attr("Rejected");
  const auto raised = type(text);
  raised.attr("reasons") = reasons_of(did.reasons);
  PyErr_SetObject(type.ptr(), raised.ptr());
  throw py::error_already_set();
}

/// The names of the active atomic and final states: text where there is one, else a frozenset.
[[nodiscard]] inline py::object state_of(const policy& by, const configuration& where) {
  const auto leaves = by.lifecycle().leaves(where);
  if (leaves.size() == 1) {
    return py::str(by.lifecycle().name(leaves.front()));
  }
  py::set names;
  for (const auto s : leaves) {
    names.add(by.lifecycle().name(s));
  }
  return py::frozenset(names);
}

[[nodiscard]] inline py::dict attributes_of(const policy& by, const complaint& c) {
  py::dict all;
  for (std::size_t i = 0; i < c.attributes.size(); ++i) {
    const auto& declared = by.schema().attributes[i];
    all[py::str(declared.name)] = to_python(c.attributes[i], declared.type);
  }
  return all;
}

/// A complaint opened for Python; raises `Rejected`.
[[nodiscard]] std::unique_ptr<bound_complaint> open_bound(const policy& by, std::string id, event opening);

} // namespace plaint::python
