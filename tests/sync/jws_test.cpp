#include "sync/wire/jws.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/bytes/bytes.hpp"
#include "sync/wire/ulid.hpp"

using syncing::KeySet;
using syncing::SigningKey;
using testing::HasSubstr;

namespace {

// RFC 8037, appendix A.1 to A.5.
const std::string kSeed = *bytes::from_base64url("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A");
const std::string kPublic = *bytes::from_base64url("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
constexpr std::string_view kInput = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
constexpr std::string_view kSignature =
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

class Jws : public testing::Test {
 protected:
  Jws() { keys_.add("p1", key_.public_key()); }

  [[nodiscard]] std::string refusal(const std::string& compact, std::size_t most = 4096) const {
    const auto opened = syncing::open_jws(compact, keys_, most);
    if (opened) return "accepted";
    EXPECT_EQ(opened.error().fault, core::Fault::refused);
    return opened.error().what;
  }

  /// A message whose header is `header`, rightly signed.
  [[nodiscard]] std::string with_header(std::string_view header) const {
    const std::string input = bytes::to_base64url(header) + '.' + bytes::to_base64url("{}");
    return input + '.' + bytes::to_base64url(key_.sign(input));
  }

  SigningKey key_{"p1", kSeed};
  KeySet keys_;
};

TEST_F(Jws, SignsTheExampleOfRfc8037) {
  EXPECT_EQ(bytes::to_base64url(key_.sign(kInput)), kSignature);
  const auto key = key_.public_key();
  EXPECT_EQ(std::string(key.begin(), key.end()), kPublic);
  EXPECT_TRUE(syncing::verify_signature(key, kInput, *bytes::from_base64url(kSignature)));
}

TEST_F(Jws, RefusesBase64UrlThatIsNotCanonical) {
  // The last character of 64 bytes carries four bits that say nothing: set, they are refused.
  std::string good = syncing::sign_jws(key_, "t", "{}");
  good.back() = static_cast<char>(good.back() + 1);
  EXPECT_THAT(refusal(good), HasSubstr("base64url"));
}

TEST_F(Jws, OpensWhatItSigned) {
  const auto opened = syncing::open_jws(syncing::sign_jws(key_, "gate-head", "{\"a\":1}"), keys_, 4096);
  ASSERT_TRUE(opened) << opened.error().what;
  EXPECT_EQ(opened->typ, "gate-head");
  EXPECT_EQ(opened->kid, "p1");
  EXPECT_EQ(opened->payload, "{\"a\":1}");
}

TEST_F(Jws, RefusesAHeaderWithoutKid) {
  EXPECT_THAT(refusal(std::string(kInput) + '.' + std::string(kSignature)), HasSubstr("kid"));
  EXPECT_THAT(refusal(with_header(R"({"alg":"EdDSA","typ":"t"})")), HasSubstr("kid"));
  EXPECT_THAT(refusal(with_header(R"({"alg":"EdDSA","kid":"","typ":"t"})")), HasSubstr("kid"));
  EXPECT_THAT(refusal(with_header(R"({"alg":"EdDSA","kid":null,"typ":"t"})")), HasSubstr("kid"));
}

TEST_F(Jws, RefusesAnUnknownKid) {
  EXPECT_THAT(refusal(with_header(R"({"alg":"EdDSA","kid":"p2","typ":"t"})")), HasSubstr("unknown kid"));
}

TEST_F(Jws, RefusesEveryOtherAlgorithm) {
  for (const char* alg : {"none", "HS256", "ES256", "eddsa", "Ed25519", ""}) {
    const std::string header = std::string(R"({"alg":")") + alg + R"(","kid":"p1","typ":"t"})";
    EXPECT_THAT(refusal(with_header(header)), HasSubstr("alg must be EdDSA")) << alg;
  }
}

TEST_F(Jws, RefusesHeadersThatAskForMoreOrSayThingsTwice) {
  EXPECT_THAT(refusal(with_header(R"({"alg":"EdDSA","crit":["b64"],"kid":"p1","typ":"t"})")),
              HasSubstr("header"));
  EXPECT_THAT(refusal(with_header(R"({"alg":"EdDSA","alg":"EdDSA","kid":"p1","typ":"t"})")),
              HasSubstr("header"));
  EXPECT_THAT(refusal(with_header(R"({"alg":"EdDSA","kid":"p1"})")), HasSubstr("typ"));
  EXPECT_THAT(refusal(with_header("no json")), HasSubstr("header"));
  EXPECT_THAT(refusal(with_header(std::string(600, ' '))), HasSubstr("header"));
}

TEST_F(Jws, RefusesAMissingSignature) {
  const std::string good = syncing::sign_jws(key_, "t", "{}");
  EXPECT_THAT(refusal(good.substr(0, good.rfind('.') + 1)), HasSubstr("signature missing"));
  EXPECT_THAT(refusal(good.substr(0, good.rfind('.'))), HasSubstr("three parts"));
  EXPECT_THAT(refusal("{}"), HasSubstr("three parts"));
  EXPECT_THAT(refusal(""), HasSubstr("three parts"));
  EXPECT_THAT(refusal(good + "."), HasSubstr("three parts"));
}

TEST_F(Jws, RefusesASignatureOfSomebodyElse) {
  const SigningKey other("p1", std::string(32, '\x07'));
  EXPECT_THAT(refusal(syncing::sign_jws(other, "t", "{}")), HasSubstr("wrong signature"));
}

TEST_F(Jws, FindsEveryFlippedBit) {
  const std::string good = syncing::sign_jws(key_, "t", R"({"terminal":"T1"})");
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
      ASSERT_NE(refusal(bad), "accepted") << "byte " << i << " bit " << bit;
    }
  }
}

TEST_F(Jws, RefusesWhatIsLargerThanAllowed) {
  const std::string good = syncing::sign_jws(key_, "t", std::string(5000, 'x'));
  EXPECT_THAT(refusal(good), HasSubstr("at most 4096"));
  EXPECT_EQ(refusal(good, good.size()), "accepted");
}

TEST(SigningKey, IsMadeFromHexDigitsAndNothingElse) {
  const auto key = SigningKey::from_hex("a1", bytes::to_hex(kSeed));
  ASSERT_TRUE(key) << key.error().what;
  EXPECT_EQ(key->public_key_hex(), bytes::to_hex(kPublic));
  for (const std::string& digits : {std::string(), std::string("abc"), bytes::to_hex(kSeed) + "00"}) {
    const auto refused = SigningKey::from_hex("a1", digits);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().what, HasSubstr("64 hex digits"));
  }
  EXPECT_FALSE(SigningKey::from_hex("", bytes::to_hex(kSeed)));
}

TEST(Ulid, IsSortedByTimeAndNeverTwiceTheSame) {
  const core::WallTime at{core::Milliseconds(1'700'000'000'000)};
  const auto first = syncing::make_ulid(at);
  EXPECT_TRUE(syncing::is_ulid(first));
  EXPECT_NE(first, syncing::make_ulid(at));
  EXPECT_LT(first, syncing::make_ulid(at + core::Milliseconds(1)));
  EXPECT_EQ(first.substr(0, 10), "01HF7YAT00");
  EXPECT_FALSE(syncing::is_ulid("8ZZZZZZZZZZZZZZZZZZZZZZZZZ"));
  EXPECT_FALSE(syncing::is_ulid("01HF7YAT00"));
}

}  // namespace
