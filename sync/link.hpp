// The MQTT v5 connection to the terminal's broker, over TLS with a client certificate.
//
// It carries, it proves nothing: what arrives is unverified, what was published may be lost. libmosquitto
// blocks while it connects, for minutes where a network swallows everything, so it has a thread of its own
// and is let loose only on a broker that could be reached a moment ago. What arrives is posted to Asio
// through a bounded queue. When the queue is full a message is dropped and counted: the sequence numbers of
// the stream find the gap, and receipts and heads are repeated.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "gate/core/result.hpp"

struct mosquitto;
struct mosquitto_message;
struct mqtt5__property;

namespace syncing {

struct LinkSettings {
  std::string host = "127.0.0.1";
  int port = 8883;
  std::filesystem::path ca, certificate, key;  // PEM
  std::string client_id;                       // fixed: the broker keeps the session under it
  std::vector<std::string> subscriptions;      // filters, QoS 1
  std::string will_topic, will_payload;        // published, retained, when the connection is lost
  std::size_t queue_messages = 2000;           // towards Asio
  std::size_t queue_bytes = 64 * 1024 * 1024;
};

class Link {
 public:
  /// libmosquitto keeps what the broker has not acknowledged, over every reconnection: no more than these.
  static constexpr std::size_t most_unacknowledged = 256;

  struct Handlers {
    std::function<void(std::string topic, std::string payload)> message;
    std::function<void(bool connected)> connection;
  };

  /// Handlers are called on `executor`. Throws std::runtime_error where libmosquitto refuses the settings
  /// (a certificate that cannot be read, say): that is for the start-up to report.
  Link(LinkSettings settings, boost::asio::any_io_executor executor, Handlers handlers);
  Link(const Link&) = delete;
  Link& operator=(const Link&) = delete;
  ~Link();

  /// Connects, and goes on reconnecting, until stop().
  void start();
  /// Returns when the thread has ended; no handler is posted afterwards.
  void stop();

  /// Hands a message over to be sent; false while there is no connection. Never blocks, proves nothing.
  bool publish(const std::string& topic, const std::string& payload, bool retain);

  /// Handed over and not acknowledged by a broker yet.
  [[nodiscard]] std::size_t unacknowledged() const { return unacknowledged_; }
  [[nodiscard]] std::size_t dropped() const { return dropped_; }
  /// Publications that the broker's access rules turned down.
  [[nodiscard]] std::size_t denied() const { return denied_; }

 private:
  struct Free {
    void operator()(mosquitto* client) const;
  };

  void work();
  [[nodiscard]] std::string connect_once();
  [[nodiscard]] int stay();
  void tell_trouble(const std::string& why);
  [[nodiscard]] bool is_stopping();
  void connected(int reason);
  void disconnected(int reason);
  void arrived(const mosquitto_message& message);
  bool wait_or_stop(int seconds);

  LinkSettings settings_;
  boost::asio::any_io_executor executor_;
  Handlers handlers_;
  std::unique_ptr<mosquitto, Free> client_;
  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::atomic<bool> connected_ = false;
  std::shared_ptr<std::atomic<std::size_t>> queued_messages_;
  std::shared_ptr<std::atomic<std::size_t>> queued_bytes_;
  std::atomic<std::size_t> unacknowledged_ = 0;
  std::atomic<std::size_t> dropped_ = 0;
  std::atomic<std::size_t> denied_ = 0;

  // on the thread only
  bool knows_broker_ = false;   // libmosquitto does
  int pause_ = 0;               // seconds before the next attempt
  std::string detail_;          // why the last connection failed or ended, as far as we were told
  std::set<std::string> told_;  // kinds of trouble since the last connection
};

}  // namespace syncing
