// A device of a lane that fails again and again: what becomes of it in the journal.
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "drivers/sim/barrier.hpp"
#include "drivers/sim/eyes.hpp"
#include "drivers/sim/identity_reader.hpp"
#include "drivers/sim/virtual_clock.hpp"
#include "gate/lane/lane.hpp"

namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

/// Takes everything, knows nothing.
class Office final : public ports::Journal, public ports::Records, public ports::Board {
 public:
  asio::awaitable<core::Result<void>> commit(ports::JournalEntry entry) override {
    for (const core::GateEvent& event : entry.events) texts.push_back(event.text.value_or(""));
    co_return core::Result<void>{};
  }
  asio::awaitable<core::Result<core::PictureRef>> keep(ports::Picture) override {
    co_return core::fail(core::Fault::broken, "no pictures here");
  }
  core::Result<core::Dossier> gather(const core::Evidence&) override { return core::Dossier{}; }
  core::Standing standing(const core::Moment&) const override { return {}; }
  void refresh(const core::Evidence&) override {}
  void show(ports::LaneView view) override { trouble = view.trouble; }

  [[nodiscard]] std::vector<std::string> about(const std::string& device) const {
    std::vector<std::string> found;
    for (const std::string& text : texts)
      if (text.starts_with(device + ": ")) found.push_back(text);
    return found;
  }

  std::vector<std::string> texts;
  std::string trouble;
};

class DeviceTrouble : public testing::Test {
 protected:
  DeviceTrouble() {
    asio::co_spawn(io, lane.run(), asio::detached);
    clock.run_until_idle(io);
  }

  /// A line that is none, then one that is.
  void fail_and_recover() {
    reader.fail({core::Fault::malformed, "nonsense"});
    reader.give_tar("A1");
    clock.advance(io, 10ms);
  }

  asio::io_context io;
  sim::VirtualClock clock;
  sim::Barrier barrier{io.get_executor(), clock};
  sim::IdentityReader reader{io.get_executor(), clock};
  sim::Eyes eyes{clock};
  Office office;
  int ids = 0;
  lane::Lane lane{io.get_executor(),
                  {.name = "in-1",
                   .direction = core::Direction::entry,
                   .timers = {},
                   .policy = {},
                   .barrier = barrier,
                   .cameras = {},
                   .reader = reader,
                   .eyes = eyes,
                   .records = office,
                   .journal = office,
                   .board = office,
                   .clock = clock,
                   .new_id = [this] { return std::to_string(++ids); }}};
};

}  // namespace

TEST_F(DeviceTrouble, ThatBeginsAgainAndAgainIsJournaledOnceAMinuteWithWhatWasLeftOut) {
  for (int i = 0; i < 1000; ++i) fail_and_recover();
  EXPECT_EQ(office.about("badge reader"), std::vector<std::string>{"badge reader: nonsense"});
  clock.advance(io, 1min);
  fail_and_recover();
  ASSERT_EQ(office.about("badge reader").size(), 2u);
  EXPECT_EQ(office.about("badge reader")[1], "badge reader: nonsense (999 more times before)");
}

TEST_F(DeviceTrouble, IsShownWhileItLastsHoweverSeldomItIsJournaled) {
  fail_and_recover();
  EXPECT_EQ(office.trouble, "");
  reader.fail({core::Fault::broken, "line lost"});
  clock.advance(io, 10ms);
  EXPECT_EQ(office.trouble, "badge reader: line lost");
  EXPECT_EQ(office.about("badge reader").size(), 1u);
}
