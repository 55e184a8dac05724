// The pictures of passages, each a file named by its SHA-256. Evidence names them by that digest.
#pragma once

#include <filesystem>
#include <string>

#include "gate/core/result.hpp"

namespace syncing {

class Album {
 public:
  /// Pictures lie in `folder`/ab/abcdef...; it is created when needed.
  explicit Album(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Gives the SHA-256 as lower-case hex. Storing the same picture twice is harmless.
  [[nodiscard]] core::Result<std::string> store(const std::string& encoded) const;

  /// Fault::not_found: never stored, or expired. Fault::corrupt: the file is not what its name says.
  [[nodiscard]] core::Result<std::string> load(const std::string& sha256) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(const std::string& sha256) const;

  std::filesystem::path folder_;
};

}  // namespace syncing
