// The power goes between a new name and the sync of its folder: pictures and their lines, back-up files, the
// replica that is swapped in.
#include "tests/fault/names.hpp"

#include <atomic>
#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "gate/bytes/bytes.hpp"
#include "tests/sync/backups.hpp"

namespace fs = std::filesystem;
using namespace syncing;
using namespace syncing_test;
using fault::chance;
using fault::Random;
using testing::IsEmpty;
using testing::Not;

namespace {

constexpr int kLives = 12;
constexpr int kImagesOfALife = 24;

/// What was acknowledged so far.
struct Ledger {
  std::map<std::string, std::string> kept{};  // pictures by digest
  std::set<std::string> expired{};
  std::set<std::string> brought{};  // back-up files that the operators put there
  Position replica{};
};

struct Image {
  fs::path folder;
  Ledger ledger;
};

class Life {
 public:
  Life(const fs::path& folder, Random& random, bool folders_are_synced)
      : folder_(folder), random_(random), names_(folder / "state", folder / "spare") {
    names_.lie_about_folders(!folders_are_synced);
    names_.watch([this] { maybe_take_image(); });
    appliance_.emplace(state());
  }

  std::vector<Image> live() {
    swap_in(1);
    for (const char* picture : {"a front", "a rear", "a side"}) keep(picture, at(0));
    keep("a young one", at(5000));
    bring("good.gatebackup", text_of(sealed_backup({.epoch = 1, .sequence = 3}, {upsert(right("R1"))})));
    expire(at(1000));
    keep("a rear", at(6000));
    swap_in(2);
    bring("bad.gatebackup", "nothing");
    appliance_->restart();
    keep("a roof", at(7000));
    names_.watch({});
    return std::move(images_);
  }

 private:
  fs::path state() const { return folder_ / "state"; }

  void maybe_take_image() {
    if (static_cast<int>(images_.size()) == kImagesOfALife || chance(random_, 0, 9) != 0) return;
    const fs::path image = folder_ / ("image" + std::to_string(images_.size()));
    names_.image(image, random_);
    images_.push_back({image, ledger_});
  }

  void swap_in(std::int64_t epoch) {
    appliance_->head(epoch, 0);
    appliance_->snapshot(epoch, 0, {upsert(right("R1")), upsert(right("R2", "MSKU9070323", "S2"))});
    ASSERT_EQ(appliance_->report().epoch, epoch);
    ledger_.replica = {epoch, 0};
  }

  void keep(const std::string& picture, core::WallTime when) {
    ledger_.expired.erase(bytes::to_hex(bytes::sha256(picture)));
    core::Moment captured = appliance_->clock.now();
    captured.wall = when;
    const auto ref = appliance_->carry_out(
        (*appliance_)->journal().keep({.camera = "front", .encoded = picture, .captured = captured}));
    ASSERT_TRUE(ref);
    ledger_.kept[ref->sha256] = picture;
  }

  void expire(core::WallTime before) {
    std::set<std::string> old;
    for (const auto& [digest, picture] : ledger_.kept)
      if (picture != "a young one") old.insert(digest);
    for (const auto& digest : old) ledger_.kept.erase(digest);
    auto* journal = dynamic_cast<Journal*>(&(*appliance_)->journal());
    ASSERT_EQ(appliance_->carry_out(journal->expire_pictures(before)), static_cast<int>(old.size()));
    ledger_.expired = old;
  }

  void bring(const std::string& name, const std::string& text) {
    put(state() / "inbox" / name, text);
    names_.settle();
    ledger_.brought.insert(name);
    appliance_->wait(std::chrono::seconds(10));
    ASSERT_FALSE(fs::exists(state() / "inbox" / name));
    if (name == "good.gatebackup") ledger_.replica = {1, 3};
  }

  fs::path folder_;
  Random& random_;
  Ledger ledger_;
  std::vector<Image> images_;
  fault::Names names_;
  std::optional<Appliance> appliance_;
};

/// What is wrong with a start on what lies there.
std::vector<std::string> judge(const Image& image) {
  std::vector<std::string> wrong;
  std::optional<Appliance> appliance;
  try {
    appliance.emplace(image.folder);
  } catch (const std::exception& error) {
    return {std::string("does not start: ") + error.what()};
  }
  for (const auto& [digest, picture] : image.ledger.kept)
    if ((*appliance)->picture(digest) != picture) wrong.push_back("lost: " + picture);
  for (const auto& digest : image.ledger.expired)
    if ((*appliance)->picture(digest)) wrong.push_back("expired and there again: " + digest);
  auto journal = open_reader(image.folder / "journal.db").value();
  std::error_code none_yet;
  for (const auto& entry : fs::recursive_directory_iterator(image.folder / "pictures", none_yet))
    if (entry.is_regular_file() && journal->number("SELECT count(*) FROM pictures WHERE sha256 = ?",
                                                   entry.path().filename().string()) == 0)
      wrong.push_back("will never expire: " + entry.path().string());
  for (const auto& name : image.ledger.brought) {
    int places = 0;
    for (const char* place : {"inbox", "inbox/taken", "inbox/refused"}) {
      if (!fs::exists(image.folder / place / name)) continue;
      ++places;
      if (std::string(place) != "inbox" && !slurp(image.folder / place / (name + ".why")).ends_with("\n"))
        wrong.push_back("nobody says what became of " + name);
    }
    if (places != 1) wrong.push_back(name + " lies in " + std::to_string(places) + " places");
  }
  const auto report = appliance->report();
  if (Position{report.epoch, report.sequence} < image.ledger.replica) wrong.push_back("an old replica");
  const std::atomic<bool> stop = false;
  (*appliance)->inspect(stop);
  appliance->settle();
  for (const auto& alarm : appliance->recorded(core::EventKind::alarm))
    if (alarm.starts_with("replica")) wrong.push_back(alarm);
  return wrong;
}

std::vector<std::string> cut_often(std::uint64_t seed, bool folders_are_synced) {
  spdlog::set_level(spdlog::level::off);
  std::vector<std::string> wrong;
  Random random(seed);
  int images = 0;
  for (int life = 0; life < kLives && wrong.empty(); ++life) {
    const TempFolder folder;
    fs::create_directories(folder / "state");
    for (const auto& image : Life(folder.path(), random, folders_are_synced).live()) {
      ++images;
      for (const auto& one : judge(image)) wrong.push_back("life " + std::to_string(life) + ": " + one);
    }
  }
  EXPECT_GT(images, 0);
  spdlog::set_level(spdlog::level::info);
  return wrong;
}

}  // namespace

TEST(ALostName, LosesNoPictureNoLineNoBackupFileAndNoReplica) {
  EXPECT_THAT(cut_often(20261123, true), IsEmpty());
}

/// The oracle's own proof.
TEST(ALostName, OnADiskThatNeverSyncsAFolderIsFoundOut) {
  EXPECT_THAT(cut_often(20261123, false), Not(IsEmpty()));
}
