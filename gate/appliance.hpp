// The appliance: every room's objects, made and joined in one place, stopped in the reverse order.
#pragma once

#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "config/config.hpp"
#include "gate/core/result.hpp"

class Appliance {
 public:
  /// Makes everything and starts it; lanes run on `reactor`, a single-threaded one. An error says what to
  /// do about it. A network, a broker or a device that is absent is no error.
  [[nodiscard]] static core::Result<std::unique_ptr<Appliance>> start(const config::Config& config,
                                                                      boost::asio::any_io_executor reactor);
  ~Appliance();

  /// No new grants, red, passages closed as interrupted and written; within five seconds.
  /// On the reactor, once; destroy the appliance afterwards.
  boost::asio::awaitable<void> stop();

  [[nodiscard]] int console_port() const;

 private:
  struct Parts;
  explicit Appliance(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};
