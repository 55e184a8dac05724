#include "sync/journal/recorder.hpp"

#include <string>
#include <utility>

#include <spdlog/spdlog.h>

#include "gate/canon/time_text.hpp"

namespace syncing {

void Recorder::add(std::vector<core::GateEvent> events) {
  const std::lock_guard lock(mutex_);
  for (auto& event : events) {
    if (waiting_.size() < most) {  // and else nothing overtakes what was left out
      waiting_.push_back(std::move(event));
      continue;
    }
    if (!left_out_) left_out_ = LeftOut{.count = 0, .since = event.at, .last = {}};
    ++left_out_->count;
    left_out_->last = std::move(event);
  }
}

bool Recorder::waits() const {
  const std::lock_guard lock(mutex_);
  return !waiting_.empty();
}

core::GateEvent Recorder::told(const LeftOut& left_out) {
  core::GateEvent event;
  event.kind = core::EventKind::alarm;
  event.at = left_out.last.at;
  event.standing = left_out.last.standing;
  event.text = "journal: the disk refused it for so long that " + std::to_string(left_out.count) +
               " events of the link between " + canon::time_text(left_out.since) + " and " +
               canon::time_text(left_out.last.at) +
               " are missing; the last one: " + left_out.last.text.value_or("");
  return event;
}

core::Result<void> Recorder::write() {
  ports::JournalEntry entry;
  std::optional<LeftOut> left_out;
  std::size_t waited = 0;
  {
    const std::lock_guard lock(mutex_);
    waited = waiting_.size();
    entry.events.assign(waiting_.begin(), waiting_.end());
    left_out = std::exchange(left_out_, std::nullopt);
    if (left_out) entry.events.push_back(told(*left_out));
  }
  if (entry.events.empty()) return {};
  auto done = writer_.commit(entry);
  if (!done && !refused_) spdlog::error("{}; {} events of the link wait", done.error().what, waited);
  if (done && refused_) spdlog::info("journal: the {} events of the link that waited are written", waited);
  refused_ = !done;
  const std::lock_guard lock(mutex_);
  if (done)
    waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(waited));
  else if (left_out)
    take_back(std::move(*left_out));
  return done;
}

/// Meanwhile there may have been more: it is one gap.
void Recorder::take_back(LeftOut left_out) {
  if (left_out_) {
    left_out.count += left_out_->count;
    left_out.last = std::move(left_out_->last);
  }
  left_out_ = std::move(left_out);
}

}  // namespace syncing
