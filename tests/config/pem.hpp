// A key and its certificate in PEM, made anew for each test program.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace config_test {

struct Pem {
  std::string key;
  std::string certificate;
};

inline std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

inline const Pem& some_pem() {
  static const Pem made = [] {
    using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
        EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), &X509_free);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
    X509_set_pubkey(certificate.get(), key.get());
    const Bio key_out(BIO_new(BIO_s_mem()), &BIO_free), certificate_out(BIO_new(BIO_s_mem()), &BIO_free);
    if (X509_sign(certificate.get(), key.get(), nullptr) == 0 ||
        PEM_write_bio_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1 ||
        PEM_write_bio_X509(certificate_out.get(), certificate.get()) != 1)
      throw std::runtime_error("OpenSSL makes no certificate");
    return Pem{text_of(key_out.get()), text_of(certificate_out.get())};
  }();
  return made;
}

}  // namespace config_test
