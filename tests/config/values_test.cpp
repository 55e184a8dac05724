#include "config/values.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace {

using config::Milliseconds;

TEST(Values, DurationsAreDigitsAndAUnit) {
  EXPECT_EQ(config::parse_duration("50ms"), Milliseconds(50));
  EXPECT_EQ(config::parse_duration("2s"), Milliseconds(2'000));
  EXPECT_EQ(config::parse_duration("15min"), Milliseconds(900'000));
  EXPECT_EQ(config::parse_duration("12h"), Milliseconds(43'200'000));
  EXPECT_EQ(config::parse_duration("60d"), Milliseconds(5'184'000'000));
  for (const char* text :
       {"", "5", "s", "5 s", "-5s", "+5s", "5S", "1.5s", "5sec", "5m", "99999999999999999999s", "36501d"}) {
    EXPECT_EQ(config::parse_duration(text), std::nullopt) << text;
  }
}

RC_GTEST_PROP(Values, EveryDurationIsReadBackAsWritten, ()) {
  const Milliseconds duration(*rc::gen::inRange<long long>(0, 36'500LL * 86'400'000));
  RC_ASSERT(config::parse_duration(config::duration_text(duration)) == duration);
}

TEST(Values, EndpointsAreAHostAndAPort) {
  const auto six = config::parse_endpoint("[::1]:8080");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(config::endpoint_text(*six), "[::1]:8080");
  EXPECT_EQ(config::endpoint_text(*config::parse_endpoint("broker.example:1")), "broker.example:1");
  for (const char* text : {"", ":80", "host", "host:", "host:0", "host:65536", "host:-1", "::1:80", "[]:80",
                           "[x]:80", "a b:80", "http://host:80", "host:80x"}) {
    EXPECT_FALSE(config::parse_endpoint(text)) << text;
  }
}

TEST(Values, KeysAre64HexDigits) {
  EXPECT_TRUE(config::is_key_hex(std::string(64, 'f')));
  EXPECT_FALSE(config::is_key_hex(std::string(63, 'f')));
  EXPECT_FALSE(config::is_key_hex(std::string(63, 'f') + "g"));
}

}  // namespace
