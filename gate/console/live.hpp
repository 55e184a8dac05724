// Turns what the lanes show and what the ledger knows into live events and metrics.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gate/console/api.hpp"

namespace console {

class Live {
 public:
  /// `tick` is called at least once a second for as long as this goes on.
  Live(Api::Parts parts, std::function<void()> tick) : parts_(std::move(parts)), tick_(std::move(tick)) {}

  /// Each runs until its executor is stopped.
  boost::asio::awaitable<void> follow_lanes();
  boost::asio::awaitable<void> follow_ledger();

  /// On the console's thread: the board has something new.
  void wake();

 private:
  void show(const ports::LaneView& view);
  boost::asio::awaitable<bool> report_ended(std::string id, bool last_time);
  boost::asio::awaitable<void> report_all_ended();
  boost::asio::awaitable<void> report_link();

  Api::Parts parts_;
  std::function<void()> tick_;
  boost::asio::steady_timer* lanes_timer_ = nullptr;  // live in the coroutines, and end with them
  boost::asio::steady_timer* ledger_timer_ = nullptr;
  struct Ended {
    std::string id;
    int asked = 0;  // a lane may show that a truck has gone before the journal has the end of its passage
  };
  std::deque<Ended> ended_;
  bool news_ = false;
  std::map<std::string, std::string> passages_;  // what was last sent, by lane
  std::map<std::string, std::string> displays_;
  std::string link_;
  std::chrono::steady_clock::time_point link_sent_;
};

}  // namespace console
