#include "gate/console/board.hpp"

#include <utility>

namespace console {
namespace {
/// While nobody takes them, the ids of passages that ended are kept up to here; the ledger has them all.
constexpr std::size_t most_ended = 1024;
}  // namespace

void Board::show(ports::LaneView view) {
  const std::lock_guard lock(mutex_);
  ports::LaneView& old = lanes_[view.lane];
  if (!old.passage.id.empty() && old.passage.id != view.passage.id && ended_.size() < most_ended) {
    ended_.push_back(old.passage.id);
  }
  changed_.insert(view.lane);
  old = std::move(view);
  if (wake_) wake_();
}

std::vector<ports::LaneView> Board::lanes() const {
  const std::lock_guard lock(mutex_);
  std::vector<ports::LaneView> all;
  for (const auto& [name, view] : lanes_) all.push_back(view);
  return all;
}

std::optional<ports::LaneView> Board::lane(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = lanes_.find(name);
  if (found == lanes_.end()) return std::nullopt;
  return found->second;
}

Board::Changes Board::take() {
  const std::lock_guard lock(mutex_);
  Changes changes;
  for (const std::string& name : changed_) changes.lanes.push_back(lanes_.at(name));
  changes.ended = std::exchange(ended_, {});
  changed_.clear();
  return changes;
}

void Board::listen(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
}

}  // namespace console
