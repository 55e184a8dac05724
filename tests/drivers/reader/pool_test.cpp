// What the pool adds to the contract of all eyes.
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

}  // namespace
}  // namespace reader
