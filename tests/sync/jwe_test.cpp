#include "sync/wire/jwe.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "gate/bytes/bytes.hpp"

namespace syncing {
namespace {

using testing::HasSubstr;

OpeningKey key(char digit = '4', const std::string& kid = "t1") {
  return *OpeningKey::from_hex(kid, std::string(64, digit));
}

std::string refusal(const std::string& compact) {
  const auto opened = open_jwe(compact, key(), 1'000'000);
  EXPECT_FALSE(opened);
  return opened ? "" : opened.error().what;
}

/// The header of a sealed message replaced by this text.
std::string with_header(const std::string& sealed, const std::string& json) {
  return bytes::to_base64url(json) + sealed.substr(sealed.find('.'));
}

TEST(Jwe, DerivesTheKeyOfTheStandardsExample) {  // RFC 7518, appendix C
  const std::string shared =
      *bytes::from_hex("9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4", 32);
  EXPECT_EQ(bytes::to_base64url(derive_key(shared, "A128GCM", 128, "Alice", "Bob")),
            "VqqN6vgjbSBcIijNcacQGg");
}

TEST(Jwe, AgreesOnTheSecretOfTheStandardsExample) {  // RFC 7748, section 6.1
  const auto bob =
      *OpeningKey::from_hex("bob", "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  const SealingKey shown = bob.sealing_key();
  EXPECT_EQ(bytes::to_hex(bytes::view(shown.key)),
            "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
}

TEST(Jwe, OpensWhatWasSealedToItAndNobodyElseDoes) {
  const std::string sealed = seal_jwe(key().sealing_key(), "header.payload.signature");
  EXPECT_TRUE(looks_sealed(sealed));
  EXPECT_FALSE(looks_sealed("header.payload.signature"));
  EXPECT_EQ(open_jwe(sealed, key(), 1000), "header.payload.signature");
  EXPECT_EQ(sealed.find("payload"), sealed.npos);
  EXPECT_THAT(open_jwe(sealed, key('5'), 1000).error().what, HasSubstr("another key"));
  EXPECT_THAT(open_jwe(sealed, key('4', "t2"), 1000).error().what, HasSubstr("not to this terminal's key"));
  EXPECT_NE(seal_jwe(key().sealing_key(), "same"), seal_jwe(key().sealing_key(), "same"));
}

TEST(Jwe, RefusesOtherAlgorithmsAndHeadersThatAskForMore) {
  const std::string sealed = seal_jwe(key().sealing_key(), "x");
  const std::string good = *bytes::from_base64url(sealed.substr(0, sealed.find('.')));
  const auto changed = [&](const std::string& from, const std::string& to) {
    std::string json = good;
    EXPECT_NE(json.find(from), json.npos) << from;
    return refusal(with_header(sealed, json.replace(json.find(from), from.size(), to)));
  };
  EXPECT_THAT(changed("ECDH-ES", "dir"), HasSubstr("alg must be ECDH-ES"));
  EXPECT_THAT(changed("ECDH-ES", "RSA1_5"), HasSubstr("alg must be ECDH-ES"));
  EXPECT_THAT(changed("A256GCM", "A128GCM"), HasSubstr("enc A256GCM"));
  EXPECT_THAT(changed("X25519", "P-256"), HasSubstr("OKP key on X25519"));
  EXPECT_THAT(changed("\"kid\"", "\"zip\":\"DEF\",\"kid\""), HasSubstr("header: "));
  EXPECT_THAT(changed("\"kid\"", "\"kid\":\"t1\",\"kid\""), HasSubstr("header: "));
  EXPECT_THAT(changed(",\"kid\":\"t1\"", ""), HasSubstr("header: "));
}

TEST(Jwe, RefusesAKeyThatGivesNoSecret) {
  const std::string sealed = seal_jwe(key().sealing_key(), "x");
  const std::string zero = bytes::to_base64url(std::string(32, '\0'));
  EXPECT_THAT(
      refusal(with_header(sealed, R"({"alg":"ECDH-ES","cty":"JOSE","enc":"A256GCM","epk":{"crv":"X25519",)"
                                  R"("kty":"OKP","x":")" +
                                      zero + R"("},"kid":"t1"})")),
      HasSubstr("no usable key"));
}

TEST(Jwe, RefusesWhatIsNoneOrTooLarge) {
  const std::string sealed = seal_jwe(key().sealing_key(), "x");
  for (const std::string& none : {std::string(), std::string("a.b.c"), std::string("...."), sealed + ".x",
                                  sealed.substr(0, sealed.rfind('.')), sealed + "="})
    EXPECT_THAT(refusal(none), HasSubstr("encryption: "));
  EXPECT_THAT(open_jwe(sealed, key(), 10).error().what, HasSubstr("at most 10 allowed"));
}

RC_GTEST_PROP(Jwe, WithAnyCharacterChangedIsRefused, ()) {
  const std::string sealed = seal_jwe(key().sealing_key(), *rc::gen::arbitrary<std::string>() + "x");
  const auto at = *rc::gen::inRange<std::size_t>(0, sealed.size());
  std::string changed = sealed;
  changed[at] = changed[at] == 'A' ? 'B' : 'A';
  RC_ASSERT(!open_jwe(changed, key(), 1'000'000));
}

TEST(OpeningKey, IsMadeFromHexDigitsAndNothingElse) {
  EXPECT_FALSE(OpeningKey::from_hex("t1", "abc"));
  EXPECT_FALSE(OpeningKey::from_hex("", std::string(64, 'a')));
}

}  // namespace
}  // namespace syncing
