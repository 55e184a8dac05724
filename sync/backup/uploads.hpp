// Back-up files that come through the console: kept on the disk until they are read, one at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "gate/ports/backup.hpp"
#include "sync/journal/album.hpp"

namespace syncing {

/// A file of our own; removed when this goes.
class Spool {
 public:
  explicit Spool(std::filesystem::path file);
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  [[nodiscard]] bool write(std::string_view bytes);
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] std::int64_t bytes() const { return bytes_; }

 private:
  std::filesystem::path file_;
  int handle_ = -1;
  std::int64_t bytes_ = 0;
};

class Uploads final : public ports::Backups {
 public:
  using Report = core::Result<ports::BackupReport>;
  /// What is done with a file; runs on `home`.
  struct Work {
    std::function<boost::asio::awaitable<Report>(std::filesystem::path file, ports::Bringer by)> import;
    std::function<boost::asio::awaitable<Report>(std::filesystem::path file)> inspect;
  };

  /// Files lie in `folder` while they come, written on `storing`; what a power cut left there is removed.
  /// `space` as of Album: an upload, too, leaves the journal its part of the disk.
  Uploads(std::filesystem::path folder, boost::asio::any_io_executor home,
          boost::asio::any_io_executor storing, Work work, Album::Space space = nullptr);

  boost::asio::awaitable<Report> import(ports::Incoming file, ports::Bringer by) override;
  boost::asio::awaitable<Report> inspect(ports::Incoming file) override;

 private:
  using Spooled = core::Result<std::shared_ptr<Spool>>;
  boost::asio::awaitable<Spooled> receive(ports::Incoming file);
  [[nodiscard]] Spooled begin();
  [[nodiscard]] core::Result<void> keep(Spool& spool, std::string_view piece) const;

  const std::filesystem::path folder_;
  const boost::asio::any_io_executor home_;
  const boost::asio::any_io_executor storing_;
  const Work work_;
  const Album::Space space_;
  std::mutex mutex_;
  std::weak_ptr<Spool> current_;
};

}  // namespace syncing
