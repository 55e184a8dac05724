#include "gate/lane/ulid.hpp"

#include <set>

#include <gtest/gtest.h>

namespace {

core::WallTime at(std::int64_t milliseconds) { return core::WallTime(core::Milliseconds(milliseconds)); }

TEST(AUlid, SpellsTheTimeAsTheSpecificationDoes) {
  lane::Ulids ulids([] { return std::uint64_t{0}; });
  EXPECT_EQ(ulids.next(at(1'469'918'176'385)), "01ARYZ6S410000000000000000");
}

TEST(AUlid, HasTwentySixLettersOfCrockfordsAlphabet) {
  std::uint64_t random = 0x0123456789ABCDEF;
  lane::Ulids ulids([&] { return random *= 6364136223846793005ULL; });
  for (int i = 0; i < 1000; ++i) {
    const std::string id = ulids.next(at(1'700'000'000'000 + i));
    ASSERT_EQ(id.size(), 26U);
    EXPECT_EQ(id.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), std::string::npos);
  }
}

TEST(Ulids, RiseWithinOneMillisecondAndWhenTheClockGoesBack) {
  lane::Ulids ulids([] { return ~std::uint64_t{0}; });
  std::string last = ulids.next(at(1000));
  for (const std::int64_t time : {1000, 1000, 999, 1, 1000, 1001, 1001}) {
    const std::string id = ulids.next(at(time));
    EXPECT_GT(id, last);
    last = id;
  }
}

}  // namespace
