// SPDX-License-Identifier: BSL-1.0
#include <plaint/io/mermaid.hpp>
#include <plaint/lifecycle/lifecycle_builder.hpp>
#include <plaint/lifecycle/step.hpp>

#include <catch.hpp>

using make = plaint::lifecycle_builder;

TEST_CASE("a Mermaid diagram has composites, regions, guards, roles, effects and marks", "[mermaid]") {
  const auto rules = plaint::compile(make::lifecycle(
      "open",
      {
          make::state("open", {make::on("reply").to("work").by({"agent"}).perform("notice", "ack"), make::on("note")}),
          make::parallel(
              "work",
              {make::compound("letter", "draft",
                              {make::state("draft", {make::on("send").to("sent").when("!in_state(\"due\")")}),
                               make::final_state("sent")}),
               make::compound("refund", "due", {make::deep_history("h", "due"), make::state("due")})},
              {make::after("15 days").to("all done")}),
          make::final_state("all done"),
      },
      {make::on("withdraw").to("all done")}));
  const auto at = plaint::start(rules, {}).after;
  CHECK(plaint::to_mermaid(rules, &at) == R"(stateDiagram-v2
  [*] --> open
  open
  open : note
  state work {
    state letter {
      [*] --> draft
      draft
      sent
      sent --> [*]
    }
    --
    state refund {
      [*] --> due
      state "H*" as h
      due
    }
  }
  state "all done" as s8_
  s8_ --> [*]
  open --> work : reply by agent / notice ack
  work --> s8_ : after 15 days
  draft --> sent : send [!in_state(#quot;due#quot;)]
  note right of s8_ : from anywhere, withdraw
  classDef active fill:#fde68a,stroke:#b45309,stroke-width:2px
  class open active
)");
}
