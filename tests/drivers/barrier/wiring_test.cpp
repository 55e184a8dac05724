#include "drivers/barrier/wiring.hpp"

#include <gtest/gtest.h>

namespace barrier {

namespace {

using core::Level;

config::Barrier lane() {
  using config::Contact;
  config::Barrier config;
  config.inputs = {{"presence", {.number = 10}},
                   {"safety", {.number = 11, .contact = Contact::normally_closed}},
                   {"open_limit", {.number = 14}},
                   {"closed_limit", {.number = 12}}};
  config.outputs = {{"open", {.coil = 0, .pulse = std::chrono::milliseconds(200)}},
                    {"close", {.coil = 1, .pulse = std::chrono::milliseconds(200)}},
                    {"green", {.coil = 2}},
                    {"red", {.coil = 3}}};
  return config;
}

}  // namespace

TEST(Wiring, ReadsOneSpanThatCoversEveryInput) {
  const auto wiring = Wiring::from(lane());
  ASSERT_TRUE(wiring) << wiring.error().what;
  EXPECT_EQ(wiring->first_input(), 10);
  EXPECT_EQ(wiring->input_count(), 5);
}

TEST(Wiring, ANormallyOpenContactIsOnWithCurrentANormallyClosedOneWithout) {
  const auto wiring = *Wiring::from(lane());
  const auto quiet = wiring.signals({false, true, false, false, false});
  EXPECT_EQ(quiet.presence, Level::off);
  EXPECT_EQ(quiet.safety, Level::off);
  EXPECT_TRUE(clear_under_arm(quiet));
  const auto busy = wiring.signals({true, false, true, false, true});
  EXPECT_EQ(busy.presence, Level::on);
  EXPECT_EQ(busy.safety, Level::on);
  EXPECT_EQ(busy.closed_limit, Level::on);
  EXPECT_EQ(busy.open_limit, Level::on);
  EXPECT_FALSE(clear_under_arm(busy));
}

TEST(Wiring, AContactThatIsNotWiredIsOff) {
  const auto signals = Wiring::from(lane())->signals({false, true, false, false, false});
  EXPECT_EQ(signals.photocell, Level::off);
  EXPECT_EQ(signals.fire_alarm, Level::off);
}

TEST(Wiring, WhatIsUnknownUnderTheArmIsNotClear) {
  core::Signals signals = Wiring::from(lane())->signals({false, true, false, false, false});
  signals.photocell = Level::unknown;
  EXPECT_FALSE(clear_under_arm(signals));
}

TEST(Wiring, SaysEverythingThatIsWrongAtOnce) {
  auto config = lane();
  config.inputs.erase("safety");
  config.inputs["pressence"] = {.number = 20};
  config.inputs["passage"] = {.number = 10};
  config.outputs.erase("close");
  config.outputs["hold"] = {.coil = 3};
  const auto wiring = Wiring::from(config);
  ASSERT_FALSE(wiring);
  EXPECT_EQ(wiring.error().fault, core::Fault::malformed);
  for (const auto* part : {"input safety has no number", "no signal is called pressence",
                           "inputs passage and presence share number 10", "output close has no coil",
                           "outputs hold and red share coil 3"}) {
    EXPECT_NE(wiring.error().what.find(part), std::string::npos) << part << " in: " << wiring.error().what;
  }
}

}  // namespace barrier
