#include "drivers/badge/identity.hpp"

#include <gtest/gtest.h>

namespace badge {

namespace {

using core::Fault;

constexpr auto counting_key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

}  // namespace

TEST(DriverIdHash, IsTheHmacSha256OfTheDigitsUnderTheNamedKey) {
  // Computed with another implementation (Python's hmac).
  EXPECT_EQ(*driver_id_hash(*IdentityKey::from_hex(counting_key, "k1"), "0012345678"),
            "k1:fb75cf5520b649fb95a492a2d74eae0cb12a6fe8656904924b0fdcbe9d54a333");
}

TEST(DriverIdHash, DiffersByKeyByNumberAndByLeadingZeros) {
  const auto key = *IdentityKey::from_hex(counting_key, "k1");
  const auto other = *IdentityKey::from_hex(std::string(64, 'f'), "k1");
  EXPECT_EQ(*driver_id_hash(key, "12345678"), *driver_id_hash(key, "12345678"));
  EXPECT_NE(*driver_id_hash(key, "12345678"), *driver_id_hash(key, "012345678"));
  EXPECT_NE(*driver_id_hash(key, "12345678"), *driver_id_hash(other, "12345678"));
}

TEST(DriverIdHash, RefusesWhatIsNoCardNumberWithoutShowingIt) {
  const auto key = *IdentityKey::from_hex(counting_key, "k1");
  for (const auto* number : {"", "987", "987654321098765432109", "98765a", " 98765", "98765\n"}) {
    const auto hash = driver_id_hash(key, number);
    ASSERT_FALSE(hash) << number;
    EXPECT_EQ(hash.error().fault, Fault::malformed);
    EXPECT_EQ(hash.error().what.find("987"), std::string::npos);
  }
}

TEST(IdentityKeyText, MustBe64HexDigitsUnderAPlainId) {
  EXPECT_TRUE(IdentityKey::from_hex(std::string(64, 'A'), "K-2_b"));
  for (const auto& hex : {std::string(63, 'a'), std::string(65, 'a'), std::string(66, 'a'),
                          std::string(64, 'g'), std::string()}) {
    const auto key = IdentityKey::from_hex(hex, "k1");
    ASSERT_FALSE(key) << hex;
    EXPECT_EQ(key.error().fault, Fault::malformed);
    EXPECT_EQ(key.error().what.find("aaa"), std::string::npos);
  }
  for (const auto* id : {"", "k:1", "k 1", "k\n"})
    EXPECT_FALSE(IdentityKey::from_hex(counting_key, id)) << id;
}

}  // namespace badge
