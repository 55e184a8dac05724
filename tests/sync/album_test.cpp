// The pictures: on the disk when they say so, never in the journal's way, and gone when their time is over.
#include "sync/journal/album.hpp"

#include <fstream>
#include <map>
#include <set>

#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drivers/sim/virtual_clock.hpp"
#include "gate/bytes/bytes.hpp"
#include "sync/sync.hpp"
#include "sync/wire/topics.hpp"
#include "tests/sync/fixture.hpp"
#include "tests/sync/full_disk.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;
using std::chrono::hours;

constexpr std::uintmax_t kMegabyte = 1024 * 1024;
constexpr auto kDay = hours(24);

std::set<std::string> files_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) names.insert(entry.path().filename().string());
  return names;
}

}  // namespace

TEST(AnAlbum, WhoseDiskIsFullLeavesNothingHalfWrittenBehind) {
  const TempFolder folder;
  const Album album(folder / "pictures");
  ASSERT_TRUE(album.store("the first"));
  {
    const FullDisk full;
    EXPECT_EQ(album.store("the second").error().fault, Fault::broken);
  }
  EXPECT_EQ(files_in(folder.path()), std::set<std::string>{bytes::to_hex(bytes::sha256("the first"))});
  EXPECT_TRUE(album.store("the second"));
}

TEST(AnAlbum, WritesAnewWhatAPowerCutLeftEmptyUnderADigest) {
  const TempFolder folder;
  const Album album(folder / "pictures");
  const std::string digest = album.store("a truck").value();
  fs::resize_file(folder / "pictures" / digest.substr(0, 2) / digest, 0);
  EXPECT_EQ(album.load(digest).error().fault, Fault::corrupt);
  EXPECT_EQ(album.store("a truck"), digest);
  EXPECT_EQ(album.load(digest), "a truck");
}

TEST(AnAlbum, RemovesAtStartWhatAPowerCutLeftUnfinished) {
  const TempFolder folder;
  const Album album(folder / "pictures");
  const std::string digest = album.store("a truck").value();
  fs::create_directories(folder / "pictures" / "unfinished");
  std::ofstream(folder / "pictures" / "unfinished" / std::string(64, 'a')) << "a tr";
  album.clear_unfinished();
  EXPECT_EQ(files_in(folder.path()), std::set<std::string>{digest});
  EXPECT_EQ(album.load(digest), "a truck");
}

TEST(AnAlbum, LeavesTheJournalItsPartOfTheDisk) {
  EXPECT_EQ(picture_reserve(500'000 * kMegabyte), 256 * kMegabyte);
  EXPECT_EQ(picture_reserve(1000 * kMegabyte), 20 * kMegabyte);
  const TempFolder folder;
  std::uintmax_t left = 20 * kMegabyte + 9;
  const Album album(folder / "pictures", [&left](const fs::path&) {
    return fs::space_info{.capacity = 1000 * kMegabyte, .free = left, .available = left};
  });
  EXPECT_TRUE(album.store("123456789"));
  const auto refused = album.store("1234567890");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::broken);
  EXPECT_THAT(refused.error().what, HasSubstr("20 MB are kept for the journal"));
  EXPECT_TRUE(album.store("123456789")) << "that one is there already";
}

TEST(AnAlbum, RemovesAPictureAndNothingElse) {
  const TempFolder folder;
  const Album album(folder / "pictures");
  const std::string digest = album.store("a truck").value();
  const std::string other = album.store("another truck").value();
  std::ofstream(folder / "precious") << "x";
  EXPECT_TRUE(album.remove("../precious"));
  EXPECT_TRUE(fs::exists(folder / "precious"));
  EXPECT_TRUE(album.remove(digest));
  EXPECT_TRUE(album.remove(digest)) << "again";
  EXPECT_EQ(album.load(digest).error().fault, Fault::not_found);
  EXPECT_EQ(album.load(other), "another truck");
}

namespace {

class Retention : public testing::Test {
 protected:
  Retention() {
    KeySet platform;
    platform.add("p1", platform_.public_key());
    SyncSettings settings;
    settings.stream = {"T869", "uat"};
    settings.appliance = "a1";
    settings.state = folder_.path();
    const auto executor = io_.get_executor();
    sync_ = Sync::open(settings, {SigningKey("a1", std::string(32, '\x02')), platform, terminal_key()},
                       clock_, {executor, executor, executor})
                .value();
    boost::asio::co_spawn(io_, sync_->retain(), boost::asio::detached);
    head();
    SnapshotManifest manifest;
    manifest.ulid = make_ulid(clock_.now().wall);
    manifest.epoch = 1;
    manifest.issued_at = manifest.source_as_of = clock_.now().wall;
    const auto sealed = seal_snapshot(sealer_, manifest, {}, 1);
    for (std::size_t i = 0; i < sealed.messages.size(); ++i)
      sync_->receive(topics::snapshot_part("T869", manifest.ulid, static_cast<int>(i)), sealed.messages[i]);
    head();
  }

  void head() {
    Head head;
    head.epoch = 1;
    head.issued_at = head.source_as_of = clock_.now().wall;
    sync_->receive(topics::head("T869"), sealer_.seal(head));
  }

  /// The platform says a head every six hours.
  void pass(core::Milliseconds time) {
    for (core::Milliseconds gone{0}; gone < time; gone += hours(6)) {
      clock_.advance(io_, hours(6));
      head();
    }
  }

  std::string keep(const std::string& picture) {
    std::string digest;
    boost::asio::co_spawn(
        io_, sync_->journal().keep({.camera = "front", .encoded = picture, .captured = clock_.now()}),
        [&digest](std::exception_ptr, core::Result<core::PictureRef> ref) { digest = ref->sha256; });
    clock_.run_until_idle(io_);
    return digest;
  }

  bool there(const std::string& digest) { return sync_->picture(digest).has_value(); }

  TempFolder folder_;
  boost::asio::io_context io_;
  sim::VirtualClock clock_{at(0)};
  SigningKey platform_{"p1", std::string(32, '\x01')};
  Sealer sealer_{{"T869", "uat"}, platform_, terminal_key().sealing_key()};
  std::unique_ptr<Sync> sync_;
};

}  // namespace

TEST_F(Retention, APictureGoesAfterTwentyEightDaysAndTheRecordThatNamesItStays) {
  const std::string old = keep("an old one");
  ports::JournalEntry entry;
  entry.passage = passage("P1");
  entry.passage->pictures = {{.camera = "front", .sha256 = old}};
  boost::asio::co_spawn(io_, sync_->journal().commit(entry), boost::asio::detached);
  pass(kDay * 20);
  const std::string young = keep("a young one");
  pass(kDay * 7);
  EXPECT_TRUE(there(old)) << "27 days";
  pass(kDay + hours(6));
  EXPECT_FALSE(there(old));
  EXPECT_TRUE(there(young));
  EXPECT_EQ(sync_->passage("P1")->pictures.at(0).sha256, old);
  pass(kDay * 21);
  EXPECT_FALSE(there(young));
  EXPECT_TRUE(files_in(folder_ / "pictures").empty());
}

TEST_F(Retention, AHundredsOfPicturesGoInOneRound) {
  std::set<std::string> digests;
  for (int i = 0; i < 450; ++i) digests.insert(keep("picture " + std::to_string(i)));
  pass(kDay * 28);
  EXPECT_EQ(files_in(folder_ / "pictures").size(), 450u);
  clock_.advance(io_, hours(1));
  EXPECT_TRUE(files_in(folder_ / "pictures").empty());
}

TEST_F(Retention, APictureThatIsTakenAgainIsAsYoungAsItsLastTime) {
  const std::string digest = keep("the same empty lane");
  pass(kDay * 20);
  EXPECT_EQ(keep("the same empty lane"), digest);
  pass(kDay * 20);
  EXPECT_TRUE(there(digest));
}

TEST_F(Retention, AClockThatJumpsAheadDeletesNothing) {
  const std::string digest = keep("evidence");
  clock_.step_wall(kDay * 3650);
  clock_.advance(io_, kDay);
  EXPECT_TRUE(there(digest)) << "nobody has confirmed this time";
  clock_.step_wall(-kDay * 3650);
  clock_.trust(false);
  clock_.step_wall(kDay * 29);
  head();
  clock_.advance(io_, hours(3));
  EXPECT_TRUE(there(digest)) << "a clock that is not trusted";
}
