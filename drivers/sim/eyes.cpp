#include "drivers/sim/eyes.hpp"

#include <utility>

namespace sim {

namespace {

bool is_picture(const std::string& encoded) {
  return encoded.starts_with("\xFF\xD8\xFF") || encoded.starts_with("\x89PNG\r\n\x1A\n");
}

void append(core::Sighting& all, const core::Sighting& one) {
  all.containers.insert(all.containers.end(), one.containers.begin(), one.containers.end());
  all.plates.insert(all.plates.end(), one.plates.begin(), one.plates.end());
}

}  // namespace

Eyes::Eyes(ports::Clock& clock) : clock_(clock) {}

boost::asio::awaitable<core::Result<core::Sighting>> Eyes::read(std::vector<ports::Picture> views) {
  ++reads_;
  auto answer = look(views);
  co_await clock_.until(clock_.now().steady + span_);
  if (answer) answer->milliseconds = span_.count();
  co_return answer;
}

core::Result<core::Sighting> Eyes::look(const std::vector<ports::Picture>& views) {
  if (!next_.empty()) {
    auto answer = std::move(next_.front());
    next_.pop_front();
    return answer;
  }
  core::Sighting all;
  bool any = false;
  for (const auto& view : views) {
    const auto known = known_.find(view.encoded);
    if (known != known_.end()) append(all, known->second);
    any = any || known != known_.end() || is_picture(view.encoded);
  }
  if (!any) return core::fail(core::Fault::corrupt, "eyes: none of the views is a JPEG or PNG picture");
  return all;
}

void Eyes::see_in(const std::string& encoded, core::Sighting sighting) {
  known_[encoded] = std::move(sighting);
}

void Eyes::see_next(core::Result<core::Sighting> answer) { next_.push_back(std::move(answer)); }

void Eyes::take(core::Milliseconds span) { span_ = span; }

}  // namespace sim
