// Everything that somebody without the platform's key can send: each kind changes nothing and is counted.
#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include "gate/bytes/bytes.hpp"
#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;
using testing::HasSubstr;

namespace {

const SigningKey platform("p1", std::string(32, '\x01'));
const SigningKey stranger("p1", std::string(32, '\x07'));

/// The right becomes another one's: what a thief would say.
std::string payload(const std::string& terminal = "T869", const std::string& env = "uat") {
  const auto theirs = upsert(right("R1", "MSKU9070323"));
  return payload_of({terminal, env}, Batch{.epoch = 1, .first = 1, .last = 1, .changes = {theirs}});
}

std::string sealed(const std::string& jws) { return seal_jwe(terminal_key().sealing_key(), jws); }

/// Header and payload as given, signed by `key` as it is done.
std::string with_header(const std::string& header, const SigningKey& key = platform,
                        const std::string& body = payload()) {
  const std::string input = bytes::to_base64url(header) + '.' + bytes::to_base64url(body);
  return input + '.' + bytes::to_base64url(key.sign(input));
}

std::string good() { return sign_jws(platform, "gate-updates", payload()); }

/// All but the signature, and its bytes.
std::string unsigned_part(const std::string& jws) { return jws.substr(0, jws.rfind('.') + 1); }
std::string signature(const std::string& jws) {
  return *bytes::from_base64url(jws.substr(jws.rfind('.') + 1));
}

/// A MAC under the platform's public key, which everybody knows.
std::string with_mac(const std::string& key) {
  const std::string input = bytes::to_base64url(R"({"alg":"HS256","kid":"p1","typ":"gate-updates"})") + '.' +
                            bytes::to_base64url(payload());
  crypto_auth_hmacsha256_state state;
  const auto raw = [](const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
  };
  crypto_auth_hmacsha256_init(&state, raw(key), key.size());
  crypto_auth_hmacsha256_update(&state, raw(input), input.size());
  std::string mac(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(mac.data()));
  return input + '.' + bytes::to_base64url(mac);
}

std::string unencoded_payload() {
  const std::string input =
      bytes::to_base64url(R"({"alg":"EdDSA","b64":false,"crit":["b64"],"kid":"p1","typ":"gate-updates"})") +
      ".{}";
  return input + '.' + bytes::to_base64url(platform.sign(input));
}

/// Rightly signed and encrypted, one thing in the encryption's header replaced.
std::string encrypted_otherwise(const std::string& from, const std::string& to) {
  const std::string whole = sealed(good());
  std::string header = *bytes::from_base64url(whole.substr(0, whole.find('.')));
  return bytes::to_base64url(header.replace(header.find(from), from.size(), to)) +
         whole.substr(whole.find('.'));
}

std::string sealed_to(const std::string& kid, char digit) {
  return seal_jwe(OpeningKey::from_hex(kid, std::string(64, digit))->sealing_key(), good());
}

std::string payload_twice(const std::string& name) {
  const std::string body = payload();
  return "{\"" + name + "\":0," + body.substr(1);
}

struct Forgery {
  const char* name;
  std::function<std::string()> message;
  const char* refusal;
};

const Forgery forgeries[] = {
    {"WrongKid",
     [] { return sealed(sign_jws(SigningKey("p2", std::string(32, '\x01')), "gate-updates", payload())); },
     "unknown kid"},
    {"EmptyKid", [] { return sealed(with_header(R"({"alg":"EdDSA","kid":"","typ":"gate-updates"})")); },
     "kid"},
    {"NoKid", [] { return sealed(with_header(R"({"alg":"EdDSA","typ":"gate-updates"})")); }, "kid"},
    {"KidThatIsAPath",
     [] { return sealed(with_header(R"({"alg":"EdDSA","kid":"../p1","typ":"gate-updates"})")); },
     "unknown kid"},
    {"ListOfKids", [] { return sealed(with_header(R"({"alg":"EdDSA","kid":["p1"],"typ":"gate-updates"})")); },
     "kid"},
    {"KeyOfSomebodyElse", [] { return sealed(sign_jws(stranger, "gate-updates", payload())); },
     "wrong signature"},
    {"KeyOfTheApplianceItself",
     [] { return sealed(sign_jws(SigningKey("a1", std::string(32, '\x02')), "gate-updates", payload())); },
     "unknown kid"},
    {"KeyThatIsForEncryption",
     [] { return sealed(sign_jws(SigningKey("t1", std::string(32, '\x44')), "gate-updates", payload())); },
     "unknown kid"},
    {"ForAnotherTerminal", [] { return sealed(sign_jws(platform, "gate-updates", payload("T913"))); },
     "another terminal"},
    {"ForAnotherEnvironment",
     [] { return sealed(sign_jws(platform, "gate-updates", payload("T869", "prod"))); },
     "another environment"},
    {"KindOfAnotherTopic", [] { return sealed(sign_jws(platform, "gate-snapshot-part", payload())); },
     "gate-updates expected"},
    {"AlgNone",
     [] {
       return sealed(bytes::to_base64url(R"({"alg":"none","kid":"p1","typ":"gate-updates"})") + '.' +
                     bytes::to_base64url(payload()) + '.');
     },
     "alg must be EdDSA"},
    {"AlgNoneThatIsSigned",
     [] { return sealed(with_header(R"({"alg":"none","kid":"p1","typ":"gate-updates"})")); },
     "alg must be EdDSA"},
    {"MacUnderThePublicKey",
     [] {
       const auto key = platform.public_key();
       return sealed(with_mac(std::string(bytes::view(key))));
     },
     "alg must be EdDSA"},
    {"MacUnderThePublicKeysDigits", [] { return sealed(with_mac(platform.public_key_hex())); },
     "alg must be EdDSA"},
    {"HeaderThatSaysTwoAlgs",
     [] { return sealed(with_header(R"({"alg":"EdDSA","alg":"none","kid":"p1","typ":"gate-updates"})")); },
     "duplicate key"},
    {"HeaderThatSaysTwoKids",
     [] { return sealed(with_header(R"({"alg":"EdDSA","kid":"p9","kid":"p1","typ":"gate-updates"})")); },
     "duplicate key"},
    {"HeaderThatSaysTheSameTwiceInOtherLetters",
     [] { return sealed(with_header(R"({"alg":"EdDSA","kid":"p9","\u006bid":"p1","typ":"gate-updates"})")); },
     "duplicate key"},
    {"HeaderThatBringsItsKey",
     [] {
       return sealed(
           with_header(R"({"alg":"EdDSA","jwk":{"kty":"OKP"},"kid":"p1","typ":"gate-updates"})", stranger));
     },
     "signature header"},
    {"HeaderThatNamesItsKeysPlace",
     [] {
       return sealed(
           with_header(R"({"alg":"EdDSA","jku":"https://x","kid":"p1","typ":"gate-updates"})", stranger));
     },
     "signature header"},
    {"PayloadThatSaysTheEpochTwice",
     [] { return sealed(sign_jws(platform, "gate-updates", payload_twice("epoch"))); }, "duplicate key"},
    {"PayloadThatSaysTheTerminalTwice",
     [] { return sealed(sign_jws(platform, "gate-updates", payload_twice("terminal"))); }, "duplicate key"},
    {"PayloadThatIsNotEncoded", [] { return sealed(unencoded_payload()); }, "signature header"},
    {"HeaderWithCritAlone",
     [] { return sealed(with_header(R"({"alg":"EdDSA","crit":["exp"],"kid":"p1","typ":"gate-updates"})")); },
     "signature header"},
    {"SignatureCutShort",
     [] { return sealed(unsigned_part(good()) + bytes::to_base64url(signature(good()).substr(0, 63))); },
     "wrong signature"},
    {"HalfASignature",
     [] { return sealed(unsigned_part(good()) + bytes::to_base64url(signature(good()).substr(0, 32))); },
     "wrong signature"},
    {"SignatureWithMoreBehindIt",
     [] { return sealed(unsigned_part(good()) + bytes::to_base64url(signature(good()) + '\0')); },
     "wrong signature"},
    {"NoSignature", [] { return sealed(unsigned_part(good())); }, "signature missing"},
    {"SignatureOfZeros",
     [] { return sealed(unsigned_part(good()) + bytes::to_base64url(std::string(64, '\0'))); },
     "wrong signature"},
    {"SignatureOfAnotherMessage",
     [] {
       return sealed(unsigned_part(good()) +
                     bytes::to_base64url(signature(sign_jws(platform, "gate-head", payload()))));
     },
     "wrong signature"},
    {"NotEncrypted", [] { return good(); }, "encryption"},
    {"EncryptedTwice", [] { return sealed(sealed(good())); }, "not signed"},
    {"EncryptedDirectly", [] { return encrypted_otherwise("ECDH-ES", "dir"); }, "alg must be ECDH-ES"},
    {"EncryptedWithAWrappedKey", [] { return encrypted_otherwise("ECDH-ES", "ECDH-ES+A256KW"); },
     "alg must be ECDH-ES"},
    {"EncryptedByAnUnknownMethod", [] { return encrypted_otherwise("A256GCM", "A256CBC-HS512"); },
     "enc A256GCM"},
    {"EncryptedAndCompressed", [] { return encrypted_otherwise("\"kid\"", "\"zip\":\"DEF\",\"kid\""); },
     "encryption: header"},
    {"EncryptedToAnotherKid", [] { return sealed_to("t2", '4'); }, "not to this terminal's key"},
    {"EncryptedToAnotherKeyOfOurKid", [] { return sealed_to("t1", '5'); }, "for another key"},
};

class AForgery : public testing::TestWithParam<Forgery> {
 protected:
  AForgery() : appliance_(folder_.path()) {
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(right("R1"))});
  }

  /// The container that the right is for.
  std::string container() {
    core::Evidence evidence;
    evidence.first_detected = at(0);
    evidence.containers.resize(2);
    evidence.containers[0].code = "CSQU3054383";
    evidence.containers[1].code = "MSKU9070323";
    return appliance_->gather(evidence)->rights.at(0).equipment_number;
  }

  TempFolder folder_;
  Appliance appliance_;
};

}  // namespace

TEST_P(AForgery, ChangesNothingIsCountedAndStopsNothing) {
  ASSERT_EQ(container(), "CSQU3054383");
  const auto refused = appliance_.report().refused;
  appliance_->receive(topics::updates("T869"), GetParam().message());
  appliance_.settle();
  EXPECT_EQ(appliance_.report().refused, refused + 1);
  ASSERT_FALSE(appliance_->refusals().empty()) << "taken";
  EXPECT_THAT(appliance_->refusals().back(), HasSubstr(GetParam().refusal));
  EXPECT_EQ(appliance_.report().sequence, 0);
  EXPECT_EQ(container(), "CSQU3054383");

  appliance_->receive(topics::updates("T869"), sealed(good()));
  appliance_.settle();
  EXPECT_EQ(appliance_.report().sequence, 1) << "the same, as the platform says it";
  EXPECT_EQ(container(), "MSKU9070323");
}

INSTANTIATE_TEST_SUITE_P(Forgeries, AForgery, testing::ValuesIn(forgeries),
                         [](const auto& tested) { return std::string(tested.param.name); });
