// SPDX-License-Identifier: BSL-1.0
#include "../lifecycle/support/random_chart.hpp"

#include <plaint/io/scxml.hpp>
#include <plaint/lifecycle/step.hpp>

#include <catch.hpp>

#include <string>
#include <vector>

namespace {

plaint::lifecycle compiled(const plaint::scxml_chart& chart) {
  plaint::schema s;
  s.attributes = chart.attributes;
  return plaint::compile(chart.definition, s);
}

std::string leaves(const plaint::lifecycle& rules, const plaint::configuration& c) {
  std::string text;
  for (const auto s : rules.leaves(c)) {
    text += (text.empty() ? "" : " ") + rules.name(s);
  }
  return text;
}

/// The states after each event, "a; b c".
std::string run(std::string_view xml, const std::vector<std::string>& events) {
  const auto rules = compiled(plaint::read_scxml(xml));
  auto values = plaint::initial_values(rules.schema());
  std::string text;
  auto did = plaint::start(rules, values);
  for (std::size_t i = 0;; ++i) {
    for (const auto& c : did.changes) {
      values[c.slot] = c.to;
    }
    text += (i == 0 ? "" : "; ") + leaves(rules, did.after);
    if (i == events.size()) {
      return text;
    }
    plaint::occurrence what;
    what.event = rules.event(events[i]);
    what.name = events[i];
    did = plaint::step(rules, did.after, values, what);
  }
}

/// Leaves out what SCXML has no word for.
void strip(std::vector<plaint::transition_definition>& list) {
  for (auto& t : list) {
    t.by.clear();
    t.require.clear();
  }
}
void strip(std::vector<plaint::state_definition>& states) {
  for (auto& s : states) {
    strip(s.transitions);
    strip(s.children);
  }
}

std::string faults(std::string_view xml) {
  try {
    (void)plaint::read_scxml(xml);
  } catch (const plaint::policy_error& e) {
    std::string text;
    for (const auto& f : e.all()) {
      text += (text.empty() ? "" : " ") + f.code;
    }
    return text;
  }
  return "";
}

} // namespace

TEST_CASE("a chart without data: regions, history, In() and done events", "[scxml]") {
  CHECK(run(R"x(<?xml version="1.0"?>
    <!-- two regions that end together -->
    <scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" initial="p">
      <parallel id="p">
        <history id="h" type="deep"><transition target="r1 s1"/></history>
        <state id="r"><state id="r1"><transition event="go.on" target="r2" cond="In('s1')"/></state><final id="r2"/></state>
        <state id="s"><state id="s1"><transition event="go" cond="In('r2')" target="s2"/></state><final id="s2"/></state>
        <transition event="away" target="out"/>
        <transition event="done.state.p" target="end"/>
      </parallel>
      <state id="out"><transition event="*" target="h"/></state>
      <final id="end"/>
    </scxml>)x",
            {"go", "go.on.now", "away", "whatever", "go"}) == "r1 s1; r1 s1; r2 s1; out; r2 s1; end");
}

TEST_CASE("whole numbers as data, conditions and assignments as ECMAScript writes them", "[scxml]") {
  CHECK(
      run(R"(<scxml datamodel="ecmascript"><datamodel><data id="x" expr="1"/><data id="name" expr="'a'"/><data id="y"/></datamodel>
      <state id="a"><onentry><assign location="y" expr="x * 2"/></onentry>
        <transition event="t" cond="x === 1 &amp;&amp; name !== 'b'" target="b"><assign location="x" expr="x + y"/></transition></state>
      <state id="b"><transition event="t" cond="x == 3" target="c"/></state><state id="c"/></scxml>)",
          {"t", "t"}) == "a; b; c");
}

TEST_CASE("if, elseif and else; raise; log and send become effects", "[scxml]") {
  const auto chart = plaint::read_scxml(R"(<scxml><datamodel><data id="x" expr="2"/></datamodel><state id="a"><onentry>
      <if cond="x == 1"><raise event="one"/><elseif cond="x == 2"/><raise event="two"/><log label="second" expr="x"/><else/><send event="out"/></if>
      </onentry><transition event="two" target="b"/></state><state id="b"/></scxml>)");
  const auto rules = compiled(chart);
  const auto did = plaint::start(rules, plaint::initial_values(rules.schema()));
  CHECK(leaves(rules, did.after) == "b");
  REQUIRE(did.effects.size() == 1);
  CHECK(rules.effect_at(did.effects[0].effect).kind == "log");
  CHECK(did.effects[0].values.at(0) == plaint::value(2));
}

TEST_CASE("what is only logged need not be an expression of ours", "[scxml]") {
  const auto rules =
      compiled(plaint::read_scxml(R"(<scxml><datamodel><data id="x" expr="2"/></datamodel><state id="a"><onentry>
      <log expr="'x: ' + x"/><if cond="x == 2"><log label="id" expr="_sessionid"/></if><log expr="x + 1"/></onentry></state></scxml>)"));
  const auto did = plaint::start(rules, plaint::initial_values(rules.schema()));
  REQUIRE(did.effects.size() == 3);
  CHECK(rules.effect_at(did.effects[0].effect).parameters.at(1).value.text == "\"x: \" + x");
  CHECK(did.effects[2].values.at(0) == plaint::value(3));
}

TEST_CASE("what is sent, when and with which data is an effect with the values of that moment", "[scxml]") {
  const auto rules = compiled(plaint::read_scxml(
      R"x(<scxml><datamodel><data id="x" expr="2"/><data id="how" expr="'late'"/></datamodel><state id="a"><onentry>
      <send id="s" eventexpr="how + '.one'" delayexpr="string(x) + 's'" namelist="x how">
        <param name="twice" expr="x * 2"/><param name="way" location="how"/><content>text</content></send>
      <cancel sendid="s"/><cancel sendidexpr="how"/></onentry></state></scxml>)x"));
  const auto did = plaint::start(rules, plaint::initial_values(rules.schema()));
  REQUIRE(did.effects.size() == 3);
  const auto& sent = rules.effect_at(did.effects[0].effect);
  std::string names;
  for (const auto& p : sent.parameters) {
    names += (names.empty() ? "" : " ") + p.name;
  }
  CHECK(names == "send id delay x how twice way content");
  CHECK(did.effects[0].values.at(0) == plaint::value("late.one"));
  CHECK(did.effects[0].values.at(1) == plaint::value("2s"));
  CHECK(did.effects[0].values.at(4) == plaint::value(4));
  CHECK(rules.effect_at(did.effects[1].effect).parameters.at(0).value.text == "s");
  CHECK(did.effects[2].values.at(0) == plaint::value("late"));
}

TEST_CASE("data of a state are seen everywhere and bound at the start", "[scxml]") {
  const std::string chart =
      R"x(><state id="a"><transition event="t" cond="x === 1" target="b"/></state>
      <state id="b"><datamodel><data id="x" expr="1"/></datamodel></state></scxml>)x";
  CHECK(run("<scxml" + chart, {"t"}) == "a; b");
  CHECK(faults("<scxml binding='late'" + chart) == "unsupported-data");
}

TEST_CASE("data keep their types on the way out and back, set or not", "[scxml]") {
  plaint::schema sees;
  sees.add({.name = "text", .type = plaint::type::string(), .initial = plaint::value("say \"so\" \\ once")});
  sees.add({.name = "open", .type = plaint::type::string()});
  sees.add({.name = "real", .type = plaint::type::real(), .initial = plaint::value(2.0)});
  sees.add(
      {.name = "cause", .type = plaint::type::enumeration({"delay", "damage"}), .initial = plaint::enum_member{1}});
  sees.add({.name = "due", .type = plaint::type::timestamp()});
  sees.add({.name = "wait", .type = plaint::type::duration(), .initial = plaint::duration(90)});
  sees.add({.name = "all", .type = plaint::type::list(plaint::type::integer())});
  sees.add({.name = "yes", .type = plaint::type::boolean(), .initial = plaint::value(true)});
  plaint::lifecycle_definition d;
  d.states.push_back({.name = "a", .tags = {"closed"}});
  const auto back = plaint::read_scxml(plaint::to_scxml(plaint::compile(d, sees)));
  CHECK(back.attributes == sees.attributes);
  CHECK(faults("<scxml><datamodel><data id='x' plaint:type='enum(a)' expr='&quot;b&quot;'/></datamodel><state "
               "id='a'/></scxml>") == "unsupported-data");
}

TEST_CASE("what has no counterpart is refused by name, all of it at once", "[scxml]") {
  CHECK(faults("<scxml><state id='a'><script>x</script><invoke/></state><foreach/></scxml>") ==
        "unsupported-element unsupported-element unsupported-element");
  CHECK(faults("<scxml><datamodel><data id='x' expr='f(1)'/></datamodel><state id='a'/></scxml>") ==
        "unsupported-data");
  CHECK(faults("<scxml><datamodel><data id='x' src='x.txt'/></datamodel><state id='a'/></scxml>") ==
        "unsupported-data");
  const auto entry = [](const std::string& what) {
    return faults("<scxml><state id='a'><onentry>" + what + "</onentry></state></scxml>");
  };
  CHECK(entry("<send event='e' idlocation='x'/><send event='e' target='#_internal'><param name='x' expr='1'/></send>"
              "<send target='#_internal' eventexpr='x'/><send event='e'><finalize/></send>") ==
        "unsupported-element unsupported-element unsupported-element unsupported-element");
  CHECK(faults("<foo/>") == "no-chart");
}

TEST_CASE("broken, deep and large files end in a finding", "[scxml]") {
  CHECK(faults("") == "no-chart");
  CHECK(faults("<scxml><state></scxml>") == "bad-xml");
  CHECK(faults(std::string("<scxml>\0</scxml>", 16)) == "bad-xml");
  std::string deep = "<scxml>";
  for (int i = 0; i < 100000; ++i) {
    deep += "<state>";
  }
  CHECK(faults(deep) == "too-deep");
  CHECK(faults(std::string(std::size_t{5} << 20U, ' ')) == "too-large");
}

TEST_CASE("what is written as SCXML is read back as a chart that does the same", "[scxml]") {
  std::size_t compared = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    random_chart draw(seed);
    auto definition = draw.draw();
    definition.max_microsteps = 256;
    strip(definition.transitions);
    strip(definition.states);
    plaint::schema s;
    s.add({.name = "n", .type = plaint::type::integer(), .initial = plaint::value(0)});
    s.add({.name = "m", .type = plaint::type::integer()});
    plaint::findings found;
    const auto rules = plaint::lifecycle::try_compile(definition, s, {{"lead"}, {"unit"}}, found);
    if (!rules) {
      continue;
    }
    const auto again = compiled(plaint::read_scxml(plaint::to_scxml(*rules)));
    REQUIRE(again.state_count() == rules->state_count());
    REQUIRE(again.transition_count() == rules->transition_count());
    auto a = plaint::start(*rules, plaint::initial_values(rules->schema()));
    auto b = plaint::start(again, plaint::initial_values(again.schema()));
    REQUIRE(a.accepted == b.accepted);
    REQUIRE(leaves(*rules, a.after) == leaves(again, b.after));
    ++compared;
  }
  CHECK(compared > 200);
}
