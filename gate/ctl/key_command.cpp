#include <array>
#include <ostream>

#include <sodium.h>

#include "config/key_file.hpp"
#include "gate/bytes/bytes.hpp"
#include "gate/ctl/commands.hpp"

namespace ctl {

int key_command(KeyUse use, const std::filesystem::path& file, Streams streams) {
  auto digits = config::read_secret_key(file);
  if (!digits) return streams.err << digits.error().what << "\n", 1;
  auto secret = bytes::from_hex(*digits, crypto_sign_SEEDBYTES);
  if (!secret) return streams.err << file.string() << ": 64 hex digits expected\n", 1;
  const auto* raw = reinterpret_cast<const unsigned char*>(secret->data());
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> open{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> whole{};
  if (use == KeyUse::signing)
    crypto_sign_seed_keypair(open.data(), whole.data(), raw);
  else
    crypto_scalarmult_base(open.data(), raw);
  sodium_memzero(whole.data(), whole.size());
  sodium_memzero(secret->data(), secret->size());
  sodium_memzero(digits->data(), digits->size());
  streams.out << bytes::to_hex(bytes::view(open)) << "\n";
  return 0;
}

}  // namespace ctl
