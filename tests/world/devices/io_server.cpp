#include "tests/world/devices/io_server.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace world::io_server {

int listen_on(int port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int yes = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 8) != 0) {
    close(listener);
    throw std::runtime_error("I/O module: cannot listen on 127.0.0.1:" + std::to_string(port));
  }
  return listener;
}

int port_of(int socket) {
  sockaddr_in address{};
  socklen_t length = sizeof address;
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  return ntohs(address.sin_port);
}

Connections::~Connections() { drop_all(); }

Connections::Asking Connections::next() {
  std::vector<pollfd> watched{{.fd = wake_, .events = POLLIN, .revents = 0},
                              {.fd = listener_, .events = POLLIN, .revents = 0}};
  for (const int socket : sockets_) watched.push_back({.fd = socket, .events = POLLIN, .revents = 0});
  poll(watched.data(), watched.size(), -1);
  eventfd_t woken = 0;
  if (watched[0].revents != 0) eventfd_read(wake_, &woken);
  Asking asking;
  if (watched[1].revents != 0) {
    const int accepted = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    asking.is_new = accepted >= 0;
    if (accepted >= 0) sockets_.push_back(accepted);
  }
  // The one that asked longest ago first would be fairer; with one client at a time it does not matter.
  const auto ready =
      std::find_if(watched.begin() + 2, watched.end(), [](const pollfd& one) { return one.revents != 0; });
  if (ready != watched.end()) asking.socket = ready->fd;
  return asking;
}

void Connections::listen(int port) {
  if (listener_ < 0) listener_ = listen_on(port);
}

void Connections::drop(int socket) {
  close(socket);
  std::erase(sockets_, socket);
}

void Connections::drop_all() {
  while (!sockets_.empty()) drop(sockets_.back());
  if (listener_ >= 0) close(listener_);
  listener_ = -1;
}

Frames::Frames(std::size_t inputs, std::size_t coils)
    : modbus_(modbus_new_tcp("127.0.0.1", MODBUS_TCP_DEFAULT_PORT), modbus_free),
      mapping_(modbus_mapping_new(static_cast<int>(coils), static_cast<int>(inputs), 0, 0),
               modbus_mapping_free) {
  modbus_set_indication_timeout(modbus_.get(), 1, 0);
}

bool Frames::receive(int socket) {
  request_.assign(MODBUS_TCP_MAX_ADU_LENGTH, 0);
  modbus_set_socket(modbus_.get(), socket);
  const int length = modbus_receive(modbus_.get(), request_.data());
  if (length <= 0) return false;
  request_.resize(static_cast<std::size_t>(length));
  return true;
}

bool Frames::reply(const Request& request) {
  return modbus_reply(modbus_.get(), request.data(), static_cast<int>(request.size()), mapping_.get()) >= 0;
}

bool Frames::answer(int socket, Trouble trouble) {
  static constexpr char garbage[] = "\x00\x01HTTP/1.1 400 Bad Request\r\n\r\n\xFF\xFF\xFF\xFF";
  modbus_set_socket(modbus_.get(), socket);
  const Request before = std::exchange(before_, request_);
  switch (trouble) {
    case Trouble::none:
    case Trouble::deaf:
      return reply(request_);
    case Trouble::hang:
      return true;
    case Trouble::drop:
      return false;
    case Trouble::garbage:
      return send(socket, garbage, sizeof garbage, MSG_NOSIGNAL) > 0;
    case Trouble::stale:
      return reply(before.empty() ? request_ : before);
    case Trouble::exception:
      return modbus_reply_exception(modbus_.get(), request_.data(),
                                    MODBUS_EXCEPTION_SLAVE_OR_SERVER_FAILURE) >= 0;
  }
  return false;
}

}  // namespace world::io_server
