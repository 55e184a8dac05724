#include "sync/journal/album.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "gate/bytes/bytes.hpp"
#include "sync/store/disk.hpp"

namespace syncing {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kMegabyte = 1024 * 1024;

/// Only a digest names a picture: nothing else ever becomes a path.
bool is_digest(const std::string& sha256) {
  return bytes::from_hex(sha256, 32) && sha256.find_first_of("ABCDEF") == std::string::npos;
}

core::Error not_stored(const std::string& why) {
  return {core::Fault::broken, "a picture could not be stored: " + why};
}

}  // namespace

fs::space_info space_of_disk(const fs::path& folder) {
  std::error_code unknown;  // every size is then the largest there is: the disk itself will say
  return fs::space(folder, unknown);
}

core::Result<void> room_on_disk(const fs::space_info& disk, std::size_t bytes) {
  const std::uintmax_t reserve = picture_reserve(disk.capacity);
  if (disk.available >= reserve + bytes) return {};
  return core::fail(core::Fault::broken, "the disk has " + std::to_string(disk.available / kMegabyte) +
                                             " MB left, and " + std::to_string(reserve / kMegabyte) +
                                             " MB are kept for the journal");
}

std::uintmax_t picture_reserve(std::uintmax_t capacity) { return std::min(256 * kMegabyte, capacity / 50); }

Album::Album(fs::path folder, Space space)
    : folder_(std::move(folder)), space_(space ? std::move(space) : space_of_disk) {}

fs::path Album::file_of(const std::string& sha256) const { return folder_ / sha256.substr(0, 2) / sha256; }

core::Result<void> Album::room_for(std::size_t bytes) const {
  if (auto room = room_on_disk(space_(folder_), bytes); !room)
    return tl::unexpected(not_stored(room.error().what));
  return {};
}

std::string Album::digest_of(const std::string& encoded) { return bytes::to_hex(bytes::sha256(encoded)); }

core::Result<std::string> Album::store(const std::string& encoded) const {
  const std::string digest = digest_of(encoded);
  const fs::path file = file_of(digest);
  std::error_code failed;
  // A file of another size is what an older power cut left; it is written anew.
  if (fs::file_size(file, failed) == encoded.size() && !failed) return digest;
  if (!make_folder(unfinished()) || !make_folder(file.parent_path()))
    return tl::unexpected(not_stored("no folder can be made for it"));
  if (auto room = room_for(encoded.size()); !room) return tl::unexpected(room.error());
  const fs::path draft = unfinished() / digest;
  const bool written = write_durably(draft, encoded);
  if (written) fs::rename(draft, file, failed);
  if (written && !failed) {
    fsync_folder(file.parent_path());
    return digest;
  }
  const std::string why = written ? failed.message() : "the disk does not take it";
  fs::remove(draft, failed);
  return tl::unexpected(not_stored(why));
}

core::Result<std::string> Album::load(const std::string& sha256) const {
  if (!is_digest(sha256))
    return core::fail(core::Fault::not_found, "64 lower-case hex digits name a picture");
  std::ifstream stream(file_of(sha256), std::ios::binary);
  if (!stream) return core::fail(core::Fault::not_found, "no such picture here, or it has expired");
  std::string encoded{std::istreambuf_iterator<char>(stream), {}};
  if (bytes::to_hex(bytes::sha256(encoded)) != sha256)
    return core::fail(core::Fault::corrupt, "the picture is not what it was");
  return encoded;
}

core::Result<void> Album::remove(const std::string& sha256) const {
  std::error_code failed;
  // On the disk, too: whoever forgets the picture then could not remove it again.
  if (is_digest(sha256) && fs::remove(file_of(sha256), failed)) fsync_folder(file_of(sha256).parent_path());
  if (failed) return core::fail(core::Fault::broken, "a picture could not be removed: " + failed.message());
  return {};
}

void Album::clear_unfinished() const {
  std::error_code ignored;
  fs::remove_all(unfinished(), ignored);
}

}  // namespace syncing
