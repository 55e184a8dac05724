// The lanes as they stand now, handed from the lanes' reactor to the console's own thread.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gate/ports/desk.hpp"

namespace console {

/// Safe to use from any thread; holds its lock only to copy or move.
class Board final : public ports::Board {
 public:
  void show(ports::LaneView view) override;

  [[nodiscard]] std::vector<ports::LaneView> lanes() const;  // by name
  [[nodiscard]] std::optional<ports::LaneView> lane(const std::string& name) const;

  /// What is new since the last take. A lane that changed several times appears once, as it is now.
  struct Changes {
    std::vector<ports::LaneView> lanes;
    std::vector<std::string> ended;  // passages that left their lane
  };
  [[nodiscard]] Changes take();

  /// `wake` is called after every show, on the thread that shows: it must not block. Null: nobody listens.
  void listen(std::function<void()> wake);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, ports::LaneView> lanes_;
  std::set<std::string> changed_;
  std::vector<std::string> ended_;
  std::function<void()> wake_;
};

}  // namespace console
