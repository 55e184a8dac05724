#include "drivers/badge/identity.hpp"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace badge {

namespace {

namespace fs = std::filesystem;
using core::Fault;

constexpr auto counting_key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

class KeyFile : public testing::Test {
 protected:
  KeyFile() {
    std::string name = (fs::temp_directory_path() / "identity-XXXXXX").string();
    folder = mkdtemp(name.data());
  }
  ~KeyFile() override { fs::remove_all(folder); }

  fs::path file(const std::string& content, fs::perms mode = fs::perms::owner_read | fs::perms::owner_write) {
    const auto path = folder / "identity.key";
    std::ofstream(path, std::ios::binary) << content;
    fs::permissions(path, mode);
    return path;
  }

  fs::path folder;
};

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

TEST_F(KeyFile, IsReadWithOrWithoutALineEnd) {
  for (const auto* end : {"", "\n", "\r\n"}) {
    const auto key = IdentityKey::load(file(counting_key + std::string(end)), "k1");
    ASSERT_TRUE(key) << key.error().what;
    EXPECT_EQ(*driver_id_hash(*key, "4711"),
              *driver_id_hash(*IdentityKey::from_hex(counting_key, "k1"), "4711"));
  }
}

TEST_F(KeyFile, ThatOthersMayReadIsRefusedByName) {
  const auto path = file(counting_key, fs::perms::owner_read | fs::perms::group_read);
  const auto key = IdentityKey::load(path, "k1");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().fault, Fault::refused);
  EXPECT_NE(key.error().what.find(path.string()), std::string::npos);
  EXPECT_NE(key.error().what.find("0600"), std::string::npos);
}

TEST_F(KeyFile, ThatIsMissingOrHoldsSomethingElseIsNamed) {
  EXPECT_EQ(IdentityKey::load(folder / "nothing", "k1").error().fault, Fault::not_found);
  EXPECT_EQ(IdentityKey::load(folder, "k1").error().fault, Fault::not_found);
  EXPECT_EQ(IdentityKey::load(file(std::string(counting_key) + "00"), "k1").error().fault, Fault::malformed);
  EXPECT_EQ(IdentityKey::load(file(""), "k1").error().fault, Fault::malformed);
}

}  // namespace badge
