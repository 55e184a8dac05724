// Back-up files that are torn, flipped, forged, somebody else's or too much for the disk: each is refused,
// says why, and leaves the data in use as they were.
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/backups.hpp"
#include "tests/sync/full_disk.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;
using Report = core::Result<ports::BackupReport>;

/// The replica stands at epoch 1, sequence 1 with R1 revoked; a good file of epoch 1, sequence 9 is at hand,
/// with R1 active.
class BadBackup : public testing::Test {
 protected:
  BadBackup() {
    appliance_.head(1, 0);
    appliance_.snapshot(1, 0, {upsert(right("R1"))});
    appliance_.updates(1, 1, {change(ChangeKind::releaseRight, ChangeOp::revoke, "R1")});
    before_ = content();
  }

  static std::vector<ReadChange> changes() {
    std::vector<ReadChange> all;
    for (int i = 1; i <= 5; ++i) all.emplace_back(upsert(right("R" + std::to_string(i))));
    return all;
  }
  static SealedSnapshot good(const Sealer& sealer = platform_sealer()) {
    return sealed_backup({.epoch = 1, .sequence = 9, .as_of = at(0)}, changes(), sealer);
  }

  Report import(const std::string& text) {
    put(folder_ / "brought", text);
    return appliance_.carry_out(
        appliance_->import_backup(folder_ / "brought", {"bob", true}, "x.gatebackup"));
  }
  std::string content() { return content_of(appliance_, folder_ / "replica.db"); }

  /// The reason, once it is clear that nothing has changed.
  std::string refused(const std::string& text) {
    const Report report = import(text);
    EXPECT_FALSE(report) << "taken";
    EXPECT_EQ(content(), before_);
    EXPECT_TRUE(appliance_.recorded(core::EventKind::alarm).empty()) << "no import is journaled";
    return report ? "" : report.error().what;
  }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
  std::string before_;
};

TEST_F(BadBackup, TornAtEveryLineIsRefusedAndSaysWhatIsMissing) {
  const SealedSnapshot sealed = good();
  std::string text;
  EXPECT_THAT(refused(text), HasSubstr("line 1: no back-up file"));
  for (std::size_t line = 0; line + 1 < sealed.messages.size(); ++line) {
    text += sealed.messages[line] + '\n';
    const std::string next = std::to_string(line + 1);
    EXPECT_THAT(refused(text), AllOf(HasSubstr("line " + std::to_string(line + 2)), HasSubstr("torn"),
                                     HasSubstr("part " + next + " is missing"), HasSubstr("promises 5")));
  }
  EXPECT_TRUE(import(text + sealed.messages.back() + '\n'));
}

TEST_F(BadBackup, TornAtAnyByteIsRefused) {
  const std::string text = text_of(good());
  std::mt19937 dice(20'261'122);
  std::uniform_int_distribution<std::size_t> cut(0, text.size() - 1);
  for (int i = 0; i < 200; ++i) ASSERT_NE(refused(text.substr(0, cut(dice))), "");
  EXPECT_THAT(refused(text.substr(0, text.size() - 1)), HasSubstr("torn: cut off"));
  EXPECT_TRUE(import(text));
}

TEST_F(BadBackup, WithAnyBitFlippedIsRefused) {
  const std::string text = text_of(good());
  std::mt19937 dice(20'261'123);
  std::uniform_int_distribution<std::size_t> byte(0, text.size() - 1);
  std::uniform_int_distribution<int> bit(0, 7);
  for (int i = 0; i < 300; ++i) {
    std::string flipped = text;
    const std::size_t where = byte(dice);
    flipped[where] = static_cast<char>(flipped[where] ^ (1 << bit(dice)));
    ASSERT_NE(refused(flipped), "") << "byte " << where;
  }
}

TEST_F(BadBackup, WithLinesSwappedRepeatedAddedOrFromAnotherFileIsRefused) {
  const SealedSnapshot sealed = good();
  SealedSnapshot other = sealed;
  std::swap(other.messages[1], other.messages[2]);
  EXPECT_THAT(refused(text_of(other)), AllOf(HasSubstr("line 2: part 2"), HasSubstr("allowed here: part 1")));
  other = sealed;
  other.messages[2] = other.messages[1];
  EXPECT_THAT(refused(text_of(other)), HasSubstr("line 3: part 1"));
  other = sealed;
  other.messages.push_back(other.messages.back());
  EXPECT_THAT(refused(text_of(other)), HasSubstr("line 7: more than the 5 parts"));
  const SealedSnapshot stranger = sealed_backup({.epoch = 1, .sequence = 8, .as_of = at(-10)}, changes());
  other = sealed;
  other.messages[3] = stranger.messages[3];
  EXPECT_THAT(refused(text_of(other)), HasSubstr("line 4: part 3 of snapshot"));
  // The same ULID, other content: the digest tells.
  auto changed = changes();
  changed[2] = upsert(right("R7"));
  other = sealed;
  other.messages[3] = sealed_backup({.epoch = 1, .sequence = 9, .as_of = at(0)}, changed).messages[3];
  SnapshotManifest twin = sealed.manifest;
  twin.parts.clear();
  other.messages[3] = seal_snapshot(platform_sealer(), twin, changed, 1).messages[3];
  EXPECT_THAT(refused(text_of(other)), HasSubstr("line 4: snapshot part 3 is not the one promised"));
}

TEST_F(BadBackup, ForgedIsRefused) {
  const Stream stream{"T869", "uat"};
  const SealingKey to = terminal_key().sealing_key();
  EXPECT_THAT(refused(text_of(good({stream, SigningKey("p1", std::string(32, '\x09')), to}))),
              HasSubstr("line 1: wrong signature under kid p1"));
  EXPECT_THAT(refused(text_of(good({stream, SigningKey("p9", std::string(32, '\x01')), to}))),
              HasSubstr("line 1"));
  SealedSnapshot mixed = good();
  mixed.messages[4] = good({stream, SigningKey("p1", std::string(32, '\x09')), to}).messages[4];
  EXPECT_THAT(refused(text_of(mixed)), HasSubstr("line 5: wrong signature under kid p1"));
  const SigningKey platform("p1", std::string(32, '\x01'));
  const std::string bare = sign_jws(platform, "gate-snapshot-manifest", payload_of(stream, good().manifest));
  EXPECT_THAT(refused(bare + "\n"), HasSubstr("no back-up file: an encrypted manifest"));
  const std::string head =
      seal_jwe(to, sign_jws(platform, "gate-head", payload_of(stream, Head{.epoch = 1})));
  EXPECT_THAT(refused(head + "\n"), HasSubstr("gate-snapshot-manifest expected"));
}

TEST_F(BadBackup, OfAnotherTerminalOrEnvironmentIsRefusedAndOursIsNamed) {
  EXPECT_THAT(refused(text_of(good(platform_sealer({"T100", "uat"})))),
              AllOf(HasSubstr("line 1"), HasSubstr("another terminal"), HasSubstr("T869")));
  EXPECT_THAT(refused(text_of(good(platform_sealer({"T869", "prod"})))),
              AllOf(HasSubstr("another environment"), HasSubstr("uat")));
  const SealingKey theirs = OpeningKey::from_hex("t9", std::string(64, '5')).value().sealing_key();
  EXPECT_THAT(refused(text_of(good({{"T869", "uat"}, SigningKey("p1", std::string(32, '\x01')), theirs}))),
              HasSubstr("not to this terminal's key t1"));
}

TEST_F(BadBackup, WhatIsNoBackupFileIsRefused) {
  for (const std::string& text :
       {std::string("hello\n"), std::string("\n"), std::string("{}\n"), std::string(300'000, '\0'),
        std::string("a.b.c\n"), std::string("\x1f\x8b\x08 zipped\n")})
    EXPECT_THAT(refused(text), AllOf(HasSubstr("line 1"), HasSubstr("no back-up file"))) << text.size();
}

TEST_F(BadBackup, ALineOrAFileWithoutEndIsRefusedWithoutBeingReadToIt) {
  put(folder_ / "endless", "");
  fs::resize_file(folder_ / "endless", std::uintmax_t{3} << 30);  // zeros that take no disk
  const Report line = appliance_.carry_out(appliance_->import_backup(folder_ / "endless", {"bob", true}, ""));
  ASSERT_FALSE(line);
  EXPECT_THAT(line.error().what, HasSubstr("at most 4194304 bytes"));
  fs::resize_file(folder_ / "endless", static_cast<std::uintmax_t>(ports::most_backup_bytes) + 1);
  const Report file = appliance_.carry_out(appliance_->import_backup(folder_ / "endless", {"bob", true}, ""));
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().what, HasSubstr("at most 4294967296 allowed"));
  EXPECT_EQ(content(), before_);
}

TEST_F(BadBackup, RefusalsAreCountedAndOneAlarmAMinuteTellsThem) {
  EXPECT_FALSE(import("hello\n"));
  EXPECT_FALSE(import("hello\n"));
  EXPECT_EQ(appliance_.report().refused, 2);
  appliance_.wait(std::chrono::seconds(1));
  EXPECT_THAT(appliance_.recorded(core::EventKind::alarm),
              ElementsAre(AllOf(HasSubstr("2 messages refused"), HasSubstr("x.gatebackup: line 1"))));
}

/// Where the disk is full from some size on, whatever the step: the import fails and the old data decide, or
/// it is through. Never anything between.
TEST_F(BadBackup, OnADiskThatFillsUpAtAnyStepTheOldDataStayInUse) {
  std::vector<ReadChange> many;
  for (int i = 0; i < 100; ++i)
    many.emplace_back(upsert(right("R" + std::to_string(i), "CSQU3054383", std::nullopt)));
  put(folder_ / "brought",
      text_of(sealed_backup({.epoch = 1, .sequence = 9, .as_of = at(0), .per_part = 20}, many)));
  int failed = 0;
  for (rlim_t size = 0;; size += 12'288) {
    Report report = core::fail(Fault::broken, "");
    {
      const FullDisk full(size);
      report = appliance_.carry_out(appliance_->import_backup(folder_ / "brought", {"bob", true}, ""));
    }
    if (report) break;
    ++failed;
    ASSERT_EQ(report.error().fault, Fault::broken) << size << ": " << report.error().what;
    ASSERT_EQ(content(), before_) << size << ": " << report.error().what;
    ASSERT_LT(size, rlim_t{20'000'000});
  }
  EXPECT_GT(failed, 5);
  EXPECT_EQ(appliance_.report().rights, 100);
  EXPECT_EQ(appliance_.report().sequence, 9);
}

}  // namespace
