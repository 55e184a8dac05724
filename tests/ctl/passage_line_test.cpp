#include "gate/ctl/passage_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using core::Milliseconds;
using core::WallTime;
using namespace std::chrono_literals;

core::PassageRecord granted() {
  core::PassageRecord record;
  record.id = "01";
  record.lane = "in-1";
  record.detected = WallTime(Milliseconds(1'795'356'309'123));
  record.decision = core::Decision::grant;
  record.plate = "1ABC123";
  record.containers = {"CSQU3054383"};
  record.driver_mask = "**12";
  record.standing = {core::Mode::online, record.detected - 2s, false};
  record.verdict_ms = 812;
  record.command_ms = 845;
  return record;
}

TEST(PassageLine, AGrantIsOneAlignedLine) {
  EXPECT_EQ(ctl::passage_header(),
            "time                 lane     plate      container   driver   verdict data         verdict-ms "
            "open-ms  reasons");
  EXPECT_EQ(
      ctl::passage_line(granted()),
      "2026-11-22 14:05:09Z in-1     1ABC123    CSQU3054383 **12     grant   2s                  812     "
      "845  -");
}

TEST(PassageLine, ARefusalNamesItsReasonsModeAndPeople) {
  core::PassageRecord record = granted();
  record.decision = core::Decision::deny;
  record.reasons = {core::Reason::right_revoked, core::Reason::customs_red};
  record.operators = {"anna", "ben"};
  record.standing.mode = core::Mode::backup;
  record.standing.data_as_of = record.detected - 14min;
  record.command_ms.reset();
  EXPECT_EQ(ctl::passage_line(record),
            "2026-11-22 14:05:09Z in-1     1ABC123    CSQU3054383 **12     deny    14min backup        812   "
            "    -  "
            "right_revoked,customs_red by anna+ben");
}

TEST(PassageLine, WhatIsNotKnownIsADash) {
  core::PassageRecord record;
  record.lane = "in-1";
  EXPECT_EQ(
      ctl::passage_line(record),
      "1970-01-01 00:00:00Z in-1     -          -           -        -       -                     -     "
      "  -  -");
}

TEST(PassageLine, LettersOfTwoBytesTakeOneColumnAndNothingActsOnTheTerminal) {
  core::PassageRecord record = granted();
  record.plate = "B\u00DC1234";
  record.driver_mask = "\x1b[31m";
  EXPECT_THAT(ctl::passage_line(record), testing::HasSubstr(" B\u00DC1234     CSQU3054383 ?[31m    grant "));
}

TEST(PassageLine, AgesHaveAtMostTwoUnitsAndAreNeverRoundedUp) {
  EXPECT_EQ(ctl::age_text(0ms), "0ms");
  EXPECT_EQ(ctl::age_text(999ms), "999ms");
  EXPECT_EQ(ctl::age_text(59'999ms), "59s");
  EXPECT_EQ(ctl::age_text(14min + 59s), "14min");
  EXPECT_EQ(ctl::age_text(3h + 20min + 59s), "3h20min");
  EXPECT_EQ(ctl::age_text(52h), "2d4h");
  EXPECT_EQ(ctl::age_text(48h), "2d");
}

}  // namespace
