// SPDX-License-Identifier: BSL-1.0
#include "complaint_objects.hpp"
#include "time_columns.hpp"

#include <plaint/complaint/linked.hpp>
#include <plaint/desk/desk.hpp>
#include <plaint/desk/desk_file.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace plaint::python {
namespace {

/// What Python calls a desk. The lock is taken only while that of Python is not held, and nothing of Python is called
/// under it.
struct bound_desk {
  desk held;
  mutable std::mutex lock{};

  explicit bound_desk(desk d) : held(std::move(d)) {}

  template <class Work>
  auto alone(Work work) {
    const py::gil_scoped_release free;
    const std::lock_guard guard(lock);
    return work(held);
  }
};

using shared_desk = std::unique_ptr<bound_desk>;

bound_step step_of(bound_desk& d, progress did) {
  return {d.held.rules(), std::move(did)};
}

bound_step open_at(bound_desk& d, std::string id, instant at, const std::optional<instant>& recorded_at,
                   const py::object& who, std::string key, const py::kwargs& attributes) {
  auto opening = event_from("opened", at, recorded_at, who, std::move(key), attributes);
  auto did = d.alone([&](desk& all) { return all.open(id, std::move(opening)); });
  if (!did.accepted) {
    reject("opening the complaint", did);
  }
  return step_of(d, std::move(did));
}

bound_step try_apply_at(bound_desk& d, const std::string& id, std::string name, instant at,
                        const std::optional<instant>& recorded_at, const py::object& who, std::string key,
                        const std::optional<std::uint64_t>& expected, const py::kwargs& data) {
  const auto what = event_from(std::move(name), at, recorded_at, who, std::move(key), data);
  return step_of(d, d.alone([&](desk& all) { return all.apply(id, what, {.expected_sequence = expected}); }));
}

[[nodiscard]] bool is_nothing(py::handle cell) {
  return cell.is_none() ||
         (PyFloat_Check(cell.ptr()) && PyFloat_AS_DOUBLE(cell.ptr()) != PyFloat_AS_DOUBLE(cell.ptr()));
}

/// The cells of a column that only we hold, a list or an array of objects; as text what is no text is taken as it
/// prints.
class column_cells {
public:
  explicit column_cells(py::object column) : kept_(std::move(column)) {
    if (py::isinstance<py::array>(kept_)) {
      const auto array = py::reinterpret_borrow<py::array>(kept_);
      if (array.dtype().kind() != 'O' || array.ndim() != 1 || (array.flags() & py::array::c_style) == 0) {
        throw py::type_error("a column of objects in one piece required");
      }
      items_ = static_cast<PyObject* const*>(array.data());
      size_ = static_cast<std::size_t>(array.size());
    } else if (!kept_.is_none()) {
      kept_ = kept_.cast<py::list>();
      items_ = PySequence_Fast_ITEMS(kept_.ptr());
      size_ = py::len(kept_);
    }
  }

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] py::handle operator[](std::size_t i) const noexcept { return items_[i]; }
  void read(std::size_t i, std::string& into) const {
    const py::handle cell = (*this)[i];
    if (!PyUnicode_Check(cell.ptr())) {
      into = py::str(cell).cast<std::string>();
      return;
    }
    py::ssize_t size = 0;
    const char* text = PyUnicode_AsUTF8AndSize(cell.ptr(), &size);
    if (text == nullptr) {
      throw py::error_already_set();
    }
    into.assign(text, static_cast<std::size_t>(size));
  }

private:
  py::object kept_;
  PyObject* const* items_ = nullptr;
  std::size_t size_ = 0;
};

/// Columns of cells, times as numbers, to events.
std::vector<desk_event> events_of(const py::object& ids, const py::object& names, const time_column& at,
                                  const std::optional<time_column>& recorded, const py::object& actors,
                                  const py::object& keys, const py::dict& data) {
  const column_cells id_cells(ids);
  const auto rows = id_cells.size();
  const auto cells = [&](const py::object& column) {
    column_cells made(column);
    if (made.size() != rows && !column.is_none()) {
      throw py::value_error("all columns must have the same length");
    }
    return made;
  };
  if (at.values().size() != rows || (recorded && recorded->values().size() != rows)) {
    throw py::value_error("all columns must have the same length");
  }
  const auto name_cells = cells(names);
  const auto actor_cells = cells(actors);
  const auto key_cells = cells(keys);
  std::vector<std::pair<std::string, column_cells>> columns;
  for (const auto& [name, column] : data) {
    columns.emplace_back(name.cast<std::string>(), cells(py::reinterpret_borrow<py::object>(column)));
  }
  std::vector<desk_event> all(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    auto& e = all[i];
    if (is_nothing(id_cells[i])) {
      throw py::value_error("row " + std::to_string(i) + " has no complaint");
    }
    id_cells.read(i, e.complaint);
    if (!PyUnicode_Check(name_cells[i].ptr())) {
      throw py::type_error("row " + std::to_string(i) + " has an event that is no text");
    }
    name_cells.read(i, e.what.name);
    if (at.values()[i] == not_a_time) {
      throw py::value_error("row " + std::to_string(i) + " has no time");
    }
    e.what.effective_at = instant(duration(at.values()[i]));
    e.what.recorded_at = recorded && recorded->values()[i] != not_a_time ? instant(duration(recorded->values()[i]))
                                                                         : e.what.effective_at;
    if (!actors.is_none() && !is_nothing(actor_cells[i])) {
      if (PyUnicode_Check(actor_cells[i].ptr())) {
        actor_cells.read(i, e.what.actor.role);
      } else {
        e.what.actor = actor_from(py::reinterpret_borrow<py::object>(actor_cells[i]));
      }
    }
    if (!keys.is_none() && !is_nothing(key_cells[i])) {
      key_cells.read(i, e.what.key);
    }
    for (const auto& [name, column] : columns) {
      if (const auto cell = column[i]; !is_nothing(cell)) {
        e.what.data.add(name, to_node(cell));
      }
    }
  }
  return all;
}

/// What came of a table.
struct table_outcome {
  desk_outcome of;
};

table_outcome apply_columns(bound_desk& d, const py::object& ids, const py::object& names, const py::object& at,
                            const py::object& recorded_at, const py::object& actors, const py::object& keys,
                            const py::dict& data) {
  const auto times = datetime_column(at);
  const auto recorded = recorded_at.is_none() ? std::nullopt : std::optional(datetime_column(recorded_at));
  const auto events = events_of(ids, names, times, recorded, actors, keys, data);
  return {d.alone([&](desk& all) { return all.apply_all(events); })};
}

py::list promises(const std::vector<desk_promise>& found) {
  py::list all;
  for (const auto& p : found) {
    all.append(py::make_tuple(p.complaint, p.clock, p.due));
  }
  return all;
}

/// The desk as columns, one row for each complaint in the order of ids.
py::dict columns_of(bound_desk& d) {
  std::vector<complaint> rows;
  d.alone([&](desk& all) {
    all.for_each([&](const complaint& c) { rows.push_back(c); });
    std::sort(rows.begin(), rows.end(), [](const complaint& a, const complaint& b) { return a.id < b.id; });
  });
  const auto& by = d.held.rules();
  const auto n = rows.size();
  const auto times = [&](auto of) {
    result_column column(n);
    for (std::size_t i = 0; i < n; ++i) {
      const auto t = std::optional<instant>(of(rows[i]));
      column.data()[i] = t && *t != instant::max() ? t->time_since_epoch().count() : not_a_time;
    }
    return column.as("datetime64[us]");
  };
  const auto objects = [&](auto of) {
    py::list column(n);
    for (std::size_t i = 0; i < n; ++i) {
      column[i] = of(rows[i]);
    }
    return column;
  };
  py::dict all;
  all["complaint"] = objects([](const complaint& c) { return py::str(c.id); });
  all["state"] = objects([&](const complaint& c) {
    const auto leaves = by.lifecycle().leaves(c.where);
    return leaves.empty() ? py::object(py::none()) : py::object(py::str(by.lifecycle().name(leaves.front())));
  });
  all["sequence"] = objects([](const complaint& c) { return py::int_(c.sequence); });
  all["opened_at"] = times([](const complaint& c) { return c.opened_at; });
  all["last_at"] = times([](const complaint& c) { return c.last_at; });
  all["next_wake_up"] = times([](const complaint& c) { return plaint::detail::wake_up(c); });
  for (std::size_t a = 0; a < by.schema().attributes.size(); ++a) {
    const auto& declared = by.schema().attributes[a];
    all[py::str(declared.name)] =
        objects([&](const complaint& c) { return to_python(c.attributes[a], declared.type); });
  }
  for (std::size_t k = 0; k < by.named_clocks(); ++k) {
    const auto& id = by.clocks()[k].definition.id;
    const auto latest = [k](const complaint& c) { return c.clocks[k].latest(); };
    all[py::str(id + ".due")] =
        times([&](const complaint& c) { return latest(c) ? std::optional(latest(c)->due) : std::nullopt; });
    all[py::str(id + ".breached")] =
        times([&](const complaint& c) { return latest(c) ? latest(c)->breached(c.last_at) : std::nullopt; });
    all[py::str(id + ".verdict")] = objects([&](const complaint& c) {
      return latest(c) ? py::object(py::str(std::string(plaint::detail::verdict_word(*latest(c)))))
                       : py::object(py::none());
    });
  }
  return all;
}

} // namespace
} // namespace plaint::python

void register_desk(py::module_& m) {
  using namespace plaint;
  using namespace plaint::python;
  py::class_<table_outcome>(m, "TableOutcome", "What came of a table of events.")
      .def_property_readonly(
          "accepted",
          [](const table_outcome& t) {
            py::array_t<bool> all(static_cast<py::ssize_t>(t.of.accepted.size()));
            std::copy(t.of.accepted.begin(), t.of.accepted.end(), all.mutable_data());
            return all;
          },
          "for each row, whether it was")
      .def_property_readonly(
          "rejections",
          [](const table_outcome& t) {
            py::list all;
            for (const auto& [row, reasons] : t.of.rejections) {
              all.append(py::make_tuple(row, reasons_of(reasons)));
            }
            return all;
          },
          "(row, reasons) of those that were not")
      .def_property_readonly(
          "effects", [](const table_outcome& t) { return t.of.effects; }, "by instant, then complaint")
      .def("__repr__", [](const table_outcome& t) {
        return "<TableOutcome " + std::to_string(t.of.accepted.size()) + " rows, " +
               std::to_string(t.of.rejections.size()) + " rejected>";
      });
  py::class_<bound_desk>(m, "Desk",
                         "Many complaints under one policy in one process, with a queue of who is to be woken when.")
      .def(py::init([](const policy& by, unsigned threads) { return std::make_unique<bound_desk>(desk(by, threads)); }),
           py::arg("policy"), py::kw_only(), py::arg("threads") = 1)
      .def_property_readonly("policy", [](const bound_desk& d) { return d.held.rules(); })
      .def("__len__", [](bound_desk& d) { return d.alone([](const desk& all) { return all.size(); }); })
      .def(
          "__contains__",
          [](bound_desk& d, const std::string& id) {
            return d.alone([&](const desk& all) { return all.contains(id); });
          },
          py::arg("id"))
      .def(
          "__getitem__",
          [](bound_desk& d, const std::string& id) {
            auto found = d.alone([&](const desk& all) { return all.find(id); });
            if (!found) {
              throw py::key_error("no complaint \"" + id + "\" is at the desk");
            }
            case_file file{.now = *std::move(found)};
            file.journal.complaint = file.now.id;
            file.journal.policy = file.now.policy;
            return std::make_unique<bound_complaint>(d.held.rules(), std::move(file));
          },
          py::arg("id"), "The complaint as it is now, without a journal.")
      .def(
          "__iter__",
          [](bound_desk& d) {
            std::vector<std::string> ids;
            d.alone([&](const desk& all) { all.for_each([&](const complaint& c) { ids.push_back(c.id); }); });
            std::sort(ids.begin(), ids.end());
            return py::iter(py::cast(ids));
          },
          "The ids, in order.")
      .def("open", &open_at, py::arg("id"), py::kw_only(), py::arg("at"), py::arg("recorded_at") = py::none(),
           py::arg("actor") = py::none(), py::arg("key") = "",
           "Opens a complaint; further keywords are attributes. Raises Rejected.")
      .def(
          "put",
          [](bound_desk& d, const bound_complaint& c) {
            const auto now = c.now();
            d.alone([&](desk& all) { all.put(now); });
          },
          py::arg("complaint"), "Puts a complaint at the desk, or in the place of the one with its id.")
      .def("try_apply", &try_apply_at, py::arg("id"), py::arg("event"), py::kw_only(), py::arg("at"),
           py::arg("recorded_at") = py::none(), py::arg("actor") = py::none(), py::arg("key") = "",
           py::arg("expected_sequence") = py::none(), "One event; a rejection is in the result and changes nothing.")
      .def(
          "apply",
          [](bound_desk& d, const std::string& id, const std::string& name, instant at,
             const std::optional<instant>& recorded_at, const py::object& who, std::string key,
             const std::optional<std::uint64_t>& expected, const py::kwargs& data) {
            auto step = try_apply_at(d, id, name, at, recorded_at, who, std::move(key), expected, data);
            if (!step.did.accepted) {
              reject("\"" + name + "\"", step.did);
            }
            return step;
          },
          py::arg("id"), py::arg("event"), py::kw_only(), py::arg("at"), py::arg("recorded_at") = py::none(),
          py::arg("actor") = py::none(), py::arg("key") = "", py::arg("expected_sequence") = py::none(),
          "One event; further keywords are its data. Raises Rejected.")
      .def(
          "deliver",
          [](bound_desk& d, const linked_message& sent) {
            auto did = d.alone([&](desk& all) {
              return sent.what.name == "opened" ? all.open(sent.to, sent.what) : all.apply(sent.to, sent.what);
            });
            if (!did.accepted) {
              reject("\"" + sent.what.name + "\"", did);
            }
            return step_of(d, std::move(did));
          },
          py::arg("message"), "Opens the linked case at this desk, or applies the event to it. Raises Rejected.")
      .def("_apply_columns", &apply_columns, py::arg("ids"), py::arg("events"), py::arg("at"), py::arg("recorded_at"),
           py::arg("actors"), py::arg("keys"), py::arg("data"))
      .def(
          "apply_table",
          [](const py::object& self, const py::object& table) {
            return py::module_::import("plaint._tables").attr("apply_table")(self, table);
          },
          py::arg("table"),
          "Applies the rows of a data frame, Arrow table or dict of columns: complaint, event, at; where there are, "
          "actor, recorded_at and key; "
          "all others are data. An event \"opened\" opens the complaint.")
      .def(
          "advance", [](bound_desk& d, instant now) { return d.alone([&](desk& all) { return all.advance(now); }); },
          py::arg("now"), "Lets time pass for everybody; the effects by instant, then complaint, then clock.")
      .def_property_readonly("next_wake_up",
                             [](bound_desk& d) { return d.alone([](const desk& all) { return all.next_wake_up(); }); })
      .def(
          "due_before",
          [](bound_desk& d, instant t) {
            return promises(d.alone([&](const desk& all) { return all.due_before(t); }));
          },
          py::arg("t"), "(complaint, clock, due) of what runs and is due before then, earliest first.")
      .def(
          "overdue",
          [](bound_desk& d, instant at) { return promises(d.alone([&](const desk& all) { return all.overdue(at); })); },
          py::arg("at"), "(complaint, clock, due) of what runs and is broken as of then, the oldest first.")
      .def("count_by_state",
           [](bound_desk& d) { return d.alone([](const desk& all) { return all.count_by_state(); }); })
      .def("count_by_level",
           [](bound_desk& d) { return d.alone([](const desk& all) { return all.count_by_level(); }); })
      .def_property_readonly(
          "digest", [](bound_desk& d) { return d.alone([](const desk& all) { return all.digest(); }); },
          "equal for equal desks, whatever led to them")
      .def_property_readonly("nbytes",
                             [](bound_desk& d) { return d.alone([](const desk& all) { return all.bytes(); }); })
      .def("_columns", &columns_of)
      .def(
          "to_frame",
          [](const py::object& self) { return py::module_::import("plaint._tables").attr("to_frame")(self); },
          "One row for each complaint, as a pandas data frame: state, times, attributes, and each clock's due, "
          "breached and verdict.")
      .def(
          "save",
          [](bound_desk& d, const py::object& path) {
            const auto file = py::str(path).cast<std::string>();
            d.alone([&](const desk& all) { save(all, file); });
          },
          py::arg("path"), "Writes everything to one file; who is killed meanwhile leaves the old file whole.")
      .def_static(
          "load",
          [](const py::object& path, const policy& by, unsigned threads) {
            const auto file = py::str(path).cast<std::string>();
            const py::gil_scoped_release free;
            return std::make_unique<bound_desk>(load_desk(by, file, threads));
          },
          py::arg("path"), py::arg("policy"), py::kw_only(), py::arg("threads") = 1,
          "Raises PolicyError: cut short, changed, newer, of another policy.")
      .def("__repr__", [](bound_desk& d) {
        const auto n = d.alone([](const desk& all) { return all.size(); });
        return "<Desk of " + std::to_string(n) + " complaints by " + d.held.rules().id() + "@" +
               d.held.rules().version() + ">";
      });
}
