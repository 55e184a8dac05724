// A console with lanes, a ledger, a desk and a clock that a test holds in its hands.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "gate/console/server.hpp"
#include "tests/console/client.hpp"

namespace console_test {

namespace asio = boost::asio;

inline constexpr const char* operator_token = "operator-token-0001";
inline constexpr const char* supervisor_token = "supervisor-token-01";
inline constexpr const char* technician_token = "technician-token-01";
inline constexpr const char* auditor_token = "auditor-token-00001";

class Clock final : public ports::Clock {
 public:
  [[nodiscard]] core::Moment now() const override;
  asio::awaitable<void> until(core::SteadyTime) override;
  void advance(core::Milliseconds by) { passed_ += by.count(); }

 private:
  std::atomic<core::Milliseconds::rep> passed_ = 0;
};

class Ledger final : public ports::Ledger {
 public:
  core::Result<std::vector<core::PassageRecord>> passages(int limit, const std::string& before) override;
  core::Result<core::PassageRecord> passage(const std::string& id) override;
  core::Result<std::vector<std::string>> cases(const std::string& passage) override;
  core::Result<std::string> picture(const std::string& sha256) override;
  core::Result<std::vector<audit::Leaf>> leaves(const std::string& journal, std::int64_t after,
                                                int limit) override;
  core::Result<audit::LogHead> log_head(const std::string& journal) override;
  ports::LinkReport link(const core::Moment& now) override;

  void add(core::PassageRecord record);
  void set(ports::LinkReport report);
  void keep(std::string sha256, std::string bytes);

 private:
  std::mutex mutex_;
  std::vector<core::PassageRecord> records_;
  std::map<std::string, std::string> pictures_;
  ports::LinkReport report_;
};

class Backlog final : public ports::Backlog {
 public:
  core::Result<ports::ParkedReport> parked(int limit) override;
  core::Result<ports::OutboxReport> outbox(int limit) override;
  core::Result<ports::FindingsReport> findings(int limit) override;
  asio::awaitable<core::Result<void>> settle(std::string ulid, std::string by) override;

  void find(ports::Finding finding);
  [[nodiscard]] std::vector<std::string> settled() const;  // "ULID by NAME"

 private:
  mutable std::mutex mutex_;
  std::vector<ports::Finding> findings_;
  std::vector<std::string> settled_;
};

/// Takes any file to its end and answers what the test says.
class Backups final : public ports::Backups {
 public:
  using Report = core::Result<ports::BackupReport>;
  asio::awaitable<Report> import(ports::Incoming file, ports::Bringer by) override;
  asio::awaitable<Report> inspect(ports::Incoming file) override;

  void answer(Report report);
  void fail_at(std::size_t bytes);          // gives up a file there: the disk is full
  [[nodiscard]] std::string taken() const;  // the bytes of the last file that came to its end
  [[nodiscard]] std::string by() const;     // who imported it; empty: inspected
  [[nodiscard]] int pieces() const;         // of all files
  [[nodiscard]] bool is_named() const { return is_named_; }

 private:
  asio::awaitable<Report> take(ports::Incoming file, std::string by);

  mutable std::mutex mutex_;
  Report answer_ = ports::BackupReport{};
  std::size_t fail_at_ = std::string::npos;
  std::string taken_, by_;
  int pieces_ = 0;
  std::atomic<bool> is_named_ = false;
};

/// Answers what the test says, and notes what it was asked and on which thread.
class Desk final : public ports::Desk {
 public:
  asio::awaitable<core::Result<core::DecisionAnswer>> decide(core::OperatorDecision decision) override;

  void answer(core::Result<core::DecisionAnswer> answer);
  void before(std::function<void()> deciding);  // called on the lanes' thread
  [[nodiscard]] std::vector<core::OperatorDecision> asked() const;
  [[nodiscard]] std::thread::id thread() const;

 private:
  mutable std::mutex mutex_;
  std::function<void()> before_;
  core::Result<core::DecisionAnswer> answer_ = core::DecisionAnswer::accepted;
  std::vector<core::OperatorDecision> asked_;
  std::thread::id thread_;
};

/// The server on a port of the kernel's choice, with the four tokens above, on a temporary folder.
class Stage {
 public:
  Stage();
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void start(console::Limits limits = {});
  [[nodiscard]] console::Asked asked() { return {board, ledger, desk, backlog, backups, clock}; }
  [[nodiscard]] int port() const { return server->port(); }
  [[nodiscard]] std::filesystem::path control() const { return folder / "control.sock"; }
  [[nodiscard]] Headers token(const std::string& token) const {
    return {{"Authorization", "Bearer " + token}};
  }

  std::filesystem::path folder;
  asio::io_context lanes;
  asio::executor_work_guard<asio::io_context::executor_type> work{lanes.get_executor()};
  std::thread lanes_thread;
  Clock clock;
  Ledger ledger;
  Desk desk;
  Backlog backlog;
  Backups backups;
  console::Board board;
  console::Options options;
  std::optional<console::Server> server;
};

class House : public testing::Test, public Stage {};

/// A lane with a truck that an operator has to decide on: every field is filled.
[[nodiscard]] ports::LaneView referred_lane(const std::string& lane);
[[nodiscard]] ports::LaneView idle_lane(const std::string& lane);
[[nodiscard]] core::PassageRecord ended_passage(const std::string& id, const std::string& lane);

}  // namespace console_test
