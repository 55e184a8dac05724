// Server-sent events (WHATWG HTML, section 9.2) out of bytes as they come.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ctl {

struct ServerEvent {
  std::string name;  // "message" where the server named none
  std::string data;  // lines joined by line feeds
};

class EventStream {
 public:
  /// The events that `bytes` completes. Comments, ids and retry times are passed over. A line or an
  /// event of more than 4 MiB is cut off there.
  [[nodiscard]] std::vector<ServerEvent> feed(std::string_view bytes);

 private:
  void take(std::string_view line, std::vector<ServerEvent>& done);

  std::string line_;
  bool after_return_ = false;
  ServerEvent event_;
  bool has_data_ = false;
};

}  // namespace ctl
