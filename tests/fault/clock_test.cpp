// The clock of the machine steps: nothing counts as fresh that is not, nothing is lost, and once the clock is
// right the gate is online by itself.
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/sync/appliance.hpp"

using namespace syncing_test;
using core::Mode;

namespace {

constexpr core::Milliseconds kHour = std::chrono::hours(1);
constexpr core::Milliseconds kTenYears = std::chrono::hours(24 * 3652);

class AClockStep : public testing::TestWithParam<core::Milliseconds> {
 protected:
  AClockStep() {
    spdlog::set_level(spdlog::level::off);
    appliance_->connection(true);
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {syncing::upsert(right("R1"))});
    appliance_.head(1, 0);
  }
  ~AClockStep() override { spdlog::set_level(spdlog::level::info); }

  Mode mode() { return appliance_->standing(appliance_.clock.now()).mode; }

  /// Heads of a platform whose clock did not step.
  void heads_of_the_right_time(core::Milliseconds step) {
    for (int i = 0; i < 3; ++i) {
      appliance_.wait(std::chrono::seconds(5));
      const auto right_now = appliance_.clock.now().wall - step;
      appliance_.head_of(1, 0, right_now, right_now);
    }
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

}  // namespace

TEST_P(AClockStep, IsNeverTakenForFreshDataAndEndsByItself) {
  const core::Milliseconds step = GetParam();
  ASSERT_EQ(mode(), Mode::online);
  appliance_.clock.step_wall(step);
  EXPECT_NE(mode(), Mode::online);
  heads_of_the_right_time(step);
  EXPECT_NE(mode(), Mode::online) << "our clock and the platform's do not agree";
  ports::JournalEntry entry;
  entry.events = {event(core::EventKind::refused, "while the clock was wrong")};
  EXPECT_TRUE(appliance_.commit(std::move(entry))) << "what happens is written, whatever the time";
  appliance_.restart();
  appliance_->connection(true);
  EXPECT_NE(mode(), Mode::online);
  appliance_.clock.step_wall(-step);
  heads_of_the_right_time({});
  EXPECT_EQ(mode(), Mode::online);
  EXPECT_EQ(appliance_.recorded(core::EventKind::refused).size(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Steps, AClockStep,
                         testing::Values(kHour, -kHour, kTenYears, -kTenYears,
                                         -moment(0).wall.time_since_epoch()));
