// SPDX-License-Identifier: BSL-1.0
#include "node_caster.hpp"

#include <plaint/analysis/catalogue.hpp>
#include <plaint/analysis/conformance.hpp>
#include <plaint/analysis/metrics.hpp>
#include <plaint/analysis/prove.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace {

using namespace plaint;

/// One sentence, several, or none: what the policy claims.
std::vector<property> properties_from(const policy& by, const py::object& given, findings& out) {
  if (given.is_none()) {
    return claims_of(by, out);
  }
  const bool one = py::isinstance<py::str>(given);
  const auto sentences =
      one ? std::vector<std::string>{given.cast<std::string>()} : given.cast<std::vector<std::string>>();
  std::vector<property> all;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    for (auto& p : parse_property(sentences[i], out, one ? "" : child("", i))) {
      all.push_back(std::move(p));
    }
  }
  return all;
}

std::vector<proof> prove_all(const policy& by, const py::object& given, bool whole_catalogue, const policy* older,
                             std::size_t most) {
  findings out;
  const auto all = properties_from(by, given, out);
  throw_if_error(out);
  case_limits limits;
  limits.nodes = most;
  const py::gil_scoped_release released;
  const prover p(by, limits);
  std::vector<proof> proofs;
  for (const auto& each : all) {
    if (each.kind == property_kind::catalogue) {
      auto named = prove_catalogue(p, each.words.front());
      proofs.insert(proofs.end(), named.begin(), named.end());
    } else {
      proofs.push_back(p.prove(each));
    }
  }
  if (whole_catalogue || older != nullptr) {
    auto named = prove_catalogue(p, whole_catalogue ? "" : "P-38", older);
    proofs.insert(proofs.end(), named.begin(), named.end());
  }
  return proofs;
}

using codes = py::array_t<std::int64_t, py::array::c_style | py::array::forcecast>;

/// Each trace once, however many cases have it.
struct distinct_traces {
  std::map<std::vector<recorded_event>, std::size_t> known{};
  std::vector<const std::vector<recorded_event>*> order{};
  std::vector<std::size_t> of_case{};

  void add(std::vector<recorded_event> trace) {
    const auto [found, fresh] = known.emplace(std::move(trace), order.size());
    if (fresh) {
      order.push_back(&found->first);
    }
    of_case.push_back(found->second);
  }
};

distinct_traces traces_of(std::size_t cases, const codes& owner, const codes& event, const std::optional<codes>& role,
                          std::size_t names) {
  if (owner.ndim() != 1 || event.ndim() != 1 || owner.size() != event.size() ||
      (role && role->size() != event.size())) {
    throw py::value_error("case, event and role need one value for each event");
  }
  const auto* of = owner.data();
  const auto* what = event.data();
  const auto* by = role ? role->data() : nullptr;
  distinct_traces all;
  py::ssize_t i = 0;
  for (std::size_t c = 0; c < cases; ++c) {
    std::vector<recorded_event> trace;
    for (; i < owner.size() && of[i] == static_cast<std::int64_t>(c); ++i) {
      if (what[i] < 0 || static_cast<std::size_t>(what[i]) >= names) {
        throw py::value_error("an event is no place in event_names");
      }
      trace.push_back({static_cast<std::uint32_t>(what[i]),
                       by == nullptr || by[i] < 0 ? 0xffffffffU : static_cast<std::uint32_t>(by[i])});
    }
    all.add(std::move(trace));
  }
  if (i != owner.size()) {
    throw py::value_error("cases must be numbered from 0, their events together and in order");
  }
  return all;
}

py::dict conform_columns(const policy& by, std::size_t cases, const codes& owner, const codes& event,
                         std::vector<std::string> names, const std::optional<codes>& role,
                         std::vector<std::string> roles) {
  const auto traces = traces_of(cases, owner, event, role, names.size());
  std::vector<conformed_trace> made;
  std::size_t shortest = 0;
  {
    const py::gil_scoped_release released;
    conformance against(by.lifecycle(), std::move(names), std::move(roles));
    shortest = against.shortest();
    for (const auto* t : traces.order) {
      made.push_back(against.check(*t));
    }
  }
  const auto size = static_cast<py::ssize_t>(cases);
  py::array_t<std::int64_t> variant(size);
  py::array_t<std::int8_t> kind(size);
  py::array_t<std::int64_t> departure(size);
  py::array_t<std::int64_t> cost(size);
  py::array_t<double> fitness(size);
  for (py::ssize_t c = 0; c < size; ++c) {
    const auto v = traces.of_case[static_cast<std::size_t>(c)];
    variant.mutable_data()[c] = static_cast<std::int64_t>(v);
    kind.mutable_data()[c] = static_cast<std::int8_t>(made[v].kind);
    departure.mutable_data()[c] = static_cast<std::int64_t>(made[v].departure);
    cost.mutable_data()[c] = static_cast<std::int64_t>(made[v].cost);
    fitness.mutable_data()[c] = made[v].fitness;
  }
  py::list alternatives;
  py::list standing;
  for (const auto& m : made) {
    alternatives.append(py::cast(m.alternatives));
    standing.append(py::cast(m.standing));
  }
  py::dict all;
  all["variant"] = variant;
  all["kind"] = kind;
  all["departure"] = departure;
  all["cost"] = cost;
  all["fitness"] = fitness;
  all["alternatives"] = alternatives;
  all["standing"] = standing;
  all["shortest"] = shortest;
  return all;
}

py::dict actor_of(const counterexample_step& s) {
  py::dict who;
  if (!s.event.actor.id.empty()) {
    who["id"] = s.event.actor.id;
  }
  if (!s.event.actor.role.empty()) {
    who["role"] = s.event.actor.role;
  }
  return who;
}

void register_counterexample(py::module_& m) {
  using step = counterexample_step;
  py::class_<step>(m, "CounterexampleStep", "One event of a counterexample and what it does.")
      .def_property_readonly("event", [](const step& s) { return s.event.name; })
      .def_property_readonly("at", [](const step& s) { return s.event.effective_at; })
      .def_property_readonly("actor", &actor_of,
                             "`id` and `role`; empty where time passes or nobody in particular acts.")
      .def_property_readonly("role", [](const step& s) { return s.event.actor.role; })
      .def_property_readonly("data", [](const step& s) { return python::to_python(s.event.data); })
      .def_readonly("timer", &step::timer, "time passes until a clock fires it")
      .def_readonly("refused", &step::refused, "the point is that nothing takes it")
      .def_readonly("left", &step::left)
      .def_readonly("entered", &step::entered)
      .def_readonly("effects", &step::effects, "such as \"notice(final)\"")
      .def_readonly("states", &step::states, "the atomic states afterwards")
      .def("__repr__", [](const step& s) { return "<CounterexampleStep " + s.event.name + ">"; });
  py::class_<counterexample>(m, "Counterexample", "The shortest history that does what a property forbids.")
      .def_readonly("steps", &counterexample::steps, "the opening, then one for each event or timer")
      .def_property_readonly("length", &counterexample::length, "events after the opening; a timer counts as one")
      .def_property_readonly("events",
                             [](const counterexample& c) {
                               std::vector<std::string> names;
                               for (std::size_t i = 1; i < c.steps.size(); ++i) {
                                 names.push_back(c.steps[i].event.name);
                               }
                               return names;
                             })
      .def_readonly("repeats_from", &counterexample::repeats_from,
                    "of a circle: the step whose situation the last one comes back to")
      .def_readonly("values", &counterexample::values, "the combination that matters")
      .def_readonly("replayed", &counterexample::replayed, "the policy was run over it and did the same")
      .def("__len__", &counterexample::length)
      .def("__repr__",
           [](const counterexample& c) { return "<Counterexample of " + std::to_string(c.length()) + " events>"; });
}

void register_metrics(py::module_& m) {
  m.def("lost_value", &lost_value, py::arg("monthly_spend"), py::arg("years"), py::arg("reach") = 100.0,
        "What a lost customer costs: monthly spend x 12 x years x reach (S-112), in the unit of the spend.");
  m.def("satisfaction_gap", &satisfaction_gap, py::arg("expected"), py::arg("perceived"),
        "Expectation less perception (S-113), in points of the scale.");
  m.def("silent_customers", &silent_customers, py::arg("complaints"), py::arg("rate") = 0.04,
        "Dissatisfied customers behind the complaints (S-114); None for a rate outside (0, 1].");
  m.def(
      "word_of_mouth",
      [](double satisfied, double dissatisfied) {
        const auto heard = heard_by(satisfied, dissatisfied);
        return py::make_tuple(heard.good_least, heard.good_most, heard.bad);
      },
      py::arg("satisfied"), py::arg("dissatisfied"),
      "People who hear good of it, at least and at most, and bad (S-115).");
  m.def("replacement_cost", &replacement_cost, py::arg("lost"), py::arg("cost_of_new") = 10'000.0,
        "What replacing lost customers costs (S-116).");
  m.def("loyal_value", &loyal_value, py::arg("purchase"), py::arg("times") = 10.0,
        "What a loyal customer is worth (S-116).");
  m.def("acquisition_ratio", &acquisition_ratio, py::arg("winning"), py::arg("keeping"),
        "Cost of winning over that of keeping (S-117).");
  m.def(
      "quality_gaps",
      [](const std::array<double, 5>& expected, const std::array<double, 5>& perceived) {
        const auto q = quality_gaps(expected, perceived);
        py::dict all;
        for (std::size_t i = 0; i < 5; ++i) {
          all[py::str(std::string(service_quality_words[i]))] = q.gaps[i];
        }
        all["mean"] = q.mean;
        return all;
      },
      py::arg("expected"), py::arg("perceived"),
      "The gap of each of the five dimensions, in their order, and the mean; above 0 falls short.");
  m.def(
      "pareto",
      [](const std::map<std::string, std::size_t>& counts, double vital) {
        const std::vector<std::pair<std::string, std::size_t>> all(counts.begin(), counts.end());
        py::list bars;
        for (const auto& b : pareto(all, vital)) {
          bars.append(py::make_tuple(b.cause, b.count, b.cumulative, b.vital));
        }
        return bars;
      },
      py::arg("counts"), py::arg("vital") = 0.8,
      "Causes by frequency: name, count, cumulative share, whether it is one of the vital few.");
  m.def("percentile", &percentile, py::arg("values"), py::arg("percent"), "Nearest rank; None without values.");
  m.def(
      "ageing", [](const std::vector<double>& ages, const std::vector<double>& edges) { return ageing(ages, edges); },
      py::arg("ages"), py::arg("edges"),
      "How many ages lie below each edge and not below the one before it; the last is those beyond.");
}

} // namespace

void register_analysis(py::module_& m) {
  py::native_enum<proof_verdict>(m, "Verdict", "enum.Enum", "What became of a property.")
      .value("HOLDS", proof_verdict::holds)
      .value("FAILS", proof_verdict::fails)
      .value("NOT_APPLICABLE", proof_verdict::not_applicable)
      .value("UNDECIDED", proof_verdict::undecided)
      .finalize();
  register_counterexample(m);
  py::class_<proof>(m, "Proof", "What became of one property, and why.")
      .def_property_readonly(
          "claim", [](const proof& p) { return p.claim.text; }, "The property as it was written.")
      .def_property_readonly(
          "id", [](const proof& p) { return p.claim.id; }, "Its name, such as \"P-05\", or empty.")
      .def_property_readonly("source", [](const proof& p) { return p.claim.source; })
      .def_property_readonly(
          "pointer", [](const proof& p) { return p.claim.pointer; }, "Where the policy claims it.")
      .def_property_readonly(
          "property", [](const proof& p) { return python::to_python(write_property(p.claim)); }, "It as data.")
      .def_readonly("verdict", &proof::verdict)
      .def_property_readonly("holds", [](const proof& p) { return p.verdict == proof_verdict::holds; })
      .def_readonly("vacuous", &proof::vacuous, "holds only because what it speaks of never happens")
      .def_readonly("because", &proof::because)
      .def_readonly("assumptions", &proof::assumptions)
      .def_readonly("counterexample", &proof::counterexample, "None unless it fails on some history")
      .def("__bool__", [](const proof& p) { return p.verdict == proof_verdict::holds; })
      .def("__repr__", [](const proof& p) {
        return "<Proof " + std::string(to_string(p.verdict)) + ": " + (p.claim.id.empty() ? "" : p.claim.id + " ") +
               p.claim.text + ">";
      });
  m.attr("DEPARTURES") = py::cast(std::vector<std::string>(departure_words.begin(), departure_words.end()));
  register_metrics(m);
  auto rules = py::reinterpret_borrow<py::class_<policy>>(py::type::of<policy>());
  rules.def("prove", &prove_all, py::arg("properties") = py::none(), py::kw_only(), py::arg("catalogue") = false,
            py::arg("against") = py::none(), py::arg("most_situations") = case_limits{}.nodes,
            "Proves sentences such as \"every path to closed passes notice(final)\"; those that the policy claims if "
            "none are given. With "
            "`catalogue`, all of P-01 to P-38 as well; `against` is the policy that this one replaces, for P-38. "
            "Raises PolicyError for a sentence that is no property.");
  rules.def_property_readonly(
      "claims",
      [](const policy& by) {
        std::vector<std::string> all;
        for (const auto& c : by.definition().properties) {
          all.push_back(c.claim);
        }
        return all;
      },
      "The properties that it claims of itself, as they are written.");
  rules.def_property_readonly(
      "indicators",
      [](const policy& by) {
        py::list all;
        for (const auto& i : by.definition().indicators) {
          py::dict one;
          one["id"] = i.id;
          one["of"] = i.of;
          one["share"] = i.share;
          one["target"] = i.target;
          all.append(one);
        }
        return all;
      },
      "What it is measured by, as dicts: `id`, `of`, `share`, `target`.");
  rules.def("conform", &conform_columns, py::kw_only(), py::arg("cases"), py::arg("case"), py::arg("event"),
            py::arg("event_names"), py::arg("role") = py::none(), py::arg("roles") = std::vector<std::string>{},
            "Holds recorded histories, as columns, against the lifecycle: by case where it first departs and how, the "
            "cost of an optimal "
            "alignment and its fitness; by variant what could have come instead. `plaint.conformance` reads them from "
            "a log.");
  rules.def(
      "check_claims", [](const policy& by) { return check_claims(prover(by)); },
      "Findings about its claims: sentences that are no property, names that nothing has.");
}
