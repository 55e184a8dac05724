#include "drivers/reader/nets.hpp"

#include <utility>

namespace reader {

core::Result<std::unique_ptr<NetShelf>> NetShelf::load(const std::filesystem::path& folder, int pairs) {
  std::vector<Nets> loaded;
  for (int i = 0; i < pairs; ++i) {
    core::Result<Detector> detector = Detector::load(folder);
    if (!detector) return tl::unexpected(detector.error());
    core::Result<LineReader> reader = LineReader::load(folder);
    if (!reader) return tl::unexpected(reader.error());
    loaded.push_back({std::move(*detector), std::move(*reader)});
  }
  return std::unique_ptr<NetShelf>(new NetShelf(std::move(loaded)));
}

NetShelf::NetShelf(std::vector<Nets> pairs) : pairs_(std::move(pairs)) {
  for (Nets& pair : pairs_) free_.push_back(&pair);
}

void NetShelf::lend(const std::function<void(Nets&)>& use) {
  const auto give_back = [this](Nets* pair) {
    {
      const std::scoped_lock lock(guard_);
      free_.push_back(pair);
    }
    returned_.notify_one();
  };
  std::unique_ptr<Nets, decltype(give_back)> mine(nullptr, give_back);
  {
    std::unique_lock lock(guard_);
    returned_.wait(lock, [this] { return !free_.empty(); });
    mine.reset(free_.back());
    free_.pop_back();
  }
  use(*mine);
}

}  // namespace reader
