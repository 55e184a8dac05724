// What the journal holds against a grant, and a bit that flips or a row that goes: found when it is read, or
// missed when it is asked for, and at the latest at the next start.
#include <atomic>
#include <fstream>
#include <optional>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/journal/reader.hpp"
#include "sync/journal/writer.hpp"
#include "tests/sync/appliance.hpp"

using namespace syncing;
using namespace syncing_test;
using core::ClaimState;
using testing::HasSubstr;

namespace {

class HeldRights : public testing::Test {
 protected:
  HeldRights() {
    open();
    ports::JournalEntry entry;
    entry.visit = visit("V1", "1ABC123", core::VisitState::inside);
    entry.claims = {claim("R1", "V1")};
    EXPECT_TRUE(writer_->commit(entry));
    EXPECT_TRUE(commit({claim("R2", "V2", ClaimState::used, "MSKU9070323", std::nullopt)}));
    EXPECT_TRUE(commit({claim("R3", "V3", ClaimState::released, "TGHU1234563", "S3")}));
    EXPECT_TRUE(writer_->raise_floor({2, 7}));
    EXPECT_TRUE(writer_->holdings()->sound());
  }

  void open() {
    reader_.reset();
    writer_.reset();
    writer_ = JournalWriter::open(folder_ / "journal.db", at(0)).value();
    reader_ = JournalReader::open(folder_ / "journal.db").value();
    reader_->watch(writer_->holdings());
  }

  core::Result<void> commit(std::vector<core::Claim> claims) {
    ports::JournalEntry entry;
    entry.claims = std::move(claims);
    return writer_->commit(entry);
  }

  /// Somebody, or a flipped bit, does this to the file; what forbids it is put out of the way first.
  void behind_its_back(const std::string& sql) {
    const auto other = open_writer(folder_ / "journal.db", journal_schema).value();
    other->database().exec("DROP TRIGGER IF EXISTS claims_stay; DROP TRIGGER IF EXISTS claims_used_stays");
    other->database().exec("PRAGMA ignore_check_constraints = ON");
    EXPECT_GT(other->run(sql.c_str()), 0) << sql;
  }

  [[nodiscard]] bool sound() const { return writer_->holdings()->sound(); }

  /// What a decision that concerns all of them is told.
  void ask() {
    static_cast<void>(reader_->claims({"R1", "R2"}, {{"CSQU3054383", "S1"}}));
    static_cast<void>(reader_->open_visits("1ABC123", {"k1:d1"}));
  }

  TempFolder folder_;
  std::unique_ptr<JournalWriter> writer_;
  std::unique_ptr<JournalReader> reader_;
};

class Damaged : public HeldRights, public testing::WithParamInterface<const char*> {};
class DamagedAtRest : public HeldRights, public testing::WithParamInterface<const char*> {};

/// A page that nothing at the start has come to: that would take as long as the journal is large.
TEST(ADamagedJournal, IsLookedThroughBesideTheGateAndRefers) {
  constexpr std::size_t kPage = 4096;
  TempFolder folder;
  const std::filesystem::path file = folder / "journal.db", kept = folder / "kept";
  {
    Appliance appliance(folder.path());
    for (int i = 0; i < 30; ++i) {
      ports::JournalEntry entry;
      entry.claims = {claim("R" + std::to_string(i), "V" + std::to_string(i), ClaimState::used, "CSQU3054383",
                            std::nullopt)};
      entry.events = {event(core::EventKind::truck_detected, std::string(300, 'x'))};
      ASSERT_TRUE(appliance.commit(entry));
    }
  }
  std::filesystem::copy_file(file, kept);
  const std::atomic<bool> stopping = false;
  int only_then = 0;
  for (std::size_t page = 1; page < std::filesystem::file_size(kept) / kPage; ++page) {
    std::filesystem::copy_file(kept, file, std::filesystem::copy_options::overwrite_existing);
    {
      std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
      bytes.seekp(static_cast<std::streamoff>(page * kPage));
      bytes << std::string(kPage, '\x7f');
    }
    std::optional<Appliance> appliance;
    try {
      appliance.emplace(folder.path());
    } catch (const std::exception&) {
      continue;  // said at the start, which is as well
    }
    only_then += appliance->report().journal_sound ? 1 : 0;
    (**appliance).inspect(stopping);
    EXPECT_FALSE(appliance->report().journal_sound) << "page " << page;
  }
  EXPECT_GT(only_then, 0) << "every start noticed it by itself";
}

}  // namespace

TEST_F(HeldRights, AreFoundSoundWhateverWasWritten) {
  ask();
  EXPECT_TRUE(sound());
  open();
  EXPECT_TRUE(sound());
  ASSERT_TRUE(commit({claim("R1", "V1", ClaimState::interrupted)}));
  ASSERT_TRUE(commit({claim("R1", "V1", ClaimState::released)}));
  ASSERT_TRUE(commit({claim("R1", "V9")}));
  ASSERT_TRUE(writer_->commit({}, {claim("R1", "V9"), claim("R3", "V3")}));
  ports::JournalEntry left;
  left.visit = visit("V1", "1ABC123", core::VisitState::left);
  ASSERT_TRUE(writer_->commit(left));
  ASSERT_FALSE(commit({claim("R7", "V7", ClaimState::claimed, "TGHU1234563", "S7"), claim("R1", "V7")}))
      << "held by V9";
  ask();
  static_cast<void>(reader_->claims({"R7"}, {}));
  EXPECT_TRUE(sound()) << writer_->holdings()->damage();
  open();
  ask();
  EXPECT_TRUE(sound()) << writer_->holdings()->damage();
  EXPECT_EQ(reader_->claims({"R1"}, {})->at(0).visit, "V9");
}

TEST_P(Damaged, IsNoticedByTheNextDecisionAndNeverForgotten) {
  behind_its_back(GetParam());
  ask();
  EXPECT_FALSE(sound()) << "while it runs";
  open();
  EXPECT_FALSE(sound()) << "at the next start";
  static_cast<void>(commit({claim("R1", "V1", ClaimState::used)}));
  open();
  EXPECT_FALSE(sound()) << "nothing that is written covers it up";
}

INSTANTIATE_TEST_SUITE_P(
    Journal, Damaged,
    testing::Values("DELETE FROM claims WHERE release_id = 'R1'",
                    "DELETE FROM claims WHERE release_id = 'R2'", "DELETE FROM claims", "DELETE FROM visits",
                    "UPDATE claims SET release_id = 'S1' WHERE release_id = 'R1'",
                    "UPDATE claims SET equipment_number = 'CSQU3054384' WHERE release_id = 'R1'",
                    "UPDATE claims SET stay_number = 'S3' WHERE release_id = 'R1'",
                    "UPDATE claims SET stay_number = NULL WHERE release_id = 'R1'",
                    "UPDATE claims SET stay_number = '' WHERE release_id = 'R2'",
                    "UPDATE claims SET visit = 'V3' WHERE release_id = 'R1'",
                    "UPDATE claims SET job = '3' WHERE release_id = 'R1'",
                    "UPDATE claims SET state = 'released' WHERE release_id = 'R2'",
                    "UPDATE claims SET state = 'claimed' WHERE release_id = 'R2'",
                    "UPDATE claims SET since = since + 1 WHERE release_id = 'R1'",
                    "UPDATE claims SET mode = 'online' WHERE release_id = 'R1'",
                    "UPDATE claims SET reconciled = 1 WHERE release_id = 'R1'",
                    "UPDATE claims SET seal = NULL WHERE release_id = 'R1'",
                    "UPDATE claims SET seal = zeroblob(16) WHERE release_id = 'R2'",
                    "UPDATE visits SET id = 'V2'", "UPDATE visits SET state = 'left'",
                    "UPDATE visits SET state = 'admitted'", "UPDATE visits SET plate = '1ABC124'",
                    "UPDATE visits SET plate = '9XYZ999'", "UPDATE visits SET driver_id_hash = 'k1:d2'",
                    "UPDATE visits SET driver_id_hash = NULL",
                    "UPDATE visits SET body = replace(body, 'k1:d1', 'k1:d3')",
                    "UPDATE visits SET body = '{}'", "UPDATE visits SET seal = NULL"));

TEST_P(DamagedAtRest, IsNoticedAtTheNextStart) {
  writer_.reset();
  reader_.reset();
  behind_its_back(GetParam());
  open();
  EXPECT_FALSE(sound());
  open();
  EXPECT_FALSE(sound());
}

INSTANTIATE_TEST_SUITE_P(Journal, DamagedAtRest,
                         testing::Values("UPDATE floor SET sequence = 3", "UPDATE floor SET epoch = 1",
                                         "DELETE FROM floor", "UPDATE seals SET held = NULL",
                                         "UPDATE seals SET held = zeroblob(16)", "DELETE FROM seals",
                                         "UPDATE identity SET journal_id = '01KAPGQ9R0EXAMP0E0EXAMP0E0'",
                                         "UPDATE identity SET row_key = zeroblob(32)",
                                         "UPDATE identity SET row_key = x'07'",
                                         "UPDATE claims SET state = 'claimed' WHERE release_id = 'R3'",
                                         "UPDATE claims SET release_id = 'R4' WHERE release_id = 'R2'"));

TEST_F(HeldRights, AVanishedClaimStillDeniesTheNextOneAtTheCommit) {
  behind_its_back("DELETE FROM claims WHERE release_id = 'R1'");
  const auto second = commit({claim("R1", "V2")});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().fault, core::Fault::refused);
  EXPECT_FALSE(sound());
  EXPECT_TRUE(commit({claim("R1", "V2")})) << "once it is known that something is missing, people decide";
}

TEST_F(HeldRights, AVanishedClaimDeniesItsStayUnderAnotherNameToo) {
  behind_its_back("DELETE FROM claims WHERE release_id = 'R1'");
  EXPECT_EQ(commit({claim("R9", "V2")}).error().fault, core::Fault::refused);
  EXPECT_FALSE(sound());
}

TEST_F(HeldRights, AClaimThatIsNotWhatWasWrittenHoldsAndLetsNobodyPass) {
  behind_its_back("UPDATE claims SET visit = 'V8' WHERE release_id = 'R1'");
  EXPECT_EQ(reader_->claims({"R1"}, {})->at(0).state, ClaimState::interrupted);
}

TEST_F(HeldRights, AStateThatIsNoneIsDamageAlsoAfterTheNextStart) {
  behind_its_back("UPDATE claims SET state = 'usec' WHERE release_id = 'R2'");
  EXPECT_EQ(reader_->claims({"R2"}, {})->at(0).state, ClaimState::interrupted);
  EXPECT_FALSE(sound());
  open();
  EXPECT_FALSE(sound());
}

TEST_F(HeldRights, AVisitThatIsNotWhatWasWrittenIsNoVisit) {
  behind_its_back("UPDATE visits SET body = replace(body, 'k1:d1', 'k1:d3')");
  EXPECT_TRUE(reader_->open_visits("1ABC123", {})->empty());
}

TEST_F(HeldRights, WhatIsPutBackAsItWasIsSoundAgain) {
  behind_its_back("UPDATE visits SET state = 'left'");
  open();
  EXPECT_FALSE(sound());
  behind_its_back("UPDATE visits SET state = 'inside'");
  open();
  EXPECT_TRUE(sound());
}

TEST_F(HeldRights, AreNeverSealedAnewOnceAnythingWasWritten) {
  behind_its_back("UPDATE seals SET held = x''");
  open();
  EXPECT_FALSE(sound()) << "the seal over all was taken away";
  behind_its_back("UPDATE claims SET seal = NULL");
  behind_its_back("UPDATE visits SET seal = NULL");
  open();
  EXPECT_FALSE(sound()) << "and every other one";
  behind_its_back("DELETE FROM leaves");
  open();
  EXPECT_FALSE(sound()) << "and all that was ever written beside them";
}

TEST_F(HeldRights, AreReadWhileTheyChangeAndNothingIsMissedFalsely) {
  std::atomic<bool> done = false;
  std::thread reading([this, &done] {
    while (!done) ask();
  });
  for (int round = 0; round < 200; ++round) {
    ASSERT_TRUE(commit({claim("R1", "V1", ClaimState::released)}));
    ASSERT_TRUE(commit({claim("R1", "V1")}));
  }
  done = true;
  reading.join();
  EXPECT_TRUE(sound()) << writer_->holdings()->damage();
}

/// The whole appliance: it says so, refers, and goes on answering and writing.
TEST(ADamagedJournal, IsToldAndJobsThatNeedARightAreReferred) {
  TempFolder folder;
  Appliance appliance(folder.path());
  appliance->connection(true);
  appliance.head(1, 0);
  appliance.snapshot(1, 0, {upsert(right("R1"))});
  appliance.head(1, 0);
  ports::JournalEntry entry;
  entry.claims = {claim("R1", "V1", ClaimState::used)};
  ASSERT_TRUE(appliance.commit(entry));
  ASSERT_EQ(appliance.report().standing.mode, core::Mode::online);
  {
    const auto other = open_writer(folder / "journal.db", journal_schema).value();
    other->database().exec("DROP TRIGGER claims_stay; DELETE FROM claims");
  }
  core::Evidence evidence;
  evidence.containers.emplace_back().code = "CSQU3054383";
  const auto dossier = appliance->gather(evidence);
  ASSERT_TRUE(dossier) << dossier.error().what;
  EXPECT_EQ(dossier->rights.size(), 1u) << "the lane is answered";
  EXPECT_EQ(appliance->standing(appliance.clock.now()).mode, core::Mode::restricted)
      << "in the same decision";
  appliance.wait(core::Milliseconds(500));
  EXPECT_THAT(appliance.recorded(core::EventKind::alarm), testing::Contains(HasSubstr("journal damaged")));
  EXPECT_FALSE(appliance.report().journal_sound);
  EXPECT_FALSE(appliance.sent_on<Status>(topics::status("T869", "a1")).back().journal_sound);
  ports::JournalEntry seen;
  seen.events.push_back(event(core::EventKind::truck_detected));
  EXPECT_TRUE(appliance.commit(seen)) << "nothing that happens is lost";
  appliance.restart();
  appliance->connection(true);
  appliance.head(1, 0);
  appliance.wait(core::Milliseconds(500));
  EXPECT_EQ(appliance.report().standing.mode, core::Mode::restricted);
}
