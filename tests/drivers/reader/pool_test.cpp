// What the pool adds to the contract of all eyes.
#include "drivers/reader/pool.hpp"

#include <chrono>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <opencv2/imgcodecs.hpp>

#include "drivers/reader/picture.hpp"
#include "tests/drivers/reader/shots.hpp"

namespace reader {
namespace {

namespace asio = boost::asio;
using Answer = core::Result<core::Sighting>;

core::SteadyTime steady() {
  return std::chrono::time_point_cast<core::Milliseconds>(std::chrono::steady_clock::now());
}

std::unique_ptr<Pool> pool(int queue) {
  auto started = Pool::start({GATEHOUSE_SOURCE "/drivers/reader/models", 1, queue}, steady);
  EXPECT_TRUE(started) << started.error().what;
  return started ? std::move(*started) : nullptr;
}

asio::awaitable<void> ask(Pool& eyes, std::vector<ports::Picture> views, std::optional<Answer>& answer) {
  answer = co_await eyes.read(std::move(views));
}

/// Two trucks side by side, as a camera sees them that looks into two lanes.
std::string two_lanes(const world::TruckLook& left, const world::TruckLook& right) {
  cv::Mat both;
  std::vector<unsigned char> bytes;
  cv::hconcat(*decode(truck_jpeg(left)), *decode(truck_jpeg(right)), both);
  cv::imencode(".jpg", both, bytes);
  return {bytes.begin(), bytes.end()};
}

TEST(Pool, ReadsOnlyTheRegionOfAPictureAndGivesBoxesOfTheWholeOne) {
  const auto eyes = pool(4);
  ASSERT_TRUE(eyes);
  const world::TruckLook left = look_of(1, world::View::side, world::Condition::clean);
  const world::TruckLook right = look_of(2, world::View::side, world::Condition::clean);
  ports::Picture picture{.camera = "side", .encoded = two_lanes(left, right), .captured = {}};
  asio::io_context reactor;
  std::optional<Answer> alone, beside;
  asio::co_spawn(reactor, ask(*eyes, {{"side", truck_jpeg(right), {}}}, alone), asio::detached);
  picture.framing.region = {0.5, 0, 0.5, 1};
  asio::co_spawn(reactor, ask(*eyes, {picture}, beside), asio::detached);
  reactor.run();
  ASSERT_TRUE(alone && *alone && beside && *beside);
  ASSERT_EQ((*beside)->containers.size(), 1U);
  const core::ContainerRead& read = (*beside)->containers[0];
  EXPECT_EQ(read.code, right.container);
  EXPECT_NEAR(read.box.x, (*alone)->containers.at(0).box.x + 1280, 30);
  EXPECT_NEAR(read.box.y, (*alone)->containers.at(0).box.y, 30);
}

TEST(Pool, RefusesAtOnceWhatItsQueueCannotHold) {
  const auto eyes = pool(1);
  ASSERT_TRUE(eyes);
  asio::io_context reactor;
  std::optional<Answer> first, second;
  const std::string picture = truck_jpeg(look_of(3, world::View::front, world::Condition::clean));
  asio::co_spawn(reactor, ask(*eyes, {{"front", picture, {}}}, first), asio::detached);
  asio::co_spawn(reactor, ask(*eyes, {{"front", picture, {}}}, second), asio::detached);
  reactor.run();
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(*first);
  ASSERT_FALSE(*second);
  EXPECT_EQ(second->error().fault, core::Fault::refused);
}

core::Sighting see(Pool& eyes, std::vector<ports::Picture> views) {
  asio::io_context reactor;
  std::optional<Answer> answer;
  asio::co_spawn(reactor, ask(eyes, std::move(views), answer), asio::detached);
  reactor.run();
  EXPECT_TRUE(answer && *answer) << "not read";
  return answer && *answer ? std::move(**answer) : core::Sighting{};
}

core::Moment after(int count) {
  core::Moment moment;
  moment.steady += std::chrono::seconds(count);
  return moment;
}

TEST(Pool, LeavesOutAFrozenPictureNamesItAndReadsTheOthers) {
  const auto eyes = pool(4);
  ASSERT_TRUE(eyes);
  const world::TruckLook first = look_of(3, world::View::side, world::Condition::clean);
  const world::TruckLook next = look_of(5, world::View::front, world::Condition::clean);
  const std::string side = truck_jpeg(first), front = truck_jpeg(next);
  EXPECT_EQ(see(*eyes, {{"side", side, after(10)}}).containers.at(0).code, first.container);

  const core::Sighting seen = see(*eyes, {{"side", side, after(60)}, {"front", front, after(60)}});
  ASSERT_EQ(seen.faults.size(), 1U);
  EXPECT_EQ(seen.faults[0].camera, "side");
  EXPECT_EQ(seen.faults[0].kind, core::ViewFaultKind::frozen);
  EXPECT_FALSE(seen.plates.empty()) << "the other view is read";
  for (const core::ContainerRead& read : seen.containers) EXPECT_NE(read.code, first.container);
}

TEST(Pool, AnswersWithFaultsAloneWhereNoViewIsToBeBelieved) {
  const auto eyes = pool(4);
  ASSERT_TRUE(eyes);
  const std::string covered = saved(with_noise(cv::Mat(720, 1280, CV_8U, cv::Scalar(90)), 2, 1), 85);
  const core::Sighting seen = see(*eyes, {{"side", covered, after(10)}, {"front", "<html>", after(10)}});
  EXPECT_TRUE(seen.containers.empty());
  EXPECT_TRUE(seen.plates.empty());
  ASSERT_EQ(seen.faults.size(), 2U);
  EXPECT_EQ(seen.faults[0].camera, "side");
  EXPECT_EQ(seen.faults[0].kind, core::ViewFaultKind::covered);
  EXPECT_EQ(seen.faults[1].camera, "front");
  EXPECT_EQ(seen.faults[1].kind, core::ViewFaultKind::no_picture);
}

TEST(Pool, ReadsTheSamePictureAsOftenAsItIsAsked) {
  const auto eyes = pool(4);
  ASSERT_TRUE(eyes);
  const std::string side = truck_jpeg(look_of(3, world::View::side, world::Condition::clean));
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(see(*eyes, {{"side", side, after(10)}}).faults.empty());
}

}  // namespace
}  // namespace reader
