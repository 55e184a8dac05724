// What every badge reader keeps to, in memory or behind a TCP line.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <gtest/gtest.h>

#include "drivers/badge/reader.hpp"
#include "drivers/sim/identity_reader.hpp"
#include "drivers/sim/virtual_clock.hpp"
#include "drivers/wallclock/wallclock.hpp"
#include "tests/contract/patience.hpp"
#include "tests/world/devices/reader_server.hpp"

namespace contract {

namespace {

const std::string key_hex(64, 'a');

badge::IdentityKey key() { return *badge::IdentityKey::from_hex(key_hex, "k1"); }

std::string hash_of(const std::string& number) { return *badge::driver_id_hash(key(), number); }

class IdentityBench {
 public:
  virtual ~IdentityBench() = default;
  virtual ports::IdentityReader& reader() = 0;
  virtual ports::Clock& clock() = 0;
  virtual void present_badge(const std::string& number) = 0;
  virtual void give_tar(const std::string& tar) = 0;
  virtual void speak_nonsense() = 0;
  virtual void lose_line() = 0;  // and find it again
  virtual Turn turn() = 0;
  core::Result<ports::IdentityRead> next() { return run(io, turn(), reader().next()); }
  boost::asio::io_context io;
};

class SimulatedReader final : public IdentityBench {
 public:
  ports::IdentityReader& reader() override { return reader_; }
  ports::Clock& clock() override { return clock_; }
  void present_badge(const std::string& number) override { reader_.present_badge(hash_of(number)); }
  void give_tar(const std::string& tar) override { reader_.give_tar(tar); }
  void speak_nonsense() override { reader_.fail({core::Fault::malformed, "nonsense"}); }
  void lose_line() override { reader_.fail({core::Fault::broken, "line lost"}); }
  Turn turn() override {
    return [this] { clock_.advance_to_next(io); };
  }

 private:
  sim::VirtualClock clock_;
  sim::IdentityReader reader_{io.get_executor(), clock_};
};

class OverTcp final : public IdentityBench {
 public:
  OverTcp() { await_line(); }
  ports::IdentityReader& reader() override { return reader_; }
  ports::Clock& clock() override { return clock_; }
  void present_badge(const std::string& number) override { server_.present_badge(number); }
  void give_tar(const std::string& tar) override { server_.give_tar(tar); }
  void speak_nonsense() override { server_.say("HELLO\n"); }
  void lose_line() override {
    server_.hang_up();
    turn_until(turn(), [this] { return !reader_.connected(); });
    await_line();
  }
  Turn turn() override { return real_turn(io); }

 private:
  void await_line() {
    turn_until(turn(), [this] { return reader_.connected() && server_.listeners() == 1; });
  }

  world::ReaderServer server_;
  wallclock::WallClock clock_{[] { return true; }};
  badge::Reader reader_{io.get_executor(), clock_, {.line = {"127.0.0.1", server_.port()}}, key()};
};

using MakeIdentityBench = std::unique_ptr<IdentityBench> (*)();

std::unique_ptr<IdentityBench> simulated_reader() { return std::make_unique<SimulatedReader>(); }
std::unique_ptr<IdentityBench> over_tcp() { return std::make_unique<OverTcp>(); }

class IdentityReaderContract : public testing::TestWithParam<MakeIdentityBench> {
 protected:
  std::string next_tar() {
    const auto read = bench->next();
    return read && std::holds_alternative<ports::TarRead>(*read) ? std::get<ports::TarRead>(*read).tar
                                                                 : "no TAR";
  }

  std::unique_ptr<IdentityBench> bench = GetParam()();
};

}  // namespace

TEST_P(IdentityReaderContract, ABadgeComesAsItsHashWithItsMoment) {
  const auto before = bench->clock().now();
  bench->present_badge("0012345678");
  const auto read = bench->next();
  ASSERT_TRUE(read) << read.error().what;
  const auto& badge = std::get<ports::BadgeRead>(*read);
  EXPECT_EQ(badge.credential_hash, hash_of("0012345678"));
  EXPECT_NE(badge.credential_hash, hash_of("12345678"));  // leading zeros count
  EXPECT_GE(badge.captured.steady, before.steady);
  EXPECT_LE(badge.captured.steady, bench->clock().now().steady);
}

TEST_P(IdentityReaderContract, ReadsComeInTheirOrderAlsoThoseMadeWhileNobodyWaited) {
  bench->give_tar("TAR-1");
  bench->present_badge("4711");
  bench->give_tar("TAR-2");
  EXPECT_EQ(next_tar(), "TAR-1");
  EXPECT_TRUE(std::holds_alternative<ports::BadgeRead>(*bench->next()));
  EXPECT_EQ(next_tar(), "TAR-2");
}

TEST_P(IdentityReaderContract, NonsenseIsReportedOnceAndTheNextReadComes) {
  bench->speak_nonsense();
  bench->give_tar("TAR-1");
  const auto nonsense = bench->next();
  ASSERT_FALSE(nonsense);
  EXPECT_EQ(nonsense.error().fault, core::Fault::malformed);
  EXPECT_EQ(next_tar(), "TAR-1");
}

TEST_P(IdentityReaderContract, ALostLineIsReportedOnceAndTheNextReadComes) {
  bench->lose_line();
  bench->give_tar("TAR-1");
  const auto lost = bench->next();
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().fault, core::Fault::broken);
  EXPECT_FALSE(lost.error().what.empty());
  EXPECT_EQ(next_tar(), "TAR-1");
}

TEST_P(IdentityReaderContract, ACancelledWaitTakesNoReadWithIt) {
  boost::asio::cancellation_signal signal;
  bool ended = false;
  const auto done = [&ended](std::exception_ptr, const core::Result<ports::IdentityRead>&) { ended = true; };
  co_spawn(bench->io, bench->reader().next(), bind_cancellation_slot(signal.slot(), done));
  bench->turn()();
  ASSERT_FALSE(ended);
  signal.emit(boost::asio::cancellation_type::terminal);
  turn_until(bench->turn(), [&ended] { return ended; });
  bench->give_tar("TAR-1");
  EXPECT_EQ(next_tar(), "TAR-1");
}

INSTANTIATE_TEST_SUITE_P(InMemory, IdentityReaderContract, testing::Values(&simulated_reader));
INSTANTIATE_TEST_SUITE_P(OverTcp, IdentityReaderContract, testing::Values(&over_tcp));

}  // namespace contract
