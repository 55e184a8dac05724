#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/ctl/commands.hpp"
#include "tests/ctl/tiny_server.hpp"

namespace {

using ctl_test::Outcome;
using ctl_test::TinyServer;
using testing::HasSubstr;

const std::string parked =
    R"({"total":12,"changes":[{"epoch":4,"sequence":17,"kind":"releaseRight","key":"R1",)"
    R"("reason":"change.data: lights"},{"epoch":4,"inSnapshot":3,"kind":"","key":"","reason":"change: \u0007"}]})";
const std::string outbox =
    R"({"journalId":"J","last":9,"pending":2,"parked":1,"oldest":{"number":8,"ulid":"E8","kind":"gate_out",)"
    R"("at":"2026-11-22T14:05:09.123Z","lane":"out-1"},"refused":[{"number":5,"ulid":"E5","kind":"alarm",)"
    R"("at":"2026-11-22T14:00:00.000Z","reason":"no such lane"}]})";

template <class Command>
Outcome carry_out(Command command, const TinyServer& server, const ctl::ListOptions& options) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = command(ctl::Client(server.socket()), options, ctl::Streams{out, err});
  return {code, out.str(), err.str()};
}

TEST(Parked, ChangesAreListedWithPositionKindKeyAndReason) {
  const TinyServer server({{"/api/sync/parked?limit=50", {200, parked}}});
  const Outcome outcome = carry_out(ctl::parked_command, server, {});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "12 changes parked\n"
            "4:17  releaseRight  R1  change.data: lights\n"
            "4:snapshot,3  -  -  change: ?\n"
            "and 10 more\n");
}

TEST(Outbox, SaysWhatWaitsTheOldestOfItAndWhatWasRefused) {
  const TinyServer server({{"/api/outbox?limit=7", {200, outbox}}});
  const Outcome outcome = carry_out(ctl::outbox_command, server, {.limit = 7});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "9 events so far, 2 without a receipt, 1 refused by the platform\n"
            "oldest without a receipt:\n"
            "8  2026-11-22T14:05:09.123Z  gate_out  out-1  -\n"
            "refused:\n"
            "5  2026-11-22T14:00:00.000Z  alarm  -  -  no such lane\n");
}

TEST(Findings, SayWhatDiffersAndForWhichContainerPlateAndVisit) {
  const TinyServer server(
      {{"/api/findings?limit=50",
        {200,
         R"({"total":3,"findings":[{"ulid":"E9","at":"2026-11-22T14:05:09.123Z","visit":"P1",)"
         R"("equipmentNumber":"CSQU3054383","plate":"1ABC123","text":"the right was\u0007 revoked"}]})"}}});
  const Outcome outcome = carry_out(ctl::findings_command, server, {});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(outcome.out,
            "3 grants that the platform would not have given, and nobody has dealt with yet\n"
            "2026-11-22T14:05:09.123Z  CSQU3054383  -  1ABC123  P1  the right was? revoked\n"
            "and 2 more\n");
}

TEST(Outbox, IsHandedOnForMachines) {
  const TinyServer server({{"/api/outbox?limit=50", {200, outbox}}});
  EXPECT_EQ(carry_out(ctl::outbox_command, server, {.json = true}).out, outbox + "\n");
}

TEST(Outbox, AnAnswerThatIsNoneIsAnErrorThatSaysWhere) {
  const TinyServer server({{"/api/outbox?limit=50", {200, R"({"last":"many"})"}}});
  const Outcome outcome = carry_out(ctl::outbox_command, server, {});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.err, HasSubstr("the daemon's answer: last: wrong type"));
}

}  // namespace
