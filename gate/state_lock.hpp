// One daemon for one state folder: two would write one journal, and drive one arm.
#pragma once

#include <filesystem>

#include "gate/core/result.hpp"

class StateLock {
 public:
  /// Creates the folder where it is missing. Fault::refused: another process holds it, named by its pid.
  /// Fault::broken: the folder cannot be made or written.
  [[nodiscard]] static core::Result<StateLock> take(const std::filesystem::path& folder);

  StateLock(StateLock&& other) noexcept;
  StateLock(const StateLock&) = delete;
  StateLock& operator=(const StateLock&) = delete;
  ~StateLock();

 private:
  explicit StateLock(int file) : file_(file) {}
  int file_;
};
