// The inside of a lane: its passage, its coroutines, and how effects are carried out.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "gate/lane/commander.hpp"
#include "gate/lane/lane.hpp"
#include "gate/lane/mailbox.hpp"
#include "gate/lane/nursery.hpp"
#include "gate/lane/scribe.hpp"

namespace lane {

using Answered = core::Result<core::DecisionAnswer>;

/// Where an operator waits for his answer.
struct Reply {
  explicit Reply(const boost::asio::any_io_executor& executor) : bell(executor) {}
  std::optional<Answered> answer;
  Bell bell;
};

/// What the lane's one coroutine takes, one after the other. Without an event it only beats.
struct Item {
  std::optional<core::Event> event;
  std::uint64_t timer_run = 0;  // with TimerFired: which start of this timer it belongs to
  std::shared_ptr<Reply> reply;
};

class Lane::Body : public std::enable_shared_from_this<Lane::Body> {
 public:
  Body(boost::asio::any_io_executor executor, Parts parts);

  boost::asio::awaitable<void> run();
  boost::asio::awaitable<Answered> decide(core::OperatorDecision decision);
  boost::asio::awaitable<void> stop(core::Milliseconds patience);

  boost::asio::any_io_executor executor;
  Parts parts;
  std::atomic<core::SteadyTime> last_progress;

 private:
  struct Carry;

  // lane.cpp: the loop
  boost::asio::awaitable<void> work();
  void handle(const Item& item);
  void step(const core::Event& event);
  void publish();
  void put(core::Event event);
  boost::asio::awaitable<void> essential(boost::asio::awaitable<void> loop);
  boost::asio::awaitable<void> flush();
  boost::asio::awaitable<void> finish_after(boost::asio::awaitable<void> work);

  // feeds.cpp: what comes in
  boost::asio::awaitable<void> feed_contacts();
  boost::asio::awaitable<void> feed_reads();
  boost::asio::awaitable<void> feed_beats();
  void take_read(const core::Result<ports::IdentityRead>& read);
  boost::asio::awaitable<void> ring_after(core::Timer timer, std::uint64_t run, core::Milliseconds after);

  // pictures.cpp: seeing
  struct Shoot;
  boost::asio::awaitable<void> look(std::string passage);
  boost::asio::awaitable<void> capture(std::shared_ptr<Shoot> shoot, std::size_t camera);
  boost::asio::awaitable<void> keep(std::shared_ptr<Shoot> shoot, ports::Picture picture);
  void judge(const std::vector<std::string>& cameras, const std::vector<core::ViewFault>& faults);

  // effects.cpp: what goes out
  void verify(int revision);
  void write(const core::Record& record);
  void report(core::GateEvent event);
  void note(const std::string& text);
  void start_timer(core::Timer timer, core::Milliseconds after);
  void stop_timer(core::Timer timer);
  void commanded(core::Command command, const core::Result<void>& sent);
  /// Empty: the device works again. Said in the view while it lasts, and journaled when it begins: once a
  /// minute at most for each device, with how often it had begun unsaid since.
  void trouble(const std::string& device, const std::string& why, bool journaled = true);

  struct Journaled {
    std::optional<core::SteadyTime> last;
    int left_out = 0;
  };
  struct Running {
    std::uint64_t run = 0;
    Nursery::Child child = 0;
  };

  core::Passage passage_;
  core::Moment now_;                // of the step being carried out
  std::deque<core::Event> todo_;    // events that the step itself made: a verdict
  std::optional<Answered> answer_;  // of the decision being handled
  Mailbox<Item> inbox_;
  Nursery nursery_;
  Scribe scribe_;
  Commander commander_;
  std::map<core::Timer, Running> timers_;
  std::uint64_t timer_runs_ = 0;
  std::map<std::string, std::string> troubles_;  // by device
  std::map<std::string, Journaled> journaled_;   // by device
  std::set<std::string> noted_;                  // notes of this passage: each is journaled once
  std::string noted_for_;
  bool running_ = false;
  bool finished_ = false;
  bool broken_ = false;
  Bell finish_;
};

}  // namespace lane
