// SPDX-License-Identifier: BSL-1.0
#include "catch.hpp"
#include "support/hotline.hpp"

#include <plaint/canonical.hpp>
#include <plaint/complaint/event_document.hpp>

using namespace plaint;

TEST_CASE("an event is written in one way and read back as it was", "[complaint]") {
  auto reply = hotline::event("answer", "2026-11-20T15:30:00.5Z", "lead", "{ problem: noise }");
  reply.key = "msg-7";
  reply.recorded_at = hotline::at("2026-11-23T08:00:00Z");
  const auto written = write_event(reply);
  CHECK(canonical(written) ==
        R"({"event":"answer","effective_at":"2026-11-20T15:30:00.500Z","recorded_at":"2026-11-23T08:00:00Z",)"
        R"("actor":{"id":"someone","role":"lead"},"data":{"problem":"noise"},"key":"msg-7"})");
  findings faults;
  CHECK(read_event({written, "", faults}) == reply);
  CHECK(faults.empty());
}

TEST_CASE("what is wrong in a written event is told, all of it", "[complaint]") {
  findings faults;
  (void)read_event(
      {read_yaml("{ event: answer, effective_at: Friday, actor: { class: boss }, data: none, wehn: 1 }").root, "",
       faults});
  std::vector<std::string> codes;
  for (const auto& f : faults) {
    codes.push_back(f.code);
  }
  CHECK(codes == std::vector<std::string>{"bad-instant", "unknown-word", "wrong-type", "unknown-key"});
}
