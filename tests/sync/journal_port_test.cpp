// The journal as lanes write it: on its executor, and what comes back to theirs.
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/bytes/bytes.hpp"
#include "sync/journal/journal.hpp"
#include "tests/sync/fixture.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;

namespace {

TEST(JournalPort, IsWrittenOnItsExecutorAndCompletesOnTheCallers) {
  const TempFolder folder;
  auto writer = JournalWriter::open(folder / "journal.db", at(0)).value();
  const Album album(folder / "pictures");
  boost::asio::io_context context;
  Journal journal(*writer, album, context.get_executor(), context.get_executor());
  ports::JournalEntry entry;
  entry.claims = {claim("R1", "V1")};
  EXPECT_TRUE(run(context, journal.commit(entry)));
  entry.claims = {claim("R1", "V2")};
  EXPECT_EQ(run(context, journal.commit(entry)).error().fault, Fault::refused);

  const ports::Picture picture{.camera = "front", .encoded = "not really a JPEG", .captured = moment(5)};
  const auto ref = run(context, journal.keep(picture));
  ASSERT_TRUE(ref);
  EXPECT_EQ(ref->sha256, bytes::to_hex(bytes::sha256(picture.encoded)));
  EXPECT_EQ(album.load(ref->sha256), picture.encoded);
  EXPECT_EQ(album.load("../../etc/passwd").error().fault, Fault::not_found);
  std::ofstream(folder / "pictures" / ref->sha256.substr(0, 2) / ref->sha256) << "another picture";
  EXPECT_EQ(album.load(ref->sha256).error().fault, Fault::corrupt);
}

TEST(JournalPort, SaysBrokenWhenTheDiskDoesNotTakeIt) {
  const TempFolder folder;
  auto writer = JournalWriter::open(folder / "journal.db", at(0)).value();
  {
    // Somebody else holds the file: no transaction can begin.
    auto other = open_writer(folder / "journal.db", journal_schema);
    (*other)->database().exec("BEGIN IMMEDIATE");
    ports::JournalEntry entry;
    entry.claims = {claim("R1", "V1")};
    const auto done = writer->commit(entry);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().fault, Fault::broken);
  }
  ports::JournalEntry entry;
  entry.claims = {claim("R1", "V1")};
  EXPECT_TRUE(writer->commit(entry)) << "nothing of the failed one is left";
}

}  // namespace
