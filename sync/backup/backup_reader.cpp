#include "sync/backup/backup_reader.hpp"

#include <system_error>

#include "gate/bytes/bytes.hpp"
#include "sync/store/disk.hpp"

namespace syncing {

namespace fs = std::filesystem;

core::Result<void> write_backup(const fs::path& file, const SealedSnapshot& snapshot) {
  std::string text;
  for (const std::string& message : snapshot.messages) text += message + '\n';
  const fs::path draft = file.string() + ".part";
  std::error_code failed;
  const bool written = write_durably(draft, text);
  if (written) fs::rename(draft, file, failed);
  if (written && !failed) {
    fsync_folder(fs::absolute(file).parent_path());
    return {};
  }
  fs::remove(draft, failed);
  return core::fail(core::Fault::broken, file.string() + ": the disk does not take it");
}

core::Result<BackupReader> BackupReader::open(const fs::path& file, const Opener& opener) {
  auto lines = Lines::open(file, opener.max_bytes(), ports::most_backup_bytes);
  if (!lines) return tl::unexpected(lines.error());
  BackupReader reader(std::move(*lines), opener);
  if (auto read = reader.read_manifest(); !read) return tl::unexpected(read.error());
  return reader;
}

core::Error BackupReader::here(core::Error error) const {
  error.what = "line " + std::to_string(lines_.number()) + ": " + error.what;
  return error;
}

core::Result<void> BackupReader::read_manifest() {
  constexpr const char* none = "no back-up file: an encrypted manifest is expected on its first line";
  auto line = lines_.next();
  if (!line && line.error().fault == core::Fault::broken) return tl::unexpected(here(line.error()));
  if (!line) return tl::unexpected(here({core::Fault::corrupt, line.error().what + "; or " + none}));
  if (!*line || !looks_sealed(**line)) return tl::unexpected(here({core::Fault::corrupt, none}));
  const auto opened = opener_->open_signed<SnapshotManifest>(**line);
  if (!opened) return tl::unexpected(here(opened.error()));
  auto manifest = read_payload<SnapshotManifest>(opener_->stream(), opened->payload);
  if (!manifest) return tl::unexpected(here(manifest.error()));
  signed_by_ = opened->kid;
  assembly_.emplace(std::move(*manifest));
  return {};
}

core::Result<SnapshotPart> BackupReader::open_part(const std::string& line) {
  const auto bytes = opener_->open_payload<SnapshotPart>(line);
  if (!bytes) return tl::unexpected(bytes.error());
  auto part = read_payload<SnapshotPart>(opener_->stream(), *bytes);
  if (!part) return part;
  if (!assembly_->awaits(*part))
    return core::fail(core::Fault::corrupt, "part " + std::to_string(part->part) + " of snapshot " +
                                                part->ulid + "; allowed here: part " +
                                                std::to_string(assembly_->next()) + " of " + manifest().ulid);
  if (auto taken = assembly_->take(*part, bytes::to_hex(bytes::sha256(*bytes))); !taken)
    return tl::unexpected(taken.error());
  return part;
}

core::Result<std::optional<SnapshotPart>> BackupReader::next() {
  const auto line = lines_.next();
  if (!line) return tl::unexpected(here(line.error()));
  const std::string promised = std::to_string(manifest().parts.size());
  if (!*line && assembly_->complete()) return std::optional<SnapshotPart>();
  if (!*line)
    return tl::unexpected(here({core::Fault::corrupt, "torn: part " + std::to_string(assembly_->next()) +
                                                          " is missing; the manifest promises " + promised}));
  if (assembly_->complete())
    return tl::unexpected(here({core::Fault::corrupt, "more than the " + promised + " parts promised"}));
  auto part = open_part(**line);
  if (!part) return tl::unexpected(here(part.error()));
  return std::optional<SnapshotPart>(std::move(*part));
}

ports::BackupReport BackupReader::report() const {
  const SnapshotManifest& from = manifest();
  return {.terminal = opener_->stream().terminal,
          .env = opener_->stream().env,
          .ulid = from.ulid,
          .epoch = from.epoch,
          .sequence = from.sequence,
          .issued_at = from.issued_at,
          .source_as_of = from.source_as_of,
          .count = from.count,
          .parts = static_cast<std::int64_t>(from.parts.size()),
          .bytes = lines_.bytes(),
          .encrypted_to = opener_->opening_key_id(),
          .signed_by = signed_by_,
          .refusal = {}};
}

}  // namespace syncing
