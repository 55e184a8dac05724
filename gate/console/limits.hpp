// How much one client may take of the console.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "gate/ports/backup.hpp"

namespace console {

struct Limits {
  std::size_t header_bytes = 16 * 1024;
  std::size_t body_bytes = 64 * 1024;
  std::int64_t upload_bytes = ports::most_backup_bytes;  // of a route that takes a file
  int connections = 256;                                 // over TCP; the control socket has its own 32
  int live_clients = 128;                                // operators' pages and driver displays together
  std::size_t live_events = 512;     // waiting for one slow client; beyond it the client is dropped
  std::size_t live_bytes = 4 << 20;  // the same, in bytes
  std::chrono::milliseconds idle = std::chrono::seconds(30);     // until a request's header is complete
  std::chrono::milliseconds request = std::chrono::seconds(10);  // until its body is; a file: each piece
  std::chrono::milliseconds answer = std::chrono::seconds(20);   // until a client has taken its answer
  std::chrono::milliseconds heartbeat = std::chrono::seconds(5);
};

}  // namespace console
