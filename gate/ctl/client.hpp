// HTTP over the daemon's control socket. Blocking; one request at a time.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "gate/core/result.hpp"

namespace ctl {

/// Where the daemon listens unless the configuration says otherwise.
inline constexpr const char* usual_socket = "/run/gatehouse/control.sock";

class Client {
 public:
  explicit Client(std::filesystem::path socket) : socket_(std::move(socket)) {}

  /// The body of a GET, within 10 s. Fault::broken says which socket, why, and how to start the daemon;
  /// an answer other than 200 is the daemon's own error, `what` included.
  [[nodiscard]] core::Result<std::string> get(const std::string& path) const;

  /// The body of the answer to a POST of this file, however long the daemon works on it. Fault::not_found:
  /// the file cannot be read; else as `get`, and also what the daemon only took note of (202). `token`: of
  /// whoever asks; empty: this account of the machine does.
  [[nodiscard]] core::Result<std::string> post(const std::string& path, const std::filesystem::path& file,
                                               const std::string& token = {}) const;

  /// Feeds the body of an endless GET to `take` as it comes, until `take` returns false (then success) or
  /// the connection ends: Fault::broken.
  [[nodiscard]] core::Result<void> stream(const std::string& path,
                                          const std::function<bool(std::string_view)>& take) const;

 private:
  struct Incoming;
  [[nodiscard]] core::Result<std::string> answer_to(void* curl, Incoming& incoming) const;
  [[nodiscard]] std::string why_not() const;

  std::filesystem::path socket_;
};

}  // namespace ctl
