#include "sync/backup/uploads.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fcntl.h>
#include <unistd.h>

namespace syncing {

namespace asio = boost::asio;
namespace fs = std::filesystem;

Spool::Spool(fs::path file)
    : file_(std::move(file)),
      handle_(::open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600)) {}

Spool::~Spool() {
  if (handle_ >= 0) ::close(handle_);
  ::unlink(file_.c_str());
}

bool Spool::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t taken = ::write(handle_, bytes.data(), bytes.size());
    if (taken < 0 && errno == EINTR) continue;
    if (taken <= 0) return false;
    bytes_ += taken;
    bytes.remove_prefix(static_cast<std::size_t>(taken));
  }
  return handle_ >= 0;
}

Uploads::Uploads(fs::path folder, asio::any_io_executor home, asio::any_io_executor storing, Work work,
                 Album::Space space)
    : folder_(std::move(folder)),
      home_(std::move(home)),
      storing_(std::move(storing)),
      work_(std::move(work)),
      space_(space ? std::move(space) : space_of_disk) {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  fs::create_directories(folder_, ignored);
}

Uploads::Spooled Uploads::begin() {
  const std::lock_guard lock(mutex_);
  if (!current_.expired())
    return core::fail(core::Fault::refused, "another back-up file is coming in; allowed: one at a time");
  auto spool = std::make_shared<Spool>(folder_ / "incoming.gatebackup");
  current_ = spool;
  return spool;
}

core::Result<void> Uploads::keep(Spool& spool, std::string_view piece) const {
  if (spool.bytes() + static_cast<std::int64_t>(piece.size()) > ports::most_backup_bytes)
    return core::fail(core::Fault::refused, "the file is too large; at most " +
                                                std::to_string(ports::most_backup_bytes) + " bytes allowed");
  if (auto room = room_on_disk(space_(folder_), piece.size()); !room)
    return core::fail(core::Fault::broken, "the back-up file cannot be kept: " + room.error().what);
  if (!spool.write(piece))
    return core::fail(core::Fault::broken, "the back-up file cannot be kept: the disk does not take it");
  return {};
}

/// Runs where the console does, which alone may ask for the next piece; the disk is written elsewhere.
asio::awaitable<Uploads::Spooled> Uploads::receive(ports::Incoming file) {
  Spooled spool = begin();
  if (!spool) co_return spool;
  for (;;) {
    core::Result<std::string> piece = co_await file();
    if (!piece) co_return tl::unexpected(piece.error());
    if (piece->empty()) co_return spool;
    auto write = [this, kept = *spool, bytes = std::move(*piece)]() -> asio::awaitable<core::Result<void>> {
      co_return keep(*kept, bytes);
    };
    const core::Result<void> kept = co_await asio::co_spawn(storing_, std::move(write), asio::use_awaitable);
    if (!kept) co_return tl::unexpected(kept.error());
  }
}

asio::awaitable<Uploads::Report> Uploads::import(ports::Incoming file, ports::Bringer by) {
  const Spooled spool = co_await receive(std::move(file));
  if (!spool) co_return tl::unexpected(spool.error());
  auto work = work_.import((*spool)->file(), std::move(by));
  co_return co_await asio::co_spawn(home_, std::move(work), asio::use_awaitable);
}

asio::awaitable<Uploads::Report> Uploads::inspect(ports::Incoming file) {
  const Spooled spool = co_await receive(std::move(file));
  if (!spool) co_return tl::unexpected(spool.error());
  auto work = work_.inspect((*spool)->file());
  co_return co_await asio::co_spawn(home_, std::move(work), asio::use_awaitable);
}

}  // namespace syncing
