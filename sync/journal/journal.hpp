// ports::Journal over journal.db and the album: lanes wait for the disk without blocking their reactor.
#pragma once

#include <boost/asio/any_io_executor.hpp>

#include "gate/ports/journal.hpp"
#include "sync/journal/album.hpp"
#include "sync/journal/writer.hpp"

namespace syncing {

class Journal final : public ports::Journal {
 public:
  /// Everything that writes journal.db runs on `writing`, one at a time (a thread_pool of 1, or a test's
  /// io_context); pictures are written on `storing`, so that they never hold up a verdict.
  Journal(JournalWriter& writer, const Album& album, boost::asio::any_io_executor writing,
          boost::asio::any_io_executor storing)
      : writer_(writer), album_(album), writing_(std::move(writing)), storing_(std::move(storing)) {}

  boost::asio::awaitable<core::Result<void>> commit(ports::JournalEntry entry) override;
  boost::asio::awaitable<core::Result<core::PictureRef>> keep(ports::Picture picture) override;

  /// Removes the pictures taken before then, and gives their number. What the journal says of them stays:
  /// a record stands by the picture's digest.
  boost::asio::awaitable<core::Result<int>> expire_pictures(core::WallTime before);

  /// Erases the decision records of before then, by rule, and gives the number of their leaves.
  boost::asio::awaitable<core::Result<int>> expire_records(core::WallTime before);

  [[nodiscard]] const boost::asio::any_io_executor& writing() const { return writing_; }
  [[nodiscard]] JournalWriter& writer() { return writer_; }

 private:
  JournalWriter& writer_;
  const Album& album_;
  boost::asio::any_io_executor writing_;
  boost::asio::any_io_executor storing_;
};

}  // namespace syncing
