// The pictures of passages, each a file named by its SHA-256. Evidence names them by that digest.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "gate/core/result.hpp"

namespace syncing {

/// Bytes of a disk of this size that pictures leave to the journal: 256 MiB, or 2 % of a small disk.
[[nodiscard]] std::uintmax_t picture_reserve(std::uintmax_t capacity);

/// Fault::broken where so many more bytes would leave the journal less than its part of such a disk.
[[nodiscard]] core::Result<void> room_on_disk(const std::filesystem::space_info& disk, std::size_t bytes);

/// As the system says it.
[[nodiscard]] std::filesystem::space_info space_of_disk(const std::filesystem::path& folder);

class Album {
 public:
  using Space = std::function<std::filesystem::space_info(const std::filesystem::path&)>;

  /// Pictures lie in `folder`/ab/abcdef...; it is created when needed. `space`: what the disk has left;
  /// asked of the system where none is given.
  explicit Album(std::filesystem::path folder, Space space = nullptr);

  /// The name that a picture will have.
  [[nodiscard]] static std::string digest_of(const std::string& encoded);

  /// Gives the SHA-256 as lower-case hex; the picture survives a power cut from then on. Storing the same
  /// picture twice is harmless. Fault::broken: the disk does not take it, or would have too little left for
  /// the journal; nothing of it is left behind.
  [[nodiscard]] core::Result<std::string> store(const std::string& encoded) const;

  /// Fault::not_found: never stored, or expired. Fault::corrupt: the file is not what its name says.
  [[nodiscard]] core::Result<std::string> load(const std::string& sha256) const;

  /// No such picture any more, also after a power cut; harmless where there was none.
  [[nodiscard]] core::Result<void> remove(const std::string& sha256) const;

  /// Removes what a power cut left half-written. At start, before anything is stored.
  void clear_unfinished() const;

 private:
  [[nodiscard]] std::filesystem::path file_of(const std::string& sha256) const;
  [[nodiscard]] std::filesystem::path unfinished() const { return folder_ / "unfinished"; }
  [[nodiscard]] core::Result<void> room_for(std::size_t bytes) const;

  std::filesystem::path folder_;
  Space space_;
};

}  // namespace syncing
