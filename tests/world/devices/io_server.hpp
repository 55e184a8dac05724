// The sockets and frames below a simulated I/O module.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include <modbus/modbus.h>

#include "tests/world/devices/io_module.hpp"

namespace world::io_server {

/// A listening socket on 127.0.0.1. Throws std::runtime_error.
int listen_on(int port);
int port_of(int socket);

/// Many connections, one thread.
class Connections {
 public:
  Connections(int wake, int listener) : wake_(wake), listener_(listener) {}
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  struct Asking {
    int socket = -1;      // has something to say; -1: nobody
    bool is_new = false;  // somebody has just connected
  };
  /// Waits for a request, a new connection or the wake-up call.
  Asking next();

  void listen(int port);  // unless it does
  void drop(int socket);
  void drop_all();  // and listens no more

 private:
  int wake_;
  int listener_;
  std::vector<int> sockets_;
};

/// Requests and answers, by libmodbus.
class Frames {
 public:
  Frames(std::size_t inputs, std::size_t coils);

  /// Reads one request. False: the other side has gone.
  bool receive(int socket);

  /// Answers the request received last, in the way of this trouble. False: the connection is to be dropped.
  bool answer(int socket, Trouble trouble);

  void input(std::size_t number, bool current) { mapping_->tab_input_bits[number] = current ? 1 : 0; }
  void coil(std::size_t number, bool on) { mapping_->tab_bits[number] = on ? 1 : 0; }
  [[nodiscard]] bool coil(std::size_t number) const { return mapping_->tab_bits[number] != 0; }

 private:
  using Request = std::vector<std::uint8_t>;
  bool reply(const Request& request);

  std::unique_ptr<modbus_t, void (*)(modbus_t*)> modbus_;
  std::unique_ptr<modbus_mapping_t, void (*)(modbus_mapping_t*)> mapping_;
  Request request_;
  Request before_;  // the one before it, on whatever connection: what `stale` answers
};

}  // namespace world::io_server
