// A real mosquitto on a port that the kernel chose, with TLS, client certificates and access rules as a
// terminal has them, and nothing persisted.
#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace syncing_test {

class MosquittoBroker {
 public:
  static constexpr const char* program = "/usr/sbin/mosquitto";

  /// Makes certificates for the broker and the clients "platform", "a1" and "stranger" (whose certificate
  /// comes from another authority) in `folder`. Throws std::runtime_error where that fails.
  /// It listens on `address`, on a port that is free in the network of the thread that makes it.
  explicit MosquittoBroker(std::filesystem::path folder, std::string address = "127.0.0.1");
  MosquittoBroker(const MosquittoBroker&) = delete;
  MosquittoBroker& operator=(const MosquittoBroker&) = delete;
  ~MosquittoBroker();

  void start();
  void kill_9();
  /// Its sockets stay open, and it answers nothing any more.
  void freeze();
  void thaw();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::filesystem::path ca() const { return folder_ / "ca.crt"; }
  [[nodiscard]] std::filesystem::path certificate(const std::string& who) const {
    return folder_ / (who + ".crt");
  }
  [[nodiscard]] std::filesystem::path key(const std::string& who) const { return folder_ / (who + ".key"); }

 private:
  void authority(const std::string& name);
  void certify(const std::string& who, const std::string& authority);
  void configure();

  std::filesystem::path folder_;
  std::string address_;
  int port_ = 0;
  pid_t pid_ = -1;
};

}  // namespace syncing_test
