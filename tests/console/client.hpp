// A client that speaks to the console in bytes, so that tests can also say what no HTTP library would.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace console_test {

/// One connection. Reads give up after 20 s: then the test fails, it does not hang.
class Wire {
 public:
  explicit Wire(int port, int receive_buffer = 0);
  explicit Wire(const std::filesystem::path& control_socket);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  [[nodiscard]] bool connected() const { return connected_; }

  /// The other end has closed, and a read has come to that.
  [[nodiscard]] bool closed() const { return closed_; }

  /// False where the other end has closed.
  bool send(std::string_view bytes);

  /// Everything until the other end closes, or until `mark` was read, the first time.
  std::string read_until(std::string_view mark);
  std::string read_to_end() { return read_until(""); }

  /// Exactly so many bytes; fewer where the other end has closed.
  std::string read(std::size_t size);

 private:
  void limit_waiting() const;
  bool receive();

  int socket_ = -1;
  bool connected_ = false;
  bool closed_ = false;
  std::string unread_;
};

struct Reply {
  int status = 0;
  std::map<std::string, std::string> headers;  // names in lower case
  std::string body;
};

/// One answer as it stands on the wire, by its Content-Length.
[[nodiscard]] Reply read_reply(Wire& wire, bool head = false);

using Headers = std::map<std::string, std::string>;

/// "METHOD target" and headers; Host is the console's own unless given, "" leaves it out.
[[nodiscard]] std::string request_text(int port, const std::string& line, const Headers& headers = {},
                                       const std::string& body = "");

/// One request on a connection of its own.
Reply ask(int port, const std::string& line, const Headers& headers = {}, const std::string& body = "");
Reply ask(const std::filesystem::path& control_socket, const std::string& line, const Headers& headers = {},
          const std::string& body = "");

}  // namespace console_test
