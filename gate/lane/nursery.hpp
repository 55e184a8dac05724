// Coroutines that belong to one owner: none of them outlives it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "gate/lane/mailbox.hpp"

namespace lane {

/// For one single-threaded executor.
class Nursery {
 public:
  using Child = std::uint64_t;

  /// `on_failure` hears what a child threw, other than that it was cancelled.
  Nursery(boost::asio::any_io_executor executor, std::function<void(const std::string&)> on_failure);
  ~Nursery();
  Nursery(const Nursery&) = delete;
  Nursery& operator=(const Nursery&) = delete;

  Child spawn(boost::asio::awaitable<void> work);
  void cancel(Child child);  // harmless where it has ended

  /// Cancels all, and returns when all have ended.
  boost::asio::awaitable<void> clear();

 private:
  struct Children;
  boost::asio::any_io_executor executor_;
  std::shared_ptr<Children> children_;
  Child last_ = 0;
};

}  // namespace lane
