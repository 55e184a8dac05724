// A queue between coroutines of one single-threaded executor.
#pragma once

#include <deque>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace lane {

/// Wakes whoever waits. Waiting says only that something may have changed: look again after it, in a loop.
class Bell {
 public:
  explicit Bell(const boost::asio::any_io_executor& executor)
      : timer_(executor, boost::asio::steady_timer::time_point::max()) {}

  void ring() { timer_.cancel(); }

  boost::asio::awaitable<void> wait() {
    co_await timer_.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
  }

 private:
  boost::asio::steady_timer timer_;  // never expires; cancelling it wakes whoever waits
};

/// First in, first out. One coroutine takes; whoever puts says what happens when too much lies here.
template <class Item>
class Mailbox {
 public:
  explicit Mailbox(const boost::asio::any_io_executor& executor) : bell_(executor) {}

  void put(Item item) {
    items_.push_back(std::move(item));
    bell_.ring();
  }

  boost::asio::awaitable<Item> take() {
    while (items_.empty()) co_await bell_.wait();
    Item item = std::move(items_.front());
    items_.pop_front();
    co_return item;
  }

  /// What nobody took.
  [[nodiscard]] std::deque<Item> rest() { return std::exchange(items_, {}); }

  [[nodiscard]] std::size_t size() const { return items_.size(); }

 private:
  Bell bell_;
  std::deque<Item> items_;
};

}  // namespace lane
