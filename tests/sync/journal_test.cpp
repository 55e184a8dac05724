#include "sync/journal/journal.hpp"

#include <fstream>
#include <memory>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "gate/audit/hash.hpp"
#include "gate/bytes/bytes.hpp"
#include "sync/journal/reader.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using core::ClaimState;
using core::Fault;
using testing::HasSubstr;

namespace {

class JournalFile : public testing::Test {
 protected:
  JournalFile() { open(); }

  /// As after a restart.
  void open() {
    reader_.reset();
    writer_.reset();
    auto writer = JournalWriter::open(folder_ / "journal.db", at(0));
    ASSERT_TRUE(writer) << writer.error().what;
    writer_ = std::move(*writer);
    auto reader = JournalReader::open(folder_ / "journal.db");
    ASSERT_TRUE(reader) << reader.error().what;
    reader_ = std::move(*reader);
  }

  core::Result<void> commit(std::vector<core::Claim> claims) {
    ports::JournalEntry entry;
    entry.claims = std::move(claims);
    return writer_->commit(entry);
  }

  std::int64_t count(const char* sql) {
    auto connection = open_reader(folder_ / "journal.db");
    return (*connection)->number(sql);
  }

  /// Every claim of the right R1 that is not released.
  std::vector<core::Claim> holders() { return reader_->claims({"R1"}, {}).value(); }

  TempFolder folder_;
  std::unique_ptr<JournalWriter> writer_;
  std::unique_ptr<JournalReader> reader_;
};

TEST_F(JournalFile, WritesAnEntryWhole) {
  ports::JournalEntry entry;
  entry.passage = passage("P1");
  entry.visit = visit("P1");
  entry.claims = {claim("R1", "P1")};
  entry.case_json = R"({"a":1})";
  entry.events = {event(core::EventKind::truck_detected), event(core::EventKind::granted)};
  ASSERT_TRUE(writer_->commit(entry));
  EXPECT_EQ(reader_->passage("P1")->lane, "in-1");
  EXPECT_EQ(reader_->cases("P1").value(), std::vector<std::string>{R"({"a":1})"});
  EXPECT_EQ(holders().size(), 1u);
  EXPECT_EQ(reader_->open_visits("1ABC123", {}).value().size(), 1u);
  const auto events = reader_->pending(0, 10).value();
  ASSERT_EQ(events.size(), 2u);
  EXPECT_EQ(events[0].number, 1);
  EXPECT_EQ(events[1].number, 2);
  EXPECT_EQ(events[1].event.kind, core::EventKind::granted);
  EXPECT_EQ(count("SELECT count(*) FROM leaves"), 1);
}

TEST_F(JournalFile, RefusesASecondVisitOnOneRightAndWritesNothingOfIt) {
  ASSERT_TRUE(commit({claim("R1", "V1")}));
  ports::JournalEntry entry;
  entry.passage = passage("P2");
  entry.visit = visit("V2");
  entry.claims = {claim("R2", "V2", ClaimState::claimed, "MSKU9070323", "S2"), claim("R1", "V2")};
  entry.case_json = "{}";
  entry.events = {event(core::EventKind::granted)};
  const auto refused = writer_->commit(entry);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::refused);
  EXPECT_EQ(count("SELECT count(*) FROM claims"), 1);
  EXPECT_EQ(count("SELECT count(*) FROM passages"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM visits"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM cases"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM outbox"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM leaves"), 1);
}

TEST_F(JournalFile, RefusesASecondVisitOnOneContainerStayUnderAnotherReleaseId) {
  ASSERT_TRUE(commit({claim("R1", "V1")}));
  EXPECT_EQ(commit({claim("R9", "V2")}).error().fault, Fault::refused);
  EXPECT_TRUE(commit({claim("R9", "V2", ClaimState::claimed, "CSQU3054383", "S2")}))
      << "the box came back: another stay";
}

TEST_F(JournalFile, HoldsARightThroughClaimedInterruptedAndUsed) {
  for (const auto state : {ClaimState::claimed, ClaimState::interrupted, ClaimState::used}) {
    ASSERT_TRUE(commit({claim("R1", "V1", state)}));
    EXPECT_EQ(commit({claim("R1", "V2")}).error().fault, Fault::refused);
  }
}

TEST_F(JournalFile, GivesAReleasedRightToTheNextVisit) {
  ASSERT_TRUE(commit({claim("R1", "V1")}));
  ASSERT_TRUE(commit({claim("R1", "V1", ClaimState::released)}));
  EXPECT_TRUE(holders().empty());
  ASSERT_TRUE(commit({claim("R1", "V2")}));
  EXPECT_EQ(holders().at(0).visit, "V2");
}

TEST_F(JournalFile, NeverChangesAUsedClaimNotEvenAfterARestart) {
  ASSERT_TRUE(commit({claim("R1", "V1")}));
  ASSERT_TRUE(commit({claim("R1", "V1", ClaimState::used)}));
  open();
  for (const auto state : {ClaimState::claimed, ClaimState::released, ClaimState::interrupted})
    EXPECT_EQ(commit({claim("R1", "V1", state)}).error().fault, Fault::refused);
  EXPECT_EQ(commit({claim("R1", "V2")}).error().fault, Fault::refused);
  EXPECT_TRUE(commit({claim("R1", "V1", ClaimState::used)})) << "saying it again is harmless";
  ASSERT_EQ(holders().size(), 1u);
  EXPECT_EQ(holders()[0].state, ClaimState::used);
}

TEST_F(JournalFile, TheDatabaseItselfRefusesToChangeOrDeleteAUsedClaim) {
  ASSERT_TRUE(commit({claim("R1", "V1", ClaimState::used)}));
  auto other = open_writer(folder_ / "journal.db", journal_schema);
  ASSERT_TRUE(other);
  EXPECT_ANY_THROW((*other)->run("UPDATE claims SET state = 'released'"));
  EXPECT_ANY_THROW((*other)->run("DELETE FROM claims"));
}

TEST_F(JournalFile, KeepsItsIdentityAndIsAnotherOneWhenCreatedAnew) {
  const std::string first = writer_->journal_id();
  open();
  EXPECT_EQ(writer_->journal_id(), first);
  writer_.reset();
  reader_.reset();
  std::filesystem::rename(folder_ / "journal.db", folder_ / "old.db");
  open();
  EXPECT_NE(writer_->journal_id(), first);
}

TEST_F(JournalFile, ClosesWhatTheStopInterrupted) {
  ports::JournalEntry entering;
  entering.passage = passage("P1");
  entering.passage->visit = "P1";
  entering.visit = visit("P1");
  entering.claims = {claim("R1", "P1")};
  ASSERT_TRUE(writer_->commit(entering));
  ports::JournalEntry ended;
  ended.passage = passage("P0", core::Ending::passed);
  ASSERT_TRUE(writer_->commit(ended));
  open();
  ASSERT_EQ(writer_->close_interrupted(moment(60)), 1);
  EXPECT_EQ(reader_->passage("P1")->ending, core::Ending::interrupted);
  EXPECT_EQ(reader_->passage("P1")->ended, at(60));
  EXPECT_EQ(reader_->passage("P0")->ending, core::Ending::passed);
  EXPECT_EQ(reader_->open_visits("1ABC123", {})->at(0).state, core::VisitState::interrupted);
  EXPECT_EQ(holders().at(0).state, ClaimState::interrupted);
  const auto events = reader_->pending(0, 10).value();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].event.passage, "P1");
  EXPECT_THAT(*events[0].event.text, HasSubstr("interrupted"));
  EXPECT_EQ(writer_->close_interrupted(moment(61)), 0) << "once is enough";
}

TEST_F(JournalFile, AnExitThatWasGrantedLeavesItsClaimInDoubt) {
  ports::JournalEntry inside;
  inside.visit = visit("V1", "1ABC123", core::VisitState::inside);
  inside.claims = {claim("R1", "V1")};
  ASSERT_TRUE(writer_->commit(inside));
  ports::JournalEntry leaving;
  leaving.passage = passage("P9");
  leaving.passage->direction = core::Direction::exit;
  leaving.passage->visit = "V1";
  leaving.passage->decision = core::Decision::grant;
  ASSERT_TRUE(writer_->commit(leaving));
  ASSERT_EQ(writer_->close_interrupted(moment(60)), 1);
  EXPECT_EQ(holders().at(0).state, ClaimState::interrupted);
  EXPECT_EQ(reader_->open_visits("1ABC123", {})->at(0).state, core::VisitState::inside);
}

TEST_F(JournalFile, AnExitThatWasReferredLeavesItsClaimAsItWas) {
  ports::JournalEntry inside;
  inside.visit = visit("V1", "1ABC123", core::VisitState::inside);
  inside.claims = {claim("R1", "V1")};
  inside.passage = passage("P9");
  inside.passage->direction = core::Direction::exit;
  inside.passage->visit = "V1";
  inside.passage->decision = core::Decision::refer;
  ASSERT_TRUE(writer_->commit(inside));
  ASSERT_EQ(writer_->close_interrupted(moment(60)), 1);
  EXPECT_EQ(holders().at(0).state, ClaimState::claimed);
}

TEST_F(JournalFile, LeavesCommitToWhatWasWritten) {
  ASSERT_TRUE(commit({claim("R1", "V1")}));
  auto connection = open_reader(folder_ / "journal.db");
  std::string salt, hash, record;
  (*connection)->each("SELECT number, salt, record, hash FROM leaves", [&](SQLite::Statement& row) {
    EXPECT_EQ(row.getColumn(0).getInt(), 1);
    const auto bytes = [](const SQLite::Column& column) {
      return std::string(static_cast<const char*>(column.getBlob()),
                         static_cast<std::size_t>(column.getBytes()));
    };
    salt = bytes(row.getColumn(1));
    record = row.getColumn(2).getString();
    hash = bytes(row.getColumn(3));
  });
  EXPECT_THAT(record, HasSubstr(R"("releaseId":"R1")"));
  const auto leaf_of = [&] {
    const audit::Hash leaf = audit::leaf_hash(audit::commitment(salt, record));
    return std::string(leaf.begin(), leaf.end());
  };
  EXPECT_EQ(leaf_of(), hash);
  record[record.find("R1")] = 'X';
  EXPECT_NE(leaf_of(), hash);
}

TEST_F(JournalFile, APlateReadNearlyRightFindsTheOpenVisit) {
  ports::JournalEntry entry;
  entry.visit = visit("V1", "1ABC123", core::VisitState::inside);
  ASSERT_TRUE(writer_->commit(entry));
  entry.visit = visit("V2", "1XYZ999", core::VisitState::left);
  ASSERT_TRUE(writer_->commit(entry));
  EXPECT_EQ(reader_->open_visits("1A8C123", {})->size(), 1u);
  EXPECT_EQ(reader_->open_visits("1XYZ999", {})->size(), 0u) << "has left";
  EXPECT_EQ(reader_->open_visits(std::nullopt, {"k1:d1"})->size(), 1u);
}

TEST_F(JournalFile, PagesThroughPassagesTheLatestFirst) {
  for (const char* id : {"P1", "P2", "P3"}) {
    ports::JournalEntry entry;
    entry.passage = passage(id);
    ASSERT_TRUE(writer_->commit(entry));
  }
  const auto first = reader_->passages(2, "").value();
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].id, "P3");
  const auto second = reader_->passages(2, first[1].id).value();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].id, "P1");
  EXPECT_EQ(reader_->passages(0, "").error().fault, Fault::malformed);
  EXPECT_EQ(reader_->passage("none").error().fault, Fault::not_found);
}

TEST_F(JournalFile, RaisesTheFloorAndNeverLowersIt) {
  ASSERT_TRUE(writer_->raise_floor({2, 10}));
  ASSERT_TRUE(writer_->raise_floor({2, 9}));
  ASSERT_TRUE(writer_->raise_floor({1, 99}));
  open();
  EXPECT_EQ(writer_->floor().position, (Position{2, 10}));
  ASSERT_TRUE(writer_->raise_floor({3, 0}));
  EXPECT_EQ(writer_->floor().position, (Position{3, 0}));
}

class Outbox : public JournalFile {
 protected:
  Outbox() {
    ports::JournalEntry entry;
    for (int i = 1; i <= 5; ++i) entry.events.push_back(event(core::EventKind::alarm, std::to_string(i)));
    EXPECT_TRUE(writer_->commit(entry));
  }

  core::Result<void> receipt(std::int64_t up_to, std::vector<RefusedEvent> refused = {}) {
    return writer_->take({.appliance = "a1",
                          .journal_id = writer_->journal_id(),
                          .up_to = up_to,
                          .refused = std::move(refused)},
                         at(1));
  }
};

TEST_F(Outbox, ForgetsAnEventOnlyOnceAReceiptCoversIt) {
  EXPECT_EQ(reader_->pending(0, 10)->size(), 5u);
  ASSERT_TRUE(receipt(3));
  EXPECT_EQ(reader_->pending(0, 10)->at(0).number, 4);
  ASSERT_TRUE(receipt(2)) << "an older receipt again";
  EXPECT_EQ(reader_->outbox()->pending, 2);
}

TEST_F(Outbox, ParksARefusedEventWithItsReasonAndGoesOn) {
  ASSERT_TRUE(receipt(3, {{.number = 2, .reason = "lane unknown"}}));
  EXPECT_EQ(reader_->outbox()->parked, 1);
  EXPECT_EQ(reader_->outbox()->pending, 2);
  EXPECT_EQ(count("SELECT count(*) FROM outbox WHERE reason = 'lane unknown' AND number = 2"), 1);
}

TEST_F(Outbox, TakesNoReceiptForAnotherJournal) {
  const Receipt other{.appliance = "a1", .journal_id = make_ulid(at(9)), .up_to = 5};
  EXPECT_EQ(writer_->take(other, at(1)).error().fault, Fault::refused);
  EXPECT_EQ(reader_->outbox()->pending, 5);
}

TEST_F(Outbox, KnowsByAReceiptForWhatItNeverSaidThatItIsAnOldCopy) {
  ASSERT_TRUE(receipt(2));
  const std::string first = writer_->journal_id();
  EXPECT_EQ(receipt(6).error().fault, Fault::refused);
  EXPECT_NE(writer_->journal_id(), first) << "numbers never mean two things";
  EXPECT_EQ(writer_->needs(), JournalWriter::nowhere);
  const auto events = reader_->pending(0, 10).value();
  ASSERT_EQ(events.size(), 4u) << "three that wait for a receipt, and the alarm";
  EXPECT_EQ(events[0].number, 1);
  EXPECT_EQ(events[0].event.text, "3");
  EXPECT_EQ(events[0].journal_id, writer_->journal_id());
  EXPECT_EQ(events[3].number, 4);
  open();
  EXPECT_EQ(writer_->needs(), JournalWriter::nowhere) << "also after a restart";
  EXPECT_EQ(writer_->lineage().earlier.at(0).journal_id, first);
  EXPECT_EQ(writer_->lineage().earlier.at(0).up_to, 2) << "what a receipt covers";
}

TEST_F(Outbox, NumbersGoOnWithoutHolesAfterARefusedEntryAndARestart) {
  ports::JournalEntry good;
  good.claims = {claim("R1", "V1")};
  good.events = {event(core::EventKind::granted)};
  ASSERT_TRUE(writer_->commit(good));
  ports::JournalEntry bad;
  bad.claims = {claim("R1", "V2")};
  bad.events = {event(core::EventKind::granted)};
  ASSERT_FALSE(writer_->commit(bad));
  open();
  ports::JournalEntry last;
  last.events = {event(core::EventKind::gate_in)};
  ASSERT_TRUE(writer_->commit(last));
  std::int64_t expected = 0;
  const auto events = reader_->pending(0, 100).value();
  for (const auto& one : events) EXPECT_EQ(one.number, ++expected);
  EXPECT_EQ(expected, 7);
}

TEST(JournalAtStart, IsAnErrorThatSaysWhatToDoWhenTheFileIsDamaged) {
  const TempFolder folder;
  std::ofstream(folder / "journal.db")
      << "this is no database, and it is longer than a header of one hundred bytes. "
         "This is no database, and it is longer than a header.";
  const auto writer = JournalWriter::open(folder / "journal.db", at(0));
  ASSERT_FALSE(writer);
  EXPECT_EQ(writer.error().fault, Fault::corrupt);
  EXPECT_THAT(writer.error().what, HasSubstr("restore it from a back-up"));
}

TEST(JournalAtStart, IsAnErrorWhenTheFileIsAnotherDatabaseOrANewerOne) {
  const TempFolder folder;
  { const auto replica = open_writer(folder / "other.db", replica_schema); }
  EXPECT_THAT(JournalWriter::open(folder / "other.db", at(0)).error().what, HasSubstr("no journal"));
  {
    const auto journal = open_writer(folder / "journal.db", journal_schema);
    (*journal)->database().exec("PRAGMA user_version = 9999");
  }
  EXPECT_THAT(JournalWriter::open(folder / "journal.db", at(0)).error().what, HasSubstr("newer version"));
}

}  // namespace
