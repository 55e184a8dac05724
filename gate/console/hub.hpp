// Live events and those who listen to them. Used on the console's thread alone.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gate/console/limits.hpp"

namespace console {

/// One open stream. The connection takes from `queue` and waits on `wake`.
struct Subscriber {
  explicit Subscriber(const boost::asio::any_io_executor& executor) : wake(executor) {}

  std::string driver_lane;  // a driver's display of this lane; empty: an operator's page
  std::deque<std::shared_ptr<const std::string>> queue;
  std::size_t bytes = 0;
  bool dropped = false;  // was too slow: nothing more comes, the connection is to be closed
  boost::asio::steady_timer wake;
};

class Hub {
 public:
  Hub(boost::asio::any_io_executor executor, const Limits& limits)
      : executor_(std::move(executor)), limits_(limits) {}

  /// Null while as many listen as may.
  [[nodiscard]] std::shared_ptr<Subscriber> subscribe(std::string driver_lane);

  /// To every operator's page, or (with a lane) to every driver's display of that lane.
  void publish(std::string_view driver_lane, std::string_view event, std::string_view data);
  void send(Subscriber& to, std::string_view event, std::string_view data);

  [[nodiscard]] int listening();
  [[nodiscard]] bool displays(std::string_view lane);
  [[nodiscard]] std::size_t dropped() const { return dropped_; }

 private:
  void push(Subscriber& to, std::shared_ptr<const std::string> text);

  boost::asio::any_io_executor executor_;
  const Limits& limits_;
  std::vector<std::weak_ptr<Subscriber>> subscribers_;
  std::size_t dropped_ = 0;
};

}  // namespace console
