#include "drivers/reader/pool.hpp"

#include <chrono>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "tests/drivers/reader/looks.hpp"

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

TEST(Pool, ReadsAPassageAndComesBackToTheCaller) {
  const auto eyes = pool(4);
  ASSERT_TRUE(eyes);
  asio::io_context reactor;
  std::optional<Answer> answer;
  const world::TruckLook look = look_of(3, world::View::side, world::Condition::clean);
  asio::co_spawn(reactor, ask(*eyes, {{"side", truck_jpeg(look), {}}}, answer), asio::detached);
  reactor.run();
  ASSERT_TRUE(answer && *answer);
  ASSERT_FALSE((*answer)->containers.empty());
  EXPECT_EQ((*answer)->containers[0].code, look.container);
  EXPECT_GT((*answer)->milliseconds, 0);
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

TEST(Pool, PicturesThatAreNoneAreLeftOutUnlessAllAre) {
  const auto eyes = pool(4);
  ASSERT_TRUE(eyes);
  asio::io_context reactor;
  std::optional<Answer> some, none;
  const std::string picture = truck_jpeg(look_of(3, world::View::front, world::Condition::clean));
  asio::co_spawn(reactor, ask(*eyes, {{"a", "no picture", {}}, {"b", picture, {}}}, some), asio::detached);
  asio::co_spawn(reactor, ask(*eyes, {{"a", "no picture", {}}, {"b", "", {}}}, none), asio::detached);
  reactor.run();
  ASSERT_TRUE(some && none);
  EXPECT_TRUE(*some);
  ASSERT_FALSE(*none);
  EXPECT_EQ(none->error().fault, core::Fault::corrupt);
}

}  // namespace
}  // namespace reader
