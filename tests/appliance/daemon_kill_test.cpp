// The daemon itself is killed while trucks pass.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/appliance/daemon_kills.hpp"
#include "tests/sync/broker.hpp"

TEST(AKilledDaemon, LosesNoEventAndUsesNoRightTwice) {
  if (!std::filesystem::exists(syncing_test::MosquittoBroker::program))
    GTEST_SKIP() << "mosquitto is not installed";
  const auto killed = daemon_test::kill_daemon(20261123, 4);
  EXPECT_EQ(killed.runs, 4);
  EXPECT_GT(killed.granted, 0) << "no truck was ever let in";
  EXPECT_THAT(killed.wrong, testing::IsEmpty());
}
