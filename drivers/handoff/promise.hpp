// Brings what another thread has made back to the coroutine that waits for it.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace handoff {

/// Copies mean the same promise. The executor must run one handler at a time, and must live until the
/// promise is kept or every copy is gone.
template <class T>
class Promise {
 public:
  explicit Promise(const boost::asio::any_io_executor& executor) : body_(std::make_shared<Body>(executor)) {}

  /// From any thread, once.
  void keep(T value) const {
    boost::asio::post(body_->bell.get_executor(), [body = body_, value = std::move(value)]() mutable {
      body->value = std::move(value);
      body->bell.cancel();
    });
  }

  /// On the executor, once. A cancelled wait ends at once; the work goes on, unless it looks at `abandoned`.
  [[nodiscard]] boost::asio::awaitable<T> kept() const {
    const auto body = body_;
    const Leaving leaving{*body};
    while (!body->value) co_await body->bell.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    co_return std::move(*body->value);
  }

  /// Nobody waits any more. From any thread.
  [[nodiscard]] bool abandoned() const { return body_->abandoned; }

 private:
  struct Body {
    explicit Body(const boost::asio::any_io_executor& executor)
        : bell(executor, boost::asio::steady_timer::time_point::max()) {}
    boost::asio::steady_timer bell;  // never expires; cancelled when the value is there
    std::optional<T> value;
    std::atomic<bool> abandoned = false;
  };

  struct Leaving {
    Body& body;
    ~Leaving() { body.abandoned = true; }
  };

  std::shared_ptr<Body> body_;
};

}  // namespace handoff
