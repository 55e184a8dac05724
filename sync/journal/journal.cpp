#include "sync/journal/journal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace syncing {
namespace {

namespace asio = boost::asio;

asio::awaitable<core::Result<void>> write(JournalWriter& writer, ports::JournalEntry entry) {
  co_return writer.commit(entry);
}

asio::awaitable<std::string> digest_of(const std::string& encoded) { co_return Album::digest_of(encoded); }

asio::awaitable<core::Result<std::string>> store(const Album& album, std::string encoded) {
  co_return album.store(encoded);
}

asio::awaitable<void> note(JournalWriter& writer, core::PictureRef picture, core::WallTime taken,
                           std::size_t bytes) {
  // Only the album's own index: a picture stands without its line there.
  static_cast<void>(writer.note_picture(picture, taken, bytes));
  co_return;
}

using Digests = std::vector<std::string>;

constexpr int kExpiredAtOnce = 200;

asio::awaitable<core::Result<Digests>> expired(JournalWriter& writer, core::WallTime before) {
  co_return writer.pictures_before(before, kExpiredAtOnce);
}

asio::awaitable<core::Result<void>> remove(const Album& album, const Digests& digests) {
  for (const auto& digest : digests)
    if (auto removed = album.remove(digest); !removed) co_return removed;
  co_return core::Result<void>{};
}

asio::awaitable<core::Result<void>> forget(JournalWriter& writer, const Digests& digests,
                                           core::WallTime before) {
  co_return writer.forget_pictures(digests, before);
}

constexpr int kErasedAtOnce = 200;

asio::awaitable<core::Result<int>> erase(JournalWriter& writer, core::WallTime before) {
  co_return writer.erase_records(before, kErasedAtOnce);
}

}  // namespace

asio::awaitable<core::Result<int>> Journal::expire_records(core::WallTime before) {
  for (int count = 0;;) {  // a little at a time: a verdict never waits for it long
    const auto erased = co_await asio::co_spawn(writing_, erase(writer_, before), asio::use_awaitable);
    if (!erased || *erased == 0) co_return erased ? core::Result<int>(count) : erased;
    count += *erased;
  }
}

/// Files first: a power cut in between leaves lines without a file, which the next round takes away.
asio::awaitable<core::Result<int>> Journal::expire_pictures(core::WallTime before) {
  for (int count = 0;;) {
    const auto old = co_await asio::co_spawn(writing_, expired(writer_, before), asio::use_awaitable);
    if (!old) co_return tl::unexpected(old.error());
    if (old->empty()) co_return count;
    auto done = co_await asio::co_spawn(storing_, remove(album_, *old), asio::use_awaitable);
    if (done) done = co_await asio::co_spawn(writing_, forget(writer_, *old, before), asio::use_awaitable);
    if (!done) co_return tl::unexpected(done.error());
    count += static_cast<int>(old->size());
  }
}

asio::awaitable<core::Result<void>> Journal::commit(ports::JournalEntry entry) {
  co_return co_await asio::co_spawn(writing_, write(writer_, std::move(entry)), asio::use_awaitable);
}

/// The line first: a power cut in between leaves one without a file, which the next round takes away, but
/// never a picture that nobody will ever take away.
asio::awaitable<core::Result<core::PictureRef>> Journal::keep(ports::Picture picture) {
  core::PictureRef ref{.camera = picture.camera, .sha256 = {}};
  ref.sha256 = co_await asio::co_spawn(storing_, digest_of(picture.encoded), asio::use_awaitable);
  co_await asio::co_spawn(writing_, note(writer_, ref, picture.captured.wall, picture.encoded.size()),
                          asio::use_awaitable);
  const auto stored =
      co_await asio::co_spawn(storing_, store(album_, std::move(picture.encoded)), asio::use_awaitable);
  if (!stored) co_return tl::unexpected(stored.error());
  co_return ref;
}

}  // namespace syncing
