// How the nets are shared among those who look at pictures.
#include "drivers/reader/nets.hpp"

#include <atomic>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace reader {
namespace {

std::unique_ptr<NetShelf> shelf_of(int pairs) {
  auto loaded = NetShelf::load(GATEHOUSE_SOURCE "/drivers/reader/models", pairs);
  EXPECT_TRUE(loaded) << loaded.error().what;
  return loaded ? std::move(*loaded) : nullptr;
}

TEST(NetShelf, LendsEachPairToOneThreadAtATime) {
  constexpr int pairs = 2, threads = 6, turns = 200;
  const auto shelf = shelf_of(pairs);
  ASSERT_TRUE(shelf);
  std::atomic<int> in_use = 0, too_many = 0, lent = 0;
  {
    std::vector<std::jthread> borrowers;
    for (int i = 0; i < threads; ++i)
      borrowers.emplace_back([&] {
        for (int turn = 0; turn < turns; ++turn)
          shelf->lend([&](Nets&) {
            too_many += in_use.fetch_add(1) >= pairs ? 1 : 0;
            std::this_thread::yield();
            ++lent;
            --in_use;
          });
      });
  }
  EXPECT_EQ(too_many, 0);
  EXPECT_EQ(lent, threads * turns);
}

TEST(NetShelf, LendsTwoPairsAtTheSameTimeAndTheyAreNotOne) {
  const auto shelf = shelf_of(2);
  ASSERT_TRUE(shelf);
  shelf->lend([&](Nets& mine) {
    std::jthread([&] { shelf->lend([&](Nets& other) { EXPECT_NE(&mine, &other); }); });
  });
}

TEST(NetShelf, GetsAPairBackFromAUseThatThrows) {
  const auto shelf = shelf_of(1);
  ASSERT_TRUE(shelf);
  EXPECT_THROW(shelf->lend([](Nets&) { throw std::runtime_error("a net failed"); }), std::runtime_error);
  int lent = 0;
  shelf->lend([&](Nets&) { ++lent; });
  EXPECT_EQ(lent, 1);
}

}  // namespace
}  // namespace reader
