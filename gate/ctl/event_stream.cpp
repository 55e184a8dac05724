#include "gate/ctl/event_stream.hpp"

#include <algorithm>
#include <utility>

namespace ctl {
namespace {

constexpr std::size_t largest = 4 * 1024 * 1024;

}  // namespace

std::vector<ServerEvent> EventStream::feed(std::string_view bytes) {
  std::vector<ServerEvent> done;
  for (const char c : bytes) {
    const bool second_half = after_return_ && c == '\n';
    after_return_ = c == '\r';
    if (second_half) continue;
    if (c == '\n' || c == '\r') {
      take(line_, done);
      line_.clear();
    } else if (line_.size() < largest) {
      line_ += c;
    }
  }
  return done;
}

void EventStream::take(std::string_view line, std::vector<ServerEvent>& done) {
  if (line.empty()) {
    if (has_data_) {
      if (event_.name.empty()) event_.name = "message";
      done.push_back(std::move(event_));
    }
    event_ = {};
    has_data_ = false;
    return;
  }
  const std::size_t colon = std::min(line.find(':'), line.size());
  const std::string_view field = line.substr(0, colon);
  std::string_view value = line.substr(std::min(colon + 1, line.size()));
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") event_.name = value;
  if (field != "data" || event_.data.size() + value.size() > largest) return;
  if (has_data_) event_.data += '\n';
  event_.data += value;
  has_data_ = true;
}

}  // namespace ctl
