// What all eyes keep to, those that are told what they see and those that look.
#include <chrono>
#include <memory>

#include <gtest/gtest.h>

#include "drivers/reader/pool.hpp"
#include "drivers/sim/eyes.hpp"
#include "drivers/sim/virtual_clock.hpp"
#include "tests/contract/patience.hpp"
#include "tests/world/render/truck.hpp"

namespace contract {

namespace {

constexpr auto code = "CSQU3054383";

/// A picture that shows the code, one of an empty chassis, and eyes that see both as they are.
struct EyesBench {
  std::unique_ptr<ports::Clock> clock;
  std::unique_ptr<ports::Eyes> eyes;
  std::string loaded, empty;
  Turn turn;
};

using MakeEyesBench = EyesBench (*)(boost::asio::io_context&);

EyesBench simulated_eyes(boost::asio::io_context& io) {
  auto clock = std::make_unique<sim::VirtualClock>();
  auto eyes = std::make_unique<sim::Eyes>(*clock);
  const std::string loaded = "\xFF\xD8\xFF loaded", empty = "\xFF\xD8\xFF empty";
  core::Sighting sighting;
  sighting.containers.emplace_back().code = code;
  eyes->see_in(loaded, sighting);
  eyes->take(std::chrono::milliseconds(700));
  auto* raw = clock.get();
  return {std::move(clock), std::move(eyes), loaded, empty, [&io, raw] { raw->advance_to_next(io); }};
}

EyesBench recogniser(boost::asio::io_context& io) {
  const auto steady = [] {
    return std::chrono::time_point_cast<core::Milliseconds>(std::chrono::steady_clock::now());
  };
  auto pool = reader::Pool::start({.models = GATEHOUSE_SOURCE "/drivers/reader/models"}, steady);
  if (!pool) throw std::runtime_error(pool.error().what);
  world::TruckLook look;
  look.size_type = "22G1";
  look.seed = 4;
  const std::string empty = truck_jpeg(look);
  look.container = code;
  return {std::make_unique<sim::VirtualClock>(), std::move(*pool), truck_jpeg(look), empty, real_turn(io)};
}

class EyesContract : public testing::TestWithParam<MakeEyesBench> {
 protected:
  core::Result<core::Sighting> read(const std::vector<std::string>& pictures) {
    std::vector<ports::Picture> views;
    for (const std::string& picture : pictures)
      views.push_back({.camera = "rear", .encoded = picture, .captured = bench.clock->now()});
    return run(io, bench.turn, bench.eyes->read(std::move(views)));
  }

  boost::asio::io_context io;
  EyesBench bench = GetParam()(io);
};

}  // namespace

TEST_P(EyesContract, SeeTheCodeInWhicheverViewShowsIt) {
  const auto seen = read({bench.empty, bench.loaded});
  ASSERT_TRUE(seen) << seen.error().what;
  ASSERT_FALSE(seen->containers.empty());
  EXPECT_EQ(seen->containers[0].code, code);
  EXPECT_GT(seen->milliseconds, 0);
}

TEST_P(EyesContract, SeeNoContainerOnAnEmptyChassis) {
  const auto seen = read({bench.empty});
  ASSERT_TRUE(seen) << seen.error().what;
  EXPECT_TRUE(seen->containers.empty());
}

TEST_P(EyesContract, LeaveOutWhatIsNoPicture) {
  const auto seen = read({"<html>", bench.loaded, ""});
  ASSERT_TRUE(seen) << seen.error().what;
  ASSERT_FALSE(seen->containers.empty());
  EXPECT_EQ(seen->containers[0].code, code);
}

TEST_P(EyesContract, FailAsCorruptWhenNothingIsAPicture) {
  for (const auto& pictures : {std::vector<std::string>{"<html>", ""}, {}}) {
    const auto none = read(pictures);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().fault, core::Fault::corrupt);
  }
}

TEST_P(EyesContract, GiveEveryCallerItsOwnAnswer) {
  const auto ask = [this](const std::string& picture) {
    std::vector<ports::Picture> views = {{.camera = "rear", .encoded = picture, .captured = {}}};
    return boost::asio::co_spawn(io, bench.eyes->read(std::move(views)), boost::asio::use_future);
  };
  auto empty = ask(bench.empty), loaded = ask(bench.loaded);
  const auto done = [](auto& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  };
  turn_until(bench.turn, [&] { return done(empty) && done(loaded); });
  EXPECT_TRUE(empty.get()->containers.empty());
  EXPECT_FALSE(loaded.get()->containers.empty());
}

INSTANTIATE_TEST_SUITE_P(InMemory, EyesContract, testing::Values(&simulated_eyes));
INSTANTIATE_TEST_SUITE_P(Recogniser, EyesContract, testing::Values(&recogniser));

TEST(SimulatedEyes, GiveScriptedAnswersFirstAndInTheirOrder) {
  boost::asio::io_context io;
  sim::VirtualClock clock;
  sim::Eyes eyes(clock);
  core::Sighting sighting;
  sighting.containers.emplace_back().code = "MSKU9070323";
  eyes.see_next(sighting);
  eyes.see_next(core::fail(core::Fault::broken, "the recogniser stopped"));
  const auto read = [&] {
    std::vector<ports::Picture> views = {{.camera = "rear", .encoded = "\xFF\xD8\xFF", .captured = {}}};
    return run(
        io, [&] { clock.advance_to_next(io); }, eyes.read(std::move(views)));
  };
  EXPECT_EQ(read()->containers[0].code, "MSKU9070323");
  EXPECT_EQ(read().error().fault, core::Fault::broken);
  EXPECT_TRUE(read()->containers.empty());
}

}  // namespace contract
