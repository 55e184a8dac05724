// What comes into a lane: contacts, reads, time.
#include <utility>

#include "gate/lane/body.hpp"

namespace lane {

namespace asio = boost::asio;

asio::awaitable<void> Lane::Body::feed_contacts() {
  for (;;) {
    const core::Signals signals = co_await parts.barrier.changed();
    const bool dead = signals == core::Signals{};
    trouble("contacts", dead ? "cannot be read" : "", false);  // the core journals it if it lasts
    put(core::SignalsChanged{signals, parts.new_id()});
  }
}

void Lane::Body::take_read(const core::Result<ports::IdentityRead>& read) {
  trouble("badge reader", read ? "" : read.error().what);
  if (!read) return publish();
  if (const auto* badge = std::get_if<ports::BadgeRead>(&*read)) {
    put(core::BadgeRead{badge->credential_hash, badge->captured});
  } else {
    const auto& tar = std::get<ports::TarRead>(*read);
    put(core::TarGiven{tar.tar, tar.captured});
  }
}

asio::awaitable<void> Lane::Body::feed_reads() {
  for (;;) {
    const auto read = co_await parts.reader.next();
    take_read(read);
  }
}

asio::awaitable<void> Lane::Body::feed_beats() {
  for (;;) {
    co_await parts.clock.until(parts.clock.now().steady + beat);
    inbox_.put(Item{});
  }
}

asio::awaitable<void> Lane::Body::ring_after(core::Timer timer, std::uint64_t run, core::Milliseconds after) {
  co_await parts.clock.until(parts.clock.now().steady + after);
  inbox_.put(Item{core::Event{core::TimerFired{timer}}, run, nullptr});
}

}  // namespace lane
