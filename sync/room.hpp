// The room as gatehoused runs it: the link, the follower and the stores on threads of their own.
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>

#include "sync/link.hpp"
#include "sync/sync.hpp"

namespace syncing {

/// Where the terminal's broker is, and who we are to it.
struct Broker {
  std::string host = "127.0.0.1";
  int port = 8883;
  std::filesystem::path ca, certificate, key;  // PEM
};

class Room {
 public:
  /// Opens the stores and prepares the link; nothing runs yet. Errors are for start-up to report.
  [[nodiscard]] static core::Result<std::unique_ptr<Room>> open(const SyncSettings& settings, SyncKeys keys,
                                                                const Broker& broker, ports::Clock& clock);
  ~Room();

  /// For lanes and console; valid as long as this. Journal and stores work before start() and after stop().
  [[nodiscard]] ports::Records& records() { return *sync_; }
  [[nodiscard]] ports::Journal& journal() { return sync_->journal(); }
  [[nodiscard]] ports::Ledger& ledger() { return *sync_; }
  [[nodiscard]] ports::Backlog& backlog() { return *sync_; }
  [[nodiscard]] ports::Backups& backups() { return sync_->backups(); }
  [[nodiscard]] Sync& sync() { return *sync_; }

  /// Where messages are followed and where the journal is written: for a watchdog to feel their pulse.
  [[nodiscard]] boost::asio::any_io_executor home() { return home_.get_executor(); }
  [[nodiscard]] boost::asio::any_io_executor writing() { return writing_.get_executor(); }

  /// Connects and follows the stream until stop().
  void start();
  /// Disconnects; what lanes still write is written. Lanes must have stopped before this is destroyed.
  void stop();

 private:
  Room() = default;

  boost::asio::thread_pool home_{1};
  boost::asio::thread_pool writing_{1};
  boost::asio::thread_pool storing_{1};
  boost::asio::thread_pool inspecting_{1};
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<Sync> sync_;
  std::unique_ptr<Link> link_;
  bool running_ = false;
};

}  // namespace syncing
