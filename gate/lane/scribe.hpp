// Writes one lane's journal entries, in order, and loses none in silence.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "gate/core/advance.hpp"
#include "gate/lane/mailbox.hpp"
#include "gate/ports/clock.hpp"
#include "gate/ports/journal.hpp"

namespace lane {

/// Entries that nobody waits for are kept while the disk does not take them, and written before anything
/// newer: no grant becomes durable before what happened earlier on its lane. For one thread.
class Scribe {
 public:
  /// More than this many kept entries: the oldest makes room. The first of a burst is logged as an error, the
  /// trouble says how many, and so does the first entry that the disk takes again.
  static constexpr std::size_t most_kept = 10'000;
  static constexpr core::Milliseconds retry_after = std::chrono::seconds(2);

  /// `tell` hears the answer to awaited entries; `trouble` what is wrong, and "" when it is over.
  Scribe(const boost::asio::any_io_executor& executor, ports::Journal& journal, ports::Clock& clock,
         std::function<void(core::Event)> tell, std::function<void(std::string)> trouble);

  void write(ports::JournalEntry entry, std::optional<int> awaited_revision);

  /// Until cancelled.
  boost::asio::awaitable<void> work();

  /// Asks again for what the disk did not take. Until cancelled.
  boost::asio::awaitable<void> retry();

  /// Returns when everything that was handed over has been tried.
  boost::asio::awaitable<void> drained();

 private:
  struct Page {
    ports::JournalEntry entry;
    std::optional<int> awaited;
  };
  boost::asio::awaitable<core::Result<void>> write_loss();
  boost::asio::awaitable<core::Result<void>> write_kept();
  boost::asio::awaitable<void> write_page(Page page);
  void keep(ports::JournalEntry entry);

  ports::Journal& journal_;
  ports::Clock& clock_;
  std::function<void(core::Event)> tell_;
  std::function<void(std::string)> trouble_;
  Mailbox<std::optional<Page>> inbox_;  // an empty one only asks for the kept ones to be written
  Bell troubled_;
  Bell free_;
  std::deque<ports::JournalEntry> kept_;
  bool writing_ = false;
  std::size_t lost_ = 0;  // since the disk last took something
  std::optional<std::string> lost_lane_;
};

}  // namespace lane
