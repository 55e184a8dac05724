// A recogniser in memory: it sees what it was told that it would see.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "gate/ports/clock.hpp"
#include "gate/ports/eyes.hpp"

namespace sim {

/// For one thread. What a read gives: the next scripted answer, if there is one; else all that was said
/// of these very pictures, in the order of the views; else an empty sighting.
class Eyes final : public ports::Eyes {
 public:
  explicit Eyes(ports::Clock& clock);

  boost::asio::awaitable<core::Result<core::Sighting>> read(std::vector<ports::Picture> views) override;

  /// Whoever reads a picture of exactly these bytes sees this.
  void see_in(const std::string& encoded, core::Sighting sighting);

  /// The next read gives this, once, whatever is shown; several are given in order.
  void see_next(core::Result<core::Sighting> answer);

  /// A read takes this long.
  void take(core::Milliseconds span);

  [[nodiscard]] int reads() const { return reads_; }

 private:
  [[nodiscard]] core::Result<core::Sighting> look(const std::vector<ports::Picture>& views);

  ports::Clock& clock_;
  std::map<std::string, core::Sighting> known_;
  std::deque<core::Result<core::Sighting>> next_;
  core::Milliseconds span_{0};
  int reads_ = 0;
};

}  // namespace sim
