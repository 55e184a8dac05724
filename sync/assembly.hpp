// A snapshot that comes in parts: which one is next, and whether what came is what was promised.
#pragma once

#include <string>
#include <utility>

#include "gate/core/result.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

class Assembly {
 public:
  explicit Assembly(SnapshotManifest manifest) : manifest_(std::move(manifest)) {}

  [[nodiscard]] const SnapshotManifest& manifest() const { return manifest_; }
  [[nodiscard]] int next() const { return next_; }  // from 1
  [[nodiscard]] bool complete() const { return static_cast<std::size_t>(next_) > manifest_.parts.size(); }
  [[nodiscard]] bool awaits(const SnapshotPart& part) const {
    return !complete() && part.ulid == manifest_.ulid && part.part == next_;
  }

  /// The part that is awaited. Fault::corrupt: it is not the one that the manifest promised.
  [[nodiscard]] core::Result<void> take(const SnapshotPart& part, const std::string& payload_sha256) {
    const PartDigest& promised = manifest_.parts.at(static_cast<std::size_t>(next_ - 1));
    if (promised.sha256 != payload_sha256 || promised.count != static_cast<std::int64_t>(part.changes.size()))
      return core::fail(core::Fault::corrupt,
                        "snapshot part " + std::to_string(part.part) + " is not the one promised");
    ++next_;
    return {};
  }

 private:
  SnapshotManifest manifest_;
  int next_ = 1;
};

}  // namespace syncing
