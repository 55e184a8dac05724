// Asking whether somebody listens, where the name server does not answer.
#include "sync/reach.hpp"

#include <atomic>
#include <future>

#include <gtest/gtest.h>
#include <netdb.h>

using namespace syncing;

namespace {

/// What a look-up that hangs shares with the test that may have ended by then.
struct NameServer {
  std::atomic<bool> asked = false;
  std::promise<void> over;
  std::shared_future<void> released = over.get_future().share();
  std::promise<bool> waited;  // to the end
};

}  // namespace

TEST(Reaching, AHostWhoseNameNobodyLooksUpIsGivenUpAtOnceWhenItIsEnough) {
  const auto server = std::make_shared<NameServer>();
  const auto hangs = [server](const char*, const char*, const addrinfo*, addrinfo**) {
    server->asked = true;
    const auto released = server->released.wait_for(std::chrono::seconds(60));
    server->waited.set_value(released == std::future_status::timeout);
    return EAI_AGAIN;
  };
  const auto reached = reach(
      "broker.example", 8883, std::chrono::seconds(5), [server] { return server->asked.load(); }, hangs);
  EXPECT_FALSE(reached);
  server->over.set_value();
  EXPECT_FALSE(server->waited.get_future().get()) << "it was waited for to its end";
}

TEST(Reaching, AHostThatNobodyKnowsIsToldInTheSystemsWords) {
  const auto unknown = [](const char*, const char*, const addrinfo*, addrinfo**) { return EAI_NONAME; };
  const auto reached = reach(
      "broker.example", 8883, std::chrono::seconds(5), [] { return false; }, unknown);
  ASSERT_FALSE(reached);
  EXPECT_EQ(reached.error().what, gai_strerror(EAI_NONAME));
}
