#include "sync/journal/journal.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace syncing {
namespace {

namespace asio = boost::asio;

asio::awaitable<core::Result<void>> write(JournalWriter& writer, ports::JournalEntry entry) {
  co_return writer.commit(entry);
}

asio::awaitable<core::Result<std::string>> store(const Album& album, std::string encoded) {
  co_return album.store(encoded);
}

asio::awaitable<void> note(JournalWriter& writer, core::PictureRef picture, core::WallTime taken,
                           std::size_t bytes) {
  // Only the album's own index: a picture stands without its line there.
  static_cast<void>(writer.note_picture(picture, taken, bytes));
  co_return;
}

}  // namespace

asio::awaitable<core::Result<void>> Journal::commit(ports::JournalEntry entry) {
  co_return co_await asio::co_spawn(writing_, write(writer_, std::move(entry)), asio::use_awaitable);
}

asio::awaitable<core::Result<core::PictureRef>> Journal::keep(ports::Picture picture) {
  const std::size_t bytes = picture.encoded.size();
  auto digest =
      co_await asio::co_spawn(storing_, store(album_, std::move(picture.encoded)), asio::use_awaitable);
  if (!digest) co_return tl::unexpected(digest.error());
  core::PictureRef ref{.camera = picture.camera, .sha256 = std::move(*digest)};
  co_await asio::co_spawn(writing_, note(writer_, ref, picture.captured.wall, bytes), asio::use_awaitable);
  co_return ref;
}

}  // namespace syncing
