// SPDX-License-Identifier: BSL-1.0
#include <plaint/io/dot.hpp>
#include <plaint/lifecycle/lifecycle_builder.hpp>
#include <plaint/lifecycle/step.hpp>

#include <catch.hpp>

using make = plaint::lifecycle_builder;

TEST_CASE("a drawing has frames for what holds others, dashed ones for regions, and marks where a complaint stands",
          "[dot]") {
  const auto rules = plaint::compile(make::lifecycle(
      "open",
      {
          make::state("open", {make::on("reply").to("work").by({"agent"}).when("in_state(\"open\")"),
                               make::on("note").perform("log", "note")}),
          make::parallel(
              "work",
              {make::compound("letter", "draft",
                              {make::state("draft", {make::on("send").to("sent")}), make::final_state("sent")}),
               make::compound("refund", "due", {make::shallow_history("h", "due"), make::state("due")})},
              {make::on("back").to("open")}),
      }));
  const auto at = plaint::start(rules, {}).after;
  CHECK(plaint::to_dot(rules, &at) == R"(digraph lifecycle {
  compound=true; rankdir=TB; fontname="Helvetica"; nodesep=0.4; ranksep=0.5;
  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica", fontsize=11];
  edge [fontname="Helvetica", fontsize=9, arrowsize=0.7];
  iall [shape=point, width=0.12, label=""];
  iall -> s0;
  s0 [label="open\lnote / log note\l", fillcolor="#fde68a", penwidth=2];
  subgraph cluster_s1 {
    label="work"; style="rounded"; color=gray40;
    subgraph cluster_s2 {
      label="letter"; style="rounded,dashed"; color=gray40;
      i2 [shape=point, width=0.12, label=""];
      i2 -> s3;
      s3 [label="draft"];
      s4 [label="sent", peripheries=2];
    }
    subgraph cluster_s5 {
      label="refund"; style="rounded,dashed"; color=gray40;
      i5 [shape=point, width=0.12, label=""];
      i5 -> s7;
      s6 [shape=circle, width=0.3, fixedsize=true, label="H"];
      s7 [label="due"];
    }
  }
  s0 -> s3 [label="reply [in_state(\"open\")] by agent\l", lhead=cluster_s1];
  s3 -> s0 [label="back\l", ltail=cluster_s1];
  s3 -> s4 [label="send\l"];
}
)");
}

TEST_CASE("titles are drawn in the language asked for", "[dot]") {
  auto d = make::lifecycle("a", {make::state("a")});
  d.states[0].title = {{"en", "Open"}, {"zh", "受理"}};
  CHECK(plaint::to_dot(plaint::compile(d), nullptr, "zh").find("s0 [label=\"受理\"]") != std::string::npos);
}
