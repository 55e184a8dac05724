// The recogniser as lanes ask for it: on threads of its own, behind a bounded queue.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/thread_pool.hpp>

#include "drivers/reader/earlier_frames.hpp"
#include "drivers/reader/recogniser.hpp"
#include "drivers/reader/surroundings.hpp"
#include "gate/core/moment.hpp"
#include "gate/ports/eyes.hpp"

namespace reader {

struct PoolSettings {
  std::filesystem::path models;  // folder of the two nets
  int threads = 1;               // 1..16; one passage after the other gets all that are free
  int queue = 16;                // 1..1000 passages that may wait or be read; one more is refused
};

/// `read` may be awaited from any executor; it comes back there. Fault::refused at once when the queue is
/// full. Views that are not to be believed are left out and named.
class Pool final : public ports::Eyes {
 public:
  /// `steady` is the shell's steady clock: how long a read took is measured with it.
  [[nodiscard]] static core::Result<std::unique_ptr<Pool>> start(const PoolSettings& settings,
                                                                 std::function<core::SteadyTime()> steady);
  /// Waits for reads under way.
  ~Pool() override;

  boost::asio::awaitable<core::Result<core::Sighting>> read(std::vector<ports::Picture> views) override;

 private:
  Pool(const PoolSettings& settings, Recogniser recogniser, std::function<core::SteadyTime()> steady);
  core::Result<core::Sighting> work(const std::vector<ports::Picture>& views);
  core::Result<core::Sighting> see(const std::vector<ports::Picture>& views);
  std::optional<PictureFault> doubt(const ports::Picture& view, const cv::Mat& picture);

  std::function<core::SteadyTime()> steady_;
  const int most_;
  EarlierFrames earlier_;
  Surroundings surroundings_;
  std::atomic<int> waiting_ = 0;
  Recogniser recogniser_;
  boost::asio::thread_pool threads_;
};

}  // namespace reader
