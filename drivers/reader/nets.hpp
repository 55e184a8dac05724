// The two nets, in as many pairs as may look at pictures at the same time.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "drivers/reader/detector.hpp"
#include "drivers/reader/line_reader.hpp"
#include "gate/core/result.hpp"

namespace reader {

struct Nets {
  Detector detector;
  LineReader reader;
};

/// For any number of threads at once; no more of them work than there are pairs.
class NetShelf {
 public:
  /// `folder` holds line-detector.onnx and line-recogniser.onnx. not_found or corrupt, naming the file.
  [[nodiscard]] static core::Result<std::unique_ptr<NetShelf>> load(const std::filesystem::path& folder,
                                                                    int pairs);

  /// Waits for a pair, which is `use`'s alone until it returns or throws. `use` asks for no second one.
  void lend(const std::function<void(Nets&)>& use);

 private:
  explicit NetShelf(std::vector<Nets> pairs);

  std::vector<Nets> pairs_;
  std::mutex guard_;
  std::condition_variable returned_;
  std::vector<Nets*> free_;
};

}  // namespace reader
