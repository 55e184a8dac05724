// Pictures from a folder, one after the other, as if a camera had taken them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <mutex>
#include <string>

#include "gate/core/result.hpp"

namespace camera {

/// Files that end in .jpg, .jpeg or .png, in the order of their names, for ever. The folder is looked at
/// anew each time: pictures may be added and removed. The recogniser takes one that comes round again for a
/// frozen camera. Thread-safe; blocks for as long as the disk does.
class Folder {
 public:
  Folder(std::filesystem::path folder, std::size_t max_bytes)
      : folder_(std::move(folder)), max_bytes_(max_bytes) {}

  /// broken: no such folder, or no picture in it; corrupt: no picture by its first bytes, or too large.
  [[nodiscard]] core::Result<std::string> next();

 private:
  std::filesystem::path folder_;
  std::size_t max_bytes_;
  std::mutex mutex_;
  std::string last_;  // name of the picture given last; guarded by mutex_
};

}  // namespace camera
