#include "tests/console/client.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <sstream>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace console_test {
namespace {
constexpr std::chrono::seconds patience(20);
}

Wire::Wire(int port, int receive_buffer) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (receive_buffer > 0)
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  limit_waiting();
}

Wire::Wire(const std::filesystem::path& control_socket)
    : socket_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, control_socket.c_str(), sizeof(address.sun_path) - 1);
  connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  limit_waiting();
}

Wire::~Wire() { ::close(socket_); }

void Wire::limit_waiting() const {
  const timeval limit{patience.count(), 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
}

bool Wire::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string Wire::read_until(std::string_view mark) {
  const auto end = std::chrono::steady_clock::now() + patience;
  for (;;) {
    const std::size_t found = mark.empty() ? std::string::npos : unread_.find(mark);
    if (found != std::string::npos) {
      std::string read = unread_.substr(0, found + mark.size());
      unread_.erase(0, read.size());
      return read;
    }
    if (!receive() || std::chrono::steady_clock::now() > end) return std::exchange(unread_, {});
  }
}

std::string Wire::read(std::size_t size) {
  while (unread_.size() < size && receive()) continue;
  std::string read = unread_.substr(0, size);
  unread_.erase(0, read.size());
  return read;
}

bool Wire::receive() {
  std::array<char, 16384> bytes{};
  const ssize_t size = ::recv(socket_, bytes.data(), bytes.size(), 0);
  closed_ = size == 0 || (size < 0 && errno == ECONNRESET);
  if (size <= 0) return false;
  unread_.append(bytes.data(), static_cast<std::size_t>(size));
  return true;
}

namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Reply ask_on(Wire& wire, const std::string& text) {
  wire.send(text);
  return read_reply(wire, text.starts_with("HEAD "));
}

}  // namespace

Reply read_reply(Wire& wire, bool head) {
  Reply reply;
  std::istringstream lines(wire.read_until("\r\n\r\n"));
  std::string line;
  if (!std::getline(lines, line) || line.size() < 12) return reply;
  reply.status = std::atoi(line.substr(9, 3).c_str());
  while (std::getline(lines, line)) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    reply.headers[lower(line.substr(0, colon))] =
        line.substr(colon + 2, line.find_last_not_of('\r') - colon - 1);
  }
  const auto length = reply.headers.find("content-length");
  if (head || length == reply.headers.end()) return reply;
  reply.body = wire.read(std::stoul(length->second));
  return reply;
}

std::string request_text(int port, const std::string& line, const Headers& headers, const std::string& body) {
  std::string text = line + " HTTP/1.1\r\n";
  if (!headers.contains("Host")) text += "Host: 127.0.0.1:" + std::to_string(port) + "\r\n";
  for (const auto& [name, value] : headers) {
    if (name != "Host" || !value.empty()) text += name + ": " + value + "\r\n";
  }
  if (!body.empty() && !headers.contains("Content-Length")) {
    text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return text + "\r\n" + body;
}

Reply ask(int port, const std::string& line, const Headers& headers, const std::string& body) {
  Wire wire(port);
  return ask_on(wire, request_text(port, line, headers, body));
}

Reply ask(const std::filesystem::path& control_socket, const std::string& line, const Headers& headers,
          const std::string& body) {
  Wire wire(control_socket);
  return ask_on(wire, request_text(0, line, headers, body));
}

}  // namespace console_test
