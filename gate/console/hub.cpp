#include "gate/console/hub.hpp"

namespace console {
namespace {

/// One event as text/event-stream has it. Our data is JSON on one line.
std::shared_ptr<const std::string> event_text(std::string_view event, std::string_view data) {
  auto text = std::make_shared<std::string>("event: ");
  text->append(event).append("\ndata: ").append(data).append("\n\n");
  return text;
}

}  // namespace

int Hub::listening() {
  std::erase_if(subscribers_, [](const auto& subscriber) { return subscriber.expired(); });
  return static_cast<int>(subscribers_.size());
}

std::shared_ptr<Subscriber> Hub::subscribe(std::string driver_lane) {
  if (listening() >= limits_.live_clients) return nullptr;
  auto subscriber = std::make_shared<Subscriber>(executor_);
  subscriber->driver_lane = std::move(driver_lane);
  subscribers_.push_back(subscriber);
  return subscriber;
}

bool Hub::displays(std::string_view lane) {
  for (const auto& weak : subscribers_) {
    const auto subscriber = weak.lock();
    if (subscriber && subscriber->driver_lane == lane) return true;
  }
  return false;
}

void Hub::publish(std::string_view driver_lane, std::string_view event, std::string_view data) {
  const auto text = event_text(event, data);
  for (const auto& weak : subscribers_) {
    const auto subscriber = weak.lock();
    if (subscriber && subscriber->driver_lane == driver_lane) push(*subscriber, text);
  }
}

void Hub::send(Subscriber& to, std::string_view event, std::string_view data) {
  push(to, event_text(event, data));
}

void Hub::push(Subscriber& to, std::shared_ptr<const std::string> text) {
  if (to.dropped) return;
  to.bytes += text->size();
  to.queue.push_back(std::move(text));
  if (to.queue.size() > limits_.live_events || to.bytes > limits_.live_bytes) {
    to.dropped = true;
    to.queue.clear();
    ++dropped_;
  }
  to.wake.cancel();
}

}  // namespace console
