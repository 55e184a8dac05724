// A badge reader and keypad behind one TCP line, such as a serial server gives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include <boost/asio/any_io_executor.hpp>

#include "config/config.hpp"
#include "drivers/badge/identity.hpp"
#include "gate/ports/clock.hpp"
#include "gate/ports/identity_reader.hpp"

namespace badge {

/// Everything runs on `executor` (one handler at a time); executor and clock outlive it. One coroutine at
/// a time waits in `next`. Connects when made, and again whenever the line is lost: after 200 ms, doubled
/// up to 10 s, each half of it by chance; only a read starts that anew.
///
/// Reads and faults that nobody waits for are kept, with the time at which they came: the latest 8.
/// People key in a line now and then: after more than `burst` lines at once, and one a second, good or bad,
/// the reader hangs up and connects again as if the line had been lost.
class Reader final : public ports::IdentityReader {
 public:
  static constexpr std::size_t kept = 8;
  static constexpr int burst = 20;

  Reader(const boost::asio::any_io_executor& executor, ports::Clock& clock, const config::Reader& config,
         const IdentityKey& key);
  ~Reader() override;

  /// broken is reported once for each time that the line is lost or cannot be had, not for each attempt.
  boost::asio::awaitable<core::Result<ports::IdentityRead>> next() override;

  [[nodiscard]] bool connected() const;
  [[nodiscard]] std::size_t waiting() const;   // reads and faults that nobody has taken yet
  [[nodiscard]] std::int64_t dropped() const;  // reads and faults that gave way to later ones

 private:
  struct Body;
  std::shared_ptr<Body> body_;
};

}  // namespace badge
