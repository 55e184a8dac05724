#include "config/show.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"
#include "tests/config/example.hpp"

namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Show, WhatIsShownLoadsAsTheSameConfiguration) {
  for (const std::string& text :
       {config_test::demo(),
        config_test::with(config_test::demo(), "[site]", "[policy]\ncustoms = \"warn\"\n[site]"),
        config_test::with(config_test::demo(), "name = \"front\"",
                          "name = \"front\"\nregion = [0.1, 0.25, 0.333, 0.7]\ncapitals = [14, 60]")}) {
    const auto config = config::parse(text, "/srv/gate/config/demo.toml");
    ASSERT_TRUE(config) << config::text(config.error());
    const std::string shown = config::show(*config);
    const auto again = config::parse(shown, "/elsewhere/demo.toml");
    ASSERT_TRUE(again) << config::text(again.error()) << shown;
    EXPECT_EQ(config::show(*again), shown);
  }
}

TEST(Show, DefaultsAreShown) {
  const std::string shown = config::show(*config::parse(config_test::demo(), "/srv/demo.toml"));
  EXPECT_THAT(shown, HasSubstr("right_life_without_expiry = \"60d\"\n"));
  EXPECT_THAT(shown, HasSubstr("fire_alarm = \"stay_shut\"\n"));
  EXPECT_THAT(shown, HasSubstr("region = [0, 0, 1, 1]\n"));
  EXPECT_THAT(shown, Not(HasSubstr("capitals")));
}

TEST(Show, ARegionIsShownAsItWasWritten) {
  const std::string text =
      config_test::with(config_test::demo(), "name = \"front\"",
                        "name = \"front\"\nregion = [0.1, 0.25, 0.333, 0.7]\ncapitals = [14, 60]");
  EXPECT_THAT(config::show(*config::parse(text, "/srv/demo.toml")),
              HasSubstr("region = [0.1, 0.25, 0.333, 0.7]\ncapitals = [14, 60]\n"));
}

TEST(Show, PasswordsInUrlsAreMasked) {
  EXPECT_EQ(config::masked_url("http://user:swordfish@10.0.0.1:80/a.jpg"), "http://***@10.0.0.1:80/a.jpg");
  EXPECT_EQ(config::masked_url("https://h/a.jpg?user=u&pwd=swordfish#x"),
            "https://h/a.jpg?user=***&pwd=***#x");
  EXPECT_EQ(config::masked_url("http://h/a@b.jpg"), "http://h/a@b.jpg");
  EXPECT_EQ(config::masked_url("http://h?k=a=b&c"), "http://h?k=***&c");
  const std::string text = config_test::with(config_test::demo(), "http://127.0.0.1:18081/in-1/front.jpg",
                                             "http://admin:swordfish@127.0.0.1:18081/in-1/front.jpg");
  EXPECT_THAT(config::show(*config::parse(text, "/srv/demo.toml")), Not(HasSubstr("swordfish")));
}

}  // namespace
