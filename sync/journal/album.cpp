#include "sync/journal/album.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include "sync/wire/bytes.hpp"

namespace syncing {

namespace fs = std::filesystem;

fs::path Album::file_of(const std::string& sha256) const { return folder_ / sha256.substr(0, 2) / sha256; }

core::Result<std::string> Album::store(const std::string& encoded) const {
  const std::string digest = sha256_hex(encoded);
  const fs::path file = file_of(digest);
  std::error_code failed;
  if (fs::exists(file, failed)) return digest;
  fs::create_directories(file.parent_path(), failed);
  const fs::path unfinished = file.string() + ".part";
  std::ofstream stream(unfinished, std::ios::binary | std::ios::trunc);
  stream.write(encoded.data(), static_cast<std::streamsize>(encoded.size()));
  stream.close();
  if (!stream)
    return core::fail(core::Fault::broken, "a picture could not be written to " + folder_.string());
  fs::rename(unfinished, file, failed);
  if (failed) return core::fail(core::Fault::broken, "a picture could not be stored: " + failed.message());
  return digest;
}

core::Result<std::string> Album::load(const std::string& sha256) const {
  // Only a digest names a picture: nothing else ever becomes a path.
  if (!from_hex(sha256, 32) || sha256.find_first_of("ABCDEF") != std::string::npos)
    return core::fail(core::Fault::not_found, "64 lower-case hex digits name a picture");
  std::ifstream stream(file_of(sha256), std::ios::binary);
  if (!stream) return core::fail(core::Fault::not_found, "no such picture here, or it has expired");
  std::string encoded{std::istreambuf_iterator<char>(stream), {}};
  if (sha256_hex(encoded) != sha256)
    return core::fail(core::Fault::corrupt, "the picture is not what it was");
  return encoded;
}

}  // namespace syncing
