#include "config/certificate.hpp"

#include <memory>
#include <string>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "config/key_file.hpp"

namespace config {
namespace {

std::unique_ptr<BIO, decltype(&BIO_free)> memory(const std::string& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free};
}

// Without it OpenSSL would ask for the passphrase at the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

core::Result<void> read_certificate(const std::filesystem::path& file) {
  const auto text = read_open(file);
  if (!text) return tl::unexpected(text.error());
  const auto bio = memory(*text);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      PEM_read_bio_X509(bio.get(), nullptr, &no_passphrase, nullptr), &X509_free);
  if (!certificate)
    return core::fail(core::Fault::malformed, file.string() + ": not a certificate, allowed: X.509 in PEM");
  return {};
}

core::Result<void> read_certificate_key(const std::filesystem::path& file) {
  const auto text = read_secret(file);
  if (!text) return tl::unexpected(text.error());
  const auto bio = memory(*text);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(bio.get(), nullptr, &no_passphrase, nullptr), &EVP_PKEY_free);
  if (!key)
    return core::fail(core::Fault::malformed,
                      file.string() + ": not a private key, allowed: one in PEM without a passphrase");
  return {};
}

}  // namespace config
