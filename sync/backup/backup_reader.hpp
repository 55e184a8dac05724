// A back-up file (*.gatebackup): a snapshot's manifest and parts, each a line, sealed as on the wire.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "gate/core/result.hpp"
#include "gate/ports/backup.hpp"
#include "sync/assembly.hpp"
#include "sync/backup/lines.hpp"
#include "sync/wire/message.hpp"

namespace syncing {

/// Writes `file` (NAME.part first, renamed when it is on the disk). Fault::broken: the disk does not take it.
[[nodiscard]] core::Result<void> write_backup(const std::filesystem::path& file,
                                              const SealedSnapshot& snapshot);

/// Every message is verified before it is handed on; each error names the line. In memory: one message.
class BackupReader {
 public:
  /// Reads the manifest. `opener` outlives this. Faults as of ports::Backups.
  [[nodiscard]] static core::Result<BackupReader> open(const std::filesystem::path& file,
                                                       const Opener& opener);

  /// The next part: the one that the manifest promised. nullopt: all have come, and nothing follows.
  [[nodiscard]] core::Result<std::optional<SnapshotPart>> next();

  [[nodiscard]] const SnapshotManifest& manifest() const { return assembly_->manifest(); }
  /// As far as the manifest says.
  [[nodiscard]] ports::BackupReport report() const;

 private:
  BackupReader(Lines lines, const Opener& opener) : lines_(std::move(lines)), opener_(&opener) {}
  [[nodiscard]] core::Result<void> read_manifest();
  [[nodiscard]] core::Result<SnapshotPart> open_part(const std::string& line);
  [[nodiscard]] core::Error here(core::Error error) const;

  Lines lines_;
  const Opener* opener_;
  std::optional<Assembly> assembly_;
  std::string signed_by_;
};

}  // namespace syncing
