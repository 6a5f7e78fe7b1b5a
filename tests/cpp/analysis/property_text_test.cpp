// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"

#include <plaint/analysis/property_text.hpp>

#include <rapidcheck.h>

using namespace plaint;

namespace {

property read(std::string_view text) {
  const auto all = parse_property(text);
  INFO(std::string(text));
  REQUIRE(all.size() == 1);
  return all.front();
}

using subjects = std::vector<property_subject>;
property_subject named(std::string n) {
  return {subject_kind::name, std::move(n)};
}

} // namespace

TEST_CASE("every form of a property that is shown reads as what it says", "[analysis][property]") {
  for (const auto form : property_forms) {
    INFO(std::string(form));
    CHECK_FALSE(parse_property(form).empty());
  }
}

TEST_CASE("what comes before what can be said in several ways", "[analysis][property]") {
  const property_subject final_notice{subject_kind::notice, "final"};
  for (const auto* text : {"every path to closed passes notice(final)", "no path to closed without notice(final)",
                           "closed only after notice(final)", "notice(final) comes before closed",
                           "notice final before closed", "notice(final) is sent before closed"}) {
    const auto p = read(text);
    CHECK(p.kind == property_kind::before);
    CHECK(p.subject == subjects{final_notice});
    CHECK(p.target == subjects{named("closed")});
    CHECK(p.anew.empty());
  }
  const auto all_but = read("registered comes before everything but lodged, assigned");
  CHECK(all_but.target == subjects{{subject_kind::everything, ""}});
  CHECK(all_but.except == subjects{named("lodged"), named("assigned")});
  CHECK(read("every path to closed passes notice(final) or withdrawn").subject ==
        subjects{final_notice, named("withdrawn")});
  CHECK(read("answered before closed since event(reopen)").anew == subjects{{subject_kind::event, "reopen"}});
  CHECK(read("external route is told before closed").subject == subjects{{subject_kind::carrying, "right_external"}});
}

TEST_CASE("names may be words that sentences are made of", "[analysis][property]") {
  CHECK(read("only lead may a").subject == subjects{named("a")});
  CHECK(read("state(the) is never reached").subject == subjects{{subject_kind::state, "the"}});
}

TEST_CASE("roles, notices, clocks and cycles are spoken of", "[analysis][property]") {
  const auto only = read("only lead or supervisor may close, reopen");
  CHECK(only.kind == property_kind::only_roles);
  CHECK(only.words == std::vector<std::string>{"lead", "supervisor"});
  CHECK(only.subject == subjects{named("close"), named("reopen")});
  CHECK(read("answer only by lead").words == std::vector<std::string>{"lead"});
  CHECK(read("customer may never close").kind == property_kind::not_roles);
  CHECK(read("notice final carries decision, reasons and remedy").words ==
        std::vector<std::string>{"decision", "reasons", "remedy"});
  CHECK(read("every notice carries case_id").subject.empty());
  CHECK(read("every waiting state has a clock").words == std::vector<std::string>{"waiting"});
  CHECK(read("awaiting_unit has a clock").subject == subjects{named("awaiting_unit")});
  CHECK(read("every cycle is bounded by a counter or the customer").words ==
        std::vector<std::string>{"counter", "customer"});
  CHECK(read("root_cause and responsibility are set at notice(final)").words ==
        std::vector<std::string>{"root_cause", "responsibility"});
}

TEST_CASE("a length of time has a beginning, an end and a calendar", "[analysis][property]") {
  const auto p = read("notice(final) within 3 business days of registered on office");
  CHECK(p.kind == property_kind::within);
  CHECK(p.goal == "3 business days");
  CHECK(p.calendar == "office");
  CHECK(p.subject == subjects{named("registered")});
  CHECK(read("from registered to notice(final) within 8 weeks").subject == subjects{named("registered")});
  CHECK(read("notice(final) within 8 weeks").subject.empty());
}

TEST_CASE("complete and disjoint are two properties", "[analysis][property]") {
  const auto both = parse_property("dispatch in registered is complete and disjoint");
  REQUIRE(both.size() == 2);
  CHECK(both[0].kind == property_kind::complete);
  CHECK(both[1].kind == property_kind::disjoint);
  CHECK(both[0].target == subjects{named("registered")});
}

TEST_CASE("what is no property is told with the forms there are", "[analysis][property]") {
  findings out;
  CHECK(parse_property("all shall be well", out, "/properties/3").empty());
  REQUIRE(out.size() == 1);
  CHECK(out.front().code == "bad-property");
  CHECK(out.front().pointer == "/properties/3");
  CHECK(out.front().message.find("every cycle is bounded") != std::string::npos);
}

TEST_CASE("no text makes the reading fail", "[analysis][property]") {
  CHECK(rc::check("words of properties in any order are read or refused", [](const std::vector<std::uint8_t>& picks) {
    static constexpr std::array<const char*, 24> words{
        "every",  "path",  "to",    "closed",  "passes",   "notice(final)", "only", "may",
        "before", "never", "after", "within",  "complete", "but",           ",",    "or",
        "(",      ")",     "no",    "without", "is",       "carries",       "anew", "in"};
    std::string text;
    for (const auto p : picks) {
      text += std::string(words[p % words.size()]) + " ";
    }
    for (const auto& p : parse_property(text)) {
      RC_ASSERT(p.text == text);
    }
  }));
}
