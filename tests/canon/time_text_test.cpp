#include "gate/canon/time_text.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using core::Milliseconds;
using core::WallTime;

constexpr std::int64_t year_0 = -62'167'219'200'000;
constexpr std::int64_t year_10000 = 253'402'300'800'000;

TEST(TimeText, IsUtcWithMilliseconds) {
  EXPECT_EQ(canon::time_text(WallTime(Milliseconds(1'795'356'309'123))), "2026-11-22T14:05:09.123Z");
  EXPECT_EQ(canon::time_text(WallTime{}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(canon::time_text(WallTime(Milliseconds(-1))), "1969-12-31T23:59:59.999Z");
}

TEST(TimeText, ATimeBeyondTheCalendarIsWrittenAsTheNearestOne) {
  EXPECT_EQ(canon::time_text(WallTime::max()), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(canon::time_text(WallTime::min()), "0000-01-01T00:00:00.000Z");
}

RC_GTEST_PROP(TimeText, EveryTimeOfTheCalendarComesBackTheSame, ()) {
  const WallTime time(Milliseconds(*rc::gen::inRange<std::int64_t>(year_0, year_10000)));
  RC_ASSERT(canon::parse_canonical_time(canon::time_text(time)) == time);
  RC_ASSERT(canon::parse_time(canon::time_text(time)) == time);
}

TEST(TimeText, OtherPeoplesTimesMayHaveOffsetsAndAnyFraction) {
  const WallTime expected(Milliseconds(1'795'356'309'123));
  for (const char* text : {"2026-11-22T14:05:09.1234567Z", "2026-11-22t14:05:09.123z",
                           "2026-11-22T15:05:09.123+01:00", "2026-11-22T08:35:09.123999999-05:30"}) {
    EXPECT_EQ(canon::parse_time(text), expected) << text;
    EXPECT_EQ(canon::parse_canonical_time(text), std::nullopt) << text;
  }
  EXPECT_EQ(canon::parse_time("2026-11-22T14:05:09Z"), WallTime(Milliseconds(1'795'356'309'000)));
  EXPECT_EQ(canon::parse_time("2026-11-22T14:05:09.5Z"), WallTime(Milliseconds(1'795'356'309'500)));
}

TEST(TimeText, WhatIsNoTimeIsRefused) {
  for (const char* text :
       {"", "2026", "2026-11-22", "2026-11-22 14:05:09Z", "2026-11-22T14:05:09", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-11-31T00:00:00Z", "2026-11-22T24:00:00Z",
        "2026-11-22T14:60:00Z", "2026-11-22T14:05:61Z", "2026-11-22T14:05:09.Z",
        "2026-11-22T14:05:09.1234567890Z", "2026-11-22T14:05:09+24:00", "2026-11-22T14:05:09+0100",
        "2026-11-22T14:05:09Zx", "+026-11-22T14:05:09Z"}) {
    EXPECT_EQ(canon::parse_time(text), std::nullopt) << text;
  }
}

}  // namespace
