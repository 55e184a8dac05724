#include "tests/world/play/keys.hpp"

#include <array>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include "config/key_file.hpp"
#include "drivers/badge/identity.hpp"
#include "gate/bytes/bytes.hpp"
#include "sync/wire/jwe.hpp"
#include "sync/wire/jws.hpp"

namespace world {
namespace {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

void write(const std::filesystem::path& file, const std::string& text, mode_t mode) {
  const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (handle < 0) throw std::runtime_error(file.string() + ": cannot be written");
  const auto written = ::write(handle, text.data(), text.size());
  const bool good = ::fsync(handle) == 0 && ::close(handle) == 0;
  if (!good || written != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error(file.string() + ": was not written whole");
  }
}

void make_pair(const std::filesystem::path& secret, const std::filesystem::path& open_key) {
  if (std::filesystem::exists(secret)) return;
  const std::string seed = random_bytes(32);
  write(secret, bytes::to_hex(seed) + "\n", 0600);
  std::filesystem::remove(open_key);
  write(open_key, syncing::SigningKey("any", seed).public_key_hex() + "\n", 0644);
}

void make_encryption_pair(const std::filesystem::path& secret, const std::filesystem::path& open_key) {
  if (std::filesystem::exists(secret)) return;
  const std::string digits = bytes::to_hex(random_bytes(32));
  const auto key = syncing::OpeningKey::from_hex("any", digits)->sealing_key().key;
  write(secret, digits + "\n", 0600);
  std::filesystem::remove(open_key);
  write(open_key, bytes::to_hex(bytes::view(key)) + "\n", 0644);
}

}  // namespace

void make_keys(const std::filesystem::path& folder) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::filesystem::create_directories(folder);
  make_pair(folder / "platform.seed", folder / "platform.pub");
  make_pair(folder / "signing.key", folder / "signing.pub");
  make_encryption_pair(folder / "encryption.key", folder / "encryption.pub");
  if (!std::filesystem::exists(folder / "identity.key")) {
    write(folder / "identity.key", bytes::to_hex(random_bytes(32)) + "\n", 0600);
  }
  if (!std::filesystem::exists(folder / "tokens")) {
    write(folder / "tokens",
          "operator operator " + bytes::to_hex(random_bytes(24)) + "\nsupervisor supervisor " +
              bytes::to_hex(random_bytes(24)) + "\n",
          0600);
  }
}

BadgeHash hash_of(const config::Config& config) {
  auto key = config::read_secret_key(config.site.identity_key).and_then([&](const std::string& digits) {
    return badge::IdentityKey::from_hex(digits, config.site.identity_key_id);
  });
  if (!key) throw std::runtime_error(key.error().what);
  return [key = std::move(*key)](std::string_view card) {
    auto hash = badge::driver_id_hash(key, card);
    if (!hash) throw std::runtime_error("card \"" + std::string(card) + "\": " + hash.error().what);
    return *hash;
  };
}

}  // namespace world
